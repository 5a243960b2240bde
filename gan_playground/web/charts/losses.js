/** Both players' losses, or the norms of their gradients. */

import { say } from "../language.js";
import { short } from "../numbers.js";
import { LINES, Plot, stepAxis } from "../plot.js";
import { colours } from "../surface.js";
import { decades, fitted, leaves } from "./series.js";

/** @typedef {import("../charts.js").Charts} Charts */
/** @typedef {import("./series.js").Range} Range */

const LOSSES = /** @type {Range} */ ([-2, 2]);
const GRADIENTS = /** @type {Range} */ ([1e-4, 1e2]);

/** @returns {Range} */
function fit(/** @type {Charts} */ charts, /** @type {import("../frame.js").Shown} */ { history: { columns } }) {
  if (charts.shown === "gradients") return decades(columns.critic_gradient, columns.generator_gradient);
  return fitted(columns.critic_loss, columns.generator_loss);
}

/** @type {import("../charts.js").Chart} */
export const losses = {
  seen: () => true,
  fit,
  draw(charts, card, picture) {
    const { columns } = picture.history;
    const steps = columns.step ?? [];
    const log = charts.shown === "gradients";
    const critic = (log ? columns.critic_gradient : columns.critic_loss) ?? [];
    const generator = (log ? columns.generator_gradient : columns.generator_loss) ?? [];
    const { row, past, at } = charts.row(steps);
    card.title(say(log ? "page.gradients" : "page.losses"));
    card.unit((log ? say("page.norms") : "") + (past ? `${log ? " · " : ""}${at}` : ""));
    card.value("critic", short(critic[row] ?? NaN));
    card.value("generator", short(generator[row] ?? NaN));
    const range = charts.range(charts.shown, () => {
      if (log) return GRADIENTS;
      // A distance with a parameter has no scale of its own: its first values set one.
      if (charts.divergence || charts.objective?.about.parameter === null) return LOSSES;
      return steps.length < 6 ? null : fit(charts, picture);
    });
    const plot = (card.plot = Plot.on(card.canvas, { x: stepAxis(picture.step), y: range ?? LOSSES, log }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    plot.inside(() => {
      plot.change(charts.since);
      plot.line(steps, generator, LINES.generator());
      plot.line(steps, critic, LINES.critic());
      const last = steps.length - 1;
      if (last >= 0) plot.now(steps[last], generator[last], paint.generated);
      if (last >= 0) plot.now(steps[last], critic[last], paint.critic);
    });
    plot.pointer(charts.pointed);
    card.offer(leaves(range, [...critic.slice(-1), ...generator.slice(-1)]));
    card.describe(`${say("page.critic")} ${short(critic[row] ?? NaN)}, ${say("page.generator")} ${short(generator[row] ?? NaN)}`);
  },
};
