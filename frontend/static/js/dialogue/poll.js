// Keeps an open page up to date. A stream tells when something changed, and the page asks for what came after the last
// change it knows. Where no stream can be had it asks every third second, and less often while nobody looks or the network
// is gone. An unchanged log is a short "304" without a body.
const EVERY = 3000;
const WITH_STREAM = 30000;
const UNSEEN = 15000;
const SLOWEST = 30000;

export class Poll {
  #timer = null;
  #wait = EVERY;
  #isAsking = false;
  #again = false;
  #isStreaming = false;

  constructor({ list, events, mark, take, gone }) {
    this.url = list;
    this.mark = mark;
    this.take = take;
    this.gone = gone;
    const change = Number.parseInt(mark, 10);
    this.change = Number.isNaN(change) ? null : change;
    addEventListener("visibilitychange", () => document.hidden || this.now());
    addEventListener("online", () => this.now());
    if (events && window.EventSource) this.#listen(events);
    this.#plan();
  }

  #listen(url) {
    const stream = new EventSource(url);
    stream.addEventListener("open", () => (this.#isStreaming = true));
    stream.addEventListener("changed", () => this.now());
    stream.addEventListener("error", () => {
      this.#isStreaming = false;
      this.#plan();
      // Refused, not just broken off: a browser gives up by itself then, and a while later it is worth another try.
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.#listen(url), WITH_STREAM + Math.random() * WITH_STREAM);
    });
    addEventListener("pagehide", () => stream.close(), { once: true });
  }

  #plan() {
    clearTimeout(this.#timer);
    const wait = Math.max(this.#wait, this.#isStreaming ? WITH_STREAM : 0, document.hidden ? UNSEEN : 0);
    this.#timer = setTimeout(() => this.now(), wait);
  }

  /** Ask for the whole log: something shown here never came to be. */
  whole() {
    this.change = null;
    this.mark = "";
    return this.now();
  }

  async now() {
    if (this.#isAsking) {
      this.#again = true;
      return;
    }
    this.#isAsking = true;
    try {
      const answer = await fetch(this.change === null ? this.url : `${this.url}?efter=${this.change}`, {
        headers: { Accept: "application/json", "If-None-Match": `"${this.mark}"` },
        redirect: "manual",
        cache: "no-store",
      });
      if (answer.status === 200) {
        const log = await answer.json();
        this.mark = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
        this.change = log.change;
        this.take(log);
      } else if (answer.status === 404) this.gone?.();
      else if (answer.status !== 304) throw new Error(String(answer.status));
      this.#wait = EVERY;
    } catch {
      this.#wait = Math.min(this.#wait * 2, SLOWEST);
    } finally {
      this.#isAsking = false;
      if (this.#again) {
        this.#again = false;
        this.now();
      } else this.#plan();
    }
  }
}
