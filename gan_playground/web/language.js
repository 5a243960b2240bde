/**
 * The page's language. Sentences travel as a key and values and are said here, from the catalogue of the
 * visitor's language; who shows some listens to changes of language, and paints anew.
 */

import { signed } from "./numbers.js";

/** @typedef {string} Language */
/** @typedef {import("./types/records.js").Sentence} Sentence */
/** @typedef {{after: string, forms: Record<string, [string, string]>}} Rule as in `words/sentences.py` */
/** @typedef {Record<string, any> & {particles?: Rule[]}} Catalogue sections of named sentences, as in `words/en.json` */

/** The languages there are, each by its own name. @type {Record<Language, string>} */
let names = {};
/** What each language says, by the whole key. @type {Record<Language, Record<string, string>>} */
const catalogues = {};
/** Each language's particles, by how sentences write them. @type {Record<Language, Record<string, {after: RegExp, forms: [string, string]}>>} */
const particles = {};
/** Catalogues asked for. @type {Map<Language, Promise<void>>} */
const asked = new Map();
/** @type {Language} */
let current = "en";
/** The language wanted last: its catalogue may be on its way. */
let wanted = current;
/** @type {Set<() => void>} */
const listeners = new Set();

/** Say which languages there are, and fetch the one to begin with. */
export function offer(/** @type {Record<Language, string>} */ languages) {
  names = languages;
  fetched(firstLanguage());
}

/** The languages there are, each with its own name. */
export function languages() {
  return Object.entries(names);
}

/** Take a language's catalogue. */
export function learn(/** @type {Language} */ lang, /** @type {Catalogue} */ { particles: rules = [], ...sections }) {
  catalogues[lang] = Object.fromEntries(Object.entries(sections).flatMap(([section, sentences]) =>
    Object.entries(sentences).map(([name, sentence]) => [`${section}.${name}`, sentence])));
  particles[lang] = Object.fromEntries(rules.flatMap(({ after, forms }) =>
    Object.entries(forms).map(([written, two]) => [written, { after: new RegExp(after, "u"), forms: two }])));
}

/** A language's catalogue, fetched once; one that does not come is asked for again the next time. */
function fetched(/** @type {Language} */ lang) {
  const under = asked.get(lang);
  if (under) return under;
  const way = fetch(new URL(`words/${lang}.json`, import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then((catalogue) => learn(lang, catalogue))
    .catch(() => void asked.delete(lang));
  asked.set(lang, way);
  return way;
}

export function language() {
  return current;
}

/** Change the language of the whole page, once its words are there; without them the page stays as it is. */
export async function speak(/** @type {Language} */ lang) {
  wanted = lang;
  await fetched(lang);
  if (wanted !== lang || !(lang in catalogues)) return;
  current = lang;
  document.documentElement.lang = lang;
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
export function say(/** @type {string} */ key, /** @type {Record<string, unknown>} */ values = {}) {
  return knows(key) ? fill(catalogues[current][key], values) : key;
}

/** A sentence of the server in the page's language. */
export function tell(/** @type {Sentence} */ sentence) {
  return say(sentence.key, sentence.values);
}

/** Replace an element's text where it differs. */
export function put(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether the page's language has this sentence. */
export function knows(/** @type {string} */ key) {
  return key in (catalogues[current] ?? {});
}

/**
 * Fill the named places of a sentence as `words/sentences.py` does, for the formats the product's sentences use: none,
 * `,`, `.2f`, `.0%`, `.3g`, `.1e` and `,.1f`. A place without a value shows its name. Particles are the page's language's.
 * @returns {string}
 */
export function fill(/** @type {string} */ sentence, /** @type {Record<string, unknown>} */ values) {
  const own = particles[current] ?? {};
  const written = Object.keys(own).map((particle) => particle.replace(/[()]/g, "\\$&"));
  if (!written.length) return filled(sentence, values);
  return sentence.split(new RegExp(`(${written.join("|")})`)).reduce((said, part, k) => {
    if (k % 2 === 0) return said + filled(part, values);
    const { after, forms: [first, second] } = own[part];
    return said + (after.test(said.replace(CLOSING, "").slice(-12).normalize("NFD")) ? first : second);
  }, "");
}

/** Marks that stand between a word and its particle without a sound. */
const CLOSING = /['"’”)\]}`*]+$/;

function filled(/** @type {string} */ sentence, /** @type {Record<string, unknown>} */ values) {
  return sentence.replace(/\{\{|\}\}|\{(\w+)(?::([^}]*))?\}/g, (whole, name, spec) => {
    if (whole === "{{") return "{";
    if (whole === "}}") return "}";
    return name in values ? format(values[name], spec ?? "") : `{${name}}`;
  });
}

/** @returns {string} */
function format(/** @type {any} */ value, /** @type {string} */ spec) {
  if (value && typeof value === "object" && "key" in value) return tell(value);
  const number = value === "inf" ? Infinity : value === "-inf" ? -Infinity : value;
  if (typeof number !== "number") return String(value ?? "–");
  return signed(numeral(number, spec));
}

function numeral(/** @type {number} */ x, /** @type {string} */ spec) {
  const match = /^(,?)(?:\.(\d+))?([efg%d]?)$/.exec(spec);
  if (!match || !Number.isFinite(x)) return Number.isFinite(x) ? String(x) : x > 0 ? "∞" : x < 0 ? "-∞" : "–";
  const [, grouped, digits, kind] = match;
  if (kind === "%") return `${(100 * x).toFixed(Number(digits ?? 6))}%`;
  if (kind === "e") return x.toExponential(Number(digits ?? 6)).replace(/e([+-])(\d)$/, "e$10$2");
  if (kind === "g") return String(Number(x.toPrecision(Number(digits ?? 6))));
  const places = digits === undefined ? undefined : Number(digits);
  if (!grouped) return places === undefined ? String(x) : x.toFixed(places);
  return x.toLocaleString("en-US", { minimumFractionDigits: places ?? 0, maximumFractionDigits: places ?? 6 });
}

/**
 * The language to begin with: the address's, the one chosen last, else the first of the browser's that there is.
 * @returns {Language}
 */
export function firstLanguage() {
  const linked = new URLSearchParams(location.search).get("lang");
  const tags = [linked, recall("language"), ...navigator.languages].filter((tag) => tag !== null);
  return tags.flatMap((tag) => [tag, tag.split("-")[0]]).find((lang) => lang in names) ?? "en";
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
