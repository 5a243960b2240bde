/** Mixtures of normals in the page: read from their text, written back, drawn, and moved by their handles. */

/** @typedef {{weight: number, mean: number, sd: number}} Bell */

/** The bells of a mixture that the server's parser has taken. @returns {Bell[]} */
export function bells(/** @type {string} */ text) {
  return text.replace(/\s/g, "").split(/\+(?=[^)]*N\()/).map((term) => {
    const [, weight, mean, sd] = /^(?:(.+)\*)?N\(([^,]+),([^)]+)\)$/.exec(term) ?? [];
    return { weight: weight === undefined ? 1 : Number(weight), mean: Number(mean), sd: Number(sd) };
  });
}

/** A mixture as its text: two decimals beyond the size of its smallest bell, weights in hundredths that sum to 1. */
export function written(/** @type {Bell[]} */ all) {
  if (all.length === 1) return `N(${tidy(all[0].mean)},${tidy(all[0].sd)})`;
  const hundredths = all.map(({ weight }) => Math.max(1, Math.round(100 * weight)));
  const largest = hundredths.indexOf(Math.max(...hundredths));
  hundredths[largest] += 100 - hundredths.reduce((sum, part) => sum + part, 0);
  return all.map(({ mean, sd }, k) => `${hundredths[k] / 100}*N(${tidy(mean)},${tidy(sd)})`).join("+");
}

const tidy = (/** @type {number} */ x) => String(Number(x.toFixed(Math.abs(x) < 0.1 ? 4 : 2)) + 0);

export function density(/** @type {Bell[]} */ all, /** @type {number} */ x) {
  let sum = 0;
  for (const { weight, mean, sd } of all) {
    sum += (weight / (sd * Math.sqrt(2 * Math.PI))) * Math.exp(-(((x - mean) / sd) ** 2) / 2);
  }
  return sum;
}

/** Its logarithm, which no tail ends. */
export function logDensity(/** @type {Bell[]} */ all, /** @type {number} */ x) {
  const terms = all.map(({ weight, mean, sd }) => Math.log(weight / (sd * Math.sqrt(2 * Math.PI))) - ((x - mean) / sd) ** 2 / 2);
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

/** The greatest density at a bell's centre. */
export function peak(/** @type {Bell[]} */ all) {
  return Math.max(...all.map(({ mean }) => density(all, mean)));
}

/**
 * A mixture with one bell moved: its mean, its standard deviation, or its share.
 * @param {Bell[]} all @param {number} at @param {Partial<Bell>} change
 * @returns {Bell[]}
 */
export function changed(all, at, change) {
  const now = { ...all[at], ...change };
  now.sd = Math.max(0.05, Math.min(1e3, now.sd));
  now.weight = all.length === 1 ? 1 : Math.max(0.02, Math.min(1 - 0.02 * (all.length - 1), now.weight));
  const rest = 1 - all[at].weight;
  return all.map((bell, k) => (k === at ? now : { ...bell, weight: rest > 0 ? (bell.weight * (1 - now.weight)) / rest : bell.weight }));
}
