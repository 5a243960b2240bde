/**
 * Lipschitz: the value surface of a clipped critic above, of a penalised one below, and how steep each is
 * between samples; or the gradient through twelve layers. Both are trained on the server while one watches.
 */

import { contours } from "../contours.js";
import { float64, read } from "../exact.js";
import { put, say } from "../language.js";
import { percent, roundTop } from "../numbers.js";
import { Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { Trained, readOuts } from "../training.js";

const LEVELS = 16, SLOPES = 2;
const DEEP = ["wgan(0.1)", "wgan(0.01)", "wgan(0.001)", "wgan-gp(10)"];

export default class Lipschitz extends Trained {
  get what() {
    return this.values.scene;
  }

  get of() {
    return this.values.scene === "layers" ? "layers" : super.of;
  }

  draw() {
    super.draw();
    if (this.values.scene === "layers") {
      this.drawNorms();
      this.drawWeights();
      return;
    }
    for (const which of ["clip", "penalty"]) {
      this.drawSurface(which);
      this.drawSlopes(which);
      const name = which === "clip" ? say("lipschitz.name_clip", { c: this.values.clip }) : say("lipschitz.name_penalty", { weight: this.values.weight });
      put(this.find(`.surface-row.${which} .name`), name);
    }
  }

  drawSurface(/** @type {string} */ which) {
    const { picture } = this, half = picture?.half ?? 2.6;
    const plot = Plot.on(this.canvas(`field-${which}`), { x: [-half, half], y: [-half, half], marks: [-2, 0, 2] });
    if (!plot) return;
    const paint = colours();
    plot.frame();
    if (picture) {
      const { side } = picture, field = float64(picture[which].field);
      const order = Float64Array.from(field).sort(), middle = order[order.length >> 1];
      const reach = Math.max(order[order.length - 1] - middle, middle - order[0], 1e-30);
      plot.inside(() => {
        ground(plot, field, side, middle, reach, paint.map);
        const { context } = plot;
        const low = order[0], high = order[order.length - 1];
        const levels = Array.from({ length: LEVELS }, (_, k) => low + ((k + 0.5) * (high - low)) / LEVELS);
        const across = (/** @type {number} */ i) => plot.x(-half + (2 * half * i) / (side - 1));
        const up = (/** @type {number} */ j) => plot.y(-half + (2 * half * j) / (side - 1));
        context.beginPath();
        for (const { lines } of contours(field, side, side, levels)) {
          for (const line of lines) {
            for (let k = 0; k < line.length; k += 2) {
              if (k) context.lineTo(across(line[k]), up(line[k + 1]));
              else context.moveTo(across(line[k]), up(line[k + 1]));
            }
          }
        }
        plot.stroke({ colour: faint(paint.ink, 0.45), width: 1 });
        dots(plot, float64(picture.generated), paint.generated, false);
        dots(plot, float64(picture.real), paint.real, true);
      });
    }
  }

  /** How often each slope occurs between samples; the best critic's is 1 everywhere. */
  drawSlopes(/** @type {string} */ which) {
    const { picture } = this;
    const bins = picture ? float64(picture[which].slopes) : new Float64Array(0);
    const beyond = picture ? picture[which].beyond : 0;
    const top = roundTop(Math.max(0.1, ...bins));
    const plot = Plot.on(this.canvas(`slopes-${which}`), { x: [0, SLOPES], y: [0, top] });
    if (!plot) return;
    const paint = colours(), { context } = plot;
    context.fillStyle = faint(paint.ink, 0.08);
    context.fillRect(plot.x(0.9), plot.top, plot.x(1.1) - plot.x(0.9), plot.bottom - plot.top);
    plot.frame();
    plot.inside(() => {
      context.fillStyle = paint.critic;
      const wide = plot.x(SLOPES / bins.length) - plot.x(0);
      bins.forEach((share, k) => context.fillRect(plot.x((SLOPES * k) / bins.length) + 0.5, plot.y(share), wide - 1, plot.bottom - plot.y(share)));
    });
    if (beyond > 0.01) plot.word(say("lipschitz.beyond", { share: percent(beyond) }), plot.right - 4, plot.top + 14, paint.critic);
    if (!picture) return;
    const told = picture[which].measures;
    readOuts(this.find(`.surface-row.${which} .read-outs`), [
      [say("lipschitz.read_within"), percent(told.within)],
      [say("lipschitz.read_slope"), read(told.slope)],
      [say("lipschitz.read_reached", { w1: read(picture.w1) }), read(told.estimate_by_slope)],
      [say("lipschitz.read_dip"), read(told.dip, 2)],
    ]);
  }

  // --- twelve layers ------------------------------------------------------------------------------

  tone(/** @type {number} */ at) {
    const paint = colours();
    return [
      { colour: paint.generated, width: 2.6 },
      { colour: paint.generated, width: 2.2, dash: [7, 4] },
      { colour: paint.generated, width: 2.2, dash: [2, 3] },
      { colour: paint.real, width: 2.8 },
    ][at];
  }

  drawNorms() {
    const { picture } = this;
    const lines = DEEP.map((name) => (picture ? float64(picture.critics[name].norms) : new Float64Array(0)));
    const plot = Plot.on(this.canvas("norms"), { x: [1, 13], y: [-25, 6], marks: [-20, -10, 0] });
    if (!plot) return;
    plot.frame();
    plot.inside(() => lines.forEach((ys, at) => plot.line(Array.from(ys, (_, k) => k + 1), ys, this.tone(at))));
    plot.word(say("lipschitz.decades"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
    plot.word(say("lipschitz.layer"), plot.right - 4, plot.bottom - 6, colours().ink3, "right", false);
    const place = this.find(".names-of");
    if (!place.childElementCount) {
      DEEP.forEach((name, at) => {
        const chip = document.createElement("span"), key = document.createElement("i"), value = document.createElement("b");
        chip.className = `chip-of deep-${at}`;
        chip.append(key, name, value);
        place.append(chip);
      });
    }
    DEEP.forEach((name, at) => {
      const value = place.children[at].querySelector("b");
      if (value) put(value, picture ? read(picture.critics[name].decades, 2) : "");
    });
  }

  drawWeights() {
    const { picture } = this;
    const edge = picture?.edge ?? 0.12;
    const plot = Plot.on(this.canvas("weights-chart"), { x: [-edge, edge], y: [1e-5, 1], log: true });
    if (!plot) return;
    plot.frame();
    if (!picture) return;
    plot.inside(() => DEEP.forEach((name, at) => {
      const shares = float64(picture.critics[name].weights);
      const xs = /** @type {number[]} */ ([]), ys = /** @type {number[]} */ ([]);
      for (let k = 0; k < shares.length; k++) {
        const left = -edge + (2 * edge * k) / shares.length, right = left + (2 * edge) / shares.length;
        xs.push(left, right);
        ys.push(Math.max(shares[k], 1e-7), Math.max(shares[k], 1e-7));
      }
      const { context } = plot;
      context.beginPath();
      xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
      plot.stroke({ ...this.tone(at), width: 1.8 });
    }));
    plot.word(say("lipschitz.share_of_weights"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
  }

  speak() {
    const { picture } = this;
    if (!picture) {
      this.say("opening", () => say("lipschitz.says_opening"));
      return;
    }
    if (this.values.scene === "layers") {
      const decades = Object.fromEntries(DEEP.map((name) => [name, picture.critics[name].decades]));
      this.say(`layers ${picture.step}`, () => say(picture.step ? "lipschitz.says_layers" : "lipschitz.says_layers_start", {
        grows: read(-decades["wgan(0.1)"], 2), dies: read(decades["wgan(0.01)"], 2), flat: read(Math.abs(decades["wgan-gp(10)"]), 1),
      }));
      return;
    }
    const key = picture.step === 0 ? "lipschitz.says_start" : this.values.weight === "10" ? "lipschitz.says_surfaces" : "lipschitz.says_weak";
    this.say(`${this.of} ${picture.step}`, () => say(key, {
      within: percent(picture.penalty.measures.within), slope: read(picture.penalty.measures.slope, 2), clipped: read(picture.clip.measures.slope, 2),
    }));
  }
}

/** The critic's map below everything: one bitmap as small as its grid, stretched. */
function ground(/** @type {Plot} */ plot, /** @type {Float64Array} */ field, /** @type {number} */ side, /** @type {number} */ middle, /** @type {number} */ reach, /** @type {Uint8ClampedArray} */ map) {
  const bitmap = document.createElement("canvas");
  bitmap.width = bitmap.height = side;
  const pen = /** @type {CanvasRenderingContext2D} */ (bitmap.getContext("2d"));
  const image = pen.createImageData(side, side);
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const share = Math.max(-1, Math.min(1, (field[j * side + i] - middle) / reach));
      const from = 3 * Math.round(127.5 + 127.5 * share), to = 4 * ((side - 1 - j) * side + i);
      for (let k = 0; k < 3; k++) image.data[to + k] = map[from + k];
      image.data[to + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
  const cell = (plot.right - plot.left) / (side - 1), rise = (plot.bottom - plot.top) / (side - 1);
  plot.context.imageSmoothingEnabled = true;
  plot.context.drawImage(bitmap, plot.left - cell / 2, plot.top - rise / 2, cell * side, rise * side);
}

/** Samples: rings where real, discs where generated. */
function dots(/** @type {Plot} */ plot, /** @type {Float64Array} */ points, /** @type {string} */ colour, /** @type {boolean} */ ring) {
  const { context } = plot, paint = colours();
  for (let k = 0; k < points.length; k += 2) {
    context.beginPath();
    context.arc(plot.x(points[k]), plot.y(points[k + 1]), ring ? 2.6 : 2, 0, 2 * Math.PI);
    context.fillStyle = ring ? faint(paint.paper, 0.85) : faint(colour, 0.6);
    context.fill();
    if (!ring) continue;
    context.strokeStyle = colour;
    context.lineWidth = 1.4;
    context.stroke();
  }
}
