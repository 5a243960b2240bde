/**
 * The Divergences tab: a list of panels, of which one is in sight, and the tab's part of the address,
 * `#divergences/PANEL?key=value`. Each panel's script is `panels/PANEL.js`, loaded when first seen.
 */

import { say, tell } from "../language.js";
import { Tab } from "../tab.js";
import { html } from "../vendor/lit-html.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {{panels: Record<string, import("../panel.js").Book>}} Book what Python tells of each panel, in order */

/** @extends {Tab<Book>} */
export default class Divergences extends Tab {
  /** Panels that have been in sight. @type {Map<string, Panel>} */
  panels = new Map();
  /** @type {Panel|null} */
  panel = null;
  linked = "";
  /** Why the last link was refused. @type {import("../store.js").Said|null} */
  refused = null;
  /** @type {Record<string, any>} */
  report = { state: "opening", panel: "", values: {}, drawn: 0, answers: 0 };

  get keys() {
    return Object.keys(this.book.panels);
  }

  template() {
    const { refused } = this;
    return html`<nav class="card panels" aria-label=${say("divergences.panels")}><b>${say("divergences.panels")}</b>${
        this.keys.map((key) => html`<button type="button" data-panel=${key} aria-pressed=${key === this.panel?.key}
          @click=${() => this.choose(key)}>${say(`${key}.tab`)}</button>`)}</nav>
      <p class="card refused-link" role="alert" ?hidden=${!refused}>${refused ? tell(refused) : ""}</p>
      ${this.keys.map((key) => html`<section class="panel ${key}" data-of=${key} aria-label=${say(`${key}.tab`)}
        ?hidden=${key !== this.panel?.key}></section>`)}`;
  }

  painted() {
    this.root.className = "theory";
    this.root.dataset.state = "opening";
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

  /** Open what a link says; a link that is refused opens the first panel, under the sentence that says why. */
  async visit(/** @type {string} */ address) {
    const [first] = this.keys;
    const answer = address ? await this.server.visit(address).catch(() => null) : { panel: first, values: {} };
    this.refused = answer?.refused ?? null;
    await this.choose(answer?.panel ?? first, answer?.values);
  }

  /** Put a panel in sight, with values of a link if there are any. */
  async choose(/** @type {string} */ key, /** @type {Record<string, string>|undefined} */ values = undefined) {
    const panel = this.panels.get(key) ?? (await this.load(key));
    if (values) Object.assign(panel.values, panel.defaults, values);
    this.panel = panel;
    this.paint();
    panel.paint();
    this.root.querySelector(`[data-panel="${key}"]`)?.scrollIntoView({ block: "nearest", inline: "center" });
    if (!panel.begun) {
      panel.begun = true;
      panel.painted();
      panel.begin();
    } else if (values) panel.changed(Object.keys(panel.values));
    if (values) panel.settle();
    panel.redrawAll();
    this.root.dataset.state = "ready";
    this.report.state = "ready";
    this.write();
  }

  /** @returns {Promise<Panel>} */
  async load(/** @type {string} */ key) {
    const script = await import(`../panels/${key}.js`);
    const root = this.find(`[data-of="${key}"]`);
    const known = this.panels.get(key); // two clicks while the script was on its way
    const panel = known ?? new script.default(this, key, root, this.book.panels[key]);
    this.panels.set(key, panel);
    return panel;
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
