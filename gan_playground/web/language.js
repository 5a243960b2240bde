/**
 * The page's language. Every sentence comes from the product's one book of words; an element that
 * carries `data-say="key"` shows that sentence, `data-say-title="key"` (or any other attribute) has
 * it as that attribute, and a change of language reaches all of them at once.
 */

/** @typedef {"en"|"ko"} Language */

/** @type {Record<string, [string, string]>} */
let words = {};
/** @type {Language} */
let current = "en";
/** @type {Set<() => void>} */
const listeners = new Set();

export const LANGUAGES = /** @type {Language[]} */ (["en", "ko"]);

/** Take the book of words; the two languages of a key stand side by side. */
export function learn(/** @type {Record<string, [string, string]>} */ book) {
  words = { ...words, ...book };
}

export function language() {
  return current;
}

/** Change the language of the whole page. */
export function speak(/** @type {Language} */ lang) {
  current = lang;
  document.documentElement.lang = lang;
  translate(document.body);
  for (const listener of listeners) listener();
}

/** Call `listener` after every change of language. */
export function onLanguage(/** @type {() => void} */ listener) {
  listeners.add(listener);
}

/**
 * The sentence `key` in the page's language; the key itself where there is none.
 * @returns {string}
 */
export function say(/** @type {string} */ key, /** @type {Record<string, any>} */ values = {}) {
  const pair = words[key];
  return pair ? fill(pair[current === "ko" ? 1 : 0], values) : key;
}

/** Replace an element's text where it differs. */
export function put(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether the book has this sentence. */
export function knows(/** @type {string} */ key) {
  return key in words;
}

/**
 * Fill the named places of a sentence as Python's `str.format` does, for the formats the product's
 * sentences use: none, `,`, `.2f`, `.0%`, `.3g` and `,.1f`.
 * @returns {string}
 */
export function fill(/** @type {string} */ sentence, /** @type {Record<string, any>} */ values) {
  return sentence.replace(/\{\{|\}\}|\{(\w+)(?::([^}]*))?\}/g, (whole, name, spec) => {
    if (whole === "{{") return "{";
    if (whole === "}}") return "}";
    return format(values[name], spec ?? "");
  });
}

/** @returns {string} */
function format(/** @type {any} */ value, /** @type {string} */ spec) {
  if (value && typeof value === "object" && "key" in value) return say(value.key, value.values);
  const number = value === "inf" ? Infinity : value === "-inf" ? -Infinity : value;
  if (typeof number !== "number") return String(value ?? "–");
  return numeral(number, spec).replace(/^-/, "\u2212");
}

function numeral(/** @type {number} */ x, /** @type {string} */ spec) {
  const match = /^(,?)(?:\.(\d+))?([fg%d]?)$/.exec(spec);
  if (!match || !Number.isFinite(x)) return Number.isFinite(x) ? String(x) : x > 0 ? "∞" : x < 0 ? "-∞" : "–";
  const [, grouped, digits, kind] = match;
  if (kind === "%") return `${(100 * x).toFixed(Number(digits ?? 6))}%`;
  if (kind === "g") return String(Number(x.toPrecision(Number(digits ?? 6))));
  const places = digits === undefined ? undefined : Number(digits);
  if (!grouped) return places === undefined ? String(x) : x.toFixed(places);
  return x.toLocaleString("en-US", { minimumFractionDigits: places ?? 0, maximumFractionDigits: places ?? 6 });
}

/** Put every marked element below `root` into the page's language. */
export function translate(/** @type {Element} */ root) {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "data-say") element.textContent = say(value);
      else if (name.startsWith("data-say-")) element.setAttribute(name.slice(9), say(value));
    }
  }
}

/**
 * The language to begin with: the address's, the one chosen last, else the browser's.
 * @returns {Language}
 */
export function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = recall("language");
  const spoken = navigator.language.slice(0, 2);
  const found = [asked, kept, spoken].find((lang) => LANGUAGES.includes(/** @type {Language} */ (lang)));
  return /** @type {Language} */ (found ?? "en");
}

/** A choice this browser made before; storage may be forbidden, and then nothing is remembered. */
export function recall(/** @type {string} */ name) {
  try {
    return localStorage.getItem(`playground-${name}`);
  } catch {
    return null;
  }
}

export function remember(/** @type {string} */ name, /** @type {string} */ value) {
  try {
    localStorage.setItem(`playground-${name}`, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}
