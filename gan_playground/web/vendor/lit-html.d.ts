// The types of the vendored script are those of the npm package it was taken from, a development dependency.
export { html, mathml, noChange, nothing, render, svg } from "lit-html";
