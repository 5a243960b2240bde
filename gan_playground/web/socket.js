/**
 * The page's one socket: it comes back by itself, waiting longer each time; frames are acknowledged by the caller, after drawing.
 */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/**
 * @typedef {import("./types/records.js").FromServer} FromServer
 * @typedef {import("./types/records.js").FromBrowser} FromBrowser
 * @typedef {import("./types/records.js").Sentence} Sentence
 */
/**
 * @typedef {Object} Handlers
 * @property {() => import("./types/records.js").Introduction} greet what to say first
 * @property {(message: FromServer) => void} text
 * @property {(buffer: ArrayBuffer) => void} frame
 * @property {() => void} lost the connection broke, and is being tried again
 * @property {(said: Sentence) => void} ended the server said good-bye: trying again would only repeat it
 */

export class Connection {
  /** @param {string} url @param {Handlers} handlers */
  constructor(url, handlers) {
    this.url = url;
    this.handlers = handlers;
    this.wait = FIRST_WAIT;
    /** @type {WebSocket|null} */
    this.socket = null;
    /** @type {Sentence|null} */
    this.goodbye = null;
    this.timer = 0;
  }

  /** Open, or open again at once. */
  open() {
    clearTimeout(this.timer);
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.goodbye = null;
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.send({ hello: this.handlers.greet() });
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      if (typeof event.data !== "string") return this.handlers.frame(event.data);
      /** @type {FromServer} */
      const message = JSON.parse(event.data);
      if (message.welcome) this.wait = FIRST_WAIT;
      if (message.bye) this.goodbye = message.bye;
      else this.handlers.text(message);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.socket = null;
      if (this.goodbye) {
        this.handlers.ended(this.goodbye);
        return;
      }
      this.handlers.lost();
      this.timer = window.setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
    };
  }

  get ready() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Send a command; without a connection it is dropped, as the page shows that there is none. */
  send(/** @type {FromBrowser} */ message) {
    if (this.ready) this.socket?.send(typeof message === "string" ? message : JSON.stringify(message));
  }
}

/** The socket's address beside the page's own. */
export function liveUrl() {
  const { gradio_config: config } = /** @type {{gradio_config?: {root?: string}}} */ (window);
  const root = config?.root || location.origin + location.pathname;
  const url = new URL("live", root.endsWith("/") ? root : `${root}/`);
  url.protocol = url.protocol.replace("http", "ws");
  url.search = url.hash = "";
  return url.href;
}
