// The Samples tab's state, its questions, the score table's order, and where images lie.
import assert from "node:assert/strict";
import { test } from "node:test";

import { abreast, arrow, coordinate, nearest, placeUnder, share, strip, thereAndBack, within } from "../../gan_playground/web/samples/geometry.js";
import { Questions } from "../../gan_playground/web/samples/questions.js";
import { filled, plusMinus, sorted } from "../../gan_playground/web/samples/scores.js";
import { Selection } from "../../gan_playground/web/samples/selection.js";
import { counts, median, range } from "../../gan_playground/web/samples/statistics.js";

// --- the score table ---

/** @type {Record<string, import("../../gan_playground/web/samples/table.js").Scores>} */
const SCORES = {
  a: { "gan-2014": { nats: 225 }, features: { frechet: 3 }, nearest: { distances: [4, 5, 9] } },
  b: { "gan-2014": { nats: 243 }, features: { frechet: 8 }, nearest: { distances: [7, 6, 8] } },
  c: { "gan-2014": { nats: -12 } },
  d: {},
};
const order = (/** @type {string} */ sort) => sorted(Object.keys(SCORES), sort, (name) => SCORES[name], (name) => `named ${name}`).join("");

test("best first by a score, worst first with a minus, and what is not known is last both ways", () => {
  assert.equal(order("gan-2014"), "bacd");
  assert.equal(order("-gan-2014"), "cabd");
  assert.equal(order("frechet"), "abcd");
  assert.equal(order("-frechet"), "bacd");
  assert.equal(order("nearest"), "bacd");
  assert.equal(order("kid"), "abcd");
});

test("names go by the alphabet, and back", () => {
  assert.equal(order("name"), "abcd");
  assert.equal(order("-name"), "dcba");
});

test("a column stands where some checkpoint has a score, and a paper's beside the one it belongs to", () => {
  const context = { published: { "gan-2014": { nats: 225, error: 2, mark: "papers.mark_notes" } }, className: String };
  const shown = filled(Object.values(SCORES)).map((column) => column.key || `paper of ${column.beside}`);
  assert.deepEqual(shown, ["gan-2014", "paper of gan-2014", "frechet", "nearest"]);
  assert.equal(filled([{}]).length, 0);
  const classes = filled([{ classes: { shares: [0.5, 0.2, 0.3], least: 0.2, entropy: 1.0297 } }]);
  assert.deepEqual(classes.map((column) => column.text({ classes: { shares: [0.5, 0.2, 0.3], entropy: 1.0297 } }, context)), ["20.0% (1)", "1.030"]);
  const paper = filled(Object.values(SCORES))[1];
  assert.equal(paper.text({}, context), "225 ± 2");
  assert.equal(paper.text({}, { ...context, published: { "gan-2014": { nats: -708, error: 18.1, mark: "papers.mark_remembered" } } }), "−708 ± 18\u00a0†");
  assert.equal(paper.text({}, { ...context, published: {} }), undefined);
});

test("as many decimals as the error is known to", () => {
  assert.equal(plusMinus({ nats: 225.4, error: 2 }), "225 ± 2");
  assert.equal(plusMinus({ nats: -1.237, error: 0.06 }), "−1.24 ± 0.06");
});

// --- statistics ---

test("the middle value", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test("one spike does not flatten a curve, and is said to be cut", () => {
  const calm = Array.from({ length: 200 }, (_, k) => Math.sin(k / 9));
  const quiet = range(calm);
  assert.ok(!quiet.cut && quiet.low < -1 && quiet.high > 1);
  const spiked = range([...calm, 1e6, NaN]);
  assert.ok(spiked.cut && spiked.high < 2);
  assert.deepEqual(range([]), { low: 0, high: 1, cut: false });
  const flat = range([2, 2, 2]);
  assert.ok(flat.low < 2 && flat.high > 2);
});

test("every value is counted once, the top in the last bin", () => {
  assert.deepEqual(counts([0, 0.9, 1, 3.9, 4], 4, 4), [2, 1, 0, 2]);
});

// --- geometry ---

test("fewer images stand abreast in a narrow column, the fewer the larger they are", () => {
  assert.deepEqual([600, 224, 223, 112, 60, 0].map((width) => abreast(width, 28)), [8, 8, 4, 4, 2, 2]);
  assert.deepEqual([600, 342, 341, 100].map((width) => abreast(width, 64)), [8, 8, 4, 2]);
});

test("a point of a grid is the place of its image, and arrows go to its neighbours", () => {
  assert.equal(placeUnder(0, 0, 400, 8), 0);
  assert.equal(placeUnder(399, 51, 400, 8), 15);
  assert.equal(placeUnder(500, -3, 400, 8), 7); // dragged over the edge
  assert.deepEqual(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"].map((key) => arrow(key, 4)), [-1, 1, -4, 4, undefined]);
});

test("a coordinate of the plane and its share of the edge are each other's inverse, images' middles at 0 and 1", () => {
  for (const t of [0, 0.25, 1]) assert.ok(Math.abs(coordinate(share(t, 8), 8) - t) < 1e-12);
  assert.equal(share(0, 8), 1 / 16);
  assert.equal(share(1, 8), 15 / 16);
  assert.deepEqual([-0.2, 0.12345, 1.2].map(within), ["0", "0.123", "1"]);
});

test("a walk goes there and back without standing still at its ends", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map((time) => thereAndBack(time, 4)), [0, 1, 2, 3, 2, 1, 0, 1]);
});

