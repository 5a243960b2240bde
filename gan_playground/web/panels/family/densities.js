/** p and q as curves whose bells are taken by the hand: a disc moves or lifts one, a square widens it. */

import { Plot } from "../../plot.js";
import { area, grid, grip } from "../../strokes.js";
import { colours, faint } from "../../surface.js";
import { bells, changed, density, written } from "./bells.js";

const REACH = 12; // px around a handle
const DECIDED = 5; // px that a disc is carried before it moves along or up

/** @typedef {import("../family.js").default} Family */
/** @typedef {"p"|"q"} Law */
/** @typedef {{law: Law, at: number, kind: "mean"|"sd", x: number, y: number}} Handle */
/** A handle in the hand, how far beside it the hand is, where it began, and which way it goes once that is clear. */
/** @typedef {{handle: Handle, dx: number, from: {x: number, y: number}, way: ""|"across"|"up"}} Held */

export function drawDensities(/** @type {Family} */ panel) {
  const plot = (panel.plot = Plot.on(panel.canvas("densities"), { x: panel.view, y: [0, panel.tops.density] }));
  if (!plot) return;
  const paint = colours();
  plot.frame();
  panel.handles = [];
  const xs = grid(panel.view, 500);
  for (const [law, colour] of /** @type {[Law, string][]} */ ([["p", paint.real], ["q", paint.generated]])) {
    const all = bells(panel.values[law]);
    const ys = xs.map((x) => density(all, x));
    plot.inside(() => {
      area(plot, xs, ys, faint(colour, 0.2));
      plot.line(xs, ys, { colour, width: 2.6 });
    });
    all.forEach((bell, at) => {
      const y = density([bell], bell.mean), side = density([bell], bell.mean + bell.sd);
      panel.handles.push({ law, at, kind: "mean", x: plot.x(bell.mean), y: plot.y(Math.min(y, panel.tops.density)) });
      panel.handles.push({ law, at, kind: "sd", x: plot.x(bell.mean + bell.sd), y: plot.y(side) });
    });
  }
  for (const { law, kind, x, y } of panel.handles) grip(plot, kind, x, y, law === "p" ? paint.real : paint.generated);
}

/** Let the hand, or the arrow keys, move the bells. */
export function holdDensities(/** @type {Family} */ panel) {
  const near = (/** @type {PointerEvent} */ event) => {
    const reach = event.pointerType === "touch" ? 2 * REACH : REACH;
    return panel.handles.find(({ x, y }) => Math.hypot(event.offsetX - x, event.offsetY - y) < reach);
  };
  let focus = 0;
  panel.hold("densities", {
    /** @returns {Held|null} */
    take(event) {
      const handle = near(event);
      return handle ? { handle, dx: event.offsetX - handle.x, from: { x: event.offsetX, y: event.offsetY }, way: "" } : null;
    },
    move(held, event) {
      const { handle, from } = held;
      const across = Math.abs(event.offsetX - from.x), up = Math.abs(event.offsetY - from.y);
      if (!held.way && Math.max(across, up) > DECIDED) held.way = across >= up || handle.kind === "sd" ? "across" : "up";
      if (held.way) moveTo(panel, handle, held.way, event.offsetX - held.dx, event.offsetY);
    },
    cursor: (event, held) => (held ? null : near(event) ? "move" : ""),
    key(event) {
      const means = panel.handles.filter(({ kind }) => kind === "mean");
      if (event.key === "Enter") focus = (focus + 1) % means.length;
      const across = { ArrowRight: 0.1, ArrowLeft: -0.1 }[event.key], wide = { ArrowUp: 0.05, ArrowDown: -0.05 }[event.key];
      const handle = means[focus % means.length];
      if (!handle || !(across || wide)) return false;
      const all = bells(panel.values[handle.law]), bell = all[handle.at];
      panel.choose({ [handle.law]: written(changed(all, handle.at, across ? { mean: bell.mean + across } : { sd: bell.sd + Number(wide) })) });
      return true;
    },
  });
}

function moveTo(/** @type {Family} */ panel, /** @type {Handle} */ { law, at, kind }, /** @type {"across"|"up"} */ way, /** @type {number} */ px, /** @type {number} */ py) {
  const { plot } = panel;
  if (!plot) return;
  const all = bells(panel.values[law]), bell = all[at];
  const x = plot.stepAt(Math.max(plot.left, Math.min(plot.right, px)));
  const height = ((plot.bottom - py) / (plot.bottom - plot.top)) * panel.tops.density;
  const change = kind === "sd" ? { sd: Math.abs(x - bell.mean) }
    : way === "across" ? { mean: x }
    : { weight: height / density([{ ...bell, weight: 1 }], bell.mean) };
  panel.set({ [law]: written(changed(all, at, change)) });
}
