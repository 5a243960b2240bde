/** The floor: boxes and slots at whole places, taken and carried by the hand, and the arcs of a plan above them. */

import { Plot } from "../../plot.js";
import { colours, faint, font } from "../../surface.js";
import { drawArcs } from "./arcs.js";
import { listed, places, read, stood, swapped, written } from "./moves.js";

const TOUCHED = 8; // px more around a thing for a finger

/** @typedef {import("../boxes.js").default} Boxes */
/** @typedef {{kind: "box"|"slot"|"head", place: number, from?: number, x: number, y: number, reach: number}} Grip */

/** Let the hand carry boxes, slots and the heads of arcs. */
export function holdFloor(/** @type {Boxes} */ panel) {
  const near = (/** @type {PointerEvent} */ event) => {
    const more = event.pointerType === "touch" ? TOUCHED : 0;
    const away = (/** @type {Grip} */ grip) => Math.hypot(event.offsetX - grip.x, event.offsetY - grip.y);
    return panel.grips.filter((grip) => away(grip) < grip.reach + more).sort((a, b) => away(a) - away(b))[0];
  };
  panel.hold("floor", {
    take(event) {
      const grip = near(event);
      return (panel.held = grip ? { grip, x: event.offsetX, y: event.offsetY } : null);
    },
    move(held, event) {
      Object.assign(held, { x: event.offsetX, y: event.offsetY });
      carried(panel, held.grip, held.x);
      panel.redraw();
    },
    drop: () => (panel.held = null),
    cursor: (event, held) => (held ? "grabbing" : near(event) ? "grab" : ""),
  });
}

/** What is held follows the hand from place to place. */
function carried(/** @type {Boxes} */ panel, /** @type {Grip} */ grip, /** @type {number} */ px) {
  const { floor } = panel;
  if (!floor) return;
  const place = Math.max(0, Math.min(panel.last, Math.round(floor.stepAt(Math.max(floor.left, Math.min(floor.right, px))))));
  if (place === grip.place) return;
  const moves = read(panel.values.plan);
  if (grip.kind === "head") {
    if (!places(panel.values.slots).includes(place)) return;
    panel.set({ plan: written(swapped(moves, /** @type {number} */ (grip.from), grip.place, place)), look: "mine" });
  } else {
    const key = grip.kind === "box" ? "boxes" : "slots";
    const next = stood(places(panel.values[key]), moves, grip.kind === "box" ? 0 : 1, grip.place, place);
    panel.set({ [key]: listed(next.all), plan: written(next.moves), look: "mine" });
  }
  grip.place = place;
}

export function drawFloor(/** @type {Boxes} */ panel) {
  const { last } = panel;
  const plot = (panel.floor = Plot.on(panel.canvas("floor"), { x: [-0.5, last + 0.5], y: [0, 1], marks: [] }));
  if (!plot) return;
  const paint = colours(), { context } = plot;
  plot.left = 12;
  const unit = (plot.right - plot.left) / (last + 1);
  const boxes = places(panel.values.boxes), slots = places(panel.values.slots);
  const size = Math.min(27, (boxes.some((place) => slots.includes(place)) ? 0.46 : 0.7) * unit);
  const ground = plot.bottom - 6;
  context.fillStyle = paint.ink3;
  context.fillRect(plot.left, ground, plot.right - plot.left, 1.5);
  context.font = font(plot.size + (unit > 40 ? 1 : 0), true);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let place = 0; place <= last; place++) {
    context.fillStyle = paint.ink;
    context.fillText(String(place), plot.x(place), ground + 6);
  }
  panel.grips = [];
  const lean = (/** @type {number} */ place) => (boxes.includes(place) && slots.includes(place) ? 0.5 * size + 1.5 : 0);
  const top = (/** @type {number[]} */ all, /** @type {number} */ place) => ground - all.filter((other) => other === place).length * (size + 3);
  drawArcs(panel, plot, { ground, size, lean, top, boxes, slots });
  for (const [kind, all, side] of /** @type {["box"|"slot", number[], number][]} */ ([["box", boxes, -1], ["slot", slots, 1]])) {
    /** @type {Record<number, number>} */
    const high = {};
    for (const place of all) {
      const level = (high[place] = (high[place] ?? 0) + 1);
      const x = plot.x(place) + side * lean(place), y = ground - level * (size + 3) + size / 2;
      context.beginPath();
      context.roundRect(x - size / 2, y - size / 2, size, size, 4);
      context.fillStyle = kind === "box" ? paint.generated : paint.paper;
      context.fill();
      if (kind === "slot") {
        context.fillStyle = faint(paint.real, 0.12);
        context.fill();
        plot.stroke({ colour: paint.real, width: 2.4 });
      }
      panel.grips.push({ kind, place, x, y, reach: Math.max(size / 2 + 3, 14) });
    }
  }
}
