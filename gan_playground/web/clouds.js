/** Two clouds of points and the plan between them, moved by the hand. */

import { put, say } from "./language.js";
import { colours, faint, surface } from "./surface.js";

const PLANE = { x: 5, y: 3 };

/** @typedef {import("./panel.js").Panel} Panel */
/** Where the generated points were drawn, and pixels a unit. @typedef {{spots: [number, number][], scale: number}} Picture */

export function holdCloud(/** @type {Panel} */ panel, /** @type {Picture} */ picture) {
  const canvas = panel.canvas("plane");
  /** @type {{x: number, y: number, dx: number, dy: number}|null} */
  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    const near = picture.spots?.some(([x, y]) => Math.hypot(event.offsetX - x, event.offsetY - y) < (event.pointerType === "touch" ? 26 : 16));
    if (!near) return;
    held = { x: event.offsetX, y: event.offsetY, dx: panel.number("dx"), dy: panel.number("dy") };
    panel.dragging = true;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("touchstart", (event) => held && event.preventDefault(), { passive: false });
  canvas.addEventListener("pointermove", (event) => {
    const near = picture.spots?.some(([x, y]) => Math.hypot(event.offsetX - x, event.offsetY - y) < 16);
    canvas.style.cursor = held ? "grabbing" : near ? "grab" : "";
    if (!held) return;
    const scale = picture.scale ?? 1;
    const dx = clamp(held.dx + (event.offsetX - held.x) / scale, 4), dy = clamp(held.dy - (event.offsetY - held.y) / scale, 3);
    panel.set({ dx: String(Number(dx.toFixed(2))), dy: String(Number(dy.toFixed(2))) });
  });
  const drop = () => {
    if (!held) return;
    held = null;
    panel.settle();
  };
  canvas.addEventListener("pointerup", drop);
  canvas.addEventListener("pointercancel", drop);
}

export function drawClouds(/** @type {Panel} */ panel, /** @type {any} */ clouds, /** @type {Picture} */ picture) {
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
  put(panel.find(".cloud-name"), say(`boxes.cloud_${panel.values.cost}`));
  put(panel.find(".cloud-cost"), distance(panel, clouds.cost));
  put(panel.find(".cloud-blurred"), clouds.blurred_cost === null ? "" : say("boxes.cloud_blurred", { value: distance(panel, clouds.blurred_cost) }));
}

/** W1 or W2 from a mean cost. */
export function distance(/** @type {Panel} */ panel, /** @type {number} */ cost) {
  return (panel.values.cost === "square" ? Math.sqrt(cost) : cost).toFixed(3);
}

function clamp(/** @type {number} */ value, /** @type {number} */ most) {
  return Math.max(-most, Math.min(most, value));
}
