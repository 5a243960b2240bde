/**
 * What the Samples tab asks the server, one thing at a time: everything it shows is a question, and the answer that
 * has been out of date the longest is asked for next. A dragged mark is so answered for where it is, never for where it was.
 */

/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {{id: string, what: string, request: Record<string, unknown>}} Question */
/** What a question was answered with: its request, and a picture or a refusal. @typedef {Record<string, any>} Held */

export class Questions {
  /** @param {Selection} selection @param {{shown: number, frames: number}} counts images of a sheet, pictures of a walk */
  constructor(selection, counts) {
    this.selection = selection;
    this.counts = counts;
    /** Answers by question, the last of each; its picture stays while a newer one is on its way. @type {Map<string, Held>} */
    this.answers = new Map();
    /** When each question was last asked. @type {Map<string, number>} */
    this.asked = new Map();
    this.turn = 0;
    /** While something is dragged, what lies further down the page waits. */
    this.dragging = false;
  }

  held(/** @type {string} */ id) {
    return this.answers.get(id);
  }

  /** The columns that were not refused. */
  get sound() {
    return this.selection.names.filter((name) => !this.held(`sheet ${name}`)?.refused);
  }

  /** The checkpoint whose images lie in the plane: the lead, unless it is damaged. */
  get inPlane() {
    const { sound, selection } = this;
    return sound.includes(selection.lead) ? selection.lead : (sound[0] ?? selection.lead);
  }

  /** Everything that the page shows. @returns {Question[]} */
  get all() {
    const { selection, sound, counts } = this;
    const seed = selection.number("seed"), psi = selection.number("psi");
    const corners = Object.values(selection.corners);
    const first = selection.names.map((name) => ({ id: `sheet ${name}`, what: "sheet", request: { checkpoint: name, seed, psi, n: counts.shown } }));
    if (!sound.length) return first;
    const point = { id: "point", what: "point", request: { checkpoints: sound, seed, corners, x: selection.number("x"), y: selection.number("y"), psi } };
    if (this.dragging) return [...first, point];
    const plane = { id: "plane", what: "plane", request: { checkpoint: this.inPlane, seed, corners, psi } };
    const walk = { seed, ends: corners.slice(0, 2), path: selection.values.path, psi, n: counts.frames };
    return [...first, point, plane, ...sound.map((name) => ({ id: `walk ${name}`, what: "walk", request: { checkpoint: name, ...walk } }))];
  }

  /** The question whose answer has been out of date the longest; null where all are answered. */
  get next() {
    const stale = this.all.filter(({ id, request }) => this.held(id)?.key !== JSON.stringify(request));
    const asked = (/** @type {Question} */ { id }) => this.asked.get(id) ?? 0;
    return stale.sort((a, b) => asked(a) - asked(b))[0] ?? null;
  }

  /** A question is on its way. */
  ask(/** @type {Question} */ { id }) {
    this.asked.set(id, (this.turn += 1));
  }

  /** Its answer, or its refusal beside the last picture. */
  take(/** @type {Question} */ { id, request }, /** @type {Held} */ found) {
    const picture = found.picture ?? this.held(id)?.picture;
    this.answers.set(id, { ...found, picture, request, key: JSON.stringify(request) });
  }

  /** Let everything be asked once more. */
  forget() {
    this.answers.forEach((held) => (held.key = ""));
  }
}
