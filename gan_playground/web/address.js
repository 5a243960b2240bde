/**
 * The address bar, `?QUERY&lang=LANGUAGE#TAB/DETAIL`: the run's query as the server gives it, a language
 * chosen by hand, the tab in sight and what that tab says of itself. The one listener of followed links.
 */

const WRITE_AFTER = 150; // ms: browsers allow few changes a second, and a slider makes many

/** @typedef {{tab: string, detail: string}} Place */

/** The tab that a hash names, empty for the first one, and the rest, which the tab itself reads. @returns {Place} */
export function placeOf(/** @type {string} */ hash) {
  const [tab, ...rest] = hash.replace(/^#/, "").split("/");
  return { tab, detail: rest.join("/") };
}

/** The address without its host. @param {{path: string, query: string, lang: string, place: Place}} parts */
export function written({ path, query, lang, place: { tab, detail } }) {
  const search = [query.replace(/^\?/, ""), lang && `lang=${lang}`].filter(Boolean).join("&");
  return path + (search && `?${search}`) + (tab && `#${tab}${detail && `/${detail}`}`);
}

export class Address {
  /** @param {() => {query: string, lang: string, place: Place}} says what the page shows now */
  constructor(says) {
    this.says = says;
    this.keepLanguage = new URLSearchParams(location.search).has("lang");
    this.timer = 0;
    /** The tab that the page was opened at, and its detail: kept in the address until the tab has read it. */
    this.linked = placeOf(location.hash);
  }

  /** Call `follow` when the visitor follows a link inside the page. @param {(place: Place) => void} follow */
  onFollow(follow) {
    // The event knows where the link leads; the address bar may have been rewritten since.
    window.addEventListener("hashchange", (event) => follow(placeOf(new URL(event.newURL).hash)));
  }

  /** Write soon; the last of many is what stands there. */
  write() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.writeNow(), WRITE_AFTER);
  }

  /** From now on the address carries the language: the visitor chose it. */
  chooseLanguage() {
    this.keepLanguage = true;
    this.write();
  }

  writeNow() {
    clearTimeout(this.timer);
    const { query, lang, place } = this.says();
    const address = written({ path: location.pathname, query, lang: this.keepLanguage ? lang : "", place });
    if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  }
}

/** The step at which a run's link last changes the objective, 0 where it never does. */
export function lastObjectiveChange(/** @type {string} */ query) {
  const changes = new URLSearchParams(query).get("changes") ?? "";
  const steps = [...changes.matchAll(/(\d+):objective=/g)].map((match) => Number(match[1]));
  return steps.length ? Math.max(...steps) : 0;
}
