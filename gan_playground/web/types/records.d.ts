// Written by `python -m gan_playground.page.script_types` from the records of Python; not by hand.

export type Value = string | number | boolean;

export type Kind = "choice" | "integer" | "number" | "flag" | "mixture" | "objective";

export type Certainty = "exact" | "approximate" | "infinite" | "unknown";

export type SentNumber = number | "inf" | "-inf" | null;

export type ArrayName = "x" | "critic" | "optimal" | "target" | "generated" | "levels" | "pull" | "points.real" | "points.generated" | "points.manifold" | "landscape.mu" | "landscape.sigma" | "landscape.value" | "landscape.levels";

export type ColumnName = "step" | "critic_loss" | "generator_loss" | "critic_gradient" | "generator_gradient" | "bound" | "exact" | "mu" | "sigma";

export type Status = "paused" | "running" | "stopped";

export type Player = "critic" | "generator" | "both";

export type Button = "play" | "pause" | "reset" | "new-seed";

export type FromBrowser = "a" | Greeting | Press | PressStep | Turn | Cap | Sight | Resting;

/** Every knob with its value. */
export interface Settings {
  data: "fgan-mixture" | "far-gaussians" | "uniform" | "laplace" | "student-t" | "mixture" | "8-gaussians" | "25-gaussians" | "swiss-roll" | "ring" | "two-moons" | "checkerboard" | "pinwheel" | "two-gaussians" | "line" | "three-blobs";
  distance: number;
  mixture: string;
  objective: string;
  generator_rate: number;
  critic_rate: number;
  critic_steps: number;
  r1: number;
  r2: number;
  generator: "mlp" | "linear";
  generator_depth: 1 | 2 | 3 | 4;
  generator_width: 16 | 32 | 64 | 128 | 256;
  generator_activation: "relu" | "leaky-relu" | "elu" | "tanh";
  batch_norm: boolean;
  critic_depth: 1 | 2 | 3 | 4;
  critic_width: 16 | 32 | 64 | 128 | 256;
  critic_activation: "relu" | "leaky-relu" | "elu" | "tanh";
  critic_batch_norm: boolean;
  spectral_norm: boolean;
  fourier: 0 | 16 | 32 | 64 | 128;
  fourier_sigma: number;
  optimizer: "adam" | "rmsprop" | "sgd";
  beta1: number;
  beta2: number;
  decay: number;
  gradient_clip: number;
  update: "alternating" | "single-step";
  batch: 32 | 64 | 128 | 256 | 512 | 1024;
  latent: 1 | 2 | 4 | 8 | 16;
  noise: "normal" | "uniform";
  instance_noise: number;
  seed: number;
}

/** A sentence on its way to a screen; a value may be such a sentence itself. */
export interface Sentence {
  key: string;
  values: Record<string, string | number | boolean | Sentence | null>;
}

/**
 * One number, how sure it is, its stated error, its logarithm where it is beyond float64, and why.
 *
 * `step` is that of a slow measurement, null where it is the frame's.
 */
export interface SentReading {
  value: SentNumber;
  certainty: Certainty;
  error: SentNumber;
  log: SentNumber;
  why: Sentence | null;
  step: number | null;
}

/** How the critic's field is to be read; where no level is `fixed`, the midpoint is the field's median. */
export interface SentUnit {
  name: string;
  midpoint: number;
  reach: number;
  fixed: boolean;
}

/** W1 and W2 measured on n points, the estimator's noise floors, and what is known exactly. */
export interface SentTransport {
  step: number;
  n: number;
  w1: SentNumber;
  w2: SentNumber;
  floor_w1: [SentNumber, SentNumber];
  floor_w2: [SentNumber, SentNumber];
  exact_w1: SentNumber;
  divergence: SentReading | null;
}

/** Hits of each mode among n points, how many modes are found by them, and how well the points sit. */
export interface SentModes {
  step: number;
  n: number;
  counts: number[];
  found: number;
  high_quality: SentNumber;
  kl: SentNumber;
  sd_ratio: SentNumber;
}

/** One array: its bytes begin at `at`; a stored number q reads zero + scale * (bend ? sinh(bend * q) : q). */
export interface Entry {
  name: string;
  dtype: "i16" | "f32";
  shape: number[];
  at: number;
  scale?: number;
  zero?: number;
  bend?: number;
}

/**
 * Everything of a frame but its arrays; `kept` names those that the viewer holds already.
 *
 * `modes` are the history's new rows, `modes_now` those of the frame's own step.
 */
