/** An objective as text and in parts, by the grammar and the names that Python declares. */

/** @typedef {import("../types/records.js").DeclaredObjective} About */
/** @typedef {Pick<import("../types/records.js").Declaration, "grammar"|"objectives">} Names */
/** @typedef {{name: string, about: About, parameter: number, practical: boolean}} Objective */

/** The objective's own parameter among the controls: no knob, a part of the objective's text. */
export const PARAMETER = "parameter";

/** @type {About} */
const UNKNOWN = { title: "", parameter: null, steps: false, practical: false, range: null, offset: "" };

/** What the critic's number is called: a bound under an f-divergence, else an estimate; and what its truth is. */
export function readoutWords(/** @type {About} */ about) {
  return about.steps ? { bound: "page.lower_bound", exact: "page.exact_value" } : { bound: "page.dual_value", exact: "page.exact_w1" };
}

/** The parts of an objective's text; without a parameter or a step, those it has by default. @returns {Objective} */
export function parts(/** @type {Names} */ { grammar, objectives }, /** @type {string} */ text) {
  const { name = text, parameter, step } = new RegExp(`^${grammar}$`).exec(text)?.groups ?? {};
  const about = objectives[name] ?? UNKNOWN;
  const value = parameter === undefined ? about.parameter?.default ?? NaN : Number(parameter);
  return { name, about, parameter: value, practical: step ? step === "practical" : about.practical };
}

/** The text of an objective, by its own default where no parameter is given. */
export function written(/** @type {Names} */ { objectives }, /** @type {{name: string, parameter?: number, practical: boolean}} */ { name, parameter, practical }) {
  const about = objectives[name];
  const value = parameter ?? about.parameter?.default ?? NaN;
  const argument = about.parameter ? `(${Number(value.toPrecision(4))})` : "";
  return `${name}${argument}${about.steps ? (practical ? ":practical" : ":exact") : ""}`;
}
