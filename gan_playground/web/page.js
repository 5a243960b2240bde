/**
 * The page's door: Gradio hands over each of our elements when it is mounted. The header's buttons,
 * the tab bar, language and theme are here; the Train tab is `train.js`.
 */

import { followed } from "./address.js";
import { listen } from "./keys.js";
import { firstLanguage, language, learn, onLanguage, recall, remember, say, speak, translate } from "./language.js";
import { forgetColours } from "./surface.js";
import { Train } from "./train.js";

/** @type {Train|null} */
let train = null;
/** @type {HTMLElement|null} */
let masthead = null;
let begun = false;

/** Bring one of our elements to life; called once for each. */
export function open(/** @type {HTMLElement} */ element, /** @type {import("./controls.js").Book} */ book) {
  learn(book.words);
  if (!begun) begin();
  if (element.querySelector(".masthead")) openHeader(element);
  const root = /** @type {HTMLElement|null} */ (element.querySelector(".train"));
  if (root && !train) {
    train = new Train(root, book);
    /** For tests and the curious: what the page is doing. */
    /** @type {any} */ (window).playground = train.report;
  }
  translate(element);
}

function begin() {
  begun = true;
  if (!new URLSearchParams(location.search).has("__theme")) {
    const kept = recall("theme");
    if (kept) document.body.classList.toggle("dark", kept === "dark");
  }
  speak(firstLanguage());
  showTab(linkedTab());
  window.addEventListener("hashchange", (event) => showTab(followed(event).tab || "train"));
  document.addEventListener("playground:detail", () => train?.address.write());
  listen(act);
  new MutationObserver(themeChanged).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  onLanguage(() => masthead && pressLanguage(masthead));
}

// --- the header ----------------------------------------------------------------------------------

function openHeader(/** @type {HTMLElement} */ element) {
  masthead = element;
  pressLanguage(element);
  element.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement|null} */ (target.closest("button"));
    if (target instanceof HTMLDialogElement) target.close(); // a click beside the box
    if (!button) return;
    if (button.dataset.language) chooseLanguage(/** @type {"en"|"ko"} */ (button.dataset.language));
    else if (button.dataset.tab) chooseTab(button.dataset.tab);
    else if (button.dataset.do) act(button.dataset.do, 0);
  });
  const list = /** @type {HTMLElement} */ (element.querySelector("[role=tablist]"));
  list.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
    const at = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = tabs[(at + way + tabs.length) % tabs.length];
    chooseTab(/** @type {string} */ (next.dataset.tab));
    next.focus();
  });
  showTab(document.body.dataset.tab ?? "train");
}

function pressLanguage(/** @type {HTMLElement} */ element) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-language]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language()));
  }
}

function chooseLanguage(/** @type {"en"|"ko"} */ lang) {
  remember("language", lang);
  speak(lang);
  train?.address.write(true);
  document.dispatchEvent(new CustomEvent("playground:language", { detail: lang }));
}

function toggleTheme() {
  const dark = !document.body.classList.contains("dark");
  document.body.classList.toggle("dark", dark);
  remember("theme", dark ? "dark" : "light");
}

let wasDark = /** @type {boolean|null} */ (null);

function themeChanged() {
  const dark = document.body.classList.contains("dark");
  if (dark === wasDark) return;
  wasDark = dark;
  forgetColours();
  train?.redraw();
}

// --- tabs ----------------------------------------------------------------------------------------

function chooseTab(/** @type {string} */ name) {
  showTab(name);
  train?.address.write();
}

/** The tab an address names: `#tab` or `#tab/detail`. */
function linkedTab() {
  return location.hash.slice(1).split("/")[0] || "train";
}

/** The tab is one attribute of the body: the style sheet shows that panel and hides the others. */
function showTab(/** @type {string} */ wanted) {
  const tabs = /** @type {HTMLElement[]} */ ([...(masthead?.querySelectorAll("[role=tab]") ?? [])]);
  const name = !tabs.length || tabs.some((tab) => tab.dataset.tab === wanted) ? wanted : "train";
  document.body.dataset.tab = name;
  for (const tab of tabs) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  const panel = document.getElementById(`panel-${name}`);
  panel?.setAttribute("role", "tabpanel");
  panel?.setAttribute("aria-labelledby", `tab-${name}`);
  train?.comeAndGo();
  // What was mounted out of sight has no size yet: plots measure themselves on this event.
  window.dispatchEvent(new Event("resize"));
}

// --- actions -------------------------------------------------------------------------------------

/** Carry out one action of a key or a button; true where there was something to do. */
function act(/** @type {string} */ action, /** @type {number} */ digit) {
  const help = /** @type {HTMLDialogElement|null} */ (masthead?.querySelector("dialog.help") ?? null);
  const menu = /** @type {HTMLElement|null} */ (masthead?.querySelector(".masthead") ?? null);
  switch (action) {
    case "language":
      chooseLanguage(language() === "en" ? "ko" : "en");
      return true;
    case "theme":
      toggleTheme();
      return true;
    case "help":
      help?.showModal();
      return Boolean(help);
    case "close-help":
      help?.close();
      return true;
    case "menu":
      menu?.classList.toggle("opened");
      menu?.querySelector("[data-do=menu]")?.setAttribute("aria-expanded", String(menu.classList.contains("opened")));
      return true;
    case "copy":
      copyLink();
      return true;
  }
  if (document.body.dataset.tab !== "train" || help?.open) return false;
  return train?.act(action, digit) ?? false;
}

function copyLink() {
  train?.address.writeNow();
  const words = /** @type {HTMLElement|null} */ (masthead?.querySelector("[data-do=copy] span") ?? null);
  const tell = (/** @type {string} */ key) => {
    if (!words) return;
    words.dataset.say = key;
    words.textContent = say(key);
    setTimeout(() => {
      words.dataset.say = "page.copy_link";
      words.textContent = say("page.copy_link");
    }, 2000);
  };
  const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error("no clipboard"));
  // Without a clipboard (plain http) the link is in the address bar all the same.
  copied.then(() => tell("page.copied"), () => tell("page.in_address_bar"));
}
