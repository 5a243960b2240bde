/**
 * What the Samples tab shows, as text: the data set and the fields of its link `#samples/DATA?key=value`,
 * and all that follows from them. The fields and what they begin with are the book's, hence Python's.
 */

/** @typedef {Pick<import("../imagetab.js").Entry, "data"|"law"|"recipe">} Entry */
/** @typedef {Pick<import("../tabs/samples.js").Book, "sets"|"corners"|"trained"> & {checkpoints: Record<string, Entry>}} Known */

export class Selection {
  constructor(/** @type {Known} */ book) {
    this.book = book;
    this.data = this.first;
    /** The text of every field, as a link says it. @type {Record<string, string>} */
    this.values = { ...this.begins };
  }

  /** The data set that a link without a name opens. */
  get first() {
    return Object.keys(this.book.sets)[0];
  }

  /** The fields of the data set as the tab begins. */
  get begins() {
    return this.book.sets[this.data] ?? {};
  }

  /** A lead that is no longer a column makes room for the first one. */
  change(/** @type {Record<string, string>} */ changes) {
    Object.assign(this.values, changes);
    if (this.values.lead && !this.names.includes(this.values.lead)) this.values.lead = "";
  }

  number(/** @type {string} */ key) {
    return Number(this.values[key]);
  }

  /** Every checkpoint of the data set, in the recipes' order. */
  get all() {
    return Object.keys(this.book.checkpoints).filter((name) => this.book.checkpoints[name].data === this.data);
  }

  /** The checkpoints that stand as columns. */
  get names() {
    return this.values.checkpoints.split(",");
  }

  /** The checkpoint in the plane, and told about below. */
  get lead() {
    return this.values.lead || this.names[0];
  }

  /** Places of the three latents that span the plane. @returns {Record<string, number>} */
  get corners() {
    return Object.fromEntries(this.book.corners.map((corner) => [corner, this.number(corner)]));
  }

  /** The columns with `name` among them or not; null where none would stay. */
  with(/** @type {string} */ name, /** @type {boolean} */ stands) {
    return this.all.filter((one) => (one === name ? stands : this.names.includes(one))).join(",") || null;
  }

  /** How a checkpoint's latents are drawn. */
  lawOf(/** @type {string} */ name) {
    return this.book.checkpoints[name]?.law ?? "uniform";
  }

  /** Whether all columns draw their latents alike, and so get the same ones from one seed. */
  get alike() {
    return new Set(this.names.map((name) => this.lawOf(name))).size < 2;
  }

  /** Fields of a recipe, beside the objective, in which the columns differ. */
  get differing() {
    const said = (/** @type {string} */ name, /** @type {string} */ field) => JSON.stringify(this.book.checkpoints[name].recipe[field] ?? null);
    return this.book.trained.filter((field) => new Set(this.names.map((name) => said(name, field))).size > 1);
  }

  /** The tab's part of the link: what differs from how it begins; nothing where the first data set stands as it begins. */
  get address() {
    const pairs = Object.entries(this.values).filter(([key, value]) => value !== this.begins[key]);
    const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
    if (query) return `${this.data}?${query}`;
    return this.data === this.first ? "" : this.data;
  }
}
