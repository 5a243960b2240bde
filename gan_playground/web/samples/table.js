/** The score table: every checkpoint of the data set, real images as its own row, sorted by any column. */

import { put, say } from "../language.js";
import { signed } from "../numbers.js";
import { median } from "./lead.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {Record<string, any>} Scores */

/**
 * @typedef {Object} Column
 * @property {string} key by which the table is sorted; none where it cannot be
 * @property {string} [beside] key of the column it belongs to, where it has none of its own
 * @property {string} words key of its title @property {string} unit key of what stands below
 * @property {number} best 1 where more is better (or merely first), -1 where less is
 * @property {(scores: Scores) => number|undefined} value what it is sorted by
 * @property {(scores: Scores, objective: string, tab: Samples) => string|undefined} text
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
  text: (/** @type {Scores} */ _, /** @type {string} */ objective, /** @type {Samples} */ tab) => cited(tab.book.published[protocol][objective]),
});
const feature = (/** @type {string} */ key, /** @type {(value: number) => string} */ format) => ({
  value: (/** @type {Scores} */ s) => s.features?.[key],
  text: (/** @type {Scores} */ s) => (s.features?.[key] === undefined ? undefined : format(s.features[key])),
});

/** @type {Column[]} */
const COLUMNS = [
  { key: "gan-2014", words: "column_gan-2014", unit: "unit_nats", best: 1, ...kde("gan-2014") },
  { ...published("gan-2014"), unit: "unit_scale" },
  { key: "f-gan", words: "column_f-gan", unit: "unit_nats", best: 1, ...kde("f-gan") },
  { ...published("f-gan"), unit: "unit_other" },
  { key: "frechet", words: "column_frechet", unit: "unit_less", best: -1, ...feature("frechet", (x) => x.toFixed(2)) },
  {
    key: "kid", words: "column_kid", unit: "unit_kid", best: -1, value: (s) => s.features?.kid,
    text: (s) => s.features && plusMinus({ nats: s.features.kid, error: s.features.kid_error }),
  },
  { key: "precision", words: "column_precision", unit: "unit_more", best: 1, ...feature("precision", (x) => x.toFixed(3)) },
  { key: "recall", words: "column_recall", unit: "unit_more", best: 1, ...feature("recall", (x) => x.toFixed(3)) },
  { key: "least", words: "column_least", unit: "unit_even", best: 1, value: (s) => s.classes?.least && Math.min(...s.classes.shares), text: rarest },
  { key: "entropy", words: "column_entropy", unit: "unit_entropy", best: 1, value: (s) => s.classes?.entropy, text: (s) => s.classes?.entropy?.toFixed(3) },
  {
    key: "nearest", words: "column_nearest", unit: "unit_distance", best: 1,
    value: (s) => (s.nearest?.distances ? median(s.nearest.distances) : s.nearest?.real),
    text: (s) => (s.nearest ? (s.nearest.distances ? median(s.nearest.distances) : s.nearest.real).toFixed(2) : undefined),
  },
];

function plusMinus(/** @type {{nats: number, error: number}} */ { nats, error }) {
  const places = error < 1 ? 2 : 0;
  return `${signed(nats.toFixed(places))} ± ${error.toFixed(places)}`;
}

/** A paper's number; a dagger where it is remembered and was not read again. */
function cited(/** @type {{nats: number, error: number, mark: string}|undefined} */ number) {
  return number && `${plusMinus(number)}${number.mark.endsWith("remembered") ? "\u00a0†" : ""}`;
}

/** The least share of a class, and which class it is. */
function rarest(/** @type {Scores} */ scores, /** @type {string} */ _, /** @type {Samples} */ tab) {
  const shares = scores.classes?.shares;
  if (!shares) return undefined;
  const least = Math.min(...shares);
  return `${(100 * least).toFixed(1)}% (${tab.className(shares.indexOf(least))})`;
}

/** Names in the order of a column, best first unless `sort` begins with a minus sign; what is not known comes last. */
export function sorted(/** @type {string[]} */ names, /** @type {string} */ sort, /** @type {(name: string) => Scores} */ scoresOf, /** @type {(name: string) => string} */ nameOf) {
  const key = sort.replace(/^-/, "");
  const way = sort.startsWith("-") ? -1 : 1;
  if (key === "name") return [...names].sort((a, b) => way * nameOf(a).localeCompare(nameOf(b)));
  const column = COLUMNS.find((one) => one.key === key);
  const value = (/** @type {string} */ name) => column?.value(scoresOf(name)) ?? NaN;
  return [...names].sort((a, b) => {
    const x = value(a), y = value(b);
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return -way * (column?.best ?? 1) * (x - y);
  });
}

