// The page's acceptance formula against the one in Python: `golden/acceptance.json` is checked by both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { RULES, budgeted, capped, chance, log1mexp, meanChance, mover, parted } from "../../gan_playground/web/acceptance.js";
import { float32 } from "../../gan_playground/web/arrays.js";

/** @typedef {{gamma: number|null, log_c: number|null, chances: number[]}} Written */
/** @type {{maximum: number, epsilon: number, states: number[], log_ratios: number[], moves: number[], bars: Written[], budgets: Written[]}} */
const golden = JSON.parse(readFileSync(new URL("golden/acceptance.json", import.meta.url), "utf8"));
const bars = golden.bars.map((bar) => ({ ...golden, ...bar, gamma: bar.gamma ?? -Infinity }));
const close = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ relative) => assert.ok(Math.abs(a - b) <= relative * Math.abs(b) + 1e-300, `${a} is not ${b}`);

test("chances are those of rejection/bars.py", () => {
  for (const bar of bars) bar.chances.forEach((expected, k) => close(chance(golden.log_ratios[k], bar), expected, 1e-9));
});

test("what is above M counts as M, what cannot be real is never kept", () => {
  for (const bar of bars) {
    assert.equal(chance(bar.maximum + 3, bar), chance(bar.maximum, bar));
    assert.equal(chance(Infinity, bar), chance(bar.maximum, bar));
    assert.equal(chance(-Infinity, bar), 0);
    assert.ok(chance(-1e308, bar) >= 0);
  }
  assert.equal(capped([bars[0].maximum, bars[0].maximum + 1e-9, 100, -5], bars[0].maximum), 2);
});

test("log(1 - exp) keeps its digits at both ends", () => {
  close(log1mexp(-1e-14), Math.log(1e-14), 1e-12);
  close(log1mexp(-40), -Math.exp(-40), 1e-12);
  assert.ok(log1mexp(-Infinity) === 0);
});

test("numbers travel as little-endian float32", () => {
  assert.deepEqual([...float32("AACAPwAAIMA=")], [1, -2.5]);
});

test("budgets and chains have the chances of rejection/", () => {
  for (const one of golden.budgets) one.chances.forEach((expected, k) => close(budgeted(golden.log_ratios[k], golden.maximum, one.log_c), expected, 1e-9));
  const move = mover(golden.states);
  golden.moves.forEach((expected, k) => close(move(golden.log_ratios[k]), expected, 1e-9));
  assert.equal(budgeted(-Infinity, 0, null), 0);
  assert.equal(budgeted(-500, 0, null), 1);
  assert.equal(move(1e9), 1);
  assert.equal(move(-Infinity), 0);
});

test("every sampler is one rule over the frozen pair", () => {
  const gamma = Array(101).fill(null), log_c = Array(101).fill(null);
  gamma[80] = bars[0].gamma;
  log_c[40] = golden.budgets[1].log_c;
  const pair = { maximum: golden.maximum, epsilon: golden.epsilon, gamma, log_c };
  const rule = (/** @type {keyof typeof RULES} */ name, /** @type {number} */ at) => RULES[name](pair, at, golden.states);
  close(rule("drs", 80).chance(golden.log_ratios[3]), bars[0].chances[3], 1e-9);
  assert.equal(rule("drs", 10).chance(-5), 1); // gamma is -inf there
  close(meanChance(golden.log_ratios, rule("obrs", 40)), 0.4, 1e-9);
  close(rule("exact", 0).chance(golden.maximum - 1), Math.exp(-1), 1e-12);
  assert.equal(rule("exact", 0).chance(golden.maximum + 1), 1);
  close(rule("mh", 0).chance(golden.log_ratios[5]), golden.moves[5], 1e-9);
  assert.equal(rule("mh", 0).second, null);
  const bar = bars[0], mean = bar.chances.reduce((sum, value) => sum + value, 0) / bar.chances.length;
  close(meanChance(golden.log_ratios, rule("drs", 80)), mean, 1e-9);
  assert.deepEqual(["drs", "obrs", "exact", "mh"].map((name) => capped([1e3], rule(name, 80).cap)), [1, 1, 1, 0]);
});

test("a sample is kept where its uniform number is at most its chance", () => {
  const rule = { chance: (/** @type {number} */ ratio) => ratio, maximum: 1, cap: 1, symbol: "γ", second: 0, without: "–" };
  assert.deepEqual(parted([0.2, 0.5, 1, 0], [0.3, 0.5, 1, 0.01], rule), { kept: [1, 2], rejected: [0, 3] });
});
