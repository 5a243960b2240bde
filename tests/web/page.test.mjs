// What the whole page shares: the address, the keyboard's map, the store of the server's state.
import assert from "node:assert/strict";
import { test } from "node:test";

import { lastObjectiveChange, placeOf, written } from "../../gan_playground/web/address.js";
import { actionOf, KEYS } from "../../gan_playground/web/keys.js";
import { newRun } from "../../gan_playground/web/store.js";

test("an address that is written is read back", () => {
  const places = [
    { tab: "", detail: "" },
    { tab: "samples", detail: "" },
    { tab: "divergences", detail: "shift?at=12&q=a/b" },
  ];
  for (const place of places) {
    const address = written({ path: "/x/", query: "seed=3", lang: "ko", place });
    const { pathname, search, hash } = new URL(address, "http://here");
    assert.deepEqual(placeOf(hash), place);
    assert.equal(pathname + search, "/x/?seed=3&lang=ko");
  }
});

test("what is not there leaves no mark in the address", () => {
  assert.equal(written({ path: "/", query: "?", lang: "", place: { tab: "", detail: "lost" } }), "/");
  assert.equal(written({ path: "/", query: "", lang: "en", place: { tab: "samples", detail: "" } }), "/?lang=en#samples");
});

test("the last change of the objective is found in a link", () => {
  assert.equal(lastObjectiveChange("?changes=10:objective=kl;40:r1=1;30:objective=js"), 30);
  assert.equal(lastObjectiveChange("?seed=1"), 0);
});

test("every key has one action, wherever its letter is printed", () => {
  assert.equal(new Set(KEYS.map(({ action }) => action)).size, KEYS.length);
  for (const { key, code, action } of KEYS.filter((each) => each.key)) {
    assert.deepEqual(actionOf({ key, code }), { action, digit: 0 });
    assert.deepEqual(actionOf({ key: key.length > 1 ? key : key.toUpperCase(), code: "" }), { action, digit: 0 });
    if (code) assert.deepEqual(actionOf({ key: "ㅁ", code }), { action, digit: 0 });
  }
});

test("letters go by what is printed where that is Latin, digits name a layer, other keys do nothing", () => {
  assert.equal(actionOf({ key: "o", code: "KeyS" })?.action, "next-objective"); // Dvorak
  assert.deepEqual(actionOf({ key: "3", code: "Digit3" }), { action: "layer", digit: 3 });
  for (const pressed of [{ key: "x", code: "KeyX" }, { key: "Enter", code: "Enter" }, { key: "ß", code: "Minus" }, { key: "0", code: "Digit0" }, { key: "Shift", code: "ShiftLeft" }]) {
    assert.equal(actionOf(pressed), null);
  }
});

test("a store tells every listener what was and what is", () => {
  const run = newRun("?seed=1");
  /** @type {[string, string, string][]} */
  const told = [];
  run.onChange((now, before) => told.push([before.status, now.status, now.query]));
  run.update({ status: "running" });
  run.update({ query: "?seed=2" });
  assert.deepEqual(told, [["paused", "running", "?seed=1"], ["running", "running", "?seed=2"]]);
});