test("a strip fits its box and shows both ends, and a picture of the walk has a nearest one in it", () => {
  for (const width of [80, 200, 900]) {
    const { size, gap, pictures } = strip(width, 42, 24);
    assert.ok(size <= 42 && pictures.length >= 4 && pictures.length <= 12);
    assert.ok(Math.abs(size * pictures.length + gap * (pictures.length - 1) - width) < 1e-9);
    assert.deepEqual([pictures[0], pictures.at(-1)], [0, 23]);
  }
  assert.deepEqual([0, 3, 4, 5, 23].map((picture) => nearest([0, 8, 15, 23], picture)), [0, 0, 0, 1, 3]);
});

// --- the state, and what is asked ---

/** @typedef {import("../../gan_playground/web/samples/selection.js").Entry} Entry */
/** @returns {Entry} */
const checkpoint = (/** @type {string} */ data, /** @type {Partial<Entry>} */ more = {}) => ({ data, law: "uniform", recipe: { rate: 1, betas: [0, 1] }, ...more });
/** @type {import("../../gan_playground/web/samples/selection.js").Known} */
const BOOK = {
  sets: { digits: { checkpoints: "a,b", lead: "", seed: "0", psi: "1", path: "spherical", a: "0", b: "9", c: "27", x: "0.5", y: "0.5" }, rooms: { checkpoints: "z", lead: "", seed: "0" } },
  checkpoints: { a: checkpoint("digits"), b: checkpoint("digits", { recipe: { rate: 2, betas: [0, 1] } }), c: checkpoint("digits", { law: "normal" }), z: checkpoint("rooms") },
  corners: ["a", "b", "c"],
  trained: ["rate", "betas", "augment"],
};

test("a link says what differs from how the tab begins", () => {
  const selection = new Selection(BOOK);
  assert.equal(selection.address, "");
  selection.change({ checkpoints: "a,c", psi: "0.5", seed: "0" });
  assert.equal(selection.address, "digits?checkpoints=a,c&psi=0.5");
  assert.deepEqual(BOOK.sets.digits.psi, "1"); // the book is nobody's to change
});

test("every data set but the first is in the link, also as it begins", () => {
  for (const data of Object.keys(BOOK.sets)) {
    const selection = new Selection(BOOK);
    selection.data = data;
    selection.values = { ...selection.begins };
    assert.equal(selection.address, data === selection.first ? "" : data);
    selection.change({ seed: "3" });
    assert.equal(selection.address, `${data}?seed=3`);
  }
});

test("the lead is a column, the first one where none is chosen", () => {
  const selection = new Selection(BOOK);
  selection.change({ lead: "b" });
  assert.equal(selection.lead, "b");
  selection.change({ checkpoints: /** @type {string} */ (selection.with("b", false)) });
  assert.deepEqual([selection.lead, selection.values.lead], ["a", ""]);
  assert.equal(selection.with("a", false), null); // one column stays
  assert.equal(selection.with("c", true), "a,c");
  assert.deepEqual(selection.all, ["a", "b", "c"]);
});

test("columns are alike by the law of their latents, and differ in what their recipes say", () => {
  const selection = new Selection(BOOK);
  assert.deepEqual([selection.alike, selection.differing], [true, ["rate"]]);
  selection.change({ checkpoints: "a,c" });
  assert.deepEqual([selection.alike, selection.differing], [false, []]);
});

/** @returns the questions in the order that they were asked in */
function answered(/** @type {Questions} */ questions, refused = (/** @type {string} */ _) => false) {
  /** @type {string[]} */
  const order = [];
  for (let question = questions.next; question; question = questions.next) {
    questions.ask(question);
    order.push(question.id);
    questions.take(question, refused(question.id) ? { refused: { en: "no", ko: "no" } } : { picture: `${question.id} ${question.request.seed}` });
    assert.ok(order.length < 50);
  }
  return order;
}

test("everything is asked once, images first, and nothing again until it is out of date", () => {
  const selection = new Selection(BOOK), questions = new Questions(selection, { shown: 64, frames: 24 });
  assert.deepEqual(answered(questions), ["sheet a", "sheet b", "point", "plane", "walk a", "walk b"]);
  assert.equal(questions.next, null);
  selection.change({ path: "linear" });
  assert.deepEqual(answered(questions), ["walk a", "walk b"]);
  selection.change({ x: "0.1" });
  assert.deepEqual(answered(questions), ["point"]);
  questions.forget();
  assert.equal(answered(questions).length, 6);
});

test("what has been out of date the longest comes first, and a drag lets the rest of the page wait", () => {
  const selection = new Selection(BOOK), questions = new Questions(selection, { shown: 64, frames: 24 });
  answered(questions);
  questions.dragging = true;
  selection.change({ psi: "0.9" });
  const first = questions.next ?? assert.fail("nothing is out of date");
  questions.ask(first);
  questions.take(first, { picture: "old" });
  selection.change({ psi: "0.8" }); // moved on before the others were answered
  assert.equal(first.id, "sheet a");
  assert.deepEqual(answered(questions), ["sheet b", "point", "sheet a"]);
  questions.dragging = false;
  assert.deepEqual(answered(questions), ["plane", "walk a", "walk b"]);
});

test("a refused column keeps its last picture and is left out of plane, point and walks", () => {
  const selection = new Selection(BOOK), questions = new Questions(selection, { shown: 64, frames: 24 });
  answered(questions);
  selection.change({ seed: "5" });
  answered(questions, (id) => id === "sheet a");
  assert.deepEqual(questions.sound, ["b"]);
  assert.equal(questions.inPlane, "b");
  assert.equal(questions.held("sheet a")?.picture, "sheet a 0");
  assert.deepEqual(questions.held("point")?.request.checkpoints, ["b"]);
  questions.forget();
  answered(questions, (id) => id.startsWith("sheet"));
  assert.deepEqual(questions.all.map(({ id }) => id), ["sheet a", "sheet b"]);
});
