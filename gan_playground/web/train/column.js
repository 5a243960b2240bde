/** The markup of the control column: each knob a label, a native input, its value and one hint. */

import { icon } from "../icons.js";
import { knows, say } from "../language.js";
import { plain } from "../numbers.js";
import { html, nothing } from "../vendor/lit-html.js";
import { PARAMETER } from "./objective.js";
import { PLACES } from "./scales.js";

/** @typedef {import("./controls.js").Controls} Controls */

export function column(/** @type {Controls} */ controls) {
  const { visible, advanced, penalty } = controls.book;
  // One penalty in sight: where the objective brings its own, the knob waits in Advanced.
  const away = !controls.objective.about.steps && controls.objective.about.parameter !== null;
  const moved = controls.book.knobs[penalty].group;
  return html`<div class="card column">${visible.filter((key) => !(away && key === penalty)).map((key) => control(controls, key))}<div
      class="warnings" role="status">${controls.warnings.map((said) => `▲ ${said}`).join("\n")}</div></div>
    <details class="card advanced" ?open=${controls.advanced}
      @toggle=${(/** @type {Event} */ event) => (controls.advanced = /** @type {HTMLDetailsElement} */ (event.target).open)}>
      <summary>${icon("right", "turns")}<span class="summary"><b>${say("page.advanced")}</b><span class="digest">${digest(controls.settings)}</span></span></summary>
      ${advanced.map(([group, keys]) => html`<fieldset class="group" data-group=${group}><legend>${say(`knobs.group.${group}`)}</legend>${
        [...keys, ...(away && group === moved ? [penalty] : [])].map((key) => control(controls, key))}</fieldset>`)}
    </details>
    <p class="hint footnote"><span class="chip restarts">↻ <span>${say("page.restarts")}</span></span> <span>${say("page.restarts_means")}</span></p>`;
}

/** One knob. */
function control(/** @type {Controls} */ controls, /** @type {string} */ key) {
  const knob = controls.book.knobs[key];
  const label = html`<label for="knob-${key}">${say(`knobs.${key}`)}</label>`;
  const chip = knob.restarts ? html`<span class="chip restarts">↻ <span>${say("page.restarts")}</span></span>` : nothing;
  const output = knob.control === "slider" || knob.control === "typed" ? html`<output for="knob-${key}">${knob.control === "slider" ? printed(controls, key) : nothing}</output>` : nothing;
  const field = FIELDS[knob.control](controls, key, knob);
  const flag = knob.control === "flag";
  const idle = controls.holds(knob.idle);
  const warn = (/** @type {string|null} */ about) => () => knob.restarts && controls.warn(about);
  const classes = ["control", knob.kind, idle && "idle", controls.warned === key && "restarting"].filter(Boolean).join(" ");
  const refusal = controls.refusal(key);
  return html`<div class=${classes} data-knob=${key} ?hidden=${knob.shown !== null && !controls.holds(knob.shown)}
      @focusin=${warn(key)} @pointerenter=${warn(key)} @focusout=${warn(null)} @pointerleave=${warn(null)}><span
      class="head">${flag ? field : nothing}${label}${output}${chip}</span>${flag ? nothing : field}<p class="hint" id="hint-${key}"
      ?hidden=${knob.idle_value !== null && !idle}>${hint(controls, key)}</p>${key === "objective" ? steps(controls) : nothing}<p class="refusal"
      role="alert" ?hidden=${!refusal}>${refusal}</p></div>${key === "objective" ? parameter(controls) : nothing}`;
}

/** The line under a control: of a menu whose choices have hints, the one chosen; empty where there is none. */
function hint(/** @type {Controls} */ controls, /** @type {string} */ key) {
  const chosen = key === "objective" ? controls.objective.name : controls.settings[key];
  const word = key === "objective" || key === "data" ? `knobs.${key}.${chosen}_hint` : `knobs.${key}_hint`;
  return knows(word) ? say(word) : "";
}

// --- the inputs -----------------------------------------------------------------------------------

/** @typedef {import("../types/records.js").DeclaredKnob} Knob */
/** What stands in a control, by its kind; values are put in by `Controls.settle`. @type {Record<Knob["control"], (controls: Controls, key: string, knob: Knob) => unknown>} */
const FIELDS = {
  select: menu,
  objective: menu,
  slider: (controls, key) => slider(controls, key),
  typed: (controls, key, { low, high }) => html`<input type="number" id="knob-${key}" data-of=${key} min=${low} max=${high} step="1" inputmode="numeric"
    aria-describedby="hint-${key}" ?disabled=${controls.holds(controls.book.knobs[key].idle)} @change=${chosen(controls, key)}>`,
  text: (controls, key) => html`<input type="text" id="knob-${key}" data-of=${key} spellcheck="false" autocomplete="off" maxlength="200"
    aria-describedby="hint-${key}" @change=${chosen(controls, key)}>`,
  flag: (controls, key) => html`<input type="checkbox" id="knob-${key}" data-of=${key} aria-describedby="hint-${key}"
    ?disabled=${controls.holds(controls.book.knobs[key].idle)} @change=${chosen(controls, key)}>`,
};

