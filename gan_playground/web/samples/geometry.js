/** Where images lie: in a column's grid, in the plane through three latents, in a walk's strip and loop. */

/** Images abreast: divisors of a sheet's 64, so that no row is ragged. */
const ABREAST = [8, 4, 2];
/** Fewer stand abreast before an image falls below this many px, or this share of its own size: a digit stays a digit, a room a room. */
const LEAST = 28, LEAST_SHARE = 2 / 3;
/** Images in a strip, and px of each. */
const FEWEST = 4, MOST = 12, WIDE = 30;

/** Images abreast in a column so wide, for images of so many px a side. */
export function abreast(/** @type {number} */ width, /** @type {number} */ side) {
  const least = Math.max(LEAST, LEAST_SHARE * side);
  return ABREAST.find((many) => width >= many * least) ?? ABREAST[ABREAST.length - 1];
}

/** The place in a grid, so wide and so many abreast, under a point of it. */
export function placeUnder(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ many) {
  const size = width / many;
  const across = Math.min(many - 1, Math.max(0, Math.floor(x / size)));
  return across + many * Math.max(0, Math.floor(y / size));
}

/** How far an arrow's key moves over a grid; undefined for other keys. */
export function arrow(/** @type {string} */ key, /** @type {number} */ many) {
  return { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -many, ArrowDown: many }[key];
}

/** The coordinate 0..1 at a share of the plane's edge: from the first of `side` images' middle to the last's. */
export function coordinate(/** @type {number} */ share, /** @type {number} */ side) {
  return (share * side - 0.5) / (side - 1);
}

/** The share of the plane's edge at a coordinate: the inverse of `coordinate`. */
export function share(/** @type {number} */ t, /** @type {number} */ side) {
  return (0.5 + t * (side - 1)) / side;
}

/** A coordinate as the link says it: within 0..1, three decimals. */
export function within(/** @type {number} */ t) {
  return String(Number(Math.max(0, Math.min(1, t)).toFixed(3)));
}

/** Which of a walk's pictures stands in the loop at a time: there, and back. */
export function thereAndBack(/** @type {number} */ time, /** @type {number} */ frames) {
  const last = frames - 1;
  const t = time % (2 * last);
  return t <= last ? t : 2 * last - t;
}

/** A strip of pictures in a box so large: its images' size and gap, and which pictures they are, both ends among them. */
export function strip(/** @type {number} */ width, /** @type {number} */ height, /** @type {number} */ frames) {
  const many = Math.max(FEWEST, Math.min(MOST, Math.floor(width / WIDE)));
  const size = Math.min(width / many, height);
  const gap = (width - size * many) / (many - 1);
  return { size, gap, pictures: Array.from({ length: many }, (_, k) => Math.round((k * (frames - 1)) / (many - 1))) };
}

/** Which of the pictures is nearest to one of them; the first of two. */
export function nearest(/** @type {number[]} */ pictures, /** @type {number} */ picture) {
  let found = 0;
  pictures.forEach((one, k) => Math.abs(one - picture) < Math.abs(pictures[found] - picture) && (found = k));
  return found;
}
