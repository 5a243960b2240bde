/**
 * Moving boxes: a plan edited by hand beside the cheapest one and its price list; two clouds of points;
 * a joint distribution. The server finds the cheapest plan; the hand's moves are drawn here.
 */

import { float64, read as readable } from "../exact.js";
import { button, control, hint, menu, only, segments, slider, starts } from "../fields.js";
import { chip, drawing, formula } from "../layout.js";
import { Panel } from "../panel.js";
import { html } from "../vendor/lit-html.js";
import { distance, drawClouds, holdCloud } from "./boxes/clouds.js";
import { drawFloor, holdFloor } from "./boxes/floor.js";
import { carriesAll, changed, counted, fromTable, places, read, shuffled, written } from "./boxes/moves.js";
import { amount, cellOf, head, row, sum, sumOf, sums } from "./boxes/plan_table.js";
import { drawPrices, priceRange, worth } from "./boxes/prices.js";

const TRIES = 20; // for a plan that is another
const LISTED = 8, SPELT = 12; // addends of a sum that is written out

/** A place to begin. @typedef {{key: string, boxes: string, slots: string, plan: string}} Start */

export default class Boxes extends Panel {
  /** The server's last word on boxes, clouds and the joint table. @type {any} */
  moved = null;
  /** @type {any} */
  clouds = null;
  /** @type {any} */
  joint = null;
  cloudPicture = { spots: /** @type {[number, number][]} */ ([]), scale: 1 };
  /** @type {import("../plot.js").Plot|null} */
  floor = null;
  /** @type {import("./boxes/floor.js").Grip[]} */
  grips = [];
  /** @type {{grip: import("./boxes/floor.js").Grip, x: number, y: number}|null} */
  held = null;
  /** Range of prices, which stands still during a drag. */
  prices = /** @type {[number, number]} */ ([0, 12]);
  /** The plan that First plan leads back to. */
  first = "";

  painted() {
    super.painted();
    holdFloor(this);
    holdCloud(this, this.cloudPicture);
  }

  begin() {
    this.first = this.values.plan;
    this.changed(Object.keys(this.values));
  }

  get scene() {
    return this.values.scene;
  }

  /** Boxes and slots stand at whole places from 0 to this. @type {number} */
  get last() {
    return this.about.last;
  }

  /** A number held within its field's range, as text of two decimals. */
  within(/** @type {string} */ key, /** @type {number} */ value) {
    const { low = -Infinity, high = Infinity } = this.fields[key];
    return String(Number(Math.max(low, Math.min(high, value)).toFixed(2)));
  }

  changed(/** @type {string[]} */ keys) {
    if (keys.includes("blur") && this.number("blur") > 0 && keys.length === 1 && this.scene === "boxes") this.values.look = "cheapest";
    if (this.scene === "boxes") this.follow("boxes", (answer) => this.take(answer));
    if (this.scene === "clouds") this.follow("clouds", (answer) => (this.clouds = answer));
    if (this.scene === "joint") this.follow("joint", (answer) => (this.joint = answer));
  }

  take(/** @type {any} */ answer) {
    this.moved = { ...answer, pick_up: float64(answer.pick_up), delivery: float64(answer.delivery) };
    if (!this.dragging) this.measure();
  }

  settled() {
    this.measure();
  }

  measure() {
    if (this.moved) this.prices = priceRange([...this.moved.at_boxes, ...this.moved.at_slots]);
  }

  shown(/** @type {string} */ key) {
    return key === "blur" ? (this.number("blur") ? this.number("blur").toFixed(1) : "0") : super.shown(key);
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    const start = (/** @type {Start} */ { key, boxes, slots, plan }) => html`<button type="button" data-boxes=${boxes}
      data-slots=${slots} data-plan=${plan} @click=${() => this.start({ boxes, slots, plan })}>${this.word(`start_${key}`)}</button>`;
    const cloud = (/** @type {string} */ key) => menu(this, key, (name) => this.word(`cloud_${name}`));
    return [
      segments(this, "scene"),
      only(this, "boxes", starts(this, "starts", "starts", this.about.starts.map(start))),
      only(this, "clouds", [cloud("generated"), cloud("real")]),
      only(this, "boxes clouds", segments(this, "cost")),
      only(this, "boxes", segments(this, "look")),
      only(this, "boxes clouds", slider(this, "blur", 0.1)),
      only(this, "joint", control(this, "joint", hint(this, "joint"))),
    ];
  }

