/**
 * The live charts. Each is one persistent canvas, redrawn only when the run's history gained rows (or
 * size, theme, language or pointer changed). Axes stand still while a run plays: a chart's range is
 * fixed by its objective, or set once by the first values; it changes on Reset, or when asked.
 */

import { Card } from "./card.js";
import { say } from "./language.js";
import { ABOUT, percent, readOut, roundTop, short, whole } from "./numbers.js";
import { drawPath } from "./path.js";
import { LINES, Plot, stepAxis } from "./plot.js";
import { parts } from "./sentence.js";
import { colours } from "./surface.js";

/** @typedef {import("./frame.js").Picture} Picture */
/** @typedef {{parameter: any, steps: boolean, practical: boolean, range: [number, number|null]|null}} Objective */

const LOSSES = /** @type {[number, number]} */ ([-2, 2]);
const GRADIENTS = /** @type {[number, number]} */ ([1e-4, 1e2]);

export class Charts {
  /**
   * @param {HTMLElement} root holds one `[data-chart]` card for each chart
   */
  constructor(root) {
    /** @type {Record<string, Card>} */
    this.cards = {};
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-chart]"))) {
      this.cards[/** @type {string} */ (element.dataset.chart)] = new Card(element);
    }
    /** Ranges set so far in this run, by chart. @type {Record<string, [number, number]>} */
    this.ranges = {};
    this.pointed = NaN;
    this.shown = "losses";
    /** The step the objective in force came at: what was measured before is of another quantity. */
    this.since = 0;
    this.objective = /** @type {{name: string, word: string, about: Objective}|null} */ (null);
    /** @type {Picture|null} */
    this.picture = null;
    for (const [name, card] of Object.entries(this.cards)) {
      card.canvas.addEventListener("pointermove", (event) => this.point(card.plot?.stepAt(event.offsetX) ?? NaN));
      card.canvas.addEventListener("pointerleave", () => this.point(NaN));
      card.fit.addEventListener("click", () => {
        this.ranges[this.rangeKey(name)] = this.wanted(name);
        this.draw();
      });
    }
  }

  /** Which ranges a run begins with: none; called on Reset and on a change of objective. */
  forget() {
    this.ranges = {};
  }

  /** Losses or gradient norms on the last chart. */
  show(/** @type {string} */ which) {
    this.shown = which;
    this.draw();
  }

  point(/** @type {number} */ step) {
    if (Object.is(step, this.pointed)) return;
    this.pointed = step;
    this.draw();
  }

  rangeKey(/** @type {string} */ name) {
    return name === "losses" ? this.shown : name;
  }

  /** Draw every chart that has something to say, and put the others away. */
  draw(picture = this.picture) {
    if (!picture) return;
    this.picture = picture;
    const { history, header } = picture;
    const seen = {
      apart: !Number.isNaN(header.bound?.value ?? NaN) || some(history.columns.bound),
      distance: true,
      modes: header.centres > 0, // its place is kept from the first picture on, before they are counted
      path: some(history.columns.mu),
      losses: true,
    };
    for (const [name, card] of Object.entries(this.cards)) card.element.hidden = !seen[/** @type {keyof typeof seen} */ (name)];
    if (seen.apart) this.apart(picture);
    this.distance(picture);
    if (seen.modes) this.modes(picture);
    if (seen.path) this.path(picture);
    this.losses(picture);
  }

  /** The row a readout speaks of: the pointed step's, else the last. */
  row(/** @type {number[]|undefined} */ steps) {
    if (!steps?.length) return -1;
    if (Number.isNaN(this.pointed)) return steps.length - 1;
    let best = 0;
    for (let k = 1; k < steps.length; k++) if (Math.abs(steps[k] - this.pointed) < Math.abs(steps[best] - this.pointed)) best = k;
    return best;
  }

  // --- how far apart ---------------------------------------------------------------------------

  apart(/** @type {Picture} */ picture) {
    const card = this.cards.apart;
    const { bound, exact } = picture.header;
    const { steps, low, high, truth } = this.sides(picture);
    const divergence = this.objective?.about.steps ?? true;
    const known = exact.certainty !== "unknown";
    const sign = exact.certainty === "approximate" ? ABOUT : "";
    const row = this.row(steps), past = !Number.isNaN(this.pointed) && row >= 0;

    card.unit(`${this.objective?.word ?? ""}${divergence ? `, ${say("page.nats")}` : ""}${past ? ` · ${this.at(steps[row])}` : ""}`);
    card.label("bound", say(divergence ? "page.lower_bound" : "page.dual_value"));
    card.value("bound", past ? short(low[row]) : readOut(bound));
    card.label("exact", say(exact.certainty === "approximate" ? "page.reference" : divergence ? "page.exact_value" : "page.exact_w1"));
    card.value("exact", past && Number.isFinite(high[row]) ? sign + short(high[row]) : readOut(exact));
    card.show("exact", known);
    card.mark("exact", exact.certainty === "approximate" ? "reference" : "exact");

    const given = this.objective?.about.range;
    const range = this.range("apart", () => {
      if (given && given[1] !== null) return [given[0], given[1]];
      const start = truth.values[0] ?? (Number.isFinite(exact.value) ? exact.value : 0);
      if (divergence) return steps.length || start ? [0, Math.max(1, Math.min(2, roundTop(1.2 * start)))] : null;
      // A transport distance has no scale of its own: its first values set one.
      return low.filter(Number.isFinite).length < 8 ? null : this.wanted("apart");
    });
    const whole = given?.[1] !== null && range?.[1] === given?.[1];
    const plot = (card.plot = Plot.on(card.canvas, {
      x: stepAxis(picture.step), y: range ?? [0, 2], top: whole ? say("page.max") : undefined,
    }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    const last = steps.length - 1;
    plot.inside(() => {
      plot.gap(steps, low, high);
      plot.line(truth.steps, truth.values, exact.certainty === "approximate" ? LINES.reference() : LINES.exact());
      plot.line(steps, low, LINES.critic());
      plot.change(this.since);
      plot.now(steps[last], low[last], paint.critic);
      plot.now(truth.steps[truth.steps.length - 1], truth.values[truth.values.length - 1], paint.ink);
    });
    plot.pointer(this.pointed);
    // Both sides at one step: a truth that is measured rarely lags behind the bound.
    let pair = last;
    while (pair >= 0 && !Number.isFinite(high[pair])) pair--;
    const above = pair >= 0 ? low[pair] - high[pair] : NaN;
    if (exact.certainty === "infinite") this.infinite(plot, exact.why);
    else if (above > 0) plot.remark(say(divergence ? "page.above_by_chance" : "page.above_too_steep", { by: short(above, 2) }), paint.critic, steps, [low, high]);
    else if (range && -above > 0.03 * (range[1] - range[0])) plot.remark(say("page.shaded"), paint.critic, steps, [low, high]);
    if (range && truth.values[0] > range[1] * 1.001) {
      const text = say(exact.certainty === "approximate" ? "page.reference_starts_at" : "page.starts_at", { value: short(truth.values[0], 2) });
      plot.word(`↖ ${text}`, plot.x(truth.steps[0]) + 12, plot.top + plot.size + 2, paint.ink2, "left");
    }
    card.offer(this.strays("apart", range, [low[last], ...truth.values.slice(-1)]));
    card.describe(`${say("page.apart")} ${readOut(bound)}, ${readOut(exact)}`);
  }

  /**
   * The two sides of the chart since the objective last changed: the bound row by row; the truth at its own
   * steps, and `high`, the same on the bound's rows (between two readings, along the line that is drawn).
   */
  sides(/** @type {Picture} */ picture) {
    const { columns, transports } = picture.history;
    const from = (columns.step ?? []).findIndex((step) => step >= this.since);
    const cut = (/** @type {number[]|undefined} */ column) => (from < 0 ? [] : (column ?? []).slice(from));
    const steps = cut(columns.step), low = cut(columns.bound), rows = cut(columns.exact);
    if (some(rows)) {
      const kept = steps.map((_, k) => k).filter((k) => Number.isFinite(rows[k]));
      return { steps, low, high: rows, truth: { steps: kept.map((k) => steps[k]), values: kept.map((k) => rows[k]) } };
    }
    const found = transports.filter((row) => row.step >= this.since && Number.isFinite(row.divergence));
    const truth = { steps: found.map((row) => row.step), values: found.map((row) => row.divergence) };
    return { steps, low, high: along(steps, truth.steps, truth.values), truth };
  }

  /** Where the truth is infinite: the word and why, in the room of the line. */
  infinite(/** @type {Plot} */ plot, /** @type {import("./frame.js").Note|null} */ why) {
    const words = why ? parts(say(why.key, why.values)) : { statement: "", reason: "" };
    const text = `${words.statement} ${words.reason}`.trim();
    plot.lines(`${say("page.infinite")} ${text}`.trim(), colours().ink2);
  }

  // --- transport distance ----------------------------------------------------------------------

  distance(/** @type {Picture} */ picture) {
    const card = this.cards.distance;
    const flat = picture.dim === 1;
    const rows = picture.history.transports;
    const order = flat ? "w1" : "w2";
    card.order(flat ? "1" : "2");
    const steps = rows.map((row) => row.step), values = rows.map((row) => row[order]);
    const exact = rows.map((row) => row.exact_w1), truth = flat && some(exact);
    const row = this.row(steps), latest = rows[row];
    const floor = latest?.[`floor_${order}`] ?? [NaN, NaN];
    const past = !Number.isNaN(this.pointed) && row >= 0;
    card.unit(latest ? `${say("page.points", { n: whole(latest.n) })}${past ? ` · ${this.at(steps[row])}` : ""}` : say("page.first_measure"));
    card.label("now", say(truth ? "page.exact_value" : past ? "page.then" : "page.now"));
    card.mark("now", truth ? "exact" : "measured");
    card.value("now", short(truth ? exact[row] ?? NaN : values[row] ?? NaN));
    card.value("floor", latest ? short(floor[1], 2) : "–");

    const range = this.range("distance", () => (rows.length ? [0, roundTop(1.25 * Math.max(values[0], 2 * floor[1]))] : null));
    const plot = (card.plot = Plot.on(card.canvas, { x: stepAxis(picture.step), y: range ?? [0, 2] }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    plot.inside(() => {
      if (latest) plot.band(floor[0], floor[1]);
      plot.line(steps, values, truth ? { colour: paint.ink3, width: 1.4 } : LINES.measured());
      if (truth) plot.line(steps, exact, LINES.exact());
      const last = rows.length - 1;
      if (last >= 0) plot.now(steps[last], truth ? exact[last] : values[last], paint.ink);
    });
    plot.pointer(this.pointed);
    // Named on the band itself, where nothing else runs.
    if (latest) plot.remark(say("page.two_draws"), paint.ink2, steps, [values, exact], plot.y(floor[1]));
    card.offer(this.strays("distance", range, truth ? exact.slice(-1) : values.slice(-1)));
    card.describe(`${say("page.distance")} ${short(values[row] ?? NaN)}, ${say("page.noise_floor")} ${short(floor[1], 2)}`);
  }

  // --- modes -----------------------------------------------------------------------------------

  modes(/** @type {Picture} */ picture) {
    const card = this.cards.modes;
    const rows = picture.history.modes;
    const latest = rows[this.row(rows.map((each) => each.step))];
    const count = picture.header.centres;
    const shares = (latest?.counts ?? []).map((/** @type {number} */ hits) => hits / latest.n);
    const found = shares.filter((/** @type {number} */ share) => share >= FOUND).length;
    const past = latest && !Number.isNaN(this.pointed);
    card.unit(say("page.share_near_centre") + (past ? ` · ${this.at(latest.step)}` : ""));
    card.value("found", latest ? `${found}/${count}` : `–/${count}`);
    card.value("share", latest ? percent(latest.high_quality) : "–");
    card.value("kl", latest ? short(latest.kl, 2) : "–");
    card.value("sd", latest ? short(latest.sd_ratio, 2) : "–");
    const top = Math.min(1, 3 / count);
    const plot = (card.plot = Plot.on(card.canvas, { x: [0, count], y: [0, top], marks: [0] }));
    if (!plot) return;
    plot.frame({ steps: false });
    const { context } = plot;
    const paint = colours();
    const wide = plot.x(1) - plot.x(0), bar = wide * 0.74;
    context.textAlign = "center";
    context.textBaseline = "top";
    shares.forEach((/** @type {number} */ share, /** @type {number} */ k) => {
      const x = plot.x(k + 0.5), y = Math.max(plot.top, plot.y(share));
      context.fillStyle = paint.generated;
      context.fillRect(x - bar / 2, y, bar, plot.bottom - y);
      context.fillStyle = paint.ink3;
      if (count <= 12 || k % 5 === 4 || k === 0) context.fillText(String(k + 1), x, plot.bottom + 5);
      if (share > top) plot.word(percent(share), x, plot.top + plot.size + 2, paint.ink, "center");
      context.textBaseline = "top";
    });
    context.beginPath();
    context.moveTo(plot.left, plot.y(1 / count));
    context.lineTo(plot.right, plot.y(1 / count));
    plot.stroke(LINES.exact());
    context.fillStyle = paint.ink3;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(`1/${count}`, plot.left - 7, plot.y(1 / count));
    card.plot = null; // its axis is modes, not steps
    card.describe(latest ? `${say("page.modes")} ${found}/${count}, ${say("page.within_4_sd")} ${percent(latest.high_quality)}` : say("page.modes"));
  }

  // --- the generator's path --------------------------------------------------------------------

  path(/** @type {Picture} */ picture) {
    const card = this.cards.path;
    card.unit(say("page.path_unit"));
    const soon = (this.objective?.about.steps ?? true) && !picture.values("landscape.value");
    drawPath(card.canvas, picture, this.row(picture.history.columns.step), soon);
    card.describe(say("page.path"));
  }

  // --- losses or gradient norms ----------------------------------------------------------------

  losses(/** @type {Picture} */ picture) {
    const card = this.cards.losses;
    const { columns } = picture.history;
    const steps = columns.step ?? [];
    const log = this.shown === "gradients";
    const suffix = log ? "gradient" : "loss";
    const critic = columns[`critic_${suffix}`] ?? [], generator = columns[`generator_${suffix}`] ?? [];
    const row = this.row(steps), past = !Number.isNaN(this.pointed) && row >= 0;
    card.title(say(log ? "page.gradients" : "page.losses"));
    card.unit((log ? say("page.norms") : "") + (past ? `${log ? " · " : ""}${this.at(steps[row])}` : ""));
    card.value("critic", short(critic[row] ?? NaN));
    card.value("generator", short(generator[row] ?? NaN));
    const wild = !log && this.objective !== null && !this.objective.about.steps && this.objective.about.parameter !== null;
    const range = this.range(this.shown, () => {
      if (log) return GRADIENTS;
      if (!wild) return LOSSES;
      return steps.length < 6 ? null : this.wanted("losses");
    });
    const plot = (card.plot = Plot.on(card.canvas, { x: stepAxis(picture.step), y: range ?? LOSSES, log }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    plot.inside(() => {
      plot.change(this.since);
      plot.line(steps, generator, LINES.generator());
      plot.line(steps, critic, LINES.critic());
      const last = steps.length - 1;
      if (last >= 0) plot.now(steps[last], generator[last], paint.generated);
      if (last >= 0) plot.now(steps[last], critic[last], paint.critic);
    });
    plot.pointer(this.pointed);
    card.offer(this.strays(this.shown, range, [...critic.slice(-1), ...generator.slice(-1)]));
    card.describe(`${say("page.critic")} ${short(critic[row] ?? NaN)}, ${say("page.generator")} ${short(generator[row] ?? NaN)}`);
  }

  // --- ranges ----------------------------------------------------------------------------------

  at(/** @type {number} */ step) {
    return say("page.at_step", { step: whole(step) });
  }

  /** The chart's range: the one it has, else what `first` makes of the first values; null until there are any. */
  range(/** @type {string} */ key, /** @type {() => [number, number]|null} */ first) {
    if (!this.ranges[key]) {
      const found = first();
      if (found) this.ranges[key] = found;
    }
    return this.ranges[key] ?? null;
  }

  /** Whether the latest values leave the range, or use so little of it that nothing can be read. */
  strays(/** @type {string} */ key, /** @type {[number, number]|null} */ range, /** @type {number[]} */ latest) {
    const found = latest.filter(Number.isFinite);
    if (!range || !found.length) return false;
    const most = Math.max(...found), least = Math.min(...found);
    if (most > range[1] || least < range[0]) return true;
    return key !== "gradients" && key !== "losses" && most - range[0] < 0.15 * (range[1] - range[0]);
  }

  /** The range that the last half of the run asks for. */
  wanted(/** @type {string} */ name) {
    const picture = /** @type {Picture} */ (this.picture);
    const { columns, transports } = picture.history;
    const pick = {
      apart: [this.sides(picture).low, this.sides(picture).high],
      distance: [transports.map((row) => row[picture.dim === 1 ? "w1" : "w2"]), transports.map((row) => row.floor_w2[1])],
      losses: [columns.critic_loss, columns.generator_loss],
      gradients: [columns.critic_gradient, columns.generator_gradient],
    }[this.rangeKey(name)] ?? [];
    const values = pick.flatMap((column) => (column ?? []).slice(-Math.ceil((column?.length ?? 0) / 2))).filter(Number.isFinite);
    const most = values.reduce((a, b) => Math.max(a, b), 0), least = values.reduce((a, b) => Math.min(a, b), 0);
    if (this.rangeKey(name) === "gradients") {
      const decade = (/** @type {number} */ x) => 10 ** x;
      const positive = values.filter((value) => value > 0);
      return /** @type {[number, number]} */ ([
        decade(Math.floor(Math.log10(positive.reduce((a, b) => Math.min(a, b), 1e-2)))),
        decade(Math.ceil(Math.log10(positive.reduce((a, b) => Math.max(a, b), 1)))),
      ]);
    }
    return /** @type {[number, number]} */ ([least < 0 ? -roundTop(-1.1 * least) : 0, most > 0 ? roundTop(1.1 * most) : least < 0 ? 0 : 1]);
  }
}

/** A mode is found by this share of the sample: 100 of 10,000, as in scores.py. */
const FOUND = 0.01;

/** Values at `steps` along the line through the points; NaN outside of it. */
function along(/** @type {number[]} */ steps, /** @type {number[]} */ xs, /** @type {number[]} */ ys) {
  let k = 0;
  return steps.map((step) => {
    while (k < xs.length - 2 && xs[k + 1] < step) k++;
    if (!xs.length || step < xs[0] || step > xs[xs.length - 1]) return NaN;
    if (xs.length === 1) return ys[0];
    return ys[k] + ((ys[k + 1] - ys[k]) * (step - xs[k])) / (xs[k + 1] - xs[k]);
  });
}

const some = (/** @type {ArrayLike<number>|undefined} */ values) => Boolean(values && Array.prototype.some.call(values, Number.isFinite));