export class Table {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    this.table = /** @type {HTMLTableElement} */ (tab.find(".scores.all"));
    this.table.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-sort]"));
      if (!button) return;
      const key = String(button.dataset.sort);
      tab.change({ sort: tab.values.sort === key ? `-${key}` : key });
    });
  }

  /** The columns in which some checkpoint of the data set has a score. */
  get columns() {
    const has = (/** @type {string} */ key) => this.tab.all.some((name) => COLUMNS.find((one) => one.key === key)?.value(this.scoresOf(name)) !== undefined);
    return COLUMNS.filter((column) => has(column.beside ?? column.key));
  }

  scoresOf(/** @type {string} */ name) {
    return this.tab.book.checkpoints[name].scores;
  }

  speak() {
    const { tab } = this;
    const focus = /** @type {HTMLElement|null} */ (this.table.contains(document.activeElement) ? document.activeElement : null);
    this.head();
    const names = sorted(tab.all, tab.values.sort, (name) => this.scoresOf(name), (name) => tab.nameOf(name));
    const rows = names.map((name) => this.row(name));
    const nearest = tab.all.map((name) => this.scoresOf(name).nearest).find((found) => found);
    const real = { ...tab.book.yardsticks[tab.data], ...(nearest && { nearest: { real: nearest.real } }) };
    this.table.tBodies[0].replaceChildren(...rows, this.cells("real", say("scores.row_real"), real, ""));
    this.foot();
    tab.report.rows = names;
    const { sort, lead } = focus?.dataset ?? {}; // what was focused has been made anew
    const again = /** @type {HTMLElement|null} */ (this.table.querySelector(sort ? `[data-sort="${sort}"]` : `[data-lead="${lead}"]`));
    if (focus) again?.focus();
  }

  head() {
    const { sort } = this.tab.values;
    const classes = this.tab.all.map((name) => this.scoresOf(name).classes?.shares.length).find((found) => found) ?? 1;
    const line = document.createElement("tr");
    for (const { key, words, unit } of [{ key: "name", words: "column_name", unit: "" }, ...this.columns]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      const chosen = Boolean(key) && sort.replace(/^-/, "") === key;
      if (chosen) cell.setAttribute("aria-sort", sort.startsWith("-") === (key === "name") ? "descending" : "ascending");
      const title = document.createElement(key ? "button" : "span");
      if (key) Object.assign(title, { type: "button" }).setAttribute("data-sort", key);
      put(title, say(`scores.${words}`) + (chosen ? (sort.startsWith("-") ? "\u00a0▴" : "\u00a0▾") : ""));
      const below = document.createElement("small");
      put(below, unit ? say(`scores.${unit}`, { share: 100 / classes, most: Math.log(classes) }) : "");
      cell.append(title, below);
      line.append(cell);
    }
    /** @type {HTMLTableSectionElement} */ (this.table.tHead).replaceChildren(line);
  }

  row(/** @type {string} */ name) {
    const { tab } = this;
    const objective = tab.book.checkpoints[name].objective.split(".").pop() ?? "";
    const called = tab.nameOf(name);
    const row = this.cells("", "", this.scoresOf(name), objective);
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.lead = name;
    button.title = say("scores.row_open", { name: called });
    put(button, called);
    row.cells[0].replaceChildren(button);
    row.classList.toggle("chosen", tab.names.includes(name));
    return row;
  }

  cells(/** @type {string} */ kind, /** @type {string} */ title, /** @type {Scores} */ scores, /** @type {string} */ objective) {
    const { sort } = this.tab.values;
    const row = document.createElement("tr");
    row.className = kind;
    const head = document.createElement("th");
    head.scope = "row";
    put(head, title);
    row.append(head);
    for (const column of this.columns) {
      const cell = document.createElement("td");
      put(cell, column.text(scores ?? {}, objective, this.tab) ?? "–");
      cell.classList.toggle("sorted", Boolean(column.key) && sort.replace(/^-/, "") === column.key);
      cell.classList.toggle("papers", !column.key);
      row.append(cell);
    }
    return row;
  }

  /** How many samples, which split, which extractor: of the first checkpoint that has them. */
  foot() {
    const { tab } = this;
    const all = tab.all.map((name) => this.scoresOf(name));
    const count = (/** @type {any} */ found) => (found ? found.samples.toLocaleString("en-US") : "–");
    const [old, more, features] = ["gan-2014", "f-gan", "features"].map((key) => all.find((s) => s[key])?.[key]);
    const notes = [
      old && say("scores.measured_kde", { old: count(old), new: count(more) }),
      features && say("scores.measured_features", { n: count(features), split: say(`scores.split_${features.split}`) }),
    ];
    put(tab.find(".measured"), notes.filter(Boolean).join(" "));
    for (const place of ["[data-score=kde]", ".amber", ".papers-note"]) tab.find(`.scores-card ${place}`).hidden = !old;
    const papers = tab.book.published["gan-2014"].gan;
    put(tab.find(".scores-card .papers-note"), say("scores.published_note", { gan: plusMinus(papers) }));
  }
}
