/**
 * A tab of the page. Its module is `tabs/KEY.js`, whose default export extends `Tab`; the page makes one of
 * each, paints it, and tells it what happens: it comes into sight, a link of it is followed, an action of a
 * key or a button is wanted, size, theme or language have changed.
 */

import { nothing, render } from "./vendor/lit-html.js";

/** @typedef {Record<string, (request: unknown) => Promise<any>>} Server what the tab may ask: its Python record's functions */

/** @template [B=any] what Python tells the tab */
export class Tab {
  /**
   * Keeps what it is given; nothing is painted yet. A tab's own constructor makes its state, `painted` wires what
   * needs elements.
   * @param {import("./page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {B} book @param {Server} server
   */
  constructor(page, key, root, book, server) {
    this.page = page;
    this.key = key;
    this.root = root;
    this.book = book;
    this.server = server;
    /** Whether it has been in sight. */
    this.opened = false;
    /** For tests and the curious: what the tab is doing. @type {Record<string, any>} */
    this.report = { state: "opening" };
    root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
      if (button && !(button instanceof HTMLSelectElement)) this.pressed(button);
    });
  }

  /**
   * One element of the tab.
   * @template {HTMLElement} T
   * @param {string} selector @param {new () => T} [kind]
   * @returns {T}
   */
  find(selector, kind) {
    const element = this.root.querySelector(selector);
    if (!(element instanceof (kind ?? HTMLElement))) throw new Error(`the tab has no ${selector}`);
    return /** @type {T} */ (element);
  }

  /** Whether the tab is in sight. */
  get inSight() {
    return this.page.tab === this.key;
  }

  // --- called by the page ------------------------------------------------------------------------

  /** Write the template's markup where it differs: at the beginning, and whenever its words or state change. */
  paint() {
    const markup = this.template();
    if (markup !== nothing) render(markup, this.root);
  }

  /** The tab comes into sight: the first time it begins, with what the link says of it. */
  show() {
    if (!this.opened) {
      this.opened = true;
      this.begin(this.page.linked(this.key));
    }
  }

  /** A link has been followed here. */
  follow(/** @type {string} */ detail) {
    if (this.opened) this.visit(detail);
  }

  /** Another language: words, then what is drawn with words in it. */
  speak() {
    this.paint();
    if (this.inSight) this.draw();
  }

  /**
   * Carry out an action; false where the tab has none of that name.
   * @param {string} action @param {number} [digit] of a layer's key
   * @returns {boolean}
   */
  act(action, digit = 0) {
    const found = this.actions[action];
    return found ? found(digit) !== false : false;
  }

  // --- what each tab does in its own way -----------------------------------------------------------

  /** The tab's markup from its book and state; `nothing` where Python wrote it. @returns {unknown} */
  template() {
    return nothing;
  }

  /** What keys and buttons with `data-do` do, by name; one that returns false had nothing to do. @type {Record<string, (digit: number) => unknown>} */
  get actions() {
    return {};
  }

  /** What the address says of the tab after its name, `#KEY/DETAIL`. */
  get detail() {
    return "";
  }

  /** The elements are there, nothing is in sight yet. */
  painted() {}
  /** In sight for the first time. */
  begin(/** @type {string} */ _detail) {}
  /** A link of this tab was followed while it is in sight. */
  visit(/** @type {string} */ _detail) {}
  /** Canvases again: another size or theme. */
  draw() {}
  /** Another tab comes into sight. */
  hide() {}
  /** A button with `data-do` was pressed. */
  pressed(/** @type {HTMLElement} */ button) {
    this.act(/** @type {string} */ (button.dataset.do));
  }
}