export interface Header {
  step: number;
  first: boolean;
  window: [number, number][];
  unit: SentUnit;
  certainty: Certainty;
  bound: SentReading;
  exact: SentReading;
  note: Sentence;
  stopped: Sentence | null;
  warnings: Sentence[];
  best_fit: [SentNumber, SentNumber, SentNumber] | null;
  centres: number;
  transports: SentTransport[];
  modes: SentModes[];
  modes_now: SentModes | null;
  kept: string[];
  arrays: Entry[];
}

/** A run after a command: knobs in force, the link that tells it, and what there is to say of it. */
export interface SentState {
  settings: Settings;
  query: string;
  status: Status;
  speed: number | "full";
  step: number;
  restarts: boolean;
  stopped: Sentence | null;
  warnings: Sentence[];
}

/** The first state, with the token that brings this run back. */
export interface Welcome {
  settings: Settings;
  query: string;
  status: Status;
  speed: number | "full";
  step: number;
  restarts: boolean;
  stopped: Sentence | null;
  warnings: Sentence[];
  token: string;
}

/** Why something was not accepted, and the knob at fault or nothing. */
export interface Refused {
  key: string;
  values: Record<string, string | number | boolean | Sentence | null>;
  knob: string;
}

/** A place in the line for a seat; 0 where one is being prepared. */
export interface Place {
  place: number;
}

/** One message: exactly one of these. */
export interface FromServer {
  welcome?: Welcome;
  state?: SentState;
  refused?: Refused;
  line?: Place;
  bye?: Sentence;
}

/** The page's query string, the tab's token (empty for a new one) and language. */
export interface Introduction {
  query: string;
  token: string;
  lang: string;
}

/** The first message. */
export interface Greeting {
  hello: Introduction;
}

/** A button. */
export interface Press {
  do: Button;
}

/** One update of one player, or of both. */
export interface PressStep {
  do: "step";
  player?: Player;
}

/** New values of knobs. */
export interface Turn {
  set: Partial<Settings>;
}

/** At most so many steps a second. */
export interface Cap {
  speed: number | "full";
}

/** The page went out of sight, or came back. */
export interface Sight {
  hidden: boolean;
}

/** Another tab of the page is in front, or no more. */
export interface Resting {
  rest: boolean;
}

/**
 * What a page must know of a knob.
 *
 * `low` and `high` are None where nothing bounds it. Without `shown` it is out of sight; with `idle` it has
 * no effect and is grey, and prints `idle_value` where it is in effect something.
 */
export interface DeclaredKnob {
  kind: Kind;
  control: "select" | "slider" | "typed" | "text" | "flag" | "objective";
  default: Value;
  restarts: boolean;
  group: string;
  scale: "whole" | "linear" | "log" | "zero-log";
  low: number | null;
  high: number | null;
  choices: [string, string[]][];
  shown: [string, string] | null;
  idle: [string, string] | null;
  idle_value: string | number | boolean | null;
}

/** The number an objective takes, and how a slider lays its range out. */
export interface DeclaredParameter {
  symbol: string;
  default: number;
  scale: "whole" | "linear" | "log" | "zero-log";
  low: number;
  high: number;
}

/**
 * An objective: its parameter, whether it has two generator steps, and how far its value may reach.
 *
 * `practical` says that the practical step is meant where none is named; `range` is None where nothing bounds it;
 * `offset` is what is added so that it is drawn from 0.
 */
export interface DeclaredObjective {
  title: string;
  parameter: DeclaredParameter | null;
  steps: boolean;
  practical: boolean;
  range: [number, number | null] | null;
  offset: string;
}

/** What a choice of data sets besides, by data and by objective, over `reset`. */
export interface Recommended {
  data: Record<string, Partial<Settings>>;
  objective: Record<string, Partial<Settings>>;
  reset: Partial<Settings>;
}

/**
 * The knobs and objectives as plain data.
 *
 * `visible` and `advanced` say where each knob stands, `penalty` which one leaves the column where the objective
 * brings a penalty of its own; `grammar` is an objective's text as a regular expression; `dimensions` are those
 * of the toys.
 */
export interface Declaration {
  knobs: Record<string, DeclaredKnob>;
  visible: string[];
  advanced: [string, string[]][];
  penalty: string;
  grammar: string;
  objectives: Record<string, DeclaredObjective>;
  dimensions: Record<string, number>;
  recommended: Recommended;
}
