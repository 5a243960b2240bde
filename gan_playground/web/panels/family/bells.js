/** Typed laws in the page: read from their text, written back, drawn, and moved by their handles. */

/** A component: its kind, where it stands, how wide it is, and Student's degrees of freedom. */
/** @typedef {"n"|"laplace"|"uniform"|"studentt"} Kind */
/** @typedef {{kind: Kind, weight: number, mean: number, sd: number, df: number}} Bell */

/** @type {Record<Kind, {log: (z: number, df: number) => number, read: (numbers: number[]) => [mean: number, sd: number, df: number], write: (mean: number, sd: number, df: number) => string}>} */
const KINDS = {
  n: {
    log: (z) => -0.5 * Math.log(2 * Math.PI) - (z * z) / 2,
    read: ([mean, sd]) => [mean, sd, Infinity],
    write: (mean, sd) => `N(${tidy(mean)},${tidy(sd)})`,
  },
  laplace: {
    log: (z) => -Math.log(2) - Math.abs(z),
    read: ([centre, scale]) => [centre, scale, Infinity],
    write: (mean, sd) => `Laplace(${tidy(mean)},${tidy(sd)})`,
  },
  uniform: {
    log: (z) => (Math.abs(z) <= 1 ? -Math.log(2) : -Infinity),
    read: ([low, high]) => [(low + high) / 2, (high - low) / 2, Infinity],
    write: (mean, sd) => `Uniform(${tidy(mean - sd)},${tidy(mean + sd)})`,
  },
  studentt: {
    log: (z, df) => logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI) - ((df + 1) / 2) * Math.log1p((z * z) / df),
    read: ([df, centre = 0, scale = 1]) => [centre, scale, df],
    write: (mean, sd, df) => `StudentT(${df},${tidy(mean)},${tidy(sd)})`,
  },
};

/** Stirling's series, beyond 10 right to 1e-12. @type {(x: number) => number} */
const logGamma = (x) => (x < 10 ? logGamma(x + 1) - Math.log(x)
  : (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5));

const number = (/** @type {string} */ text) => {
  const [over, under = "1"] = text.split("/");
  return Number(over) / Number(under);
};

/** The components of a law that the server's parser has taken; weights as they sum to 1. @returns {Bell[]} */
export function bells(/** @type {string} */ text) {
  const plain = text.replace(/\s/g, "").replace(/[−–‐‑]/g, "-");
  const all = [...plain.matchAll(/([0-9.][^A-Za-z(]*(?:[eE][+-]?[0-9]+)?[^A-Za-z(]*)?([A-Za-z]+)\(([^)]*)\)/g)].map(([, weight, name, numbers]) => {
    const kind = /** @type {Kind} */ (name.toLowerCase());
    const [mean, sd, df] = KINDS[kind].read(numbers.split(",").map(number));
    return { kind, weight: weight ? number(weight.replace(/[*×·⋅∗+]+$/, "")) : 1, mean, sd, df };
  });
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return all.map((bell) => ({ ...bell, weight: bell.weight / total }));
}

/** A mixture as its text: two decimals beyond the size of its smallest bell, weights in hundredths that sum to 1. */
export function written(/** @type {Bell[]} */ all) {
  const text = (/** @type {Bell} */ { kind, mean, sd, df }) => KINDS[kind].write(mean, sd, df);
  if (all.length === 1) return text(all[0]);
  const hundredths = all.map(({ weight }) => Math.max(1, Math.round(100 * weight)));
  const largest = hundredths.indexOf(Math.max(...hundredths));
  hundredths[largest] += 100 - hundredths.reduce((sum, part) => sum + part, 0);
  return all.map((bell, k) => `${hundredths[k] / 100}*${text(bell)}`).join("+");
}

const tidy = (/** @type {number} */ x) => String(Number(x.toFixed(Math.abs(x) < 0.1 ? 4 : 2)) + 0);

export function density(/** @type {Bell[]} */ all, /** @type {number} */ x) {
  let sum = 0;
  for (const { kind, weight, mean, sd, df } of all) sum += (weight / sd) * Math.exp(KINDS[kind].log((x - mean) / sd, df));
  return sum;
}

/** Its logarithm, which no tail ends. */
export function logDensity(/** @type {Bell[]} */ all, /** @type {number} */ x) {
  const terms = all.map(({ kind, weight, mean, sd, df }) => Math.log(weight / sd) + KINDS[kind].log((x - mean) / sd, df));
  const top = Math.max(...terms);
  return top === -Infinity ? top : top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
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
