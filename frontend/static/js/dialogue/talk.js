// How the room talks just now: by oneself, in pairs, or all together; and how long there is left, counted by the server's
// clock. The words are read aloud when they change; the seconds are not.
export class Talk {
  constructor(place) {
    this.place = place;
    this.words = place.querySelector("[data-talk-words]");
    this.left = place.querySelector("[data-talk-left]");
    this.ahead = Date.now() - Date.parse(place.dataset.now);
    this.kind = place.dataset.talk;
    this.ends = place.dataset.ends;
    setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  show({ talk, talk_ends_at: ends }) {
    this.kind = this.place.dataset.talk = talk;
    this.ends = ends;
    this.place.hidden = !talk;
    this.#tick();
  }

  #tick() {
    const seconds = this.ends ? Math.floor((Date.parse(this.ends) - (Date.now() - this.ahead)) / 1000) : 0;
    const isOver = Boolean(this.ends) && seconds < 0;
    const said = !this.kind ? "" : isOver ? this.place.dataset.over : this.place.dataset[this.kind];
    if (this.words.textContent !== said) this.words.textContent = said;
    this.left.textContent = seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
  }
}
