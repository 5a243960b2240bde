/** A pen that writes down what it draws, and a theme without a page: for tests of drawing in node. */

const NAMES = ["page", "paper", "sunk", "rule", "ink", "ink2", "ink3", "real", "generated", "critic", "map-generated", "map-undecided", "map-real"];

Object.assign(globalThis, {
  document: { body: { classList: { contains: () => false } } },
  getComputedStyle: () => ({ getPropertyValue: (/** @type {string} */ name) => (NAMES.includes(name.slice(2)) ? "#102030" : "1") }),
});

/** @typedef {[string, ...(number|string)[]]} Stroke the name of a call, and what it was called with */

/** A canvas's ground, 400 x 200, whose letters are 6 wide; `said` is every call in order. */
export function ground() {
  /** @type {Stroke[]} */
  const said = [];
  const state = /** @type {Record<string, unknown>} */ ({
    measureText: (/** @type {string} */ text) => ({ width: 6 * text.length }),
  });
  const context = new Proxy(state, {
    get: (held, name) => held[String(name)] ?? ((/** @type {(number|string)[]} */ ...given) => void said.push([String(name), ...given])),
  });
  return { said, ground: { context: /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)), width: 400, height: 200, ratio: 1 } };
}

/** The lines that were drawn: places, broken where the pen was lifted. */
export function lines(/** @type {Stroke[]} */ said) {
  /** @type {[number, number][][]} */
  const found = [];
  for (const [name, x, y] of said) {
    if (name === "moveTo") found.push([]);
    if (name === "moveTo" || name === "lineTo") found[found.length - 1].push([Number(x), Number(y)]);
  }
  return found;
}
