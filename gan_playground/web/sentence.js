/**
 * The one sentence under the stage: what is seen, then why. Notes of the run change it at most every
 * 3 s; a change of state (a lost connection, a refusal) shows at once. What it says is also spoken.
 */

import { onLanguage, put } from "./language.js";

const NOTE_EVERY = 3000;
const SPOKEN_EVERY = 3000;

/** Split "**Statement.** Reason." into its two parts; without asterisks the first sentence is the statement. */
export function parts(/** @type {string} */ text) {
  const marked = /^\s*\*\*(.+?)\*\*\s*([\s\S]*)$/.exec(text);
  if (marked) return { statement: marked[1], reason: marked[2] };
  const first = /^(.+?[.…:])(\s+)([\s\S]+)$/.exec(text);
  return first ? { statement: first[1], reason: first[3] } : { statement: text, reason: "" };
}

export class Sentence {
  /** @param {HTMLElement} card @param {HTMLElement} spoken */
  constructor(card, spoken) {
    this.card = card;
    this.statement = /** @type {HTMLElement} */ (card.querySelector(".statement"));
    this.reason = /** @type {HTMLElement} */ (card.querySelector(".reason"));
    this.spoken = spoken;
    /** @type {() => string} */
    this.text = () => "";
    this.identity = "";
    this.noted = 0;
    this.said = 0;
    this.timer = 0;
    onLanguage(() => this.print());
  }

  /** A sentence about the page's state: shown at once. */
  state(/** @type {string} */ identity, /** @type {() => string} */ text) {
    this.set(identity, text);
    this.noted = 0;
  }

  /** A note of the run: shown if the last one has stood long enough. */
  note(/** @type {string} */ identity, /** @type {() => string} */ text) {
    const now = performance.now();
    const same = identity === this.identity;
    if (!same && this.noted && now - this.noted < NOTE_EVERY) return;
    if (!same) this.noted = now;
    this.set(identity, text);
  }

  /** Another run: its first note need not wait. */
  renew() {
    this.noted = 0;
  }

  set(/** @type {string} */ identity, /** @type {() => string} */ text) {
    this.identity = identity;
    this.text = text;
    this.print();
  }

  print() {
    const { statement, reason } = parts(this.text());
    put(this.statement, statement);
    put(this.reason, reason);
  }

  /** Speak the summary, no more often than every 3 s; the last one is never lost. */
  speak(/** @type {() => string} */ summary) {
    const wait = this.said + SPOKEN_EVERY - performance.now();
    clearTimeout(this.timer);
    const speak = () => {
      this.said = performance.now();
      put(this.spoken, summary());
    };
    if (wait <= 0) speak();
    else this.timer = window.setTimeout(speak, wait);
  }
}
