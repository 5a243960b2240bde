/**
 * The keyboard: one key, one action. What an action does is its tab's, or the page's; the Help dialog and
 * the presenter's page list the keys from here.
 */

import { knows, say } from "./language.js";

/**
 * @typedef {Object} Key
 * @property {string} cap what is printed on it, or the key of the word that is
 * @property {string} key as a keyboard event names it; digits are `LAYERS`
 * @property {string} code its place, for layouts whose letters are not Latin (Korean writes ㄴ on S)
 * @property {string} action
 * @property {string} says key of the words that say what it does
 * @property {boolean} [presented] whether the presenter's page lists it
 */

/** In the order of the Help dialog. @type {Key[]} */
export const KEYS = [
  { cap: "page.space", key: " ", code: "Space", action: "toggle", says: "page.key_play_or_pause", presented: true },
  { cap: "S", key: "s", code: "KeyS", action: "step", says: "page.key_step", presented: true },
  { cap: "R", key: "r", code: "KeyR", action: "reset", says: "page.key_reset", presented: true },
  { cap: "N", key: "n", code: "KeyN", action: "new-seed", says: "page.key_new_seed" },
  { cap: "O", key: "o", code: "KeyO", action: "next-objective", says: "page.key_next_objective", presented: true },
  { cap: "D", key: "d", code: "KeyD", action: "next-data", says: "page.key_next_data", presented: true },
  { cap: "1–7", key: "", code: "", action: "layer", says: "page.key_layers", presented: true },
  { cap: "P", key: "p", code: "KeyP", action: "present", says: "page.key_present" },
  { cap: "L", key: "l", code: "KeyL", action: "language", says: "page.key_language" },
  { cap: "T", key: "t", code: "KeyT", action: "theme", says: "page.key_theme" },
  { cap: "?", key: "?", code: "", action: "help", says: "page.key_help" },
  { cap: "page.escape", key: "Escape", code: "", action: "leave", says: "page.key_leave", presented: true },
];

/** What is printed on a key. */
export function printed(/** @type {Key} */ { cap }) {
  return knows(cap) ? say(cap) : cap;
}

const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const PRESSED_BY_SPACE = "button, summary, a[href], input[type=checkbox], [role=button], [role=menuitem]";

/**
 * The action of a key, and the digit where it is one; null for a key that has none.
 * @param {{key: string, code: string}} pressed
 * @returns {{action: string, digit: number}|null}
 */
export function actionOf({ key, code }) {
  if (/^[1-9]$/.test(key)) return { action: "layer", digit: Number(key) };
  const latin = /^[ -~]$/.test(key);
  const found = KEYS.find((each) => (latin || !each.code ? each.key === (latin ? key.toLowerCase() : key) : each.code === code));
  return found ? { action: found.action, digit: 0 } : null;
}

/**
 * Listen to the keyboard; silent while a field has the focus or a modifier is held.
 * @param {(action: string, digit: number) => boolean} act true where the action was carried out
 */
export function listen(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest?.(TYPING) && event.key !== "Escape") return;
    // Space on a focused button presses that button.
    if (event.key === " " && target.closest?.(PRESSED_BY_SPACE)) return;
    if (event.repeat && event.key !== "s") return;
    const found = actionOf(event);
    if (found && act(found.action, found.digit)) event.preventDefault();
  });
}
