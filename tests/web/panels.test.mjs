// What the panels of the Divergences tab read off: plans, sums, ranges of axes, what a critic tells.
import "./document.mjs";

import assert from "node:assert/strict";
import { test } from "node:test";

const { written } = await import("../../gan_playground/web/panel.js");
const { carriesAll, changed, counted, read } = await import("../../gan_playground/web/panels/boxes/moves.js");
const { amount, fraction, sum } = await import("../../gan_playground/web/panels/boxes/plan_table.js");
const { priceRange, worth } = await import("../../gan_playground/web/panels/boxes/prices.js");
const { distance } = await import("../../gan_playground/web/panels/boxes/clouds.js");
const { nearestTo } = await import("../../gan_playground/web/panels/estimates.js");
const { highest, integrandRange, picked, printed } = await import("../../gan_playground/web/panels/family/readings.js");
const { printed: cell } = await import("../../gan_playground/web/panels/results.js");
const { radii } = await import("../../gan_playground/web/panels/saddle/paths.js");
const { outline } = await import("../../gan_playground/web/panels/shift/charts.js");
const { logit, softplus, steps, told } = await import("../../gan_playground/web/panels/shift/told.js");

test("a plan's moves are counted, added and taken away", () => {
  const moves = read("1-7,1-7,2-8");
  assert.deepEqual(counted(moves), [{ from: 1, to: 7, count: 2 }, { from: 2, to: 8, count: 1 }]);
  assert.deepEqual(changed(moves, [2, 9], 1), [...moves, [2, 9]]);
  assert.deepEqual(changed(moves, [1, 7], -1), read("1-7,2-8"));
  assert.equal(changed(moves, [5, 5], -1).length, moves.length);
  assert.ok(carriesAll(moves, [2, 1, 1], [8, 7, 7]));
  assert.ok(!carriesAll(moves, [2, 1], [8, 7]));
});

test("amounts are whole where they are, and parts in lowest terms", () => {
  assert.equal(amount(42.0001), "42");
  assert.equal(amount(-3), "−3");
  assert.equal(amount(0.808), "0.808");
  assert.equal(fraction(4, 32), "1/8");
  assert.equal(fraction(0, 32), "0");
  assert.equal(sum([1, 2, 3.5]), 6.5);
  assert.equal(worth([1, 4], [3, 2]), 11);
});

test("an axis of prices shows all of them and 0", () => {
  const [low, high] = priceRange([2, 5]);
  assert.ok(low < 0 && high > 5);
  assert.deepEqual(priceRange([]), [-0.12, 0.12]);
});

test("W1 is a mean cost and W2 the root of one", () => {
  assert.equal(distance("square", 9), "3.000");
  assert.equal(distance("distance", 9), "9.000");
});

test("one is always drawn, and one too many takes the place of the first", () => {
  assert.deepEqual(picked(["kl", "js"], "kl", 3), ["js"]);
  assert.deepEqual(picked(["kl"], "kl", 3), ["kl"]);
  assert.deepEqual(picked(["kl", "js", "gan"], "alpha", 3), ["js", "gan", "alpha"]);
});

test("an integrand's axis holds what is finite, and no more than eight densities", () => {
  const [low, high] = integrandRange([[0.1, 3, Infinity], [-0.3, 0.2]], 0.5);
  assert.ok(high >= 4 && high < 8);
  assert.ok(low < -0.3 && low > -1);
  assert.equal(integrandRange([[0.2]], 1)[0], 0);
  assert.equal(highest([0, 4, 2]), 1);
});

test("values are printed to four decimals, or by few digits, or as they are infinite", () => {
  assert.equal(printed({ text: "0.28330", value: 0.2833, why: null }), "0.2833");
  assert.equal(printed({ text: "inf", value: null, why: null }), "∞");
  assert.equal(printed({ text: "exp(1225.0)", value: null, why: null }), "exp(1225.0)");
  assert.equal(printed({ text: "-1.3", value: -1.3, why: null }), "−1.3000");
  assert.equal(cell(-2), "−2");
  assert.equal(cell(null), "");
  assert.equal(cell(0.123456), "0.1235");
});

test("what a critic tells at q's centre is what its closed form says", () => {
  for (const theta of [0.5, 3, 9]) {
    const { saturating, "non-saturating": trick, critic } = told("gaussians", theta, 4, 0.1);
    const d = 1 / (1 + Math.exp(-logit(theta, theta)));
    assert.ok(Math.abs(saturating.value - Math.log(1 - d)) < 1e-9);
    assert.ok(Math.abs(trick.value + Math.log(d)) < 1e-9);
    // By differences of log(1 - D*) and -log D* at q's centre.
    const step = 1e-6, at = (/** @type {number} */ x) => logit(theta, x);
    assert.ok(Math.abs((-softplus(at(theta + step)) + softplus(at(theta - step))) / (2 * step) - saturating.slope) < 1e-6);
    assert.ok(Math.abs((softplus(-at(theta + step)) - softplus(-at(theta - step))) / (2 * step) - trick.slope) < 1e-6);
    assert.deepEqual(critic, { value: theta / 2, slope: 1 });
  }
  assert.equal(told("uniforms", 1.9, 4, 0.1).saturating.value, -Math.LN2);
  assert.equal(told("uniforms", 2, 4, 0.1).saturating.value, 0);
  assert.equal(told("lines", 0.1, 4, 0.1)["non-saturating"].value, Infinity);
});

test("D* of shapes with edges covers both shapes", () => {
  const covered = steps(1, 2).map(([from, to, level]) => [from, to, level]);
  assert.deepEqual(covered, [[-2, -1, 1], [-1, 2, 0.5], [2, 3, 0]]);
  assert.deepEqual(steps(9, 2), [[-2, 2, 1], [7, 11, 0]]);
  assert.deepEqual(steps(0, 2), [[-2, 2, 0.5]]);
});

test("every shape has mass 1, but a line, which is drawn", () => {
  for (const shape of ["gaussians", "uniforms"]) {
    const [xs, ys] = outline(shape, 3, 4);
    const mass = xs.slice(1).reduce((total, x, k) => total + ((x - xs[k]) * (ys[k] + ys[k + 1])) / 2, 0);
    assert.ok(Math.abs(mass - 1) < 1e-3, shape);
  }
});

test("the nearest of some places, and the distances of a path", () => {
  assert.equal(nearestTo([0, 0.5, 1, 2], 0.8), 2);
  assert.equal(nearestTo([], 3), 0);
  assert.deepEqual([...radii(Float64Array.from([3, 4, 0, -2]))], [5, 2]);
});

test("an address keeps a value readable where it may be", () => {
  assert.equal(written("0.5*N(-2,1)+0.5*N(2,1)"), "0.5*N(-2,1)%2B0.5*N(2,1)");
  assert.equal(decodeURIComponent(written("a&b=c;d/e")), "a&b=c;d/e");
});
