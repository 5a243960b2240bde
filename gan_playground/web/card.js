/** One chart's card: its title, read-outs and canvas. Text is written only where it differs. */

export class Card {
  constructor(/** @type {HTMLElement} */ element) {
    this.element = element;
    this.canvas = /** @type {HTMLCanvasElement} */ (element.querySelector("canvas"));
    this.fit = /** @type {HTMLButtonElement} */ (element.querySelector(".fit"));
    /** @type {import("./plot.js").Plot|null} */
    this.plot = null;
  }

  find(/** @type {string} */ selector) {
    return /** @type {HTMLElement|null} */ (this.element.querySelector(selector));
  }

  text(/** @type {string} */ selector, /** @type {string} */ text) {
    const element = this.find(selector);
    if (element && element.textContent !== text) element.textContent = text;
  }

  title(/** @type {string} */ text) { this.text("h2 span", text); }
  unit(/** @type {string} */ text) { this.text(".unit", text); }
  order(/** @type {string} */ text) { this.text(".order sub", text); }
  value(/** @type {string} */ name, /** @type {string} */ text) { this.text(`[data-value=${name}] b`, text); }
  label(/** @type {string} */ name, /** @type {string} */ text) { this.text(`[data-value=${name}] span`, text); }

  mark(/** @type {string} */ name, /** @type {string} */ kind) {
    const key = this.find(`[data-value=${name}] .key`);
    if (key) key.className = `key ${kind}`;
  }

  show(/** @type {string} */ name, /** @type {boolean} */ seen) {
    const element = this.find(`[data-value=${name}]`);
    if (element) element.hidden = !seen;
  }

  offer(/** @type {boolean} */ fitting) { this.fit.hidden = !fitting; }

  describe(/** @type {string} */ text) {
    if (this.canvas.getAttribute("aria-label") !== text) this.canvas.setAttribute("aria-label", text);
  }
}
