// The notes on the page, brought to what the server says without disturbing whoever writes: what is being typed keeps its
// text, its focus and its place on the screen.
export class NoteList {
  constructor(log, words) {
    this.log = log;
    this.words = words;
    this.unsent = log.querySelector("[data-log-unsent]");
    this.late = new Map(); // changes that came while their note was being written
    log.addEventListener("focusout", () => setTimeout(() => this.#takeLate()));
    for (const item of log.querySelectorAll("li[data-note]")) this.#prepare(item);
  }

  /** Take the whole log as it is now, or what happened to it since the last time. */
  take({ notes, removed, steps, is_all: isAll }) {
    this.#withoutJumping(() => {
      const seen = new Set(notes.map((note) => note.id));
      const isGone = (id) => (isAll ? !seen.has(id) : removed.includes(id));
      for (const note of notes) this.#takeNote(note);
      this.#takeLate();
      for (const item of this.log.querySelectorAll("li[data-note]")) if (isGone(item.dataset.note)) this.#gone(item);
      this.#takeSteps(steps);
    });
  }

  #takeLate() {
    for (const note of [...this.late.values()]) this.#takeNote(note);
  }

  #takeNote(note) {
    this.late.delete(note.id);
    let item = this.log.querySelector(`li[data-note="${note.id}"]`);
    if (item?.dataset.removing) this.#bringBack(item);
    if (!item) {
      item = this.#copy("note");
      this.#fill(item, note);
      this.#prepare(item);
      this.#place(item, note);
    } else if (Number(item.dataset.change) < note.change) {
      if (isBeingWritten(item)) {
        this.#fillAround(item, note);
        if (Number(item.querySelector("[name=version]").value) === note.version) return; // somebody agrees, or sorts
        this.late.set(note.id, note);
        this.#say(item, this.words.changed_meanwhile);
      } else {
        this.#fill(item, note);
        this.#place(item, note);
      }
    }
  }

  #copy(name) {
    return this.log.querySelector(`template[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  }

  #fill(item, note) {
    if (!item.id.endsWith(note.id)) rename(item, item.dataset.note, note.id);
    Object.assign(item.dataset, { note: note.id, key: note.key, change: note.change, number: note.number });
    item.querySelector("[data-note-text]").textContent = note.text;
    const about = item.querySelector("[data-note-about]");
    about.hidden = !note.about;
    about.querySelector("span").textContent = note.about;
    this.#fillAround(item, note);
    const form = item.querySelector("form[data-note-form=change]");
    if (!form) return;
    item.querySelector("[data-note-name]").textContent = `: ${note.text.slice(0, 40)}`;
    form.elements.text.value = form.elements.text.defaultValue = note.text;
    form.elements.version.value = note.version;
    form.elements.kind.value = note.kind;
  }

  /** Whose voice it is, how many agree, which group it is in, and whether it may be changed here. */
  #fillAround(item, note) {
    item.classList.toggle("is-own", note.mine);
    const group = item.querySelector("[data-note-cluster]");
    group.textContent = note.cluster;
    group.hidden = !note.cluster;
    item.querySelector("[data-note-one]").hidden = !note.may_be_about_one;
    const voice = item.querySelector("[data-note-voice]");
    voice.textContent = note.voice;
    voice.hidden = !note.voice;
    item.querySelector("[data-note-agreed]").textContent = note.agreed || "";
    const inWords = item.querySelector("[data-note-agreed-words]");
    if (inWords) inWords.hidden = !note.agreed;
    const own = item.querySelector("[data-note-own]");
    if (own) own.hidden = !note.mine;
  }

  /** Agreeing, or no longer: shown at once, counted by the server. */
  agreeing(form) {
    const button = form.querySelector("button");
    const agrees = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", agrees);
    const count = form.querySelector("[data-note-agreed]");
    count.textContent = Math.max(0, Number(count.textContent) + (agrees ? 1 : -1)) || "";
    form.elements.agrees.value = agrees ? "no" : "yes"; // what the next press sends
  }

  #place(item, note) {
    const list = this.log.querySelector(`[data-notes="${note.kind}"]`);
    if (!list) return;
    const next = [...list.children].find((other) => other !== item && Number(other.dataset.number) < note.number);
    if (item.parentElement !== list || item.nextElementSibling !== (next ?? null)) list.insertBefore(item, next ?? null);
  }

  #prepare(item) {
    const form = item.querySelector("form[data-note-form=change]");
    const remove = item.querySelector("form[data-note-form=remove]");
    if (!form) return;
    // The attribute, not the property: a copy that is not in the page yet has no address to resolve it against.
    item.dataset.restore = remove.getAttribute("action").replace(/[^/]+\/$/, "angra/");
    form.elements.text.addEventListener("input", () => {
      item.dataset.typed = form.elements.text.value === form.elements.text.defaultValue ? "" : "yes";
    });
  }

  /** A change is on its way: show it, and close the form. */
  saving(item, fields) {
    item.querySelector("[data-note-text]").textContent = fields.text;
    item.dataset.typed = "";
    this.#say(item, "");
    const details = item.querySelector("details");
    details.open = false;
    details.querySelector("summary").focus();
    // The next answer puts the stored text and version here, whatever became of the change.
    item.dataset.change = -1;
  }

  /** A removal is on its way: offer it back in the same place. */
  removing(item, undo) {
    item.dataset.removing = "yes";
    for (const child of item.children) child.hidden = true;
    const row = document.createElement("p");
    row.className = "row note__undo";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain-button";
    button.textContent = this.words.undo;
    button.addEventListener("click", undo, { once: true });
    row.append(`${this.words.removed} `, button);
    item.append(row);
    button.focus();
  }

  #bringBack(item) {
    // Still in the log: the removal has not arrived, or was undone.
    if (this.isWaiting?.(item)) return;
    delete item.dataset.removing;
    item.querySelector(".note__undo")?.remove();
    for (const child of item.children) child.hidden = false;
    const about = item.querySelector("[data-note-about]");
    about.hidden = !about.querySelector("span").textContent;
    this.#say(item, "");
    item.dataset.change = -1;
  }

  #gone(item) {
    if (item.dataset.removing) return; // its writer may still want it back
    if (isBeingWritten(item)) this.#say(item, this.words.removed_meanwhile);
    else item.remove();
  }

  say(id, text) {
    const item = this.log.querySelector(`li[data-note="${id}"]`);
    if (item) this.#say(item, text);
    else this.pending = { id, text };
  }

  #say(item, text) {
    const place = item.querySelector("[data-note-said]");
    place.textContent = text;
    place.hidden = !text;
  }

  #takeSteps(steps) {
    const list = this.log.querySelector("[data-steps]");
    const items = steps.map((step) => {
      const item = list.querySelector(`[data-step="${step.id}"]`) ?? this.#copy("step");
      item.dataset.step = step.id;
      item.querySelector("[data-step-text]").textContent = step.text;
      item.querySelector("[data-step-owner]").textContent = step.owner;
      item.querySelector("[data-step-due]").textContent = step.due;
      const state = item.querySelector("[data-step-state]");
      state.textContent = step.state_text;
      state.hidden = step.state === "open";
      return item;
    });
    list.replaceChildren(...items);
  }

  /** What is not on the server yet, and what it refused, with its text to be taken back. */
  showUnsent(outbox) {
    this.isWaiting = (item) => outbox.entries.some((entry) => !entry.error && entry.url.includes(item.dataset.note));
    const shown = outbox.entries.filter((entry) => entry.shown);
    this.#withoutJumping(() => {
      this.unsent.hidden = !shown.length;
      this.unsent.replaceChildren(...shown.map((entry) => this.#unsentItem(entry, outbox)));
    });
  }

  #unsentItem(entry, outbox) {
    const item = document.createElement("li");
    item.className = entry.error ? "note is-refused" : "note is-pending";
    const text = document.createElement("p");
    text.className = "note__text";
    text.textContent = entry.shown.text;
    const said = document.createElement("p");
    said.className = "small soft";
    said.textContent = entry.error ? `${this.words.refused} ${entry.error === true ? this.words.not_taken : entry.error}` : this.words.on_its_way;
    item.append(text, said);
    if (entry.error) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain-button";
      button.textContent = this.words.take_back;
      button.addEventListener("click", () => this.#takeBack(entry, outbox));
      item.append(button);
    }
    return item;
  }

  #takeBack(entry, outbox) {
    const field = this.log.querySelector(`#new-${entry.shown.kind}`) ?? this.log.querySelector("#new-note");
    if (!field) return;
    field.value = field.value ? `${field.value}\n${entry.shown.text}` : entry.shown.text;
    field.dispatchEvent(new Event("input"));
    outbox.drop(entry);
    field.focus();
  }

  /** Change the page, and keep what has the focus where it was on the screen. */
  #withoutJumping(change) {
    const held = this.log.contains(document.activeElement) ? document.activeElement : null;
    const before = held?.getBoundingClientRect().top;
    change();
    if (held?.isConnected) scrollBy(0, held.getBoundingClientRect().top - before);
    if (this.pending) {
      const { id, text } = this.pending;
      this.pending = null;
      this.say(id, text);
    }
  }
}

function isBeingWritten(item) {
  return item.dataset.typed === "yes" || (item.contains(document.activeElement) && document.activeElement.matches("textarea, select"));
}

/** Give a copied note the real one's id in every id, label and address. */
function rename(item, from, to) {
  for (const element of [item, ...item.querySelectorAll("[id], [for], [action]")]) {
    for (const name of ["id", "for", "action"]) {
      const value = element.getAttribute(name);
      if (value?.includes(from)) element.setAttribute(name, value.replace(from, to));
    }
  }
}
