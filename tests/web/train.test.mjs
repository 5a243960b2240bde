// The Train tab's controls: an objective's text, a slider's scale, the column and what it sends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { markup, texts } from "./markup.mjs";

const { parts, written } = await import("../../gan_playground/web/train/objective.js");
const { placeOf, valueAt } = await import("../../gan_playground/web/train/scales.js");
const { Controls } = await import("../../gan_playground/web/train/controls.js");
const { layout } = await import("../../gan_playground/web/train/layout.js");

const NAMES = /** @type {any} */ ({
  grammar: "(?<name>[a-z-]+)(?:\\((?<parameter>[^()]*)\\))?(?::(?<step>[a-z]+))?",
  objectives: {
    kl: { title: "KL", parameter: null, steps: true, practical: false, range: [0, null] },
    gan: { title: "GAN", parameter: null, steps: true, practical: true, range: null, offset: "" },
    alpha: { title: "alpha", parameter: { symbol: "α", default: 0.5, scale: "linear", low: -3, high: 3 }, steps: true, practical: false, range: null, offset: "" },
    wgan: { title: "WGAN", parameter: { symbol: "c", default: 0.01, scale: "log", low: 1e-4, high: 10 }, steps: false, practical: false, range: null, offset: "" },
  },
});
const knob = (/** @type {any} */ given) => ({
  kind: "number", group: "moves", control: "slider", default: 0, restarts: false, scale: "linear", low: 0, high: 1,
  choices: [["", []]], shown: null, idle: null, idle_value: null, ...given,
});
const BOOK = /** @type {any} */ ({
  ...NAMES,
  knobs: {
    data: knob({ kind: "choice", control: "select", default: "ring", restarts: true, choices: [["knobs.data.dim2", ["ring", "two-moons"]]] }),
    distance: knob({ shown: ["data", "two-moons"], high: 10 }),
    objective: knob({ kind: "objective", control: "objective", default: "kl", choices: [["", ["kl", "gan", "alpha", "wgan"]]] }),
    critic_steps: knob({ kind: "integer", scale: "whole", low: 1, high: 10, default: 1, idle: ["update", "single-step"], idle_value: 1 }),
    r1: knob({ scale: "zero-log", high: 100, group: "penalty" }),
    update: knob({ kind: "choice", control: "select", default: "alternating", choices: [["", ["alternating", "single-step"]]] }),
    batch_norm: knob({ kind: "flag", control: "flag", default: false, restarts: true }),
    seed: knob({ kind: "integer", control: "typed", scale: "whole", high: 1e6, restarts: true }),
    mixture: knob({ kind: "mixture", control: "text" }),
  },
  visible: ["data", "distance", "objective", "critic_steps", "r1"],
  advanced: [["moves", ["update", "seed", "mixture"]], ["penalty", ["batch_norm"]]],
  penalty: "r1",
  dimensions: { ring: 2, "two-moons": 2 },
  recommended: { reset: { critic_steps: 1 }, data: { ring: {}, "two-moons": { batch: 512 } }, objective: { kl: {}, wgan: { critic_steps: 5 } } },
});
const SETTINGS = { data: "ring", objective: "kl", critic_steps: 3, r1: 0, update: "alternating", batch_norm: false, seed: 7, distance: 1, mixture: "" };

function column(/** @type {Record<string, any>} */ settings = {}) {
  /** @type {any[]} */
  const sent = [];
  const controls = new Controls(BOOK, (values) => sent.push(values), () => {});
  controls.show({ ...SETTINGS, ...settings });
  return { controls, sent, html: () => markup(controls.template()) };
}

test("an objective's text is read in parts and written again", () => {
  for (const text of ["kl:exact", "kl:practical", "alpha(0.25):exact", "wgan(0.02)"]) {
    const { name, parameter, practical } = parts(NAMES, text);
    assert.equal(written(NAMES, { name, parameter, practical }), text);
  }
  assert.equal(parts(NAMES, "wgan").parameter, 0.01);
  assert.equal(parts(NAMES, "gan").practical, true);
  assert.equal(parts(NAMES, "no such").about.parameter, null);
  assert.equal(written(NAMES, { name: "alpha", practical: true }), "alpha(0.5):practical");
});

