/**
 * Frames as they come: of those that pile up only the newest is drawn, inside an animation frame, and all
 * are acknowledged after that: a page that cannot keep up, or is out of sight, is sent no more.
 */

const CALM_EVERY = 500; // ms between pictures where less motion is asked for
const PACE_OVER = 1500; // ms of pictures that the rate is taken over
const KEPT = 200; // drawing times

export class FrameLoop {
  /**
   * @param {(began: number) => number} draw draws the newest frame; the step it is of
   * @param {() => void} acknowledge one frame
   */
  constructor(draw, acknowledge) {
    this.draw = draw;
    this.acknowledge = acknowledge;
    this.unacknowledged = 0;
    this.scheduled = false;
    this.drawnAt = 0;
    /** How long each of the last pictures took, in ms. @type {number[]} */
    this.took = [];
    /** When each of the last pictures was drawn, and its step. @type {[number, number][]} */
    this.pace = [];
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** One more frame has come. */
  arrive() {
    this.unacknowledged++;
    if (this.scheduled) return;
    this.scheduled = true;
    const next = () => requestAnimationFrame(() => this.next());
    const rest = this.calm.matches ? this.drawnAt + CALM_EVERY - performance.now() : 0;
    if (rest > 0) setTimeout(next, rest);
    else next();
  }

  next() {
    this.scheduled = false;
    const began = performance.now();
    try {
      this.keepPace(began, this.draw(began));
    } finally {
      // Whatever befell this picture, the next one may come.
      this.drawnAt = performance.now();
      this.took.push(this.drawnAt - began);
      if (this.took.length > KEPT) this.took.shift();
      for (; this.unacknowledged > 0; this.unacknowledged--) this.acknowledge();
    }
  }

  keepPace(/** @type {number} */ now, /** @type {number} */ step) {
    const last = this.pace[this.pace.length - 1];
    if (last && step < last[1]) this.pace = [];
    this.pace.push([now, step]);
    while (this.pace.length > 2 && now - this.pace[0][0] > PACE_OVER) this.pace.shift();
  }

  /** The run was paused or began to play: its pace is another. */
  forget() {
    this.pace = [];
  }

  /** Steps a second over the last pictures; NaN where they are too few to tell. */
  get rate() {
    const [first, last] = [this.pace[0], this.pace[this.pace.length - 1]];
    const seconds = last ? (last[0] - first[0]) / 1000 : 0;
    return seconds > 0.3 ? (last[1] - first[1]) / seconds : NaN;
  }
}
