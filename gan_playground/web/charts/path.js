/** The path of a linear generator's (mu, sigma) over contours of its exact divergence, with the best fit. */

import { contours } from "../contours.js";
import { say } from "../language.js";
import { roundUp, short, signed } from "../numbers.js";
import { LINES, Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { some } from "./series.js";

/** @typedef {import("../frame.js").Shown} Picture */

/** @type {import("../charts.js").Chart} */
export const path = {
  seen: ({ history }) => some(history.columns.mu),
  draw(charts, card, picture) {
    card.unit(say("page.path_unit"));
    const soon = charts.divergence && !picture.values("landscape.value");
    drawPath(card.canvas, picture, charts.row(picture.history.columns.step).row, soon);
    card.describe(say("page.path"));
  },
};

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture its landscape holds `mu` [m], `sigma` [s] and the divergence `value` [s, m]
 * @param {number} row the row of the history that counts as now
 * @param {boolean} soon the landscape is still being measured: it brings the axes, so wait for it
 */
function drawPath(canvas, picture, row, soon) {
  const { mu = [], sigma = [] } = picture.history.columns;
  const fit = picture.header.best_fit;
  const across = picture.values("landscape.mu"), up = picture.values("landscape.sigma");
  const ground = picture.values("landscape.value"), levels = picture.values("landscape.levels");
  const x = across ? ends(across) : span(mu, fit?.[0]);
  const y = up ? ends(up) : span(sigma, fit?.[1]);
  const plot = Plot.on(canvas, { x, y });
  if (!plot) return;
  const paint = colours();
  if (soon) {
    plot.word(say("page.path_soon"), (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2, paint.ink3, "center", false);
    return;
  }
  plot.frame();
  const { context } = plot;
  plot.inside(() => {
    if (across && up && ground && levels) valley(plot, across, up, ground, levels);
    plot.line(mu.slice(0, row + 1), sigma.slice(0, row + 1), LINES.generator());
    plot.now(mu[row], sigma[row], paint.generated);
  });
  if (fit) {
    const [a, b] = [plot.x(fit[0]), plot.y(fit[1])];
    context.strokeStyle = paint.ink;
    context.lineWidth = 2.4 * plot.thick;
    context.beginPath();
    context.moveTo(a - 6, b);
    context.lineTo(a + 6, b);
    context.moveTo(a, b - 6);
    context.lineTo(a, b + 6);
    context.stroke();
    // On the side the path does not come from.
    const away = mu[row] > fit[0] ? -1 : 1;
    const text = say("page.best_fit_is", { mu: short(fit[0]), sigma: short(fit[1]) });
    plot.word(text, a + 10 * away, b + 16, paint.ink, away > 0 ? "left" : "right");
  }
  if (row >= 0 && Number.isFinite(mu[row])) {
    const text = `μ ${short(mu[row])}, σ ${short(sigma[row])}`;
    const px = plot.x(mu[row]), py = Math.min(plot.bottom - 6, Math.max(plot.top + plot.size, plot.y(sigma[row]) - 9));
    const beside = fit && Math.hypot(plot.x(fit[0]) - px, plot.y(fit[1]) - plot.y(sigma[row])) < 60;
    const right = !beside && px + context.measureText(text).width + 14 < plot.right;
    plot.word(text, right ? px + 9 : px - 9, py, paint.generated, right ? "left" : "right");
  }
  plot.word("σ ↑", plot.left + 4, plot.top + plot.size, paint.ink3, "left", false);
  plot.word("μ →", plot.right, plot.bottom - 6, paint.ink3, "right", false);
}

/** Contours above the best fit, doubling upwards, each with its value. */
function valley(/** @type {Plot} */ plot, /** @type {Float32Array} */ across, /** @type {Float32Array} */ up, /** @type {Float32Array} */ ground, /** @type {Float32Array} */ levels) {
  const { context } = plot;
  const paint = colours();
  const lines = contours(ground, across.length, up.length, levels);
  const at = (/** @type {Float32Array} */ axis, /** @type {number} */ k) => {
    const i = Math.min(axis.length - 2, Math.floor(k));
    return axis[i] + (k - i) * (axis[i + 1] - axis[i]);
  };
  context.strokeStyle = faint(paint.ink, 0.34);
  context.lineWidth = plot.thick;
  /** @type {[string, number, number][]} */
  const names = [];
  for (const { level, lines: parts } of lines) {
    context.beginPath();
    for (const part of parts) {
      for (let k = 0; k < part.length; k += 2) {
        const px = plot.x(at(across, part[k])), py = plot.y(at(up, part[k + 1]));
        if (k) context.lineTo(px, py);
        else context.moveTo(px, py);
      }
    }
    context.stroke();
    const longest = parts.reduce((most, part) => (part.length > most.length ? part : most), new Float32Array(0));
    if (longest.length < 16) continue;
    // The topmost point of a ring, where the rings lie widest apart.
    let top = 0;
    for (let k = 2; k < longest.length; k += 2) if (longest[k + 1] > longest[top + 1]) top = k;
    names.push([signed(String(Number(level.toPrecision(2)))), plot.x(at(across, longest[top])), plot.y(at(up, longest[top + 1]))]);
  }
  let last = Infinity;
  for (const [text, px, py] of names) {
    if (py < plot.top + 12 || last - py < 15) continue;
    plot.word(text, px, py + 4, paint.ink3, "center", false);
    last = py;
  }
}

const ends = (/** @type {Float32Array} */ axis) => /** @type {[number, number]} */ ([axis[0], axis[axis.length - 1]]);

/** An axis that holds the values and grows rarely, where no landscape gives one. */
function span(/** @type {number[]} */ values, /** @type {number|undefined} */ also) {
  const all = [...values, also ?? NaN].filter(Number.isFinite);
  const low = all.reduce((a, b) => Math.min(a, b), 0), high = all.reduce((a, b) => Math.max(a, b), 0);
  return /** @type {[number, number]} */ ([low < 0 ? -roundUp(-1.05 * low) : 0, roundUp(1.05 * Math.max(high, 1))]);
}
