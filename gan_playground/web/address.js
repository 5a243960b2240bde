/** What outlives the page: the run's link in the address bar, and the token that leads back to the run. */

import { language } from "./language.js";

const WRITE_AFTER = 150; // ms: browsers allow few changes a second, and a slider makes many

/**
 * What a tab adds to the address after its own name, `#tab/detail`; to begin with what the link says, so
 * that nothing is lost before the tab has read it. @type {Record<string, () => string>}
 */
export const details = {};
{
  const [tab, ...rest] = globalThis.location?.hash.slice(1).split("/") ?? [""];
  if (rest.length) details[tab] = () => rest.join("/");
}

/** The address bar: the run's query as the server gives it, a language chosen by hand, the open tab. */
export class Address {
  /** @param {() => string} query the run's query string, with or without its question mark */
  constructor(query) {
    this.query = query;
    this.keepLanguage = new URLSearchParams(location.search).has("lang");
    this.timer = 0;
  }

  /** Write soon; the last of many is what stands there. */
  write(languageChosen = false) {
    this.keepLanguage ||= languageChosen;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.writeNow(), WRITE_AFTER);
  }

  writeNow() {
    clearTimeout(this.timer);
    const lang = this.keepLanguage ? `lang=${language()}` : "";
    const search = [this.query().replace(/^\?/, ""), lang].filter(Boolean).join("&");
    const tab = document.body.dataset.tab ?? "train";
    const detail = details[tab]?.() ?? "";
    const place = tab === "train" ? "" : `#${tab}${detail && `/${detail}`}`;
    const address = location.pathname + (search ? `?${search}` : "") + place;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  }
}

/** @type {{token: string}|null} */
let holder = null;

/** The token of this page's run, by which another tab asks for it; empty where there is no run. */
export function runToken() {
  return holder?.token ?? "";
}

/** The token survives a reload, not a copy of the tab: it is in storage only while no page holds it. */
export function keepToken(/** @type {{token: string}} */ connection) {
  holder = connection;
  try {
    connection.token = sessionStorage.getItem("playground-token") ?? "";
    sessionStorage.removeItem("playground-token");
    addEventListener("pagehide", () => sessionStorage.setItem("playground-token", connection.token));
    addEventListener("pageshow", () => sessionStorage.removeItem("playground-token"));
  } catch {
    // No storage, no way back after a reload; the link still is one.
  }
}

/** The step at which the run's link last changes the objective, 0 where it never does. */
export function lastObjectiveChange(/** @type {string} */ query) {
  const changes = new URLSearchParams(query).get("changes") ?? "";
  const steps = [...changes.matchAll(/(\d+):objective=/g)].map((match) => Number(match[1]));
  return steps.length ? Math.max(...steps) : 0;
}

/** Where a followed link leads: its tab and the rest. The event knows; the address bar may have been rewritten since. */
export function followed(/** @type {HashChangeEvent} */ event) {
  const [tab, ...rest] = new URL(event.newURL).hash.slice(1).split("/");
  return { tab, rest: rest.join("/") };
}
