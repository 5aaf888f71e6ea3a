// Asks for the log every third second, and less often while nobody looks or the network is gone. An unchanged log is a
// short "304" without a body.
const EVERY = 3000;
const UNSEEN = 15000;
const SLOWEST = 30000;

export class Poll {
  #timer = null;
  #wait = EVERY;
  #isAsking = false;
  #again = false;

  constructor(url, mark, take) {
    this.url = url;
    this.mark = mark;
    this.take = take;
    addEventListener("visibilitychange", () => document.hidden || this.now());
    addEventListener("online", () => this.now());
    this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), document.hidden ? Math.max(UNSEEN, this.#wait) : this.#wait);
  }

  async now() {
    if (this.#isAsking) {
      this.#again = true;
      return;
    }
    this.#isAsking = true;
    try {
      const answer = await fetch(this.url, {
        headers: { Accept: "application/json", "If-None-Match": `"${this.mark}"` },
        redirect: "manual",
        cache: "no-store",
      });
      if (answer.status === 200) {
        const log = await answer.json();
        this.mark = log.mark;
        this.take(log);
      } else if (answer.status !== 304) throw new Error(String(answer.status));
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
