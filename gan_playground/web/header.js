/** The header, the tab bar and the Help dialog, and the actions that are the page's own. */

import { icon, mark } from "./icons.js";
import { KEYS, printed } from "./keys.js";
import { language, languages, say } from "./language.js";
import { html, nothing, render } from "./vendor/lit-html.js";

/** What each colour and mark of the pictures means, as the Help dialog explains it. */
const READINGS = ["real", "generated", "critic", "field", "exact", "reference", "floor", "gap"];
const COPIED_STANDS = 2000; // ms

export class Header {
  /** @param {import("./page.js").Page} page @param {HTMLElement} root @param {string[]} tabs keys, in order */
  constructor(page, root, tabs) {
    this.page = page;
    this.root = root;
    this.tabs = tabs;
    /** Whether the phone's menu is open. */
    this.opened = false;
    this.copyWord = "page.copy_link";
    this.paint();
  }

  paint() {
    render([this.masthead(), this.bar(), this.help()], this.root);
  }

  /** @type {HTMLDialogElement} */
  get dialog() {
    return /** @type {HTMLDialogElement} */ (this.root.querySelector("dialog.help"));
  }

  /** Whether the Help dialog is open: keys then mean nothing else. */
  get helping() {
    return this.dialog.open;
  }

  // --- markup --------------------------------------------------------------------------------------

  masthead() {
    const does = (/** @type {string} */ action) => () => this.page.act(action);
    return html`<header class=${this.opened ? "masthead opened" : "masthead"}>
      ${mark()}<h1>GAN Playground</h1><span class="tagline">${say("page.tagline")}</span>
      <div class="actions">
        <div class="switch" role="group" aria-label=${say("page.language")}>${languages().map(([lang, name]) => html`<button
          type="button" data-language=${lang} lang=${lang} aria-pressed=${lang === language()}
          @click=${() => this.page.chooseLanguage(lang)}>${name}</button>`)}</div>
        <button type="button" class="button square" data-do="theme" aria-label=${say("page.theme")} title=${say("page.theme")}
          @click=${does("theme")}>${icon("moon", "for-light")}${icon("sun", "for-dark")}</button>
        <button type="button" class="button" data-do="copy" @click=${does("copy")}>${icon("link")}<span>${say(this.copyWord)}</span></button>
        ${this.page.offers("present") ? html`<button type="button" class="button" data-do="present" @click=${does("present")}>${icon("present")}<span
          >${say("page.present")}</span><kbd>P</kbd></button>` : nothing}
        <button type="button" class="button square" data-do="help" aria-label=${say("page.help")} title=${say("page.help")}
          @click=${does("help")}>${icon("help")}</button>
        <button type="button" class="button square menu" data-do="menu" aria-expanded=${this.opened} aria-label=${say("page.menu")}
          title=${say("page.menu")} @click=${does("menu")}>${icon("menu")}</button>
      </div>
    </header>`;
  }

  bar() {
    return html`<div class="tabs" role="tablist" aria-label=${say("page.tabs")} @keydown=${(/** @type {KeyboardEvent} */ event) => this.walk(event)}>${
      this.tabs.map((key) => html`<button type="button" role="tab" id="tab-${key}" aria-controls="panel-${key}" data-tab=${key}
        aria-selected=${key === this.page.tab} tabindex=${key === this.page.tab ? 0 : -1}
        @click=${() => this.page.choose(key)}>${say(`page.tab_${key}`)}</button>`)}</div>`;
  }

  help() {
    const close = () => this.dialog.close();
    return html`<dialog class="help" aria-labelledby="help-title" @click=${(/** @type {Event} */ event) => event.target === this.dialog && close()}>
      <div class="help-head"><h2 id="help-title">${say("page.help")}</h2>
        <button type="button" class="button square" data-do="close-help" aria-label=${say("page.close")} title=${say("page.close")}
          @click=${close}>${icon("close")}</button></div>
      <div class="help-body">
        <dl class="reading">${READINGS.map((name) => html`<div><dt><i class="key ${name}"></i></dt><dd>${say(`page.reads_${name}`)}</dd></div>`)}</dl>
        <h3>${say("page.keys")}</h3>
        <dl class="keys">${KEYS.map((each) => html`<div><dt><kbd>${printed(each)}</kbd></dt><dd>${say(each.says)}</dd></div>`)}</dl>
      </div>
    </dialog>`;
  }

  // --- what it does --------------------------------------------------------------------------------

  /** Arrows walk along the tab bar. */
  walk(/** @type {KeyboardEvent} */ event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const at = this.tabs.indexOf(this.page.tab);
    const next = this.tabs[(at + way + this.tabs.length) % this.tabs.length];
    this.page.choose(next);
    /** @type {HTMLElement} */ (this.root.querySelector(`[data-tab="${next}"]`)).focus();
  }

  /** One of the page's own actions; false where it is none of them. */
  act(/** @type {string} */ action) {
    switch (action) {
      case "language":
        this.nextLanguage();
        return true;
      case "theme":
        this.page.toggleTheme();
        return true;
      case "help":
        if (!this.helping) this.dialog.showModal();
        return true;
      case "menu":
        this.opened = !this.opened;
        this.paint();
        return true;
      case "copy":
        this.copyLink();
        return true;
    }
    return false;
  }

  nextLanguage() {
    const keys = languages().map(([lang]) => lang);
    this.page.chooseLanguage(keys[(keys.indexOf(language()) + 1) % keys.length]);
  }

  copyLink() {
    this.page.address.writeNow();
    const tell = (/** @type {string} */ word) => {
      this.copyWord = word;
      this.paint();
      setTimeout(() => {
        this.copyWord = "page.copy_link";
        this.paint();
      }, COPIED_STANDS);
    };
    const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error("no clipboard"));
    // Without a clipboard (plain http) the link is in the address bar all the same.
    copied.then(() => tell("page.copied"), () => tell("page.in_address_bar"));
  }
}
