// Numbers and sentences as they are read.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, learn, say, tell } from "../../gan_playground/web/language.js";
import { percent, plain, readOut, roundTop, roundUp, short, tick, ticks } from "../../gan_playground/web/numbers.js";
import { parts } from "../../gan_playground/web/sentence.js";

const reading = (/** @type {Partial<import("../../gan_playground/web/frame.js").Reading>} */ more) => ({ value: NaN, certainty: /** @type {const} */ ("unknown"), error: 0, log: NaN, why: null, step: null, ...more });

test("read-outs say how sure they are", () => {
  assert.equal(readOut(reading({ value: 0.4641, certainty: "exact" })), "0.464");
  assert.equal(readOut(reading({ value: 0.914, certainty: "approximate" })), "≈\u202f0.914");
  assert.equal(readOut(reading({ value: Infinity, certainty: "infinite" })), "∞");
  assert.equal(readOut(reading({ value: Infinity, certainty: "exact", log: 1225 })), "exp(1225.0)");
  assert.equal(readOut(reading({ value: -0.00921, certainty: "approximate" })), "≈\u202f−0.009");
  assert.equal(readOut(reading({ value: 0.0002, certainty: "exact" })), "0.0002");
  assert.equal(readOut(reading({})), "–");
});

test("minus signs are true ones, digits are few", () => {
  assert.equal(short(-1.386294), "−1.39");
  assert.equal(short(0.00001234), "1.2e−5");
  assert.equal(short(12345), "12,345");
  assert.equal(short(0.000184), "0.0002");
  assert.equal(short(0), "0");
  assert.equal(plain(0.0012), "0.0012");
  assert.equal(plain(1e-6), "1e−6");
  assert.equal(percent(0.854), "85%");
});

test("a step axis grows by 1, 2, 5; an end of values is near", () => {
  assert.deepEqual([100, 101, 200, 450, 501, 12000].map(roundUp), [100, 200, 200, 500, 1000, 20000]);
  for (const x of [0.0013, 0.7, 1.2, 2.16, 2.4, 17, 430]) {
    assert.ok(roundTop(x) >= x && roundTop(x) <= 1.67 * x, `${roundTop(x)} for ${x}`);
  }
});

test("ticks lie inside, evenly, and the upper end has one where it can", () => {
  for (const [low, high, count] of [[0, 3, 2], [0, 1.386, 4], [-2, 2, 3], [0, 2000, 5], [-1.8, 3.8, 4], [0, 0.05, 2]]) {
    const found = ticks(low, high, count);
    assert.ok(found.length >= 2 && found.length <= 2 * count + 2, `${found}`);
    assert.ok(found[0] >= low - 1e-9 && found[found.length - 1] <= high + 1e-9 * Math.abs(high) + 1e-12);
  }
  assert.deepEqual(ticks(0, 3, 2), [0, 1, 2, 3]);
  assert.equal(tick(-0.5, [-0.5, 0, 0.5]), "−0.5");
  assert.equal(tick(1200, [0, 400, 800, 1200]), "1,200");
});

test("sentences are filled as Python fills them", () => {
  assert.equal(fill("{n:,} points, {share:.0%}, {value:.3g}, {x:.2f} and {{{name}}}", {
    n: 1000, share: 0.854, value: 0.45678, x: -0.5, name: "p",
  }), "1,000 points, 85%, 0.457, −0.50 and {p}");
  assert.equal(fill("{missing} {absent:.2f}", { missing: null }), "– {absent}");
  learn("en", { a: { b: "{what} {why}", c: "inner {k}" } });
  assert.equal(say("a.b", { what: { key: "a.c", values: { k: 2 } }, why: "because" }), "inner 2 because");
  assert.equal(tell({ key: "a.b", values: { what: 1, why: "because" } }), "1 because");
  assert.equal(say("a.no_such"), "a.no_such");
  assert.equal(say("a.c"), "inner {k}");
});

test("a sentence is a statement and a reason", () => {
  assert.deepEqual(parts("**Press Play.** A generator will learn."), { statement: "Press Play.", reason: "A generator will learn." });
  assert.deepEqual(parts("One thing. Another."), { statement: "One thing.", reason: "Another." });
  assert.deepEqual(parts("No end"), { statement: "No end", reason: "" });
});
