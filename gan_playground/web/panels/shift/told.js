/** What a critic at its best tells the generator at q's centre, theta to the right of p's, in closed form. */

export function softplus(/** @type {number} */ v) {
  return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
}

/** log p/q of N(0, 1) against N(theta, 1). */
export function logit(/** @type {number} */ theta, /** @type {number} */ x) {
  return theta * (theta / 2 - x);
}

/** @typedef {{value: number, slope: number}} Told */

/**
 * Values at q's centre, and their slopes along q's way.
 * @param {string} shape @param {number} theta the shift
 * @param {number} width of the uniforms @param {number} step between two shifts: lines are on each other within half of one
 * @returns {{saturating: Told, "non-saturating": Told, critic: Told}}
 */
export function told(shape, theta, width, step) {
  const critic = { value: theta / 2, slope: Math.sign(theta) };
  if (shape === "gaussians") {
    const r = logit(theta, theta), d = 1 / (1 + Math.exp(-r)), rest = 1 / (1 + Math.exp(r));
    return { saturating: { value: -softplus(r), slope: theta * d }, "non-saturating": { value: softplus(-r), slope: theta * rest }, critic };
  }
  // With edges: q's centre lies on p as well, where D* is a half, or not, where D* is 0.
  const both = theta < (shape === "lines" ? step / 2 : width / 2);
  return both
    ? { saturating: { value: -Math.LN2, slope: 0 }, "non-saturating": { value: Math.LN2, slope: 0 }, critic }
    : { saturating: { value: 0, slope: 0 }, "non-saturating": { value: Infinity, slope: NaN }, critic };
}

/**
 * D* of shapes with edges: 1 on p alone, 0 on q alone, a half on both, nothing elsewhere.
 * @param {number} theta @param {number} half of a shape's width
 * @returns {[number, number, number][]} from, to, level
 */
export function steps(theta, half) {
  /** @type {[number, number, number][]} */
  const pieces = theta < 2 * half
    ? [[-half, theta - half, 1], [theta - half, half, 0.5], [half, theta + half, 0]]
    : [[-half, half, 1], [theta - half, theta + half, 0]];
  return pieces.filter(([from, to]) => to > from);
}
