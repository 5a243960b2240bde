/** What is saved: all columns as one PNG, and the animated walk that the server draws. */

import { poster } from "../pictures.js";

const ABREAST = 8;
const MOST = 4; // grids in a row of the picture
const HEAD = 34;
const GAP = 16;

/** Hand a file to the visitor. */
export function save(/** @type {string} */ name, /** @type {string} */ href) {
  const link = document.createElement("a");
  link.download = name;
  link.href = href;
  link.click();
}

/** Every grid under its name, dark on white, `MOST` in a row. */
export function contactSheet(/** @type {{name: string, sheet: import("../pictures.js").Sheet}[]} */ grids) {
  const scale = grids.length > MOST ? 2 : 3;
  const posters = grids.map(({ sheet }) => poster(sheet, ABREAST, scale));
  const wide = Math.max(...posters.map((picture) => picture.width)), high = Math.max(...posters.map((picture) => picture.height)) + HEAD;
  const abreast = Math.min(MOST, grids.length);
  const canvas = document.createElement("canvas");
  canvas.width = abreast * (wide + GAP) + GAP;
  canvas.height = Math.ceil(grids.length / MOST) * (high + GAP) + GAP;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000000";
  context.font = `700 18px ${getComputedStyle(document.body).getPropertyValue("--sans")}`;
  posters.forEach((picture, k) => {
    const x = GAP + (k % MOST) * (wide + GAP), y = GAP + Math.floor(k / MOST) * (high + GAP);
    context.fillText(grids[k].name, x, y + 20);
    context.drawImage(picture, x, y + HEAD);
  });
  return canvas.toDataURL("image/png");
}
