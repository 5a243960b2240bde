// The browser's decoder against the bytes that frame_codec.py writes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decode, number, Picture } from "../../gan_playground/web/frame.js";

const golden = (/** @type {string} */ name) => {
  const bytes = readFileSync(new URL(`golden/${name}`, import.meta.url));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};
/** @returns {Record<string, (number|"inf"|"-inf"|null)[]>} */
const expected = (/** @type {string} */ name) => JSON.parse(Buffer.from(golden(name)).toString());

for (const name of ["plane", "line"]) {
  test(`${name}: every array reads as Python reads it`, () => {
    const { blocks } = decode(golden(`${name}.gpf`));
    const wanted = expected(`${name}.json`);
    assert.deepEqual(Object.keys(blocks).sort(), Object.keys(wanted).sort());
    for (const [key, values] of Object.entries(wanted)) {
      assert.equal(blocks[key].values.length, values.length, key);
      values.forEach((value, k) => {
        const found = blocks[key].values[k];
        if (value === null) assert.ok(Number.isNaN(found), `${key}[${k}] is ${found}`);
        else {
          const truth = number(value);
          const near = truth === found || Math.abs(found - truth) <= 1e-6 * Math.max(1, Math.abs(truth));
          assert.ok(near, `${key}[${k}] is ${found}, not ${truth}`);
        }
      });
    }
  });
}

test("a picture keeps what the wire leaves out, and its history grows by rows", () => {
  const picture = new Picture();
  const message = decode(golden("plane.gpf"));
  picture.add(message);
  assert.equal(picture.dim, 2);
  assert.equal(picture.step, 20);
  assert.ok(picture.begun());
  assert.equal(picture.header.exact.value, Infinity);
  assert.equal(picture.history.length, 3);
  assert.ok(Number.isNaN(picture.history.modes[0].sd_ratio));
  assert.equal(picture.header?.modes_now?.step, picture.step);
  assert.ok(Number.isNaN(picture.header?.modes_now?.sd_ratio));
  assert.equal(picture.header?.exact.step, 10);
  assert.equal(picture.history.transports[0].divergence, 0.5);
  const before = picture.revision;
  const later = {
    header: { ...message.header, first: false, step: 30, kept: ["target"], transports: [], modes: [] },
    blocks: { critic: message.blocks.critic, "history.step": block([30]), "history.bound": block([0.5]) },
  };
  picture.add(later);
  assert.ok(picture.blocks.target, "a kept array stays");
  assert.equal(picture.blocks["points.real"], undefined, "one that is neither sent nor kept goes");
  assert.deepEqual(picture.history.columns.step, [0, 10, 20, 30]);
  assert.ok(Number.isNaN(picture.history.columns.exact?.[3]), "a column that did not come is unknown there");
  assert.equal(picture.revision, before + 1);
});

test("a new beginning forgets the old run", () => {
  const picture = new Picture();
  picture.add(decode(golden("plane.gpf")));
  picture.add(decode(golden("line.gpf")));
  assert.equal(picture.dim, 1);
  assert.equal(picture.history.length, 4);
  assert.equal(picture.blocks["points.real"]?.shape[1], 1);
  assert.equal(picture.history.modes.length, 0);
});

test("a long history is thinned and keeps its last row", () => {
  const picture = new Picture();
  const message = decode(golden("plane.gpf"));
  for (let from = 0; from < 9000; from += 500) {
    const steps = Array.from({ length: 500 }, (_, k) => from + k);
    picture.add({
      header: { ...message.header, first: from === 0, kept: [], transports: [], modes: [] },
      blocks: { "history.step": block(steps), "history.bound": block(steps) },
    });
  }
  const { step = [], bound } = picture.history.columns;
  assert.ok(step.length <= 3000 && step.length > 1000);
  assert.equal(step.at(-1), 8999);
  assert.deepEqual(step, bound);
  assert.deepEqual([...step].sort((a, b) => a - b), step);
});

test("what is no frame is refused", () => {
  assert.throws(() => decode(new ArrayBuffer(4)), /not a frame/);
  assert.throws(() => decode(new TextEncoder().encode("GPF2 and more").buffer), /not a frame/);
});

const block = (/** @type {number[]} */ values) => ({ values: Float32Array.from(values), shape: [values.length] });
