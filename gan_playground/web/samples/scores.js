/** The columns of the score table, and the order of its rows; the numbers are the manifest's. */

import { signed } from "../numbers.js";
import { median } from "./statistics.js";

/** @typedef {Record<string, any>} Scores of one checkpoint, or of real images in the samples' place */
/** @typedef {{nats: number, error: number, mark: string}} Figure a paper's number */
/**
 * @typedef {Object} Context of a row
 * @property {Record<string, Figure|undefined>} published by protocol, for the row's objective
 * @property {(place: number) => string} className
 */
/**
 * @typedef {Object} Column
 * @property {string} key by which the table is sorted; none where it cannot be
 * @property {string} [beside] key of the column it belongs to, where it has none of its own
 * @property {string} words key of its title @property {string} unit key of what stands below
 * @property {number} best 1 where more is better (or merely first), -1 where less is
 * @property {(scores: Scores) => number|undefined} value what it is sorted by
 * @property {(scores: Scores, context: Context) => string|undefined} text
 */

const kde = (/** @type {string} */ protocol) => ({
  value: (/** @type {Scores} */ s) => s[protocol]?.nats,
  text: (/** @type {Scores} */ s) => s[protocol] && plusMinus(s[protocol]),
});
const published = (/** @type {string} */ protocol) => ({
  key: "",
  beside: protocol,
  words: "column_published",
  best: 1,
  value: () => undefined,
  text: (/** @type {Scores} */ _, /** @type {Context} */ context) => cited(context.published[protocol]),
});
const feature = (/** @type {string} */ key, /** @type {number} */ decimals) => ({
  value: (/** @type {Scores} */ s) => s.features?.[key],
  text: (/** @type {Scores} */ s) => s.features?.[key]?.toFixed(decimals),
});

/** @type {Column[]} */
const COLUMNS = [
  { key: "gan-2014", words: "column_gan-2014", unit: "unit_nats", best: 1, ...kde("gan-2014") },
  { ...published("gan-2014"), unit: "unit_scale" },
  { key: "f-gan", words: "column_f-gan", unit: "unit_nats", best: 1, ...kde("f-gan") },
  { ...published("f-gan"), unit: "unit_other" },
  { key: "frechet", words: "column_frechet", unit: "unit_less", best: -1, ...feature("frechet", 2) },
  {
    key: "kid", words: "column_kid", unit: "unit_kid", best: -1, value: (s) => s.features?.kid,
    text: (s) => s.features && plusMinus({ nats: s.features.kid, error: s.features.kid_error }),
  },
  { key: "precision", words: "column_precision", unit: "unit_more", best: 1, ...feature("precision", 3) },
  { key: "recall", words: "column_recall", unit: "unit_more", best: 1, ...feature("recall", 3) },
  { key: "least", words: "column_least", unit: "unit_even", best: 1, value: (s) => s.classes?.least && Math.min(...s.classes.shares), text: rarest },
  { key: "entropy", words: "column_entropy", unit: "unit_entropy", best: 1, value: (s) => s.classes?.entropy, text: (s) => s.classes?.entropy?.toFixed(3) },
  { key: "nearest", words: "column_nearest", unit: "unit_distance", best: 1, value: distance, text: (s) => distance(s)?.toFixed(2) },
];

/** A log-likelihood and its standard error, as many decimals as the error is known to. */
export function plusMinus(/** @type {{nats: number, error: number}} */ { nats, error }) {
  const places = error < 1 ? 2 : 0;
  return `${signed(nats.toFixed(places))} ± ${error.toFixed(places)}`;
}

/** A paper's number; a dagger where it is remembered and was not read again. */
function cited(/** @type {Figure|undefined} */ number) {
  return number && `${plusMinus(number)}${number.mark.endsWith("remembered") ? "\u00a0†" : ""}`;
}

/** The least share of a class, and which class it is. */
function rarest(/** @type {Scores} */ scores, /** @type {Context} */ { className }) {
  const shares = scores.classes?.shares;
  if (!shares) return undefined;
  const least = Math.min(...shares);
  return `${(100 * least).toFixed(1)}% (${className(shares.indexOf(least))})`;
}

/** The median distance to the nearest training image; of real images, the one that is stored. @returns {number|undefined} */
function distance(/** @type {Scores} */ { nearest }) {
  return nearest?.distances ? median(nearest.distances) : nearest?.real;
}

/** What a table is sorted by: its column's key, and 1 for best first or -1 for worst first. */
export function sorting(/** @type {string} */ sort) {
  return { key: sort.replace(/^-/, ""), way: sort.startsWith("-") ? -1 : 1 };
}

/** Names in the order of a column, best first unless `sort` begins with a minus sign; what is not known comes last. */
export function sorted(/** @type {string[]} */ names, /** @type {string} */ sort, /** @type {(name: string) => Scores} */ scoresOf, /** @type {(name: string) => string} */ nameOf) {
  const { key, way } = sorting(sort);
  if (key === "name") return [...names].sort((a, b) => way * nameOf(a).localeCompare(nameOf(b)));
  const column = COLUMNS.find((one) => one.key === key);
  const value = (/** @type {string} */ name) => column?.value(scoresOf(name)) ?? NaN;
  return [...names].sort((a, b) => {
    const x = value(a), y = value(b);
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return -way * (column?.best ?? 1) * (x - y);
  });
}

/** The columns in which some of these scores have a value; a paper's column stands where the one beside it does. */
export function filled(/** @type {Scores[]} */ all) {
  const has = (/** @type {string} */ key) => all.some((scores) => COLUMNS.find((one) => one.key === key)?.value(scores) !== undefined);
  return COLUMNS.filter((column) => has(column.beside ?? column.key));
}
