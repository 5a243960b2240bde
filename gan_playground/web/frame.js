/**
 * Frames as they come off the wire: the decoder of `wire.py`, and the picture a viewer holds.
 *
 * A message is "GPF1", the header's length, the header as JSON, zeros to a multiple of 4, and the
 * arrays; a stored number q reads `zero + scale * q`, or `zero + scale * sinh(bend * q)`.
 */

/** @typedef {{values: Float32Array, shape: number[]}} Block */
/** @typedef {{value: number, certainty: string, error: number, log: number, why: Note|null}} Reading */
/** @typedef {{key: string, values: Record<string, any>}} Note */

const MAGIC = 0x31465047; // "GPF1" read as little-endian
const UNKNOWN = -32768;
const VIEWS = { u8: Uint8Array, i16: Int16Array, f32: Float32Array };

/**
 * Read one message.
 * @param {ArrayBuffer} buffer
 * @returns {{header: Record<string, any>, blocks: Record<string, Block>}}
 */
export function decode(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error("not a frame");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const start = (8 + length + 3) & ~3;
  /** @type {Record<string, Block>} */
  const blocks = {};
  for (const entry of header.arrays) {
    const count = entry.shape.reduce((/** @type {number} */ product, /** @type {number} */ n) => product * n, 1);
    const stored = new VIEWS[/** @type {"u8"|"i16"|"f32"} */ (entry.dtype)](buffer, start + entry.at, count);
    blocks[entry.name] = { values: plainNumbers(stored, entry), shape: entry.shape };
  }
  return { header, blocks };
}

/**
 * @param {Uint8Array|Int16Array|Float32Array} stored
 * @param {{dtype: string, scale?: number, zero?: number, bend?: number}} entry
 */
function plainNumbers(stored, entry) {
  const { scale = 1, zero = 0, bend = 0 } = entry;
  if (entry.dtype === "f32" && scale === 1 && zero === 0 && bend === 0) return /** @type {Float32Array} */ (stored);
  const values = new Float32Array(stored.length);
  const holes = entry.dtype === "i16";
  for (let i = 0; i < stored.length; i++) {
    const q = stored[i];
    values[i] = holes && q === UNKNOWN ? NaN : zero + scale * (bend ? Math.sinh(bend * q) : q);
  }
  return values;
}

/** A number of the header: null is unknown, an infinity comes by name. */
export function number(/** @type {any} */ value) {
  if (value === "inf") return Infinity;
  if (value === "-inf") return -Infinity;
  return value === null || value === undefined ? NaN : Number(value);
}

/** Whether the game leaves the critic's level free: its middle is then the field's median, never a round number. */
export function levelIsFree(/** @type {{name: string, midpoint: number}} */ unit) {
  return unit.name !== "T" && unit.midpoint !== 0 && unit.midpoint !== 0.5;
}

/** @returns {Reading} */
function reading(/** @type {any} */ raw) {
  return { ...raw, value: number(raw.value), error: number(raw.error), log: number(raw.log) };
}

/**
 * What one viewer knows of a run: the latest frame, with what the wire left out because it was
 * known already, and every row of its history.
 */
export class Picture {
  constructor() {
    /** @type {Record<string, any>} */
    this.header = {};
    /** @type {Record<string, Block>} */
    this.blocks = {};
    this.history = new History();
    /** Goes up by one whenever history gained rows: charts redraw on its change alone. */
    this.revision = 0;
  }

  /** Take in one decoded message. */
  add(/** @type {{header: Record<string, any>, blocks: Record<string, Block>}} */ message) {
    const { header, blocks } = message;
    if (header.first) {
      this.blocks = {};
      this.history = new History();
      this.revision++;
    }
    /** @type {Record<string, Block>} */
    const held = {};
    for (const name of header.kept) if (this.blocks[name]) held[name] = this.blocks[name];
    /** @type {Record<string, Float32Array>} */
    const rows = {};
    for (const [name, block] of Object.entries(blocks)) {
      if (name.startsWith("history.")) rows[name.slice(8)] = block.values;
      else held[name] = block;
    }
    this.blocks = held;
    this.header = { ...header, bound: reading(header.bound), exact: reading(header.exact) };
    if (this.history.add(rows, header.transports, header.modes)) this.revision++;
  }

  get step() {
    return this.header.step ?? 0;
  }

  /** Dimension of the data, 1 or 2. */
  get dim() {
    return this.header.window?.length ?? 2;
  }

  /** The values of a block, or null. */
  values(/** @type {string} */ name) {
    return this.blocks[name]?.values ?? null;
  }
}

const MOST_ROWS = 3000;

/** The run so far: columns of one length, thinned by halves where a run grows very long. */
export class History {
  constructor() {
    /** @type {Record<string, number[]>} */
    this.columns = {};
    /** @type {any[]} */
    this.transports = [];
    /** @type {any[]} */
    this.modes = [];
  }

  get length() {
    return this.columns.step?.length ?? 0;
  }

  /** Append rows; true where anything came. */
  add(/** @type {Record<string, Float32Array>} */ rows, /** @type {any[]} */ transports, /** @type {any[]} */ modes) {
    const count = rows.step?.length ?? 0, held = this.length;
    for (const name of new Set([...Object.keys(this.columns), ...Object.keys(rows)])) {
      const column = (this.columns[name] ??= new Array(held).fill(NaN));
      const values = rows[name];
      for (let i = 0; i < count; i++) column.push(values ? values[i] : NaN);
    }
    for (const row of transports) {
      const [w1, w2, exact] = [row.w1, row.w2, row.exact_w1].map(number);
      this.transports.push({ ...row, w1, w2, exact_w1: exact, divergence: number(row.divergence?.value) });
    }
    for (const row of modes) this.modes.push({ ...row, kl: number(row.kl), sd_ratio: number(row.sd_ratio) });
    if (this.length > MOST_ROWS) {
      const last = this.length - 1;
      for (const name of Object.keys(this.columns)) {
        this.columns[name] = this.columns[name].filter((_, i) => i % 2 === 0 || i === last);
      }
    }
    if (this.transports.length > MOST_ROWS) this.transports = this.transports.filter((_, i) => i % 2 === 0);
    if (this.modes.length > MOST_ROWS) this.modes = this.modes.slice(-MOST_ROWS / 2);
    return count > 0 || transports.length > 0 || modes.length > 0;
  }

  /** The last value of a column, or NaN. */
  last(/** @type {string} */ name) {
    const column = this.columns[name];
    return column?.length ? column[column.length - 1] : NaN;
  }
}