  stage() {
    return [this.boxesStage(), this.cloudsStage(), this.jointStage()];
  }

  boxesStage() {
    const away = !this.isIn("boxes"), { moved } = this;
    return html`<article class="card first" data-scene="boxes" ?hidden=${away}><div class="line">${chip(this, "swatch", "boxes_are")}${
          chip(this, "slot", "slots_are")}<span class="unit drag-hint">${this.word("drag")}</span><span
          class="far price-of"><span>${this.word("your_plan")}</span> <b class="mine-cost">${moved ? (moved.met ? amount(moved.mine_cost) : "–") : ""}</b><i
          class="key exact"></i><span>${this.word("cheapest")}</span> <b class="best-cost">${moved ? amount(moved.cost) : ""}</b></span></div>
        ${drawing(this, "floor", "floor")}<p class="sum">${moved ? this.sumOfMine() : ""}</p></article>
      <div class="pair-of" data-scene="boxes" ?hidden=${away}>
        <article class="card"><div class="line"><h2>${this.word("table")}</h2>
          <span class="unit">${this.word("table_unit")}</span></div>
          <div class="scroll"><table class="plan">${moved ? this.planTable() : ""}</table></div><p class="total">${moved ? this.total() : ""}</p>
          <div class="buttons">${[
            button("another", "dice", "boxes.another", () => this.another()),
            button("first", "reset", "boxes.first", () => this.backToFirst()),
            button("take", "arrow", "boxes.take", () => this.takeCheapest())]}</div></article>
        <article class="card"><div class="line"><h2>${this.word("prices")}</h2>
          <span class="unit">${this.word("prices_unit")}</span></div>
          ${drawing(this, "potential", "prices")}<p class="worth">${formula(this.formulas.dual)} <span class="worth-now">${moved ? this.worthNow() : ""}</span></p>
          ${hint(this, "prices")}</article>
      </div>`;
  }

  cloudsStage() {
    const { clouds } = this, { cost } = this.values;
    return html`<article class="card first" data-scene="clouds" ?hidden=${!this.isIn("clouds")}><div class="line">${
          chip(this, "generated", "generated_points")}${chip(this, "real", "real_points")}<span class="unit">${this.word("drag_cloud")}</span><span
          class="far price-of"><span class="cloud-name">${clouds ? this.word(`cloud_${cost}`) : ""}</span> <b class="cloud-cost">${
          clouds ? distance(cost, clouds.cost) : ""}</b><span class="cloud-blurred">${
          clouds && clouds.blurred_cost !== null ? this.word("cloud_blurred", { value: distance(cost, clouds.blurred_cost) }) : ""}</span></span></div>
        ${drawing(this, "plane", "plane")}
        <div class="buttons">${button("points", "dice", "boxes.points", () => this.set({ seed: String((this.number("seed") + 1) % (Number(this.fields.seed.high) + 1)) }))}</div>${hint(this, "clouds")}</article>`;
  }

  jointStage() {
    const { joint } = this;
    return html`<article class="card first" data-scene="joint" ?hidden=${!this.isIn("joint")}><div class="line"><h2>${this.word("joint_title")}</h2>
          <span class="unit">${this.word("joint_unit")}</span></div>
        <div class="pair-of"><div class="scroll"><table class="plan joint">${joint ? this.jointTable() : ""}</table></div>
        <div class="told-of"><p class="information">${formula(this.formulas.information)}
          <b class="bits">${joint ? this.word("bits", { value: joint.information.toFixed(3) }) : ""}</b></p>${hint(this, "information")}
          <div class="buttons">${[
            button("product", "arrow", "boxes.product", () => this.set({ joint: this.about.product })),
            button("reset-joint", "reset", "boxes.first_table", () => this.set({ joint: this.defaults.joint }))]}</div>
          <h3>${this.word("outer")}</h3><div class="scroll"><table class="plan outer">${joint ? this.outerTable() : ""}</table></div></div></div></article>`;
  }

  // --- tables and sums ----------------------------------------------------------------------------