test("a slider stands where its value is, on every scale", () => {
  const scales = [
    { scale: "whole", low: 1, high: 10 }, { scale: "linear", low: -2, high: 3 },
    { scale: "log", low: 1e-5, high: 1 }, { scale: "zero-log", low: 0, high: 100 },
  ];
  for (const scale of scales) {
    const [first, last] = scale.scale === "whole" ? [1, 10] : [0, 1000];
    assert.equal(valueAt(scale, last), scale.high);
    assert.equal(placeOf(scale, scale.high), last);
    assert.equal(placeOf(scale, scale.low), first);
    for (const place of [first, 1, 5, 9, last]) {
      const value = valueAt(scale, place);
      assert.ok(scale.low <= value && value <= scale.high);
      assert.equal(valueAt(scale, placeOf(scale, value)), value);
    }
  }
  assert.equal(valueAt({ scale: "zero-log", low: 0, high: 100 }, 0), 0);
});

test("every knob has one control, with the chip of those that restart", () => {
  const html = column().html();
  for (const [key, { restarts }] of Object.entries(BOOK.knobs)) {
    const [, inside, ...more] = html.split(`data-knob="${key}"`);
    assert.equal(more.length, 0, key);
    assert.equal(inside.split('class="refusal"')[0].includes("chip restarts"), restarts, key);
  }
});

test("a knob without meaning is out of sight, one without effect is grey and says what holds", () => {
  const shown = (/** @type {string} */ html, /** @type {string} */ key) => !/^[^>]*\shidden/.test(html.split(`data-knob="${key}"`)[1]);
  assert.ok(!shown(column().html(), "distance"));
  assert.ok(shown(column({ data: "two-moons" }).html(), "distance"));
  const grey = column({ update: "single-step" }).html();
  assert.match(grey, /class="control integer idle" data-knob="critic_steps"/);
  assert.match(grey, /<output for="knob-critic_steps">1<\/output>/);
  assert.match(column().html(), /<output for="knob-critic_steps">3<\/output>/);
});

test("one penalty is in sight: the objective's own, else R1", () => {
  const before = (/** @type {string} */ html) => html.indexOf('data-knob="r1"') < html.indexOf("<details");
  assert.ok(before(column().html()));
  const own = column({ objective: "wgan(0.02)" }).html();
  assert.ok(!before(own));
  assert.match(own, /for="knob-parameter">0.02</);
  assert.ok(before(column({ objective: "alpha(1)" }).html()));
});

test("a choice of data brings what it trains well with; of an objective, its own parameter and the step at hand", () => {
  const { controls, sent } = column({ objective: "wgan" });
  controls.choose("data", "two-moons");
  assert.deepEqual(sent.pop(), { critic_steps: 5, batch: 512, data: "two-moons" });
  controls.choose("objective", "alpha");
  assert.deepEqual(sent.pop(), { objective: "alpha(0.5):practical" });
  controls.chooseStep(false);
  assert.deepEqual(sent.pop(), { objective: "alpha(0.5):exact" });
  controls.next("objective");
  assert.deepEqual(sent.pop(), { objective: "wgan(0.01)" });
  controls.next("objective");
  assert.deepEqual(sent.pop(), { objective: "kl:exact" });
});

test("a refused value leaves its sentence under the control until something else is sent", () => {
  const { controls, html } = column();
  assert.ok(!controls.refuse("no knob", { key: "no", values: {} }));
  assert.ok(controls.refuse("seed", { key: "too large", values: {} }));
  assert.ok(controls.advanced);
  assert.match(html().split('data-knob="seed"')[1], /role="alert"\s*>too large</);
  controls.choose("seed", "8");
  assert.ok(!html().includes("too large"));
});

test("the tab shows nothing but words of the catalogue, numbers and names", () => {
  const sections = JSON.parse(readFileSync(new URL("../../gan_playground/words/en.json", import.meta.url), "utf8"));
  const { controls } = column({ objective: "wgan(0.02)" });
  const face = { objectiveWord: () => "", rate: () => "", missing: () => new Set(["pull"]), collapsed: false, bar: () => ({}) };
  const tab = /** @type {any} */ ({
    run: { value: { settings: SETTINGS, place: 0 } }, book: BOOK, controls, face, picture: { step: 0 },
    layers: new Set(["real"]), presenting: false, sheetOpen: false, view: () => "empty",
  });
  const html = markup(layout(tab));
  const said = [...texts(html), ...[...html.matchAll(/(?:title|aria-label|label)="([^"]*)"/g)].map(([, text]) => text)];
  const NAMES_SHOWN = /^(↻|[SRNOD]|Space|1–7|Esc|0|1|3|[\d.]+|kl|gan|alpha|wgan|KL|GAN|WGAN|ring|two-moons|alternating|single-step|)$/;
  for (const text of said) {
    const [section, ...name] = text.split(".");
    assert.ok(NAMES_SHOWN.test(text) || typeof sections[section]?.[name.join(".")] === "string", `'${text}' is no word of the catalogue`);
  }
  assert.ok(said.length > 100);
});
