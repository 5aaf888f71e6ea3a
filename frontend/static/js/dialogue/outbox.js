// What was written and is not on the server yet. It is kept on the device, under the dialogue's id, until the server has
// it: a closed lid, a lost network or a server that restarts loses nothing. Everything is sent in the order it was
// written; a key that the page made lets the server store it once, however often it is sent.
import { newKey } from "./keys.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const PATIENCE = 15000;

export class Outbox extends EventTarget {
  #memory = new Map();
  #timer = null;
  #isSending = false;
  #wait = FIRST_WAIT;

  constructor(dialogue) {
    super();
    this.prefix = `vaxtkraft:log:${dialogue}:`;
    this.trouble = ""; // "", "offline" or "signed_out"
    this.keepsOnDevice = true;
    addEventListener("online", () => this.send());
    addEventListener("visibilitychange", () => document.hidden || this.send());
  }

  /** Everything that is not on the server yet, oldest first. Read anew each time: another window may have sent some. */
  get entries() {
    const found = new Map(this.#memory);
    for (const key of this.#storedKeys()) {
      try {
        found.set(key, JSON.parse(localStorage.getItem(this.prefix + key)));
      } catch {
        // Written by something else, or torn: leave it where it is.
      }
    }
    return [...found.values()].filter(Boolean).sort((a, b) => a.order - b.order);
  }

  #storedKeys() {
    try {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(this.prefix))
        .map((name) => name.slice(this.prefix.length));
    } catch {
      return [];
    }
  }

  /** Take care of something: where it goes, the fields of its form, and what the page shows meanwhile. */
  add({ url, fields, shown = null }) {
    const last = this.entries.at(-1);
    const entry = { key: newKey(), order: Math.max(Date.now(), (last?.order ?? 0) + 1), url, fields, shown };
    this.#keep(entry);
    this.#changed();
    this.#wait = FIRST_WAIT;
    this.send();
    return entry;
  }

  #keep(entry) {
    try {
      localStorage.setItem(this.prefix + entry.key, JSON.stringify(entry));
      this.#memory.delete(entry.key);
    } catch {
      this.keepsOnDevice = false; // a full or forbidden storage: the open page is then all there is
      this.#memory.set(entry.key, entry);
    }
  }

  /** Let go of an entry: the server has it, or its writer took the text back. */
  drop(entry) {
    this.#memory.delete(entry.key);
    try {
      localStorage.removeItem(this.prefix + entry.key);
    } catch {
      // It was in memory only.
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  async send() {
    clearTimeout(this.#timer);
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      let entry;
      while ((entry = this.entries.find((each) => !each.error))) {
        if (!(await this.#sendOne(entry))) return;
      }
      this.trouble = "";
      this.#wait = FIRST_WAIT;
    } finally {
      this.#isSending = false;
      this.#changed();
    }
  }

  /** True when the next one can be sent; false when it is better to wait. */
  async #sendOne(entry) {
    let answer;
    try {
      answer = await fetch(entry.url, {
        method: "POST",
        body: new URLSearchParams({ ...entry.fields, ...freshToken() }),
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.#later("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return this.#later("signed_out");
    if (answer.status >= 500 || answer.status === 429) return this.#later("offline");
    const body = await answer.json().catch(() => null);
    if (answer.ok && body) {
      this.trouble = "";
      this.drop(entry);
      this.dispatchEvent(new CustomEvent("sent", { detail: { entry, body } }));
      return true;
    }
    if (answer.ok) return this.#later("offline"); // a captive portal's page, or half an answer
    // The server will never take it as it is: keep what was written, say why, and go on with the rest.
    if (entry.shown) this.#keep({ ...entry, error: body?.error || true });
    else this.drop(entry);
    this.dispatchEvent(new Event("refused"));
    return true;
  }

  #later(trouble) {
    this.trouble = trouble;
    this.#timer = setTimeout(() => this.send(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    return false;
  }
}

// Of the page that is open now, in place of what was kept: whoever has signed in again since got another one.
function freshToken() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  return token ? { csrfmiddlewaretoken: token } : {};
}

/** Say how it stands with what was written, in a live region. */
export function showStatus(place, outbox, words, has) {
  const waiting = outbox.entries.filter((entry) => !entry.error).length;
  let said = has ? words.saved : words.how;
  if (waiting && outbox.trouble === "signed_out") said = words.signed_out;
  else if (waiting && outbox.trouble) said = (waiting === 1 ? words.waiting_one : words.waiting_many).replace("{n}", waiting);
  else if (waiting) said = words.saving;
  if (waiting && !outbox.keepsOnDevice) said += ` ${words.not_kept}`;
  place.dataset.state = waiting ? outbox.trouble || "saving" : "saved";
  if (place.textContent.trim() !== said) place.textContent = said; // only a change is read aloud
}
