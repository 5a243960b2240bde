// The plot: axes that can be read back, lines that lose nothing that is seen, words where nothing runs.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ground, lines } from "./pen.mjs";

const { Plot, stepAxis } = await import("../../gan_playground/web/plot.js");

/** @param {Partial<import("../../gan_playground/web/plot.js").Axes>} axes */
function plotted(axes = {}) {
  const { said, ground: on } = ground();
  return { said, plot: new Plot(on, { x: [0, 100], y: [0, 1], ...axes }) };
}

test("a place on the canvas is the step that is drawn there, and outside the frame none", () => {
  const { plot } = plotted();
  for (const step of [0, 37, 100]) assert.ok(Math.abs(plot.stepAt(plot.x(step)) - step) < 1e-9);
  assert.ok(Number.isNaN(plot.stepAt(plot.left - 40)) && Number.isNaN(plot.stepAt(plot.right + 40)));
});

test("the frame's foot and head are the ends of its axis, also in decades, and far outside stays drawable", () => {
  const { plot } = plotted();
  assert.deepEqual([plot.y(0), plot.y(1)], [plot.bottom, plot.top]);
  assert.ok(Number.isFinite(plot.y(1e300)) && plot.y(1e300) < plot.top && plot.y(-1e300) > plot.bottom);
  const decades = plotted({ y: [1e-4, 1e2], log: true }).plot;
  assert.ok(Math.abs(decades.y(0.1) - (decades.top + decades.bottom) / 2) < 1e-9);
  assert.deepEqual(decades.marks.map((mark) => decades.mark(mark)), ["10⁻⁴", "10⁻²", "1", "10²"]);
});

test("a step axis grows rarely", () => {
  assert.deepEqual([0, 100, 101, 1999].map((step) => stepAxis(step)[1]), [100, 100, 200, 2000]);
});

test("an infinity breaks a line, what was not measured does not", () => {
  const { plot, said } = plotted();
  plot.line([0, 10, 20, 30, 40, 50], [0, NaN, 0.5, Infinity, 0.5, 0.4], { colour: "#000000" });
  assert.deepEqual(lines(said).map((line) => new Set(line.map(([x]) => x)).size), [2, 2]);
});

test("of many points on one pixel the least and the greatest are drawn, and few others", () => {
  const { plot, said } = plotted({ x: [0, 1e5] });
  const ys = Array.from({ length: 1e5 }, (_, k) => 0.5 + 0.3 * Math.sin(k / 300) + (k === 51234 ? 0.15 : 0));
  plot.line(ys.map((_, k) => k), ys, { colour: "#000000" });
  const [drawn] = lines(said);
  assert.ok(drawn.length < 4.2 * (plot.right - plot.left), `${drawn.length} points`);
  const heights = drawn.map(([, y]) => y);
  assert.equal(Math.min(...heights), plot.y(Math.max(...ys)));
  assert.equal(Math.max(...heights), plot.y(Math.min(...ys)));
});

test("the gap is tinted where the truth is above the bound, and nowhere else", () => {
  const { plot, said } = plotted();
  plot.gap([0, 10, 20, 30, 40], [0.1, 0.2, 0.9, 0.2, 0.1], [0.5, 0.5, 0.5, 0.6, 0.7]);
  assert.deepEqual(lines(said).map((line) => line.length), [4, 4]);
  said.length = 0;
  plot.gap([0, 10], [0.9, 0.9], [0.1, 0.1]);
  plot.gap([0, 10], [0.1, 0.1], [Infinity, Infinity]);
  assert.deepEqual(said, []);
});

test("now is a dot within the frame, a wedge at the edge it has left by", () => {
  const { plot, said } = plotted();
  plot.now(50, 0.5, "#000000");
  assert.deepEqual(said.filter(([name]) => name === "arc").map(([, x, y]) => [x, y]), [[plot.x(50), plot.y(0.5)]]);
  said.length = 0;
  plot.now(50, 7, "#000000");
  assert.deepEqual(lines(said)[0][0], [plot.x(50), plot.top]);
  said.length = 0;
  plot.now(50, NaN, "#000000");
  assert.deepEqual(said, []);
});

test("a remark stands on the ground where no line runs, else above the lines, else nowhere", () => {
  const place = (/** @type {number[]} */ line) => {
    const { plot, said } = plotted();
    plot.remark("a remark", "#000000", [0, 50, 100], [line]);
    const y = said.find(([name]) => name === "fillText")?.[3];
    return { plot, y: y === undefined ? null : Number(y) };
  };
  const high = place([0.9, 0.9, 0.9]);
  assert.equal(high.y, high.plot.bottom - 6);
  const low = place([0.05, 0.05, 0.05]);
  assert.ok(low.y !== null && low.y < low.plot.y(0.05) - 9);
  const { plot, said } = plotted();
  plot.remark("a remark", "#000000", [0, 80, 81, 100], [[0, 0, 1, 1], [1, 1, 0, 0], [0.5, 0.5, 0.5, 0.5]]);
  assert.ok(said.every(([name]) => name !== "fillText"), `between ${plot.top} and ${plot.bottom} there is no room`);
});

test("a long sentence is broken into rows that fit, and loses no word", () => {
  const { plot, said } = plotted();
  const text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen";
  plot.lines(text, "#000000");
  const rows = said.filter(([name]) => name === "fillText").map(([, row]) => String(row));
  assert.equal(rows.join(" "), text);
  assert.ok(rows.length > 1 && rows.every((row) => 6 * row.length <= plot.right - plot.left - 16));
});

test("numbers of an axis do not run into one another", () => {
  const { plot, said } = plotted({ x: [0, 2e5] });
  plot.frame();
  const marks = said.filter(([name, , , y]) => name === "fillText" && Number(y) === plot.bottom + 5);
  assert.ok(marks.length >= 2);
  for (let k = 1; k < marks.length; k++) assert.ok(Number(marks[k][2]) - Number(marks[k - 1][2]) > 6 * String(marks[k][1]).length);
});
