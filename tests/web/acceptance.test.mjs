// The page's acceptance formula against the one in Python: `golden/acceptance.json` is checked by both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { capped, chance, histogram, log1mexp, numbers, shareKept } from "../../gan_playground/views/web/acceptance.js";

const golden = JSON.parse(readFileSync(new URL("golden/acceptance.json", import.meta.url), "utf8"));
const bars = golden.bars.map((bar) => ({ ...golden, ...bar, gamma: bar.gamma ?? -Infinity }));
const close = (a, b, relative) => assert.ok(Math.abs(a - b) <= relative * Math.abs(b) + 1e-300, `${a} is not ${b}`);

test("chances are those of rejection.py", () => {
  for (const bar of bars) bar.chances.forEach((expected, k) => close(chance(golden.log_ratios[k], bar), expected, 1e-9));
});

test("what is above M counts as M, what cannot be real is never kept", () => {
  for (const bar of bars) {
    assert.equal(chance(bar.maximum + 3, bar), chance(bar.maximum, bar));
    assert.equal(chance(Infinity, bar), chance(bar.maximum, bar));
    assert.equal(chance(-Infinity, bar), 0);
    assert.ok(chance(-1e308, bar) >= 0);
  }
  assert.equal(capped([bars[0].maximum, bars[0].maximum + 1e-9, 100, -5], bars[0]), 2);
});

test("log(1 - exp) keeps its digits at both ends", () => {
  close(log1mexp(-1e-14), Math.log(1e-14), 1e-12);
  close(log1mexp(-40), -Math.exp(-40), 1e-12);
  assert.ok(log1mexp(-Infinity) === 0);
});

test("the share kept is the mean chance, and bins hold every value", () => {
  const bar = bars[0];
  const mean = bar.chances.reduce((sum, value) => sum + value, 0) / bar.chances.length;
  close(shareKept(golden.log_ratios, bar), mean, 1e-9);
  assert.deepEqual([...histogram([-9, 0.1, 0.6, 9], 0, 1, 2)], [0.5, 0.5]);
});

test("numbers travel as little-endian float32", () => {
  assert.deepEqual([...numbers("AACAPwAAIMA=")], [1, -2.5]);
});
