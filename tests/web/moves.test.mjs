// Boxes carried, swapped and shuffled; mixtures moved by their handles; values read from logarithms.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bells, changed, density, logDensity, written as mixture } from "../../gan_playground/web/panels/family/bells.js";
import { float64, fromLog, raised, read as readable } from "../../gan_playground/web/exact.js";
import { fromTable, listed, places, read, shuffled, stood, swapped, written } from "../../gan_playground/web/panels/boxes/moves.js";

const sums = (/** @type {import("../../gan_playground/web/panels/boxes/moves.js").Move[]} */ moves, /** @type {0|1} */ end) => listed(moves.map((move) => move[end]));

test("moves and places are read and written back", () => {
  assert.deepEqual(read("1-7,2-10"), [[1, 7], [2, 10]]);
  assert.deepEqual(read(""), []);
  assert.equal(written([[2, 8], [1, 10], [1, 7]]), "1-7,1-10,2-8");
  assert.equal(listed(places("10,7,9")), "7,9,10");
});

test("a box that is carried takes its move along, and every sum follows", () => {
  const { all, moves } = stood([1, 1, 2], read("1-7,1-8,2-9"), 0, 1, 4);
  assert.deepEqual(all, [4, 1, 2]);
  assert.equal(sums(moves, 0), listed(all));
  assert.equal(sums(moves, 1), "7,8,9");
  const slot = stood([7, 8, 9], read("1-7,1-8,2-9"), 1, 9, 0);
  assert.equal(sums(slot.moves, 1), "0,7,8");
  // A box that the plan leaves standing goes alone.
  assert.deepEqual(stood([1, 1], read("1-7"), 0, 1, 3).moves, [[1, 7]]);
  assert.deepEqual(stood([1], read("1-7"), 0, 5, 3).all, [1]);
});

test("swapped ends keep every sum", () => {
  const before = read("1-7,1-10,2-8");
  const after = swapped(before, 1, 10, 8);
  assert.equal(written(after), "1-7,1-8,2-10");
  assert.equal(sums(after, 0), sums(before, 0));
  assert.equal(sums(after, 1), sums(before, 1));
  assert.equal(swapped(before, 1, 7, 7), before);
  assert.equal(swapped(before, 5, 7, 8), before);
});

test("a shuffled plan fills every slot once", () => {
  for (const seed of [0, 0.3, 0.999]) {
    const moves = shuffled([1, 1, 3], [7, 9, 9], () => seed);
    assert.equal(sums(moves, 0), "1,1,3");
    assert.equal(sums(moves, 1), "7,9,9");
  }
  assert.equal(written(fromTable([[1, 0], [1, 2]], [1, 2], [7, 8])), "1-7,2-7,2-8,2-8");
});

test("mixtures are read with their signs and exponents, and written so that weights sum to 1", () => {
  assert.deepEqual(bells("0.33*N(-1,0.255)+0.67*N(2,1.415)").map(({ mean }) => mean), [-1, 2]);
  const n = { kind: /** @type {const} */ ("n"), df: Infinity };
  assert.deepEqual(bells("N(+1e+0, 2)"), [{ ...n, weight: 1, mean: 1, sd: 2 }]);
  assert.deepEqual(bells("0.5*N(-2e+1,1)+0.5*N(3,.5)"), [{ ...n, weight: 0.5, mean: -20, sd: 1 }, { ...n, weight: 0.5, mean: 3, sd: 0.5 }]);
  assert.equal(mixture([{ ...n, weight: 1, mean: 1.23456, sd: 0.0123 }]), "N(1.23,0.0123)");
  for (const weights of [[1 / 3, 1 / 3, 1 / 3], [0.005, 0.995], [0.145, 0.855]]) {
    const text = mixture(weights.map((weight, k) => ({ kind: /** @type {const} */ ("n"), weight, mean: k, sd: 1, df: Infinity })));
    const total = bells(text).reduce((sum, { weight }) => sum + weight, 0);
    assert.ok(Math.abs(total - 1) < 1e-9, text);
    assert.ok(bells(text).every(({ weight }) => weight > 0));
  }
});

test("a handle changes one bell; shares still sum to 1 and no bell vanishes", () => {
  const all = bells("0.25*N(0,1)+0.75*N(3,1)");
  const wider = changed(all, 0, { sd: -2 });
  assert.equal(wider[0].sd, 0.05);
  const heavier = changed(all, 0, { weight: 7 });
  assert.ok(Math.abs(heavier[0].weight + heavier[1].weight - 1) < 1e-12);
  assert.ok(heavier[1].weight > 0);
  assert.equal(changed([all[0]], 0, { weight: 0.1 })[0].weight, 1);
  assert.ok(Math.abs(density(bells("N(0,1)"), 0) - 0.3989422804014327) < 1e-15);
  assert.ok(Math.abs(logDensity(all, 1.5) - Math.log(density(all, 1.5))) < 1e-12);
  assert.ok(Math.abs(logDensity(bells("N(0,1)"), 100) + 5000 + Math.log(2 * Math.PI) / 2) < 1e-9);
});

test("values from logarithms: plain, as powers, beyond float64 as the command line writes them", () => {
  assert.equal(fromLog(Math.log(40.5)), "40.5");
  assert.equal(fromLog(-Infinity), "0");
  assert.equal(fromLog(Infinity), "∞");
  assert.equal(fromLog(NaN), "–");
  assert.equal(fromLog(1225), "exp(1225.0)");
  assert.equal(fromLog(-152.90320511), "3.9·10⁻⁶⁷");
  assert.equal(fromLog(Math.log(0.693147)), "0.693");
  assert.equal(readable(-2.6e-18), "−2.6·10⁻¹⁸");
  assert.equal(readable(0), "0");
  assert.equal(raised(-10), "⁻¹⁰");
  const bytes = new Uint8Array(new Float64Array([1.5, -Infinity]).buffer);
  assert.deepEqual([...float64(btoa(String.fromCharCode(...bytes)))], [1.5, -Infinity]);
});

test("every law that can be typed is read, drawn and written, in every way of typing it", () => {
  const text = "0.25*Laplace(1,2)+0.25*Uniform(-1,3)+0.25*StudentT(3,-1,2)+0.25*N(0,1)";
  assert.equal(mixture(bells(text)), text);
  assert.deepEqual(bells("1/2*n(−1,1/2) .5laplace(0,1)").map(({ weight, mean, sd }) => [weight, mean, sd]), [[0.5, -1, 0.5], [0.5, 0, 1]]);
  assert.deepEqual(bells("1e-1*N(0,1)+9e-1*StudentT(3)").map(({ weight, df }) => [weight, df]), [[0.1, Infinity], [0.9, 3]]);
  const close = (/** @type {number} */ found, /** @type {number} */ right) => assert.ok(Math.abs(found - right) < 1e-9, `${found} is not ${right}`);
  close(density(bells("Laplace(1,2)"), 3), Math.exp(-1) / 4);
  close(density(bells("Uniform(-1,3)"), 0), 0.25);
  close(density(bells("Uniform(-1,3)"), 4), 0);
  close(density(bells("StudentT(1)"), 1), 1 / (2 * Math.PI));
  close(density(bells("StudentT(3)"), 0), 2 / (Math.PI * Math.sqrt(3)));
  assert.equal(logDensity(bells("Uniform(0,1)"), 2), -Infinity);
});
