/** A small menu below its button: opened by it, walked by arrows, left by Esc, closed by a click anywhere else. */

export class Menu {
  /** @param {HTMLElement} list @param {HTMLElement} opener */
  constructor(list, opener) {
    this.list = list;
    this.opener = opener;
    list.addEventListener("keydown", (event) => {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!way) return;
      const items = /** @type {HTMLElement[]} */ ([...list.children]);
      const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      items[(at + way + items.length) % items.length].focus();
      event.preventDefault();
    });
  }

  get opened() {
    return !this.list.hidden;
  }

  /** Open with the focus on the first item, or close and give the focus back. */
  toggle() {
    this.set(!this.opened);
    const next = this.opened ? this.list.firstElementChild : this.opener;
    /** @type {HTMLElement} */ (next).focus();
  }

  close() {
    this.set(false);
  }

  set(/** @type {boolean} */ opened) {
    this.list.hidden = !opened;
    this.opener.setAttribute("aria-expanded", String(opened));
  }
}
