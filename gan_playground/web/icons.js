/** The icons, drawn in strokes of 1.7 on a field of 20 by 20, in the colour of the text beside them. */

import { html, svg } from "./vendor/lit-html.js";

const PATHS = {
  play: svg`<path d="M6 4l11 6-11 6z" fill="currentColor" stroke="none"/>`,
  pause: svg`<path d="M5.5 4h3v12h-3zM11.5 4h3v12h-3z" fill="currentColor" stroke="none"/>`,
  step: svg`<path d="M4 4l8 6-8 6z" fill="currentColor" stroke="none"/><path d="M15 4v12"/>`,
  reset: svg`<path d="M4.5 10a5.8 5.8 0 1 0 2-4.4M4.2 3v4h4"/>`,
  dice: svg`<rect x="3.5" y="3.5" width="13" height="13" rx="2.5"/><g fill="currentColor" stroke="none"><circle cx="7.2" cy="7.2" r="1.3"/><circle cx="12.8" cy="12.8" r="1.3"/><circle cx="10" cy="10" r="1.3"/></g>`,
  link: svg`<path d="M8.5 11.5l3-3M7 9l-2 2a3 3 0 0 0 4.2 4.2l2-2M13 11l2-2a3 3 0 0 0-4.2-4.2l-2 2"/>`,
  save: svg`<path d="M10 3v9M6.5 9l3.5 3.5L13.5 9M4 16.5h12"/>`,
  present: svg`<rect x="2.5" y="4" width="15" height="9.5" rx="1.2"/><path d="M7 17h6M10 13.5V17"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.4"/><path d="M10 2.2v2M10 15.8v2M2.2 10h2M15.8 10h2M4.5 4.5l1.4 1.4M14.1 14.1l1.4 1.4M4.5 15.5l1.4-1.4M14.1 5.9l1.4-1.4"/>`,
  moon: svg`<path d="M15.5 12.2A6.3 6.3 0 0 1 7.8 4.5a6.3 6.3 0 1 0 7.7 7.7z"/>`,
  help: svg`<circle cx="10" cy="10" r="7"/><path d="M8 8a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.3M10 13.6v.2"/>`,
  talk: svg`<path d="M3 5h14v8.5H9L5.5 16.5v-3H3z"/>`,
  warn: svg`<path d="M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.2"/>`,
  stop: svg`<rect x="4.5" y="4.5" width="11" height="11" fill="currentColor" stroke="none"/>`,
  menu: svg`<path d="M3 5.5h14M3 10h14M3 14.5h14"/>`,
  sliders: svg`<path d="M3 6h14M3 14h14"/><circle cx="7" cy="6" r="2" fill="var(--paper)"/><circle cx="13" cy="14" r="2" fill="var(--paper)"/>`,
  arrow: svg`<path d="M3 10h12M10.5 5.5L15.5 10l-5 4.5"/>`,
  down: svg`<path d="M6 8l4 4 4-4"/>`,
  right: svg`<path d="M8 6l4 4-4 4"/>`,
  close: svg`<path d="M5 5l10 10M15 5L5 15"/>`,
};

/** @typedef {keyof typeof PATHS} Icon */

/**
 * An icon as inline SVG, unseen by screen readers: the button it stands in has words.
 * @param {Icon} name @param {string} [classes]
 */
export function icon(name, classes = "") {
  return html`<svg class=${`icon ${classes}`.trim()} viewBox="0 0 20 20" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}

/** The product's mark: a ring for the real, a disc for the generated, sharing some ground. */
export function mark() {
  return html`<svg class="mark" viewBox="0 0 30 20" aria-hidden="true" focusable="false">
    <circle cx="10" cy="10" r="7.2" fill="none" stroke="var(--real)" stroke-width="3"></circle>
    <circle cx="20" cy="10" r="8.6" fill="var(--generated)" fill-opacity=".85"></circle></svg>`;
}
