// What a template says, as text: lit-html's results without a browser.

// lit-html makes two things of the document when it is loaded; nothing is rendered here.
globalThis.document ??= /** @type {any} */ ({ createTreeWalker: () => null, createComment: () => null });

/** The markup of a template's result, its event handlers left out. @returns {string} */
export function markup(/** @type {any} */ value) {
  if (value === null || value === undefined || value === false || typeof value === "symbol" || typeof value === "function") return "";
  if (Array.isArray(value)) return value.map(markup).join("");
  if (!value.strings) return String(value);
  return value.strings.reduce((/** @type {string} */ said, /** @type {string} */ next, /** @type {number} */ k) => {
    const part = value.values[k - 1];
    const boolean = /\?([\w-]+)=$/.exec(said);
    if (boolean) return said.slice(0, boolean.index) + (part ? boolean[1] : "") + next;
    const handler = /[@.]([\w-]+)=$/.exec(said);
    if (handler) return said.slice(0, handler.index) + next;
    const attribute = /=$/.test(said);
    return said + (attribute ? `"${part ?? ""}"` : markup(part)) + next;
  });
}

/** The texts between the tags. @returns {string[]} */
export function texts(/** @type {string} */ html) {
  return html.split(/<[^>]*>/).map((text) => text.trim()).filter(Boolean);
}
