/**
 * The page: Gradio hands over each of our elements when it is mounted, `mount` makes the header or the tab
 * of it. Language, theme, the tab in sight, links and actions come through here, once for all tabs.
 */

import { Address } from "./address.js";
import { listen } from "./keys.js";
import { firstLanguage, language, offer, onLanguage, recall, remember, speak } from "./language.js";
import { Header } from "./header.js";
import { newRun } from "./store.js";
import { forgetColours } from "./surface.js";

/** @typedef {import("./tab.js").Tab} Tab */
/** @typedef {{tabs: string[], languages: Record<string, string>}} Book what Python tells the header */

export class Page {
  constructor() {
    /** What the server says of this page's run. */
    this.run = newRun(location.search);
    this.address = new Address(() => ({
      query: this.run.value.query, lang: language(),
      place: { tab: this.tab === this.first ? "" : this.tab, detail: this.detail },
    }));
    /** Tabs that are mounted. @type {Map<string, Tab>} */
    this.tabs = new Map();
    /** Where links lead that their tab has not read yet. @type {Record<string, string>} */
    this.links = { [this.address.linked.tab]: this.address.linked.detail };
    /** The tab in sight, or wanted while the header is on its way. */
    this.tab = this.address.linked.tab;
    /** @type {Header|null} */
    this.header = null;
    /** Tabs that came before the header: it waits for the words. @type {(() => void)[]} */
    this.early = [];
    this.dark = document.body.classList.contains("dark");
  }

  begin() {
    const kept = recall("theme");
    if (kept && !new URLSearchParams(location.search).has("__theme")) document.body.classList.toggle("dark", kept === "dark");
    this.dark = document.body.classList.contains("dark");
    onLanguage(() => {
      this.header?.paint();
      for (const tab of this.tabs.values()) tab.speak();
    });
    this.address.onFollow(({ tab, detail }) => {
      const key = tab || this.first;
      const open = this.tabs.get(key)?.opened;
      this.links[key] = detail;
      this.show(key);
      if (open) this.tabs.get(key)?.follow(detail);
    });
    listen((action, digit) => this.act(action, digit));
    new MutationObserver(() => this.themeChanged()).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    window.addEventListener("resize", () => this.redraw());
  }

  // --- the elements that Gradio mounts -------------------------------------------------------------

  async openHeader(/** @type {HTMLElement} */ root, /** @type {Book} */ book) {
    offer(book.languages);
    await speak(firstLanguage());
    this.header = new Header(this, root, book.tabs);
    this.show(this.tab);
    for (const open of this.early.splice(0)) open();
  }

  openTab(/** @type {Tab} */ tab) {
    this.tabs.set(tab.key, tab);
    tab.paint();
    tab.painted();
    if (tab.key !== this.tab) return;
    tab.show();
    this.header?.paint(); // with the buttons of what this tab can do
  }

  // --- tabs ----------------------------------------------------------------------------------------

  /** The tab that an address without a name opens. */
  get first() {
    return this.header?.tabs[0] ?? "";
  }

  /** What a link says of a tab that has not been in sight. */
  linked(/** @type {string} */ key) {
    return this.links[key] ?? "";
  }

  /** What the address says of the tab in sight. */
  get detail() {
    const tab = this.tabs.get(this.tab);
    return tab?.opened ? tab.detail : this.linked(this.tab);
  }

  /** The tab is one attribute of the body: the style sheet shows that panel and hides the others. */
  show(/** @type {string} */ wanted) {
    const keys = this.header?.tabs ?? [];
    const before = this.tabs.get(this.tab);
    this.tab = !keys.length || keys.includes(wanted) ? wanted : keys[0];
    document.body.dataset.tab = this.tab;
    const panel = document.getElementById(`panel-${this.tab}`);
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-labelledby", `tab-${this.tab}`);
    this.header?.paint();
    const tab = this.tabs.get(this.tab);
    if (before !== tab) before?.hide();
    tab?.show();
    tab?.draw(); // what was painted out of sight had no size
  }

  /** The visitor opens a tab. */
  choose(/** @type {string} */ key) {
    this.show(key);
    this.address.write();
  }

  // --- language and theme --------------------------------------------------------------------------

  async chooseLanguage(/** @type {import("./language.js").Language} */ lang) {
    remember("language", lang);
    await speak(lang);
    this.address.chooseLanguage();
  }

  toggleTheme() {
    const dark = !document.body.classList.contains("dark");
    document.body.classList.toggle("dark", dark);
    remember("theme", dark ? "dark" : "light");
  }

  /** Gradio, too, may turn the page dark. */
  themeChanged() {
    const dark = document.body.classList.contains("dark");
    if (dark === this.dark) return;
    this.dark = dark;
    forgetColours();
    this.redraw();
  }

  redraw() {
    for (const tab of this.tabs.values()) if (tab.inSight) tab.draw();
  }

  // --- actions -------------------------------------------------------------------------------------

  /** Whether the tab in sight has an action. */
  offers(/** @type {string} */ action) {
    return action in (this.tabs.get(this.tab)?.actions ?? {});
  }

  /** Carry out one action of a key or a button, the page's own or the tab's; true where there was something to do. */
  act(/** @type {string} */ action, digit = 0) {
    if (this.header?.act(action)) return true;
    if (this.header?.helping) return false;
    return this.tabs.get(this.tab)?.act(action, digit) ?? false;
  }
}

/** @type {Page|null} */
let page = null;

/** Bring one of our elements to life, the header or the tab KEY; called once for each. */
export async function mount(/** @type {string} */ key, /** @type {HTMLElement} */ element, /** @type {any} */ book, /** @type {import("./tab.js").Server} */ server) {
  const root = /** @type {HTMLElement} */ (element.firstElementChild);
  if (!page) {
    page = new Page();
    page.begin();
  }
  const here = page;
  if (key === "header") return here.openHeader(root, book);
  const { default: Kind } = await import(`./tabs/${key}.js`);
  const open = () => {
    const tab = new Kind(here, key, root, book, server);
    here.openTab(tab);
    /** @type {any} */ (window)[`playground${key[0].toUpperCase()}${key.slice(1)}`] = tab.report;
  };
  if (here.header) open();
  else here.early.push(open);
}
