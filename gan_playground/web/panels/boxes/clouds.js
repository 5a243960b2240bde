/** Two clouds of points and the plan between them, moved by the hand. */

import { colours, faint, surface } from "../../surface.js";

const PLANE = { x: 5, y: 3 };
const REACH = 16, TOUCHED = 26; // px around a point

/** @typedef {import("../boxes.js").default} Boxes */
/** Where the generated points were drawn, and pixels a unit. @typedef {{spots: [number, number][], scale: number}} Picture */

/** Let the hand move the generated cloud. */
export function holdCloud(/** @type {Boxes} */ panel, /** @type {Picture} */ picture) {
  const near = (/** @type {PointerEvent} */ event, /** @type {number} */ reach) =>
    picture.spots.some(([x, y]) => Math.hypot(event.offsetX - x, event.offsetY - y) < reach);
  panel.hold("plane", {
    take: (event) => near(event, event.pointerType === "touch" ? TOUCHED : REACH)
      ? { x: event.offsetX, y: event.offsetY, dx: panel.number("dx"), dy: panel.number("dy") }
      : null,
    move(held, event) {
      const moved = { dx: held.dx + (event.offsetX - held.x) / picture.scale, dy: held.dy - (event.offsetY - held.y) / picture.scale };
      panel.set({ dx: panel.within("dx", moved.dx), dy: panel.within("dy", moved.dy) });
    },
    cursor: (event, held) => (held ? "grabbing" : near(event, REACH) ? "grab" : ""),
  });
}

export function drawClouds(/** @type {Boxes} */ panel, /** @type {any} */ clouds, /** @type {Picture} */ picture) {
  const ground = surface(panel.canvas("plane"));
  if (!ground) return;
  const { context, width, height } = ground, paint = colours();
  const scale = (picture.scale = Math.min(width / (2 * PLANE.x), height / (2 * PLANE.y)));
  const place = (/** @type {number[]} */ [x, y]) => /** @type {[number, number]} */ ([width / 2 + x * scale, height / 2 - y * scale]);
  context.clearRect(0, 0, width, height);
  const real = clouds.real.map(place), fake = (picture.spots = clouds.generated.map(place));
  context.lineCap = "round";
  for (const [i, j, weight] of clouds.lines) {
    context.beginPath();
    context.moveTo(fake[i][0], fake[i][1]);
    context.lineTo(real[j][0], real[j][1]);
    context.strokeStyle = faint(paint.ink, Math.min(0.75, 0.12 + 0.63 * weight));
    context.lineWidth = 0.6 + 1.6 * weight;
    context.stroke();
  }
  for (const [x, y] of real) {
    context.beginPath();
    context.arc(x, y, 5.5, 0, 2 * Math.PI);
    context.fillStyle = paint.paper;
    context.fill();
    context.strokeStyle = paint.real;
    context.lineWidth = 2.6;
    context.stroke();
  }
  for (const [x, y] of fake) {
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.fillStyle = paint.generated;
    context.fill();
    context.strokeStyle = paint.paper;
    context.lineWidth = 1.2;
    context.stroke();
  }
}

/** W1 or W2 from a mean cost. */
export function distance(/** @type {string} */ cost, /** @type {number} */ mean) {
  return (cost === "square" ? Math.sqrt(mean) : mean).toFixed(3);
}
