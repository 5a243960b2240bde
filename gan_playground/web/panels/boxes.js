/**
 * Moving boxes: a plan edited by hand beside the cheapest one and its price list; two clouds of points;
 * a joint distribution. The server finds the cheapest plan; the hand's moves are drawn here.
 */

import { drawArcs } from "../arcs.js";
import { distance, drawClouds, holdCloud } from "../clouds.js";
import { float64, read as readable } from "../exact.js";
import { put, say } from "../language.js";
import { fromTable, listed, places, read, shuffled, stood, swapped, written } from "../moves.js";
import { Panel } from "../panel.js";
import { amount, cellOf, replaced, sum, sumOf } from "../plantable.js";
import { Plot } from "../plot.js";
import { colours, faint, font } from "../surface.js";

const LAST = 12;

/** @typedef {{kind: "box"|"slot"|"head", place: number, from?: number, x: number, y: number, reach: number}} Grip */

export default class Boxes extends Panel {
  /** The server's last word on boxes, clouds and the joint table. @type {any} */
  moved = null;
  /** @type {any} */
  clouds = null;
  /** @type {any} */
  joint = null;
  cloudPicture = { spots: /** @type {[number, number][]} */ ([]), scale: 1 };
  /** @type {Grip[]} */
  grips = [];
  /** @type {{grip: Grip, x: number, y: number}|null} */
  held = null;
  /** Range of prices, which stands still during a drag. */
  prices = /** @type {[number, number]} */ ([0, 12]);
  /** The plan that First plan leads back to. */
  first = "";

  begin() {
    this.first = this.values.plan;
    this.root.addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
    this.holdFloor();
    holdCloud(this, this.cloudPicture);
    this.changed(Object.keys(this.values));
  }

  get scene() {
    return this.values.scene;
  }

  changed(/** @type {string[]} */ keys) {
    if (keys.includes("blur") && this.number("blur") > 0 && keys.length === 1 && this.scene === "boxes") this.values.look = "cheapest";
    this.showControls();
    if (this.scene === "boxes") this.follow("boxes", (answer) => this.take(answer));
    if (this.scene === "clouds") this.follow("clouds", (answer) => (this.clouds = answer));
    if (this.scene === "joint") this.follow("joint", (answer) => (this.joint = answer));
  }

  take(/** @type {any} */ answer) {
    this.moved = answer;
    this.moved.pick_up = float64(answer.pick_up);
    this.moved.delivery = float64(answer.delivery);
    if (!this.dragging) this.measure();
  }

  settled() {
    this.measure();
  }

  measure() {
    if (!this.moved) return;
    const all = [...this.moved.at_boxes, ...this.moved.at_slots, 0];
    const low = Math.min(...all), high = Math.max(...all), room = 0.12 * Math.max(high - low, 1);
    this.prices = [low - room, high + room];
  }

  shown(/** @type {string} */ key) {
    return key === "blur" ? (this.number("blur") ? this.number("blur").toFixed(1) : "0") : super.shown(key);
  }

  // --- buttons ------------------------------------------------------------------------------------

  clicked(/** @type {Element} */ target) {
    const button = /** @type {HTMLElement|null} */ (target.closest("button"));
    if (!button) return;
    const { boxes, slots, plan, add, cell } = button.dataset;
    if (boxes && slots && plan) {
      this.first = plan;
      this.set({ boxes, slots, plan, look: "mine", blur: "0" });
      this.settle();
    } else if (add && cell) {
      const [i, j] = cell.split(",").map(Number);
      if (this.scene === "joint") this.addPart(i, j, Number(add));
      else this.addMove(i, j, Number(add));
    } else {
      this.act(button.dataset.do ?? "");
    }
  }

  act(/** @type {string} */ action) {
    const all = { boxes: places(this.values.boxes), slots: places(this.values.slots) };
    if (action === "another") {
      let plan = this.values.plan;
      for (let tries = 0; tries < 20 && plan === this.values.plan; tries++) plan = written(shuffled(all.boxes, all.slots));
      this.set({ plan, look: "mine" });
    } else if (action === "first") {
      const fits = this.fitsFirst(all);
      this.set(fits ? { plan: this.first, look: "mine" } : { boxes: this.defaults.boxes, slots: this.defaults.slots, plan: this.defaults.plan, look: "mine" });
      this.settle();
    } else if (action === "take" && this.moved) {
      this.set({ plan: written(fromTable(this.moved.best, this.moved.sources, this.moved.targets)), look: "mine" });
    } else if (action === "points") {
      this.set({ seed: String((this.number("seed") + 1) % 10000) });
    } else if (action === "product") {
      this.set({ joint: [4, 2, 1, 1, 4, 2, 1, 1, 4, 2, 1, 1, 4, 2, 1, 1].join(",") });
    } else if (action === "reset-joint") {
      this.set({ joint: this.defaults.joint });
    }
  }