function menu(/** @type {Controls} */ controls, /** @type {string} */ key, /** @type {Knob} */ knob) {
  const option = (/** @type {string} */ value) => html`<option value=${value}>${choiceWord(value, key, controls.book.objectives[value]?.title)}</option>`;
  const groups = knob.choices.map(([group, values]) => (group ? html`<optgroup label=${say(group)}>${values.map(option)}</optgroup>` : values.map(option)));
  return html`<span class="select"><select id="knob-${key}" data-of=${key} aria-describedby="hint-${key}" ?disabled=${controls.holds(knob.idle)}
    @change=${chosen(controls, key)}>${groups}</select>${icon("down")}</span>`;
}

/**
 * A range of 1000 places (whole numbers: their own) on the knob's scale. On a logarithmic scale an arrow
 * key moves by ten: by one, a value of two digits would stay what it is.
 */
function slider(/** @type {Controls} */ controls, /** @type {string} */ key) {
  const { scale, low, high } = controls.scale(key);
  const whole = scale === "whole";
  const rule = key === PARAMETER ? null : controls.book.knobs[key].idle;
  return html`<input type="range" id="knob-${key}" data-of=${key} min=${whole ? low : 0} max=${whole ? high : PLACES}
    step=${whole || scale === "linear" || key === PARAMETER ? 1 : 10} aria-describedby="hint-${key}" ?disabled=${controls.holds(rule)}
    @input=${(/** @type {Event} */ event) => controls.drag(key, /** @type {HTMLInputElement} */ (event.target))}
    @change=${(/** @type {Event} */ event) => controls.drop(key, /** @type {HTMLInputElement} */ (event.target))}>`;
}

/** What a change of a menu, a text or a box does; a pointer gives the keyboard back to the page. */
function chosen(/** @type {Controls} */ controls, /** @type {string} */ key) {
  return (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (controls.byPointer && !/text|number/.test(input.type)) input.blur();
    controls.choose(key, input.type === "checkbox" ? input.checked : input.value);
  };
}

// --- the objective --------------------------------------------------------------------------------

/** Practical or exact, where the objective knows both. */
function steps(/** @type {Controls} */ controls) {
  const { about, practical } = controls.objective;
  const button = (/** @type {boolean} */ each) => html`<button type="button" data-step=${each ? "practical" : "exact"} aria-pressed=${each === practical}
    @click=${() => controls.chooseStep(each)}>${say(each ? "knobs.step_practical" : "knobs.step_exact")}</button>`;
  return html`<div class="segments" role="group" ?hidden=${!about.steps}>${button(true)}${button(false)}</div><p
    class="hint step-hint">${about.steps ? say(practical ? "knobs.step_practical_hint" : "knobs.step_exact_hint") : ""}</p>`;
}

/** The objective's own parameter, where it has one. */
function parameter(/** @type {Controls} */ controls) {
  const own = controls.objective.about.parameter;
  if (!own) return nothing;
  return html`<div class="control number"><span class="head"><label for="knob-${PARAMETER}">${say(`knobs.parameter.${own.symbol}`)}</label><output
    for="knob-${PARAMETER}">${printed(controls, PARAMETER)}</output></span>${slider(controls, PARAMETER)}<p class="hint"
    id="hint-${PARAMETER}">${say(`knobs.parameter.${own.symbol}_hint`)}</p></div>`;
}

// --- words ----------------------------------------------------------------------------------------

/** A slider's value as it is printed; idle, what it is in effect. */
export function printed(/** @type {Controls} */ controls, /** @type {string} */ key) {
  const knob = controls.book.knobs[key];
  const value = knob && knob.idle_value !== null && controls.holds(knob.idle) ? knob.idle_value : controls.value(key);
  if (value === undefined) return "";
  return controls.scale(key).scale === "zero-log" && value === 0 ? say("page.off") : plain(value);
}

/** A choice's word; a name that has none stands as it is. */
function choiceWord(/** @type {any} */ value, key = "value", title = String(value)) {
  const word = key === "data" || key === "objective" ? `knobs.${key}.${value}` : `knobs.value.${value}`;
  return knows(word) ? say(word) : title;
}

/** What the closed header of Advanced says of its content. */
function digest(/** @type {Record<string, any>} */ s) {
  if (s.batch === undefined) return "";
  const net = (/** @type {string} */ who) => `${s[`${who}_depth`]}×${s[`${who}_width`]} ${choiceWord(s[`${who}_activation`])}`;
  const generator = s.generator === "linear" ? choiceWord("linear") : `${say("page.generator")} ${net("generator")}`;
  const memory = s.optimizer === "adam" ? ` (${plain(s.beta1)}, ${plain(s.beta2)})` : "";
  const said = [generator, `${say("page.critic")} ${net("critic")}`, `${choiceWord(s.optimizer)}${memory}`, say("page.batch_of", { n: s.batch })];
  if (s.update === "single-step") said.push(choiceWord("single-step"));
  return said.join(" · ");
}
