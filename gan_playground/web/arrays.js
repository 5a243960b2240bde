/** Arrays as they travel: base64 of little-endian numbers. */

export function bytes(/** @type {string} */ text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function float32(/** @type {string} */ text) {
  return new Float32Array(bytes(text).buffer);
}
