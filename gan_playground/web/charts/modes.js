/** Each mode's share of a sample, beside the equal share. */

import { say } from "../language.js";
import { percent, short, whole } from "../numbers.js";
import { LINES, Plot } from "../plot.js";
import { colours } from "../surface.js";

/** @type {import("../charts.js").Chart} */
export const modes = {
  seen: ({ header }) => header.centres > 0,
  draw(charts, card, picture) {
    const rows = picture.history.modes;
    const { row, past, at } = charts.row(rows.map((each) => each.step)), latest = past ? rows[row] : picture.header.modes_now;
    const count = picture.header.centres;
    const shares = latest ? latest.counts.map((hits) => hits / latest.n) : [];
    const found = `${latest?.found ?? "–"}/${count}`;
    card.unit(say("page.share_near_centre") + (latest ? ` · ${say("page.points", { n: whole(latest.n) })}` : "") + (past ? ` · ${at}` : ""));
    card.value("found", found);
    card.value("share", latest ? percent(latest.high_quality) : "–");
    card.value("kl", latest ? short(latest.kl, 2) : "–");
    card.value("sd", latest ? short(latest.sd_ratio, 2) : "–");
    const top = Math.min(1, 3 / count);
    const plot = Plot.on(card.canvas, { x: [0, count], y: [0, top], marks: [0] });
    card.plot = null; // its axis is modes, not steps
    if (!plot) return;
    plot.frame({ steps: false });
    const { context } = plot;
    const paint = colours();
    const wide = plot.x(1) - plot.x(0), bar = wide * 0.74;
    context.textAlign = "center";
    context.textBaseline = "top";
    shares.forEach((share, k) => {
      const x = plot.x(k + 0.5), y = Math.max(plot.top, plot.y(share));
      context.fillStyle = paint.generated;
      context.fillRect(x - bar / 2, y, bar, plot.bottom - y);
      context.fillStyle = paint.ink3;
      if (count <= 12 || k % 5 === 4 || k === 0) context.fillText(String(k + 1), x, plot.bottom + 5);
      if (share > top) plot.word(percent(share), x, plot.top + plot.size + 2, paint.ink, "center");
      context.textBaseline = "top";
    });
    context.beginPath();
    context.moveTo(plot.left, plot.y(1 / count));
    context.lineTo(plot.right, plot.y(1 / count));
    plot.stroke(LINES.exact());
    context.fillStyle = paint.ink3;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(`1/${count}`, plot.left - 7, plot.y(1 / count));
    card.describe(latest ? `${say("page.modes")} ${found}, ${say("page.within_4_sd")} ${percent(latest.high_quality)}` : say("page.modes"));
  },
};
