/** The hand carries something over a canvas, from where it takes hold of it until it lets go. */

/**
 * @template T
 * @typedef {Object} Carried
 * @property {(event: PointerEvent) => T|null} take what lies under the pointer, null where nothing does
 * @property {(held: T, event: PointerEvent) => void} move
 * @property {() => void} [drop]
 * @property {(event: PointerEvent, held: T|null) => string|null} [cursor] null leaves it as it is
 * @property {(event: KeyboardEvent) => boolean} [key] true where the key moved something
 */

/** @template T @param {HTMLCanvasElement} canvas @param {Carried<T>} does */
export function carry(canvas, { take, move, drop, cursor, key }) {
  /** @type {T|null} */
  let held = null;
  const point = (/** @type {PointerEvent} */ event) => {
    const shape = cursor?.(event, held) ?? null;
    if (shape !== null) canvas.style.cursor = shape;
  };
  canvas.addEventListener("pointerdown", (event) => {
    held = take(event);
    if (held !== null) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("touchstart", (event) => held !== null && event.preventDefault(), { passive: false });
  canvas.addEventListener("pointermove", (event) => {
    point(event);
    if (held !== null) move(held, event);
  });
  const release = () => {
    if (held === null) return;
    held = null;
    drop?.();
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  if (!key) return;
  canvas.tabIndex = 0;
  canvas.addEventListener("keydown", (event) => {
    if (key(event)) event.preventDefault();
  });
}
