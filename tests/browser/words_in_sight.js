// Put into a page before its own scripts: what it says in sight, and where that has no room.
// A word of a catalogue stands in ⟦brackets⟧ in the pseudo-language; anything else was written past the catalogues.
window.inSight = (() => {
  /** Texts on canvases, as drawn last: cleared with the picture. @type {Map<HTMLCanvasElement, Map<string, {text: string, cut: boolean}>>} */
  const drawn = new Map();
  const pen = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect } = pen;
  pen.fillText = function (text, x, y, ...rest) {
    const { canvas } = this;
    if (canvas instanceof HTMLCanvasElement && String(text).trim()) {
      const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right } = this.measureText(text);
      const at = this.getTransform();
      const corners = [new DOMPoint(x - left, y), new DOMPoint(x + right, y)].map((point) => at.transformPoint(point));
      const slack = 1.5 * at.a;
      const cut = corners.some((point) => point.x < -slack || point.x > canvas.width + 1.5 * Math.abs(at.a || 1)
        || point.y < -1.5 || point.y > canvas.height + 1.5);
      if (!drawn.has(canvas)) drawn.set(canvas, new Map());
      drawn.get(canvas).set(`${text}@${Math.round(x)},${Math.round(y)}`, { text: String(text), cut });
    }
    return fillText.call(this, text, x, y, ...rest);
  };
  pen.clearRect = function (x, y, width, height) {
    const { a } = this.getTransform();
    if (width * a >= this.canvas.width - 1) drawn.delete(this.canvas);
    return clearRect.call(this, x, y, width, height);
  };

  /** What stands outside brackets; a sentence may be told in two pieces, each with one of its brackets. */
  const outside = (text) => {
    let rest = text;
    while (/⟦[^⟦⟧]*⟧/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
    return rest.replace(/^[^⟦⟧]*⟧/, " ").replace(/⟦[^⟦⟧]*$/, " ").trim();
  };
  const path = (element) => {
    const parts = [];
    for (let at = element; at && at !== document.body && parts.length < 4; at = at.parentElement) {
      const classes = typeof at.className === "string" ? at.className.split(/\s+/).filter((name) => name && !/svelte/.test(name)) : [];
      parts.unshift(at.id ? `#${at.id}` : at.localName + classes.slice(0, 2).map((name) => `.${name}`).join(""));
      if (at.id) break;
    }
    return parts.join(" ");
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  /** Whether it is there for ears alone. */
  const forEars = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 && height <= 1;
  };
  const NAMED = ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-roledescription"];

  return {
    /** Every piece of text in sight that has letters outside the brackets. */
    unspoken() {
      const found = [];
      const tell = (text, element, kind) => {
        const rest = outside(text);
        if (/\p{L}/u.test(rest)) found.push({ rest: rest.replace(/\s+/g, " "), text: text.trim(), where: path(element), kind });
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) {
          const element = node.parentElement;
          if (!node.data.trim() || element.closest("script, style, math, code, template")) continue;
          const said = element.closest("select") ?? element;
          if (seen(said)) tell(node.data, element, "text");
          continue;
        }
        if (!seen(node)) continue;
        for (const name of NAMED) if (node.hasAttribute(name)) tell(node.getAttribute(name), node, name);
        if (node.localName === "optgroup") tell(node.label, node, "label");
        for (const pseudo of ["::before", "::after"]) {
          const { content } = getComputedStyle(node, pseudo);
          if (/^"/.test(content)) tell(content.slice(1, -1), node, pseudo);
        }
      }
      for (const [canvas, texts] of drawn) {
        if (canvas.isConnected && seen(canvas)) for (const { text } of texts.values()) tell(text, canvas, "canvas");
      }
      return found;
    },

    /** Every label that has no room: cut off, out of its box, or out of the window. */
    cut() {
      const found = [];
      const width = document.documentElement.clientWidth;
      const tell = (why, element, text) => found.push({ why, where: path(element), text: text.trim().slice(0, 90) });
      const wide = document.documentElement.scrollWidth;
      if (wide > width) tell(`the page scrolls sideways: ${wide} > ${width}`, document.body, "");
      const range = document.createRange();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("script, style, math, template, option, optgroup") || !seen(element) || forEars(element)) continue;
        range.selectNodeContents(node);
        const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
        if (!rects.length) continue;
        const left = Math.min(...rects.map((rect) => rect.left)), right = Math.max(...rects.map((rect) => rect.right));
        const top = Math.min(...rects.map((rect) => rect.top)), bottom = Math.max(...rects.map((rect) => rect.bottom));
        let scrolls = false;
        for (let at = element; at && at !== document.body; at = at.parentElement) {
          const style = getComputedStyle(at);
          if (style.display === "contents") continue;
          const box = at.getBoundingClientRect();
          if (at.closest("[aria-hidden=true]") && box.height <= 1) break;
          if (/auto|scroll/.test(style.overflowX)) scrolls = true;
          if (scrolls) break; // what scrolls can be read
          const out = left < box.left - 1.5 || right > box.right + 1.5;
          const inline = style.display === "inline";
          if (out && !inline) {
            tell(`${/hidden|clip/.test(style.overflowX) ? "cut off" : "out of its box"} by ${Math.round(Math.max(box.left - left, right - box.right))} px of ${Math.round(box.width)}: ${path(at)}`, element, node.data);
            break;
          }
          if (/absolute|fixed/.test(style.position)) break; // it lies over what surrounds it
          const outBelow = bottom > box.bottom + 3 || top < box.top - 3;
          if (outBelow && !inline && !/auto|scroll/.test(style.overflowY) && /hidden|clip/.test(style.overflowY)) {
            tell(`cut off below by ${Math.round(bottom - box.bottom)} px: ${path(at)}`, element, node.data);
            break;
          }
          if (outBelow && !inline && /^(button|header)$/.test(at.localName)) {
            tell(`higher than its box by ${Math.round(Math.max(bottom - box.bottom, box.top - top))} px: ${path(at)}`, element, node.data);
            break;
          }
        }
        if (!scrolls && (right > width + 1.5 || left < -1.5)) tell("out of the window", element, node.data);
      }
      for (const menu of document.querySelectorAll("select")) {
        if (!seen(menu) || menu.clientWidth < 20 || getComputedStyle(menu).opacity === "0") continue;
        const pen2 = document.createElement("canvas").getContext("2d");
        const style = getComputedStyle(menu);
        pen2.font = style.font;
        const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const text = menu.selectedOptions[0]?.textContent ?? "";
        if (pen2.measureText(text).width > room + 1.5) tell(`cut off: a menu ${Math.round(room)} px wide`, menu, text);
      }
      for (const [canvas, texts] of drawn) {
        if (canvas.isConnected && seen(canvas)) for (const { text, cut } of texts.values()) if (cut) tell("cut off by the edge of its picture", canvas, text);
      }
      return found;
    },
  };
})();
