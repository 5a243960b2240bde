/**
 * Contour lines of a field on a regular grid, by marching squares, linked into polylines.
 *
 * Points are in grid coordinates: node (i, j) stands at (i, j). A saddle is split by the mean of its
 * corners. Cells with a value that is not finite carry no line.
 */

/** @typedef {{level: number, lines: Float32Array[]}} Contour lines are x, y, x, y, ... */

/**
 * @param {ArrayLike<number>} field row by row, `field[j * nx + i]`
 * @param {number} nx
 * @param {number} ny
 * @param {ArrayLike<number>} levels ascending
 * @returns {Contour[]} one for each level, in the same order
 */
export function contours(field, nx, ny, levels) {
  /** The cells each level passes through: few, so that a field costs one look whatever the levels. @type {number[][]} */
  const cells = Array.from(levels, () => []);
  for (let j = 0; j < ny - 1; j++) {
    for (let i = 0, at = j * nx; i < nx - 1; i++, at++) {
      const a = field[at], b = field[at + 1], c = field[at + nx + 1], d = field[at + nx];
      const low = Math.min(a, b, c, d), high = Math.max(a, b, c, d); // NaN where one is
      if (!(high - low < Infinity)) continue;
      for (let k = 0; k < levels.length && levels[k] <= high; k++) if (levels[k] > low) cells[k].push(at);
    }
  }
  return Array.from(levels, (level, k) => ({ level, lines: trace(field, nx, ny, level, cells[k]) }));
}

/** Scratch: the two neighbours of each grid edge that a line crosses; all -1 between two levels. */
let links = new Int32Array(0);

/** @returns {Float32Array[]} */
function trace(/** @type {ArrayLike<number>} */ field, /** @type {number} */ nx, /** @type {number} */ ny, /** @type {number} */ level, /** @type {number[]} */ cells) {
  const vertical = nx * ny; // edge ids: horizontal edges first, then vertical ones
  if (links.length < 4 * vertical) links = new Int32Array(4 * vertical).fill(-1);
  /** @type {number[]} */
  const crossed = [];

  const link = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (links[2 * from] < 0) {
      links[2 * from] = to;
      crossed.push(from);
    } else links[2 * from + 1] = to;
  };
  const join = (/** @type {number} */ a, /** @type {number} */ b) => {
    link(a, b);
    link(b, a);
  };

  for (const at of cells) {
    const a = field[at], b = field[at + 1], c = field[at + nx + 1], d = field[at + nx];
    const code = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
    const south = at, north = at + nx, west = vertical + at, east = vertical + at + 1;
    switch (code) {
      case 1: case 14: join(west, south); break;
      case 2: case 13: join(south, east); break;
      case 3: case 12: join(west, east); break;
      case 4: case 11: join(east, north); break;
      case 6: case 9: join(south, north); break;
      case 7: case 8: join(west, north); break;
      default: {
        // A saddle: the mean says whether the two high corners are joined through the middle.
        const joined = (a + b + c + d) / 4 >= level;
        if ((code === 5) === joined) { join(west, north); join(south, east); }
        else { join(west, south); join(east, north); }
      }
    }
  }

  const x = (/** @type {number} */ edge) => {
    if (edge >= vertical) return (edge - vertical) % nx;
    const i = edge % nx;
    return i + share(field[edge], field[edge + 1]);
  };
  const y = (/** @type {number} */ edge) => {
    if (edge < vertical) return Math.floor(edge / nx);
    const at = edge - vertical;
    return Math.floor(at / nx) + share(field[at], field[at + nx]);
  };
  const share = (/** @type {number} */ low, /** @type {number} */ high) => (level - low) / (high - low);

  const lines = [];
  // Open lines first, from their ends; what is left are closed ones.
  for (const closed of [false, true]) {
    for (const start of crossed) {
      if (links[2 * start] < 0 || (!closed && links[2 * start + 1] >= 0)) continue;
      lines.push(walk(start, x, y));
    }
  }
  return lines;
}

/** Follow the links from one edge until they end or close, taking them all away behind. */
function walk(/** @type {number} */ start, /** @type {(edge: number) => number} */ x, /** @type {(edge: number) => number} */ y) {
  const points = [x(start), y(start)];
  let from = -1, at = start;
  for (;;) {
    const first = links[2 * at], second = links[2 * at + 1];
    const next = first >= 0 && first !== from ? first : second >= 0 && second !== from ? second : -1;
    links[2 * at] = links[2 * at + 1] = -1;
    if (next < 0) break;
    points.push(x(next), y(next));
    if (next === start) break;
    from = at;
    at = next;
    if (links[2 * at] < 0) break;
  }
  return Float32Array.from(points);
}
