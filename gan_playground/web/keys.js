/** The keyboard: one key, one action; silent while a field has the focus or a modifier is held. */

/** Keys to the names of actions; digits carry their number. @type {Record<string, string>} */
const ACTIONS = {
  " ": "toggle", s: "step", r: "reset", n: "new-seed", o: "next-objective", d: "next-data",
  p: "present", l: "language", t: "theme", "?": "help", Escape: "leave",
};

/** By place on the keyboard, for layouts whose letters are not Latin (Korean writes ㄴ on S). @type {Record<string, string>} */
const PLACES = {
  KeyS: "s", KeyR: "r", KeyN: "n", KeyO: "o", KeyD: "d", KeyP: "p", KeyL: "l", KeyT: "t", Space: " ",
};

const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true]";
const PRESSED_BY_SPACE = "button, summary, a[href], input[type=checkbox], [role=button], [role=menuitem]";

/**
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
    const latin = /^[ -~]$/.test(event.key) ? event.key.toLowerCase() : PLACES[event.code] ?? event.key;
    const digit = /^[1-9]$/.test(latin) ? Number(latin) : 0;
    const action = digit ? "layer" : ACTIONS[latin];
    if (action && act(action, digit)) event.preventDefault();
  });
}
