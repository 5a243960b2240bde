/** The one place where what the server says is kept: a value that is replaced, and listeners that are told. */

/** @typedef {import("./types/records.js").Sentence} Said a sentence of the server */

/**
 * What this page knows of its run.
 * @typedef {Object} Run
 * @property {"opening"|"lost"|"waiting"|"ended"|"open"} link how the socket stands
 * @property {number} place in the queue, while it is waiting
 * @property {Said|null} farewell what the server said when it ended the run
 * @property {string} token by which the page, or another of its tabs, asks for its run; empty without one
 * @property {string} query the run as a link, with or without its question mark
 * @property {Partial<import("./types/records.js").Settings>} settings nothing before the server has said them
 * @property {import("./types/records.js").Status} status
 * @property {import("./types/records.js").SentState["speed"]} speed
 * @property {Said|null} stopped why the run cannot go on
 * @property {Said[]} warnings
 */

/** @template {object} T */
export class Store {
  /** @param {T} value */
  constructor(value) {
    this.value = value;
    /** @type {Set<(now: T, before: T) => void>} */
    this.listeners = new Set();
  }

  /** Replace some of the value, and tell everybody. @param {Partial<T>} changes */
  update(changes) {
    const before = this.value;
    this.value = { ...before, ...changes };
    for (const listener of this.listeners) listener(this.value, before);
  }

  /** Call `listener` after every change. @param {(now: T, before: T) => void} listener */
  onChange(listener) {
    this.listeners.add(listener);
  }
}

/** A page that has not heard of the server yet; `query` is what its link asks for. @returns {Store<Run>} */
export function newRun(/** @type {string} */ query) {
  return new Store(/** @type {Run} */ ({
    link: "opening", place: 0, farewell: null, token: "", query,
    settings: {}, status: "paused", speed: "full", stopped: null, warnings: [],
  }));
}

const KEPT = "playground-token";

/** The token survives a reload, not a copy of the browser's tab: it is in storage only while no page holds it. */
export function keepToken(/** @type {Store<Run>} */ run) {
  try {
    run.update({ token: sessionStorage.getItem(KEPT) ?? "" });
    sessionStorage.removeItem(KEPT);
    addEventListener("pagehide", () => sessionStorage.setItem(KEPT, run.value.token));
    addEventListener("pageshow", () => sessionStorage.removeItem(KEPT));
  } catch {
    // No storage, no way back after a reload; the link still is one.
  }
}
