/** What the charts are drawn with: a frame with axes, lines, bands, the tint of a gap, the mark of now. */

import { power } from "./exact.js";
import { decades, roundUp, tick, ticks } from "./numbers.js";
import { colours, faint, font, halo, hatch, presenting, surface } from "./surface.js";

/**
 * @typedef {Object} Axes
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {boolean} [log] y in decades
 * @property {string} [top] a word at the upper end of y, as "max"
 * @property {number[]} [marks] y ticks, where they are not to be found
 */

/** @typedef {{colour: string, width?: number, dash?: number[], round?: boolean}} Stroke */

export const LINES = {
  /** Exact truth. */
  exact: () => ({ colour: colours().ink, width: 2.4, dash: [7, 4] }),
  /** A numerical reference, marked ≈. */
  reference: () => ({ colour: colours().ink, width: 2.6, dash: [0.1, 4.6], round: true }),
  critic: () => ({ colour: colours().critic, width: 2.6 }),
  generator: () => ({ colour: colours().generated, width: 2.2 }),
  measured: () => ({ colour: colours().ink, width: 2.2 }),
};

/** A step axis: from 0 to the next of 1, 2, 5 times a power of ten, so that it grows rarely. */
export function stepAxis(/** @type {number} */ step) {
  return /** @type {[number, number]} */ ([0, roundUp(Math.max(step, 100))]);
}

