/**
 * A picture out of sight costs nothing, once the server knows: a hidden page is parked and then put away; a
 * run behind another tab of this page only rests.
 */
export class Presence {
  /** @param {(message: import("../types/records.js").Sight|import("../types/records.js").Resting) => void} send */
  constructor(send) {
    this.send = send;
    /** What the server was last told; nothing on a new connection. @type {{hidden?: boolean, rest?: boolean}} */
    this.told = {};
  }

  /** Tell what has changed. @param {boolean} connected @param {{hidden: boolean, rest: boolean}} now */
  tell(connected, { hidden, rest }) {
    if (connected && hidden !== this.told.hidden) this.send({ hidden });
    if (connected && rest !== this.told.rest) this.send({ rest });
    this.told = connected ? { hidden, rest } : {};
  }
}
