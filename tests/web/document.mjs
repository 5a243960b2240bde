// What the templates' library looks for when it is loaded: node has no document, and markup is only read as text here.
/** @type {any} */ (globalThis).document ??= { createTreeWalker: () => ({}), createComment: () => ({}) };