/** One drawing of one chart. */
export class Plot {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Axes} axes
   * @returns {Plot|null} null while out of sight
   */
  static on(canvas, axes) {
    const ground = surface(canvas);
    return ground ? new Plot(ground, axes) : null;
  }

  constructor(/** @type {NonNullable<ReturnType<typeof surface>>} */ ground, /** @type {Axes} */ axes) {
    this.context = ground.context;
    this.ratio = ground.ratio;
    this.axes = axes;
    const large = presenting() ? 2 : 1;
    this.size = 12 * large;
    this.thick = large;
    const [low, high] = axes.y;
    const tall = ground.height - 28 * large;
    this.marks = axes.marks ?? (axes.log ? decades(low, high) : ticks(low, high, tall < 90 * large ? 2 : 4));
    this.context.font = font(this.size);
    const beside = [...this.marks.map((value) => this.mark(value)), axes.top ?? ""];
    const widest = Math.max(...beside.map((text) => this.context.measureText(text).width));
    this.left = Math.max(38 * large, Math.ceil(widest) + 10);
    this.right = ground.width - 12;
    this.top = 8 * large;
    this.bottom = ground.height - 20 * large;
    this.context.clearRect(0, 0, ground.width, ground.height);
  }

  /** The text of a tick of y. */
  mark(/** @type {number} */ value) {
    return this.axes.log ? power(value) : tick(value, this.marks);
  }

  x(/** @type {number} */ value) {
    const [low, high] = this.axes.x;
    return this.left + ((value - low) / (high - low)) * (this.right - this.left);
  }

  y(/** @type {number} */ value) {
    const [low, high] = this.axes.y;
    const share = this.axes.log
      ? (Math.log10(Math.max(value, 1e-300)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
      : (value - low) / (high - low);
    // Far outside, a canvas cannot stroke: the clip hides the difference.
    return this.bottom - Math.max(-50, Math.min(50, share)) * (this.bottom - this.top);
  }

  /** The step under a place on the canvas, or NaN. */
  stepAt(/** @type {number} */ px) {
    const share = (px - this.left) / (this.right - this.left);
    return share < -0.02 || share > 1.02 ? NaN : this.axes.x[0] + share * (this.axes.x[1] - this.axes.x[0]);
  }

  /** Grid lines and ticks. */
  frame({ steps = true } = {}) {
    const { context } = this;
    const paint = colours();
    const high = this.axes.y[1];
    context.font = font(this.size);
    context.lineWidth = 1;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of this.marks) {
      const y = Math.round(this.y(value)) + 0.5;
      context.strokeStyle = paint.rule;
      context.beginPath();
      context.moveTo(this.left, y);
      context.lineTo(this.right, y);
      context.stroke();
      const crowded = this.axes.top && Math.abs(this.y(value) - this.y(high)) < this.size;
      context.fillStyle = paint.ink3;
      if (!crowded) context.fillText(this.mark(value), this.left - 7, y);
    }
    if (this.axes.top) {
      const y = Math.round(this.y(high)) + 0.5;
      context.strokeStyle = paint.rule;
      context.beginPath();
      context.moveTo(this.left, y);
      context.lineTo(this.right, y);
      context.stroke();
      context.fillStyle = paint.ink3;
      context.fillText(this.axes.top, this.left - 7, y);
    }
    if (steps) this.steps(paint);
  }

  steps(/** @type {import("./surface.js").Colours} */ paint) {
    const { context } = this;
    const room = this.right - this.left, [low, high] = this.axes.x;
    const widthOf = (/** @type {number[]} */ found) => found.reduce((sum, value) => sum + this.context.measureText(tick(value, found)).width, 0);
    let marks = ticks(low, high, room < 260 * this.thick ? 3 : 5);
    if (1.4 * widthOf(marks) > room) marks = ticks(low, high, 2); // numbers must not run into one another
    context.textBaseline = "top";
    context.fillStyle = paint.ink3;
    context.strokeStyle = paint.rule;
    marks.forEach((value) => {
      const x = Math.round(this.x(value)) + 0.5;
      const first = value === this.axes.x[0], last = value === this.axes.x[1];
      context.textAlign = first ? "left" : last ? "right" : "center";
      context.fillText(tick(value, marks), first ? this.left - 3 : last ? x + 4 : x, this.bottom + 5);
    });
  }

  /** Everything `draw` does is cut at the frame. */
  inside(/** @type {() => void} */ draw) {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(this.left - 5, this.top - 2, this.right - this.left + 11, this.bottom - this.top + 4);
    context.clip();
    draw();
    context.restore();
  }

  /**
   * A line through the points that are known; an infinity breaks it. Where many fall on one pixel
   * column, that column's first, least, greatest and last are drawn: what is seen is the same.
   */
  line(/** @type {ArrayLike<number>} */ xs, /** @type {ArrayLike<number>} */ ys, /** @type {Stroke} */ stroke) {
    const { context } = this;
    context.beginPath();
    let drawing = false, column = NaN, low = 0, high = 0, last = 0;
    const flush = () => {
      if (Number.isNaN(column)) return;
      if (low !== last) context.lineTo(column, low);
      if (high !== last) context.lineTo(column, high);
      context.lineTo(column, last);
      column = NaN;
    };
    for (let k = 0; k < xs.length; k++) {
      if (Number.isNaN(ys[k])) continue;
      if (!Number.isFinite(ys[k])) {
        flush();
        drawing = false;
        continue;
      }
      const x = this.x(xs[k]), y = this.y(ys[k]);
      if (!drawing) context.moveTo(x, y);
      else if (Math.abs(x - column) < 0.75) {
        if (y < low) low = y;
        if (y > high) high = y;
        last = y;
        continue;
      } else {
        flush();
        context.lineTo(x, y);
      }
      drawing = true;
      column = x;
      low = high = last = y;
    }
    flush();
    this.stroke(stroke);
  }

  stroke(/** @type {Stroke} */ { colour, width = 2.2, dash = [], round = false }) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width * (this.thick > 1 ? 2 : 1);
    context.lineJoin = "round";
    context.lineCap = round ? "round" : "butt";
    context.setLineDash(dash.map((part) => part * (this.thick > 1 ? 2 : 1)));
    context.stroke();
    context.setLineDash([]);
    context.lineCap = "butt";
  }

  /** The tint between a bound and the truth above it; nothing where the bound is not below. */
  gap(/** @type {number[]} */ xs, /** @type {number[]} */ below, /** @type {number[]} */ above) {
    const { context } = this;
    context.fillStyle = faint(colours().critic, 0.13);
    /** @type {number[]} */
    let run = [];
    const flush = () => {
      if (run.length > 1) {
        context.beginPath();
        run.forEach((k, at) => (at ? context.lineTo(this.x(xs[k]), this.y(above[k])) : context.moveTo(this.x(xs[k]), this.y(above[k]))));
        [...run].reverse().forEach((k) => context.lineTo(this.x(xs[k]), this.y(below[k])));
        context.fill();
      }
      run = [];
    };
    for (let k = 0; k < xs.length; k++) {
      if (Number.isNaN(above[k]) || Number.isNaN(below[k])) continue; // a row that was not measured
      if (above[k] >= below[k] && above[k] < Infinity) run.push(k);
      else flush();
    }
    flush();
  }

  /** The noise floor: a hatched band with edges, over the whole width. */
  band(/** @type {number} */ low, /** @type {number} */ high) {
    const { context } = this;
    const paint = colours();
    const top = this.y(high), bottom = this.y(low);
    context.fillStyle = hatch(context, paint.ink3, this.ratio);
    context.fillRect(this.left, top, this.right - this.left, bottom - top);
    context.fillStyle = paint.ink3;
    context.fillRect(this.left, Math.round(top), this.right - this.left, this.thick);
    context.fillRect(this.left, Math.round(bottom), this.right - this.left, this.thick);
  }

  /** The mark of now: a dot with a paper halo; at the frame's edge a wedge that points to where the value is. */
  now(/** @type {number} */ step, /** @type {number} */ value, /** @type {string} */ colour) {
    if (!Number.isFinite(value) || !Number.isFinite(step)) return;
    const { context } = this;
    const x = this.x(step), y = this.y(value);
    context.fillStyle = colour;
    context.strokeStyle = colours().paper;
    context.lineWidth = 1.5 * this.thick;
    context.beginPath();
    if (y < this.top - 1 || y > this.bottom + 1) {
      const edge = y < this.top ? this.top : this.bottom, way = y < this.top ? 1 : -1;
      context.moveTo(x, edge);
      context.lineTo(x - 4.5, edge + 7 * way);
      context.lineTo(x + 4.5, edge + 7 * way);
      context.closePath();
    } else context.arc(x, y, 4 * this.thick, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  /** A word on the chart, with a halo. */
  word(/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ colour, /** @type {CanvasTextAlign} */ align = "right", bold = true) {
    const { context } = this;
    context.font = font(this.size, bold);
    context.textAlign = align;
    context.textBaseline = "alphabetic";
    const { width } = context.measureText(text);
    const left = x - { left: 0, center: 0.5, right: 1, start: 0, end: 1 }[align] * width;
    const within = Math.max(2, Math.min(this.right + 10 - width, left)); // a long word stays in the picture
    halo(context, text, x + within - left, y, colour, colours().paper);
  }

  /**
   * A remark at the right, where no line runs: on `ground` (the frame's foot, or the edge of a band) if
   * there is room, else above the lines; nowhere if there is none.
   */
  remark(/** @type {string} */ text, /** @type {string} */ colour, /** @type {number[]} */ xs, /** @type {number[][]} */ lines, ground = this.bottom) {
    this.context.font = font(this.size, true);
    const left = this.right - this.context.measureText(text).width - 6;
    let high = Infinity, low = -Infinity;
    for (const line of lines) {
      for (let k = 0; k < xs.length; k++) {
        if (!Number.isFinite(line[k]) || this.x(xs[k]) < left) continue;
        const y = Math.max(this.top, Math.min(this.bottom, this.y(line[k])));
        if (y < high) high = y;
        if (y > low) low = y;
      }
    }
    const free = (/** @type {number} */ y) => y - this.size > this.top - 4 && (y < high - 9 || y - this.size > low + 8);
    const y = [ground - 6, Math.min(high - 10, ground - 6), this.top + this.size + 2].find(free);
    if (y !== undefined && y < ground) this.word(text, this.right, y, colour);
  }

  /** A thin upright where the objective changed. */
  change(/** @type {number} */ step) {
    if (!(step > 0)) return;
    const { context } = this;
    context.beginPath();
    context.moveTo(this.x(step), this.top);
    context.lineTo(this.x(step), this.bottom);
    this.stroke({ colour: colours().ink3, width: 1, dash: [2, 3] });
  }

  /** A sentence over the frame, in as many lines as it needs. */
  lines(/** @type {string} */ text, /** @type {string} */ colour) {
    const { context } = this;
    context.font = font(this.size, true);
    const room = this.right - this.left - 16;
    const rows = [""];
    for (const word of text.split(" ")) {
      const longer = `${rows[rows.length - 1]} ${word}`.trim();
      if (context.measureText(longer).width > room) rows.push(word);
      else rows[rows.length - 1] = longer;
    }
    const step = this.size * 1.4;
    rows.forEach((row, k) => this.word(row, this.right - 4, this.bottom - 8 - (rows.length - 1 - k) * step, colour));
  }

  /** The step a visitor points at, on this chart or another. */
  pointer(/** @type {number} */ step) {
    if (Number.isNaN(step)) return;
    const { context } = this;
    context.fillStyle = faint(colours().ink, 0.5);
    context.fillRect(Math.round(this.x(step)), this.top, 1, this.bottom - this.top);
  }
}
