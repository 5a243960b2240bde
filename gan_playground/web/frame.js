/**
 * Frames as they come off the socket: the decoder of `frame_codec.py`, and the picture a viewer holds.
 *
 * A message is "GPF1", the header's length, the header as JSON, zeros to a multiple of 4, and the
 * arrays; a stored number q reads `zero + scale * q`, or `zero + scale * sinh(bend * q)`.
 */

/**
 * @typedef {import("./types/records.js").SentNumber} SentNumber
 * @typedef {import("./types/records.js").SentReading} SentReading
 * @typedef {import("./types/records.js").SentTransport} SentTransport
 * @typedef {import("./types/records.js").SentModes} SentModes
 * @typedef {import("./types/records.js").Header} SentHeader
 * @typedef {import("./types/records.js").ArrayName} ArrayName
 * @typedef {import("./types/records.js").ColumnName} ColumnName
 * @typedef {import("./types/records.js").Sentence} Note
 * @typedef {{values: Float32Array, shape: number[]}} Block
 * @typedef {{header: SentHeader, blocks: Record<string, Block>}} Message
 */

/**
 * What was sent, with its numbers read: where one may be null or the name of an infinity there is a number.
 * @template T
 * @typedef {[T] extends [SentNumber] ? (SentNumber extends T ? number : T) : {[K in keyof T]: Read<T[K]>}} Read
 */
/** @typedef {Read<SentReading>} Reading */
/** @typedef {Omit<Read<SentTransport>, "divergence"> & {divergence: number}} Transport */
/** @typedef {Read<SentModes>} Modes */
/** @typedef {Omit<SentHeader, "bound"|"exact"|"best_fit"|"modes_now"> & Pick<Read<SentHeader>, "bound"|"exact"|"best_fit"> & {modes_now: Modes|null}} Header */
/** @typedef {Picture & {header: Header}} Shown a picture of which a frame has come */

const MAGIC = 0x31465047; // "GPF1" read as little-endian
const UNKNOWN = -32768;
const VIEWS = { i16: Int16Array, f32: Float32Array };

/**
 * Read one message.
 * @param {ArrayBuffer} buffer
 * @returns {Message}
 */
export function decode(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error("not a frame");
  const length = view.getUint32(4, true);
  /** @type {SentHeader} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const start = (8 + length + 3) & ~3;
  /** @type {Record<string, Block>} */
  const blocks = {};
  for (const entry of header.arrays) {
    const count = entry.shape.reduce((product, n) => product * n, 1);
    const stored = new VIEWS[entry.dtype](buffer, start + entry.at, count);
    blocks[entry.name] = { values: plainNumbers(stored, entry), shape: entry.shape };
  }
  return { header, blocks };
}

/**
 * @param {Int16Array|Float32Array} stored
 * @param {import("./types/records.js").Entry} entry
 */
function plainNumbers(stored, entry) {
  const { scale = 1, zero = 0, bend = 0 } = entry;
  if (stored instanceof Float32Array && scale === 1 && zero === 0 && bend === 0) return stored;
  const values = new Float32Array(stored.length);
  const holes = entry.dtype === "i16";
  for (let i = 0; i < stored.length; i++) {
    const q = stored[i];
    values[i] = holes && q === UNKNOWN ? NaN : zero + scale * (bend ? Math.sinh(bend * q) : q);
  }
  return values;
}

/** A number of the header: null is unknown, an infinity comes by name. */
export function number(/** @type {SentNumber} */ value) {
  if (value === "inf") return Infinity;
  if (value === "-inf") return -Infinity;
  return value ?? NaN;
}

/** @returns {Reading} */
function reading(/** @type {SentReading} */ sent) {
  return { ...sent, value: number(sent.value), error: number(sent.error), log: number(sent.log) };
}

/** @returns {Transport} */
function transport(/** @type {SentTransport} */ sent) {
  return {
    step: sent.step, n: sent.n, w1: number(sent.w1), w2: number(sent.w2), exact_w1: number(sent.exact_w1),
    floor_w1: [number(sent.floor_w1[0]), number(sent.floor_w1[1])],
    floor_w2: [number(sent.floor_w2[0]), number(sent.floor_w2[1])],
    divergence: number(sent.divergence?.value ?? null),
  };
}

