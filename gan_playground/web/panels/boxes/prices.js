/** The dual of a plan: what a box is worth at each place. */

import { Plot } from "../../plot.js";
import { colours, faint } from "../../surface.js";

/** @typedef {import("../boxes.js").default} Boxes */

/** The range of an axis that shows all prices and 0. @returns {[number, number]} */
export function priceRange(/** @type {number[]} */ prices) {
  const low = Math.min(...prices, 0), high = Math.max(...prices, 0), room = 0.12 * Math.max(high - low, 1);
  return [low - room, high + room];
}

/** What all boxes, or all slots, are worth together. */
export function worth(/** @type {number[]} */ prices, /** @type {number[]} */ many) {
  return prices.reduce((total, price, k) => total + price * many[k], 0);
}

export function drawPrices(/** @type {Boxes} */ panel) {
  const plot = Plot.on(panel.canvas("potential"), { x: [0, panel.last], y: panel.prices });
  if (!plot || !panel.moved) return;
  const paint = colours(), { context } = plot;
  const { sources, targets, supply, demand, at_boxes, at_slots, pick_up, delivery } = panel.moved;
  plot.frame();
  const xs = Array.from(pick_up, (_, k) => (k * panel.last) / (pick_up.length - 1));
  const square = panel.values.cost === "square";
  const base = plot.y(Math.max(panel.prices[0], Math.min(0, panel.prices[1])));
  const stems = (/** @type {number[]} */ at, /** @type {number[]} */ values, /** @type {number[]} */ many, /** @type {string} */ colour, /** @type {boolean} */ ring) => {
    at.forEach((place, k) => {
      const x = plot.x(place) + (ring ? 1.5 : -1.5), y = plot.y(values[k]);
      context.fillStyle = colour;
      context.fillRect(x - 1.2, Math.min(y, base), 2.4, Math.abs(base - y));
      context.beginPath();
      context.arc(x, y, 6, 0, 2 * Math.PI);
      context.fillStyle = ring ? paint.paper : colour;
      context.fill();
      plot.stroke({ colour, width: 2.4 });
      plot.word(`×${many[k]}`, x + 9, y + 14, colour, "left");
    });
  };
  plot.inside(() => {
    plot.line(xs, pick_up, { colour: paint.critic, width: 2.6 });
    if (square) plot.line(xs, delivery, { colour: faint(paint.critic, 0.5), width: 2.6 });
  });
  stems(sources, at_boxes, supply, paint.generated, false);
  stems(targets, at_slots, demand, paint.real, true);
  if (!square) plot.word(panel.word("price_line"), plot.left + 8, plot.top + 14, paint.critic, "left");
  else {
    plot.word(panel.word("price_slots"), plot.left + 8, plot.top + 14, faint(paint.critic, 0.75), "left");
    plot.word(panel.word("price_boxes"), plot.left + 8, plot.top + 30, paint.critic, "left");
  }
}