  /** The plan in sight: the visitor's, or the cheapest, blurred where it is. @type {number[][]} */
  get plan() {
    return this.values.look === "cheapest" ? this.moved.blurred ?? this.moved.best : this.moved.mine;
  }

  planTable() {
    const { plan } = this, { sources, targets, supply, demand } = this.moved;
    const edit = this.values.look === "mine" ? (/** @type {import("./boxes/moves.js").Move} */ move) => (/** @type {1|-1} */ way) => this.addMove(move, way) : () => null;
    const rows = sources.map((/** @type {number} */ x, /** @type {number} */ i) => row(this.word("from", { x }),
      targets.map((/** @type {number} */ y, /** @type {number} */ j) => cellOf(plan[i][j], `${i},${j}`, edit([x, y]), { x, y })), sumOf(sum(plan[i]), supply[i])));
    const foot = targets.map((/** @type {number} */ _, /** @type {number} */ j) => sumOf(sum(plan.map((counts) => counts[j])), demand[j]));
    const across = targets.map((/** @type {number} */ y) => this.word("to", { y }));
    return [head(across, this.word("sum_boxes")), html`<tbody>${rows}${sums(this.word("sum_slots"), foot, amount(sum(plan.flat())))}</tbody>`];
  }

  total() {
    const { plan } = this, { sources, targets, cost, mine_cost, blurred_cost } = this.moved;
    const terms = sources.flatMap((/** @type {number} */ x, /** @type {number} */ i) => targets.map((/** @type {number} */ y, /** @type {number} */ j) => plan[i][j] * this.costOf(x, y)))
      .filter((/** @type {number} */ term) => term > 0.005);
    const total = this.values.look === "cheapest" ? blurred_cost ?? cost : mine_cost;
    return this.word("total", { sum: terms.length <= LISTED ? terms.map(amount).join(" + ") || "0" : "…", total: amount(total) });
  }

  /** What each of the visitor's moves costs, or what the blur adds. */
  sumOfMine() {
    const { look, cost } = this.values, { moved } = this;
    if (look === "cheapest") {
      return moved.blurred ? this.word("blurred_sum", { blur: this.shown("blur"), blurred: amount(moved.blurred_cost), total: amount(moved.cost) }) : "";
    }
    const each = read(this.values.plan).map(([from, to]) => this.costOf(from, to));
    if (!each.length || each.length > SPELT) return "";
    return this.word(cost === "square" ? "squares" : "steps", { sum: each.join(" + "), total: amount(moved.mine_cost) });
  }

  worthNow() {
    const { at_slots, at_boxes, demand, supply, cost } = this.moved;
    return this.word("worth", { slots: amount(worth(at_slots, demand)), boxes: amount(worth(at_boxes, supply)), total: amount(cost) });
  }

  jointTable() {
    const { table, rows, columns, wanted_rows, wanted_columns, unit } = this.joint;
    const lines = table.map((/** @type {number[]} */ parts, /** @type {number} */ i) => row(nth("y", i),
      parts.map((part, j) => cellOf(part, `${i},${j}`, (way) => this.addPart(i, j, way), { x: nth("y", i), y: nth("x", j) })), sumOf(rows[i], wanted_rows[i], unit)));
    const foot = columns.map((/** @type {number} */ part, /** @type {number} */ j) => sumOf(part, wanted_columns[j], unit));
    return [head(columns.map((/** @type {number} */ _, /** @type {number} */ j) => nth("x", j)), this.word("row_sum")),
      html`<tbody>${lines}${sums(this.word("column_sum"), foot, `${sum(rows)}/${unit}`)}</tbody>`];
  }

  /** The product of the margins. */
  outerTable() {
    const { product, columns } = this.joint;
    const cell = (/** @type {number} */ part) => html`<td class="cell-in full"><span><b>${amount(part)}</b></span></td>`;
    return [head(columns.map((/** @type {number} */ _, /** @type {number} */ j) => nth("x", j))),
      html`<tbody>${product.map((/** @type {number[]} */ parts, /** @type {number} */ i) => row(nth("y", i), parts.map(cell)))}</tbody>`];
  }

  // --- buttons ------------------------------------------------------------------------------------