/** @returns {Modes} */
function modesOf(/** @type {SentModes} */ sent) {
  return { ...sent, kl: number(sent.kl), sd_ratio: number(sent.sd_ratio), high_quality: number(sent.high_quality) };
}

/**
 * What one viewer knows of a run: the latest frame, with what the wire left out because it was
 * known already, and every row of its history.
 */
export class Picture {
  constructor() {
    /** Nothing before the first message. @type {Header|null} */
    this.header = null;
    /** @type {Partial<Record<ArrayName, Block>>} */
    this.blocks = {};
    this.history = new History();
    /** Goes up by one whenever history gained rows: charts redraw on its change alone. */
    this.revision = 0;
  }

  /** Take in one decoded message. */
  add(/** @type {Message} */ message) {
    const { header, blocks } = message;
    if (header.first) {
      this.blocks = {};
      this.history = new History();
      this.revision++;
    }
    const kept = new Set(header.kept);
    const held = Object.fromEntries(Object.entries(this.blocks).filter(([name]) => kept.has(name)));
    /** @type {Partial<Record<ColumnName, Float32Array>>} */
    const rows = {};
    for (const [name, block] of Object.entries(blocks)) {
      if (name.startsWith("history.")) rows[/** @type {ColumnName} */ (name.slice(8))] = block.values;
      else held[name] = block;
    }
    this.blocks = held;
    const [mu, sigma, least] = header.best_fit ?? [];
    const best = header.best_fit && /** @type {[number, number, number]} */ ([mu, sigma, least].map((value) => number(value ?? null)));
    const now = header.modes_now && modesOf(header.modes_now);
    this.header = { ...header, bound: reading(header.bound), exact: reading(header.exact), best_fit: best, modes_now: now };
    if (this.history.add(rows, header.transports, header.modes)) this.revision++;
  }

  /** Whether a frame has come. @returns {this is Shown} */
  begun() {
    return this.header !== null;
  }

  get step() {
    return this.header?.step ?? 0;
  }

  /** Dimension of the data, 1 or 2. */
  get dim() {
    return this.header?.window.length ?? 2;
  }

  /** The values of a block, or null. */
  values(/** @type {ArrayName} */ name) {
    return this.blocks[name]?.values ?? null;
  }
}

const MOST_ROWS = 3000;

/** The run so far: columns of one length, thinned by halves where a run grows very long. */
export class History {
  constructor() {
    /** @type {Partial<Record<ColumnName, number[]>>} */
    this.columns = {};
    /** @type {Transport[]} */
    this.transports = [];
    /** @type {Modes[]} */
    this.modes = [];
  }

  get length() {
    return this.columns.step?.length ?? 0;
  }

  /**
   * Append rows; true where anything came.
   * @param {Partial<Record<ColumnName, Float32Array>>} rows
   * @param {SentTransport[]} transports @param {SentModes[]} modes
   */
  add(rows, transports, modes) {
    const count = rows.step?.length ?? 0, held = this.length;
    for (const name of /** @type {ColumnName[]} */ (Object.keys({ ...this.columns, ...rows }))) {
      const column = (this.columns[name] ??= new Array(held).fill(NaN));
      const values = rows[name];
      for (let i = 0; i < count; i++) column.push(values ? values[i] : NaN);
    }
    this.transports.push(...transports.map(transport));
    this.modes.push(...modes.map(modesOf));
    if (this.length > MOST_ROWS) {
      const last = this.length - 1;
      for (const [name, column] of Object.entries(this.columns)) {
        this.columns[/** @type {ColumnName} */ (name)] = column.filter((_, i) => i % 2 === 0 || i === last);
      }
    }
    if (this.transports.length > MOST_ROWS) this.transports = this.transports.filter((_, i) => i % 2 === 0);
    if (this.modes.length > MOST_ROWS) this.modes = this.modes.slice(-MOST_ROWS / 2);
    return count > 0 || transports.length > 0 || modes.length > 0;
  }

  /** The last value of a column, or NaN. */
  last(/** @type {ColumnName} */ name) {
    const column = this.columns[name];
    return column?.length ? column[column.length - 1] : NaN;
  }
}
