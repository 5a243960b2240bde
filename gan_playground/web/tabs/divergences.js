/**
 * The Divergences tab: a list of panels, of which one is in sight, and the tab's part of the address,
 * `#divergences/PANEL?key=value`. Each panel's script is `panels/PANEL.js`, loaded when first seen.
 */

import { language, translate } from "../language.js";
import { Tab } from "../tab.js";

/** @typedef {{words: Record<string, [string, string]>, panels: Record<string, Record<string, string>>}} Book */
/** @typedef {import("../tab.js").Server} Server */

/** @extends {Tab<Book>} */
export default class Divergences extends Tab {
  /**
   * @param {import("../page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {Book} book @param {Server} server
   */
  constructor(page, key, root, book, server) {
    super(page, key, root, book, server);
    /** @type {Map<string, import("../panel.js").Panel>} */
    this.panels = new Map();
    /** @type {import("../panel.js").Panel|null} */
    this.panel = null;
    this.linked = "";
    /** @type {{en: string, ko: string}|null} */
    this.refused = null;
    /** @type {Record<string, any>} */
    this.report = { state: "opening", panel: "", values: {}, drawn: 0, answers: 0 };
    translate(this.root);
    this.root.querySelector("nav")?.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-panel]"));
      if (button) this.choose(/** @type {string} */ (button.dataset.panel));
    });
  }

  begin(/** @type {string} */ detail) {
    this.linked = detail;
    this.visit(detail);
  }

  get detail() {
    return this.panel?.address ?? this.linked;
  }

  draw() {
    this.panel?.redrawAll();
  }

  speak() {
    translate(this.root);
    this.showRefusal();
    this.panel?.showControls();
    this.draw();
  }

  /** Open what a link says; a link that is refused opens the first panel, under the sentence that says why. */
  async visit(/** @type {string} */ address) {
    const [first] = Object.keys(this.book.panels);
    const answer = address ? await this.server.visit(address).catch(() => null) : { panel: first, values: {} };
    this.refused = answer?.refused ?? null;
    this.showRefusal();
    await this.choose(answer?.panel ?? first, answer?.values);
  }

  showRefusal() {
    const place = /** @type {HTMLElement} */ (this.root.querySelector(".refused-link"));
    place.hidden = !this.refused;
    place.textContent = this.refused ? this.refused[language()] : "";
  }

  /** Put a panel in sight, with values of a link if there are any. */
  async choose(/** @type {string} */ key, /** @type {Record<string, string>|undefined} */ values = undefined) {
    const found = this.panels.get(key);
    const panel = found ?? (await this.load(key));
    if (values) Object.assign(panel.values, panel.defaults, values);
    this.panel = panel;
    for (const section of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-of]"))) {
      section.hidden = section.dataset.of !== key;
    }
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-panel]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.panel === key));
      if (button.dataset.panel === key) button.scrollIntoView({ block: "nearest", inline: "center" });
    }
    panel.showControls();
    if (!found) panel.begin();
    else if (values) panel.changed(Object.keys(panel.values));
    if (values) panel.settle();
    panel.redrawAll();
    this.root.dataset.state = "ready";
    this.report.state = "ready";
    this.write();
  }

  async load(/** @type {string} */ key) {
    const script = await import(`../panels/${key}.js`);
    const root = /** @type {HTMLElement} */ (this.root.querySelector(`[data-of="${key}"]`));
    const known = this.panels.get(key); // two clicks while the script was on its way
    const panel = known ?? new script.default(this, key, root, this.book.panels[key]);
    this.panels.set(key, panel);
    return /** @type {import("../panel.js").Panel} */ (panel);
  }

  /** The address bar follows, a little later. */
  write() {
    this.report.panel = this.panel?.key;
    this.report.values = { ...this.panel?.values };
    this.page.address.write();
  }

  /** Whether the parser takes these values: as a link that is opened. */
  async read(/** @type {string} */ panel, /** @type {Record<string, string>} */ values) {
    const query = Object.entries(values).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
    return this.server.visit(`${panel}?${query}`).catch(() => null);
  }

  async answer(/** @type {string} */ panel, /** @type {string} */ ask, /** @type {Record<string, string>} */ values) {
    const answer = await this.server.answer({ panel, ask, values: { ...values } }).catch(() => null);
    this.report.answers += 1;
    return answer;
  }
}