  start(/** @type {{boxes: string, slots: string, plan: string}} */ example) {
    this.first = example.plan;
    this.choose({ ...example, look: "mine", blur: "0" });
  }

  another() {
    const boxes = places(this.values.boxes), slots = places(this.values.slots);
    let { plan } = this.values;
    for (let tries = 0; tries < TRIES && plan === this.values.plan; tries++) plan = written(shuffled(boxes, slots));
    this.set({ plan, look: "mine" });
  }

  /** Back to the first plan if it still moves the boxes that are there, else to where the panel begins. */
  backToFirst() {
    const { boxes, slots, plan } = this.defaults;
    const fits = carriesAll(read(this.first), places(this.values.boxes), places(this.values.slots));
    this.choose(fits ? { plan: this.first, look: "mine" } : { boxes, slots, plan, look: "mine" });
  }

  takeCheapest() {
    const { moved } = this;
    if (moved) this.set({ plan: written(fromTable(moved.best, moved.sources, moved.targets)), look: "mine" });
  }

  addMove(/** @type {import("./boxes/moves.js").Move} */ move, /** @type {1|-1} */ way) {
    const moves = changed(read(this.values.plan), move, way);
    if (moves.length <= this.about.most) this.set({ plan: written(moves), look: "mine" });
  }

  addPart(/** @type {number} */ i, /** @type {number} */ j, /** @type {1|-1} */ way) {
    const table = places(this.values.joint), at = this.joint.columns.length * i + j;
    table[at] = Math.max(0, Math.min(this.joint.unit, table[at] + way));
    if (table.some((part) => part > 0)) this.set({ joint: table.join(",") });
  }

  // --- drawing and words --------------------------------------------------------------------------

  draw() {
    if (this.scene === "clouds" && this.clouds) drawClouds(this, this.clouds, this.cloudPicture);
    if (this.scene !== "boxes") return;
    drawFloor(this);
    drawPrices(this);
  }

  /** What is shown on the floor: counts from place to place. */
  get arcs() {
    if (!this.moved || this.values.look !== "cheapest") return counted(read(this.values.plan));
    const { sources, targets } = this.moved;
    return this.plan.flatMap((counts, i) => counts.map((count, j) => ({ from: sources[i], to: targets[j], count }))).filter(({ count }) => count > 0.01);
  }

  costOf(/** @type {number} */ from, /** @type {number} */ to) {
    return this.values.cost === "square" ? (from - to) ** 2 : Math.abs(from - to);
  }

  speak() {
    const told = this.scene === "clouds" ? this.ofClouds() : this.scene === "joint" ? this.ofJoint() : this.ofBoxes();
    if (told) this.say(`${told.key} ${JSON.stringify(told.values)}`, () => this.word(told.key, told.values));
  }

  ofBoxes() {
    if (!this.moved) return null;
    const { met, equal, side, mine_cost, cost, blurred_cost } = this.moved, { look } = this.values;
    const values = { mine: amount(mine_cost), cost: amount(cost), blur: this.shown("blur"), blurred: amount(blurred_cost ?? cost) };
    const key = !met && look === "mine" ? "says_broken"
      : blurred_cost !== null && look === "cheapest" ? "says_blurred"
      : equal ? (side ? `says_equal_${side}` : "says_equal")
      : met && mine_cost <= cost + 1e-9 ? "says_cheapest" : "says_dearer";
    return { key, values };
  }

  ofClouds() {
    if (!this.clouds) return null;
    const { cost, blurred_cost } = this.clouds;
    const name = this.values.cost === "square" ? "W₂" : "W₁";
    const values = { name, value: distance(this.values.cost, cost), blur: this.shown("blur"), blurred: readable(blurred_cost ?? cost), cost: readable(cost) };
    return { key: blurred_cost === null ? "says_clouds" : "says_clouds_blurred", values };
  }

  ofJoint() {
    if (!this.joint) return null;
    const { met, information } = this.joint;
    return { key: !met ? "says_broken" : information < 1e-12 ? "says_independent" : "says_joint", values: { bits: information.toFixed(3) } };
  }
}

/** The k-th value of a letter, counted from 1. */
const nth = (/** @type {string} */ letter, /** @type {number} */ k) => `${letter} = ${k + 1}`;
