/** What a ratio and a rule look like: histograms, the reliability curve, truth against what was learned. */

import { say } from "../language.js";
import { LINES, Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { histogram, logit, nines, ratioAxis, truthAxis, weighedHistogram, weighedMedian } from "./statistics.js";

/** @typedef {import("../acceptance.js").Rule} Rule */

const BINS = 44;

/** Log-ratios of generated and of real samples, both sorted, with M. */
export function drawRatios(/** @type {HTMLCanvasElement} */ canvas, /** @type {Float32Array} */ generated, /** @type {Float32Array} */ real, /** @type {number} */ maximum) {
  const [low, high] = ratioAxis(generated, real, maximum);
  const ours = histogram(generated, low, high, BINS), theirs = histogram(real, low, high, BINS);
  const plot = Plot.on(canvas, { x: [low, high], y: [0, 1.12 * Math.max(...ours, ...theirs)], marks: [] });
  if (!plot) return;
  plot.frame();
  plot.inside(() => {
    bars(plot, ours, low, high);
    steps(plot, theirs, low, high, { colour: colours().real, width: 2.2 });
    upright(plot, maximum);
  });
  plot.word("M", plot.x(maximum) - 6, plot.top + 12, colours().ink);
}

/** F of generated samples: 0 is kept half the time. */
export function drawLogits(/** @type {HTMLCanvasElement} */ canvas, /** @type {Float32Array} */ generated, /** @type {Rule} */ rule) {
  const low = -8, high = 8;
  const logits = Float64Array.from(generated, (ratio) => logit(rule.chance(ratio), low, high));
  const counts = histogram(logits, low, high, BINS);
  const plot = Plot.on(canvas, { x: [low, high], y: [0, 1.12 * Math.max(...counts)], marks: [] });
  if (!plot) return;
  plot.frame();
  plot.inside(() => {
    bars(plot, counts, low, high);
    upright(plot, 0);
  });
  plot.word(say("rejection.half"), plot.x(0) + 7, plot.top + 12, colours().ink, "left");
}

/** Chances of generated samples, and their mean. */
export function drawChances(/** @type {HTMLCanvasElement} */ canvas, /** @type {Float32Array} */ generated, /** @type {Rule} */ rule, /** @type {number} */ share) {
  const counts = histogram(Float64Array.from(generated, rule.chance), 0, 1, BINS);
  const plot = Plot.on(canvas, { x: [0, 1], y: [0, 1.12 * Math.max(...counts)], marks: [] });
  if (!plot) return;
  plot.frame();
  plot.inside(() => {
    bars(plot, counts, 0, 1);
    upright(plot, share);
  });
  const right = share < 0.7;
  plot.word(say("rejection.mean", { share: share.toFixed(2) }), plot.x(share) + (right ? 7 : -7), plot.top + 12, colours().ink, right ? "left" : "right");
}

/**
 * The classifier's confidence in kept (filled) and rejected (outlined) images, each as a share of its own, in nines.
 * @param {HTMLCanvasElement} canvas @param {Float32Array} confidence @param {Float32Array} ratios @param {Rule} rule
 */
export function drawConfidence(canvas, confidence, ratios, rule) {
  const low = 0, high = 6;
  const kept = /** @type {[number, number][]} */ ([]), rejected = /** @type {[number, number][]} */ ([]);
  for (let k = 0; k < ratios.length; k++) {
    const share = rule.chance(ratios[k]); // a sample counts on each side by its chance: no coin to flicker
    kept.push([nines(confidence[k]), share]);
    rejected.push([nines(confidence[k]), 1 - share]);
  }
  const ours = weighedHistogram(kept, low, high, BINS), theirs = weighedHistogram(rejected, low, high, BINS);
  const plot = Plot.on(canvas, { x: [low, high], y: [0, 1.12 * Math.max(...ours, ...theirs)], marks: [] });
  const medians = { kept: weighedMedian(kept).toFixed(2), rejected: weighedMedian(rejected).toFixed(2) };
  if (plot) {
    plot.frame();
    plot.inside(() => {
      bars(plot, ours, low, high);
      steps(plot, theirs, low, high, { colour: colours().ink, width: 1.8 });
    });
    plot.word(say("rejection.medians", medians), plot.left + 8, plot.top + 14, colours().ink, "left");
  }
  return medians;
}

/** Claimed share of reals against the observed one: the diagonal is right. */
export function drawReliability(/** @type {HTMLCanvasElement} */ canvas, /** @type {{claimed: number[], observed: number[], error: number[]}[]} */ curves) {
  const plot = Plot.on(canvas, { x: [0, 1], y: [0, 1], marks: [0, 0.5, 1] });
  if (!plot) return;
  plot.frame();
  const { context } = plot;
  plot.inside(() => {
    plot.line([0, 1], [0, 1], { ...LINES.exact(), width: 1.6 });
    curves.forEach(({ claimed, observed, error }, place) => {
      const colour = place === 0 ? colours().critic : colours().ink3;
      plot.line(claimed, observed, { colour, width: place === 0 ? 2.2 : 1.4 });
      context.fillStyle = context.strokeStyle = colour;
      context.lineWidth = 1;
      claimed.forEach((x, k) => {
        context.beginPath();
        context.moveTo(plot.x(x), plot.y(observed[k] - 2 * error[k]));
        context.lineTo(plot.x(x), plot.y(observed[k] + 2 * error[k]));
        context.stroke();
        context.beginPath();
        context.arc(plot.x(x), plot.y(observed[k]), place === 0 ? 3 : 2, 0, 7);
        context.fill();
      });
    });
  });
}

/** The true log-ratio at generated samples against the learned one. */
export function drawTruth(/** @type {HTMLCanvasElement} */ canvas, /** @type {Float32Array} */ truth, /** @type {Float32Array} */ learned) {
  const [low, high] = truthAxis(truth);
  const plot = Plot.on(canvas, { x: [low, high], y: [low, high] });
  if (!plot) return;
  plot.frame();
  const { context } = plot;
  plot.inside(() => {
    plot.line([low, high], [low, high], LINES.exact());
    context.fillStyle = faint(colours().critic, 0.6);
    for (let k = 0; k < truth.length; k++) {
      context.beginPath();
      context.arc(plot.x(Math.max(low, truth[k])), plot.y(Math.max(low, learned[k])), 2.4, 0, 7);
      context.fill();
    }
  });
  plot.word(say("rejection.truth_y"), plot.left + 6, plot.top + 12, colours().critic, "left");
  plot.word(say("rejection.truth_x"), plot.right - 4, plot.bottom - 6, colours().ink);
}

/** Filled bars of a histogram, in the generator's hue. */
function bars(/** @type {Plot} */ plot, /** @type {Float64Array} */ shares, /** @type {number} */ low, /** @type {number} */ high) {
  const { context } = plot;
  context.fillStyle = faint(colours().generated, 0.85);
  const wide = (high - low) / shares.length;
  shares.forEach((share, bin) => {
    const left = Math.round(plot.x(low + bin * wide)), right = Math.round(plot.x(low + (bin + 1) * wide));
    context.fillRect(left, plot.y(share), right - left, plot.bottom - plot.y(share));
  });
}

/** The outline of a histogram. */
function steps(/** @type {Plot} */ plot, /** @type {Float64Array} */ shares, /** @type {number} */ low, /** @type {number} */ high, /** @type {import("../plot.js").Stroke} */ stroke) {
  const wide = (high - low) / shares.length;
  const xs = /** @type {number[]} */ ([]), ys = /** @type {number[]} */ ([]);
  shares.forEach((share, bin) => {
    xs.push(low + bin * wide, low + (bin + 1) * wide);
    ys.push(share, share);
  });
  plot.line(xs, ys, stroke);
}

/** An upright dashed line over the whole height: an exact value. */
function upright(/** @type {Plot} */ plot, /** @type {number} */ x) {
  plot.line([x, x], [plot.axes.y[0], plot.axes.y[1]], { ...LINES.exact(), dash: [5, 3], width: 2 });
}
