// Paints every panel of the Divergences tab as text, in each of its scenes, from the book on standard input.
import "./document.mjs";

import { readFileSync } from "node:fs";

const { learn } = await import("../../gan_playground/web/language.js");
const book = JSON.parse(readFileSync(0, "utf-8"));
learn("en", book.words);

/** A template as text: its strings with what stands between them. @returns {string} */
function text(/** @type {any} */ part) {
  if (part === null || part === undefined || typeof part === "symbol" || typeof part === "function") return "";
  if (Array.isArray(part)) return part.map(text).join("");
  if (typeof part !== "object") return String(part);
  return part.strings.map((/** @type {string} */ string, /** @type {number} */ k) => string + text(part.values[k])).join("");
}

/** @type {Record<string, Record<string, string>>} */
const painted = {};
for (const [key, about] of Object.entries(book.panels)) {
  const { default: Kind } = await import(`../../gan_playground/web/panels/${key}.js`);
  painted[key] = {};
  for (const scene of about.fields.scene?.choices ?? [""]) {
    const panel = new Kind(null, key, null, about);
    if (scene) panel.values.scene = scene;
    painted[key][scene] = text(panel.template());
  }
}
process.stdout.write(JSON.stringify(painted));
