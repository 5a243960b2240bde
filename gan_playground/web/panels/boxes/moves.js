/** Moves of boxes as the address writes them, and what a hand does to them: carried, swapped, shuffled. */

/** @typedef {[number, number]} Move from a place to a place */

/** @returns {Move[]} */
export function read(/** @type {string} */ text) {
  return text ? text.split(",").map((move) => /** @type {Move} */ (move.split("-").map(Number))) : [];
}

export function written(/** @type {Move[]} */ moves) {
  return [...moves].sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((move) => move.join("-")).join(",");
}

/** Places of boxes or slots. @returns {number[]} */
export function places(/** @type {string} */ text) {
  return text.split(",").map(Number);
}

export function listed(/** @type {number[]} */ all) {
  return [...all].sort((a, b) => a - b).join(",");
}

/**
 * One box (end 0) or slot (end 1) stands elsewhere, and one of its moves with it.
 * @param {number[]} all @param {Move[]} moves @param {0|1} end @param {number} from @param {number} to
 * @returns {{all: number[], moves: Move[]}}
 */
export function stood(all, moves, end, from, to) {
  const at = all.indexOf(from);
  if (at < 0 || from === to) return { all, moves };
  const places = all.map((place, k) => (k === at ? to : place));
  const carried = moves.findLastIndex((move) => move[end] === from);
  const still = moves.filter((move) => move[end] === from).length <= all.filter((place) => place === from).length - 1;
  // A plan that leaves this box where it is keeps all its moves.
  if (carried < 0 || still) return { all: places, moves };
  const next = moves.map((move, k) => /** @type {Move} */ (k === carried ? (end === 0 ? [to, move[1]] : [move[0], to]) : move));
  return { all: places, moves: next };
}

/** Two moves exchange their ends, so that one of those from `from` to `end` goes to `other`; every sum stays. */
export function swapped(/** @type {Move[]} */ moves, /** @type {number} */ from, /** @type {number} */ end, /** @type {number} */ other) {
  const mine = moves.findIndex((move) => move[0] === from && move[1] === end);
  const theirs = moves.findIndex((move) => move[1] === other);
  if (mine < 0 || theirs < 0 || end === other) return moves;
  return moves.map((move, k) => /** @type {Move} */ (k === mine ? [move[0], other] : k === theirs ? [move[0], end] : move));
}

/** Any plan at all: slots in a random order. @param {() => number} random from 0 to below 1 @returns {Move[]} */
export function shuffled(/** @type {number[]} */ boxes, /** @type {number[]} */ slots, random = Math.random) {
  const left = [...slots];
  return boxes.map((box) => /** @type {Move} */ ([box, left.splice(Math.floor(random() * left.length), 1)[0]]));
}

/** A table of counts as moves. @returns {Move[]} */
export function fromTable(/** @type {number[][]} */ table, /** @type {number[]} */ sources, /** @type {number[]} */ targets) {
  return table.flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: Math.round(count) }, () => /** @type {Move} */ ([sources[i], targets[j]]))));
}

/** A plan's arcs: how many moves go from one place to another. @returns {{from: number, to: number, count: number}[]} */
export function counted(/** @type {Move[]} */ moves) {
  /** @type {Map<string, {from: number, to: number, count: number}>} */
  const found = new Map();
  for (const [from, to] of moves) {
    const arc = found.get(`${from}-${to}`) ?? { from, to, count: 0 };
    arc.count += 1;
    found.set(`${from}-${to}`, arc);
  }
  return [...found.values()];
}

/** One move more, or one less if there is one. @returns {Move[]} */
export function changed(/** @type {Move[]} */ moves, /** @type {Move} */ [from, to], /** @type {1|-1} */ way) {
  if (way > 0) return [...moves, [from, to]];
  const at = moves.findIndex((move) => move[0] === from && move[1] === to);
  return moves.filter((_, k) => k !== at);
}

/** Whether moves carry exactly these boxes to exactly these slots. */
export function carriesAll(/** @type {Move[]} */ moves, /** @type {number[]} */ boxes, /** @type {number[]} */ slots) {
  return listed(moves.map((move) => move[0])) === listed(boxes) && listed(moves.map((move) => move[1])) === listed(slots);
}