  /** Whether the plan to go back to still moves the boxes that are there. */
  fitsFirst(/** @type {{boxes: number[], slots: number[]}} */ { boxes, slots }) {
    const moves = read(this.first);
    return listed(moves.map((move) => move[0])) === listed(boxes) && listed(moves.map((move) => move[1])) === listed(slots);
  }

  addMove(/** @type {number} */ i, /** @type {number} */ j, /** @type {number} */ way) {
    if (!this.moved) return;
    const from = this.moved.sources[i], to = this.moved.targets[j];
    const moves = read(this.values.plan);
    if (way > 0) moves.push([from, to]);
    else {
      const at = moves.findIndex((move) => move[0] === from && move[1] === to);
      if (at >= 0) moves.splice(at, 1);
    }
    if (moves.length <= 60) this.set({ plan: written(moves), look: "mine" });
  }

  addPart(/** @type {number} */ i, /** @type {number} */ j, /** @type {number} */ way) {
    const table = places(this.values.joint);
    table[4 * i + j] = Math.max(0, Math.min(32, table[4 * i + j] + way));
    if (table.some((part) => part > 0)) this.set({ joint: table.join(",") });
  }

  // --- the floor ----------------------------------------------------------------------------------

  holdFloor() {
    const canvas = this.canvas("floor");
    const near = (/** @type {PointerEvent} */ event) => {
      const more = event.pointerType === "touch" ? 8 : 0;
      const found = this.grips.filter((grip) => Math.hypot(event.offsetX - grip.x, event.offsetY - grip.y) < grip.reach + more);
      return found.sort((a, b) => Math.hypot(event.offsetX - a.x, event.offsetY - a.y) - Math.hypot(event.offsetX - b.x, event.offsetY - b.y))[0];
    };
    canvas.addEventListener("pointerdown", (event) => {
      const grip = near(event);
      if (!grip) return;
      this.held = { grip, x: event.offsetX, y: event.offsetY };
      this.dragging = true;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("touchstart", (event) => this.held && event.preventDefault(), { passive: false });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.held) {
        canvas.style.cursor = near(event) ? "grab" : "";
        return;
      }
      canvas.style.cursor = "grabbing";
      Object.assign(this.held, { x: event.offsetX, y: event.offsetY });
      this.carry();
      this.redraw();
    });
    const drop = () => {
      if (!this.held) return;
      this.held = null;
      this.settle();
    };
    canvas.addEventListener("pointerup", drop);
    canvas.addEventListener("pointercancel", drop);
  }

  /** What is held follows the hand from place to place. */
  carry() {
    if (!this.held || !this.floor) return;
    const { grip, x } = this.held;
    const place = Math.max(0, Math.min(LAST, Math.round(this.floor.stepAt(Math.max(this.floor.left, Math.min(this.floor.right, x))))));
    if (place === grip.place) return;
    const moves = read(this.values.plan);
    if (grip.kind === "head") {
      const slots = places(this.values.slots);
      if (!slots.includes(place)) return;
      this.set({ plan: written(swapped(moves, /** @type {number} */ (grip.from), grip.place, place)), look: "mine" });
    } else {
      const key = grip.kind === "box" ? "boxes" : "slots";
      const next = stood(places(this.values[key]), moves, grip.kind === "box" ? 0 : 1, grip.place, place);
      this.set({ [key]: listed(next.all), plan: written(next.moves), look: "mine" });
    }
    grip.place = place;
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    if (this.scene === "clouds" && this.clouds) drawClouds(this, this.clouds, this.cloudPicture);
    else if (this.scene === "joint") this.drawJoint();
    else if (this.scene === "boxes") {
      this.drawFloor();
      this.fillPlan();
      this.drawPrices();
    }
  }

  /** What is shown on the floor: counts from place to place. */
  get arcs() {
    if (this.moved && this.values.look === "cheapest") {
      const table = this.moved.blurred ?? this.moved.best;
      return table.flatMap((/** @type {number[]} */ row, /** @type {number} */ i) => row.map((count, j) => ({ from: this.moved.sources[i], to: this.moved.targets[j], count })))
        .filter((/** @type {{count: number}} */ { count }) => count > 0.01);
    }
    /** @type {Map<string, {from: number, to: number, count: number}>} */
    const found = new Map();
    for (const [from, to] of read(this.values.plan)) {
      const arc = found.get(`${from}-${to}`) ?? { from, to, count: 0 };
      arc.count += 1;
      found.set(`${from}-${to}`, arc);
    }
    return [...found.values()];
  }

  costOf(/** @type {number} */ from, /** @type {number} */ to) {
    return this.values.cost === "square" ? (from - to) ** 2 : Math.abs(from - to);
  }

  drawFloor() {
    const plot = (this.floor = Plot.on(this.canvas("floor"), { x: [-0.5, LAST + 0.5], y: [0, 1], marks: [] }));
    if (!plot) return;
    const paint = colours(), { context } = plot;
    plot.left = 12;
    const unit = (plot.right - plot.left) / (LAST + 1);
    const boxes = places(this.values.boxes), slots = places(this.values.slots);
    const size = Math.min(27, (boxes.some((place) => slots.includes(place)) ? 0.46 : 0.7) * unit);
    const ground = plot.bottom - 6;
    context.fillStyle = paint.ink3;
    context.fillRect(plot.left, ground, plot.right - plot.left, 1.5);
    context.font = font(plot.size + (unit > 40 ? 1 : 0), true);
    context.textAlign = "center";
    context.textBaseline = "top";
    for (let place = 0; place <= LAST; place++) {
      context.fillStyle = paint.ink;
      context.fillText(String(place), plot.x(place), ground + 6);
    }
    this.grips = [];
    const lean = (/** @type {number} */ place) => (boxes.includes(place) && slots.includes(place) ? 0.5 * size + 1.5 : 0);
    const top = (/** @type {number[]} */ all, /** @type {number} */ place) => ground - all.filter((other) => other === place).length * (size + 3);
    drawArcs(this, plot, { ground, size, lean, top, boxes, slots });
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
        this.grips.push({ kind, place, x, y, reach: Math.max(size / 2 + 3, 14) });
      }
    }
  }

  /** The table of the plan in sight, with sums beside what they must be. */
  fillPlan() {
    const table = /** @type {HTMLElement} */ (this.find("table.plan"));
    if (!this.moved) return;
    const { sources, targets, supply, demand, mine, mine_cost, cost, met } = this.moved;
    const shownPlan = this.values.look === "cheapest" ? this.moved.blurred ?? this.moved.best : mine;
    const editable = this.values.look === "mine";
    const head = `<tr><th></th>${targets.map((/** @type {number} */ y) => `<th class="slot-of">${say("boxes.to", { y })}</th>`).join("")}<th>${say("boxes.sum_boxes")}</th></tr>`;
    const rows = sources.map((/** @type {number} */ x, /** @type {number} */ i) => {
      const cells = targets.map((/** @type {number} */ y, /** @type {number} */ j) => cellOf(shownPlan[i][j], `${i},${j}`, editable, { x, y }));
      return `<tr><th class="box-of">${say("boxes.from", { x })}</th>${cells.join("")}${sumOf(sum(shownPlan[i]), supply[i])}</tr>`;
    });
    const foot = targets.map((/** @type {number} */ _, /** @type {number} */ j) => sumOf(sum(shownPlan.map((/** @type {number[]} */ row) => row[j])), demand[j]));
    const markup = `<thead>${head}</thead><tbody>${rows.join("")}<tr class="sums"><th>${say("boxes.sum_slots")}</th>${foot.join("")}<td><b>${amount(sum(shownPlan.flat()))}</b></td></tr></tbody>`;
    replaced(table, markup);
    const terms = sources.flatMap((/** @type {number} */ x, /** @type {number} */ i) => targets.map((/** @type {number} */ y, /** @type {number} */ j) => shownPlan[i][j] * this.costOf(x, y))).filter((/** @type {number} */ term) => term > 0.005);
    const total = this.values.look === "cheapest" ? this.moved.blurred_cost ?? cost : mine_cost;
    const addends = terms.length <= 8 ? terms.map(amount).join(" + ") || "0" : "…";
    put(this.find(".total"), say("boxes.total", { sum: addends, total: amount(total) }));
    put(this.find(".mine-cost"), met ? amount(mine_cost) : "–");
    put(this.find(".best-cost"), amount(cost));
    const each = read(this.values.plan).map(([from, to]) => this.costOf(from, to));
    const text = this.values.look === "cheapest" && this.moved.blurred
      ? say("boxes.blurred_sum", { blur: this.shown("blur"), blurred: amount(this.moved.blurred_cost), total: amount(cost) })
      : this.values.look === "mine" && each.length && each.length <= 12
        ? say(this.values.cost === "square" ? "boxes.squares" : "boxes.steps", { sum: each.join(" + "), total: amount(mine_cost) }) : "";
    put(this.find(".sum"), text);
  }

  /** The dual: what a box is worth at each place. */
  drawPrices() {
    const plot = Plot.on(this.canvas("potential"), { x: [0, LAST], y: this.prices });
    if (!plot || !this.moved) return;
    const paint = colours(), { context } = plot;
    const { sources, targets, supply, demand, at_boxes, at_slots, pick_up, delivery, cost } = this.moved;
    plot.frame();
    const xs = Array.from(pick_up, (_, k) => (k * LAST) / (pick_up.length - 1));
    const square = this.values.cost === "square";
    const base = plot.y(Math.max(this.prices[0], Math.min(0, this.prices[1])));
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
    if (!square) plot.word(say("boxes.price_line"), plot.left + 8, plot.top + 14, paint.critic, "left");
    else {
      plot.word(say("boxes.price_slots"), plot.left + 8, plot.top + 14, faint(paint.critic, 0.75), "left");
      plot.word(say("boxes.price_boxes"), plot.left + 8, plot.top + 30, paint.critic, "left");
    }
    const worth = (/** @type {number[]} */ values, /** @type {number[]} */ many) => values.reduce((total, value, k) => total + value * many[k], 0);
    put(this.find(".worth-now"), say("boxes.worth", { slots: amount(worth(at_slots, demand)), boxes: amount(worth(at_boxes, supply)), total: amount(cost) }));
  }

  // --- a joint distribution -----------------------------------------------------------------------

  drawJoint() {
    if (!this.joint) return;
    const { table, rows, columns, wanted_rows, wanted_columns, unit, information } = this.joint;
    const names = (/** @type {string} */ letter, /** @type {number} */ k) => `${letter} = ${k + 1}`;
    const head = `<tr><th></th>${columns.map((/** @type {number} */ _, /** @type {number} */ j) => `<th class="slot-of">${names("x", j)}</th>`).join("")}<th>${say("boxes.row_sum")}</th></tr>`;
    const body = table.map((/** @type {number[]} */ row, /** @type {number} */ i) =>
      `<tr><th class="box-of">${names("y", i)}</th>${row.map((part, j) => cellOf(part, `${i},${j}`, true, { x: names("y", i), y: names("x", j) })).join("")}${sumOf(rows[i], wanted_rows[i], unit)}</tr>`).join("");
    const foot = columns.map((/** @type {number} */ part, /** @type {number} */ j) => sumOf(part, wanted_columns[j], unit)).join("");
    replaced(this.find("table.joint"), `<thead>${head}</thead><tbody>${body}<tr class="sums"><th>${say("boxes.column_sum")}</th>${foot}<td><b>${sum(rows)}/${unit}</b></td></tr></tbody>`);
    const outer = this.joint.product.map((/** @type {number[]} */ row, /** @type {number} */ i) =>
      `<tr><th class="box-of">${names("y", i)}</th>${row.map((part) => `<td class="cell-in full"><span><b>${amount(part)}</b></span></td>`).join("")}</tr>`).join("");
    replaced(this.find("table.outer"), `<thead>${head.replace(/<th>[^<]*<\/th><\/tr>$/, "</tr>")}</thead><tbody>${outer}</tbody>`);
    put(this.find(".bits"), say("boxes.bits", { value: information.toFixed(3) }));
  }

  // --- words --------------------------------------------------------------------------------------

  speak() {
    if (this.scene === "clouds") this.speakClouds();
    else if (this.scene === "joint") this.speakJoint();
    else this.speakBoxes();
  }

  speakBoxes() {
    if (!this.moved) return;
    const { met, equal, side, mine_cost, cost, blurred_cost } = this.moved;
    const values = { mine: amount(mine_cost), cost: amount(cost), blur: this.shown("blur"), blurred: amount(blurred_cost ?? cost) };
    const key = !met && this.values.look === "mine" ? "boxes.says_broken"
      : blurred_cost !== null && this.values.look === "cheapest" ? "boxes.says_blurred"
      : equal ? (side === "right" ? "boxes.says_equal_right" : side === "left" ? "boxes.says_equal_left" : "boxes.says_equal")
      : met && mine_cost <= cost + 1e-9 ? "boxes.says_cheapest" : "boxes.says_dearer";
    this.say(`${key} ${JSON.stringify(values)}`, () => say(key, values));
  }

  speakClouds() {
    if (!this.clouds) return;
    const { cost, blurred_cost } = this.clouds;
    const key = blurred_cost === null ? "boxes.says_clouds" : "boxes.says_clouds_blurred";
    const name = this.values.cost === "square" ? "W₂" : "W₁";
    const values = { name, value: distance(this, cost), blur: this.shown("blur"), blurred: readable(blurred_cost ?? cost), cost: readable(cost) };
    this.say(`${key} ${JSON.stringify(values)}`, () => say(key, values));
  }

  speakJoint() {
    if (!this.joint) return;
    const { met, information } = this.joint;
    const key = !met ? "boxes.says_broken" : information < 1e-12 ? "boxes.says_independent" : "boxes.says_joint";
    this.say(`${key} ${information}`, () => say(key, { bits: information.toFixed(3) }));
  }
}
