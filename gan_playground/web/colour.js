/** Colours as numbers: the theme's are written #rrggbb. */

/** Red, green and blue of a colour, 0 to 255. */
export function rgb(/** @type {string} */ colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * The critic's map as 256 colours of r, g, b, `mix(middle, end, |t| ** ease)` for t from -1 to 1: what
 * `theme.critic_map` says in Python, here once a theme and not once a pixel.
 */
export function ramp(/** @type {string} */ low, /** @type {string} */ middle, /** @type {string} */ high, /** @type {number} */ ease) {
  const [a, b, c] = [low, middle, high].map(rgb);
  const table = new Uint8ClampedArray(256 * 3);
  for (let k = 0; k < 256; k++) {
    const t = (k - 127.5) / 127.5;
    const end = t < 0 ? a : c;
    const share = Math.abs(t) ** ease;
    for (let part = 0; part < 3; part++) table[3 * k + part] = b[part] + (end[part] - b[part]) * share;
  }
  return table;
}
