// The agenda's clock: the server says when it began and what time it is, so that a wrong clock in the laptop does not matter.
export class Clock {
  constructor(agenda, { times = [], onMinute = () => {} } = {}) {
    this.agenda = agenda;
    this.times = times;
    this.onMinute = onMinute;
    this.ahead = Date.now() - Date.parse(agenda.dataset.now);
    this.parts = [...agenda.querySelectorAll("[data-start]")];
    this.all = this.parts.reduce((sum, part) => sum + Number(part.dataset.minutes), 0);
    setInterval(() => this.tick(), 1000);
    this.tick();
  }

  /** Begun, here or on another device; or begun by mistake, and taken back. */
  begin(began) {
    if (began) this.agenda.dataset.began = began;
    else delete this.agenda.dataset.began;
  }

  tick() {
    if (!this.agenda.dataset.began) return;
    const gone = Math.max(0, (Date.now() - this.ahead - Date.parse(this.agenda.dataset.began)) / 60000);
    this.parts.forEach((part, place) => {
      const [start, minutes] = [Number(part.dataset.start), Number(part.dataset.minutes)];
      part.querySelector("progress").value = Math.min(Math.max(gone - start, 0), minutes);
      const isCurrent = gone >= start && gone < start + minutes;
      mark(part, isCurrent);
      if (this.times[place]) mark(this.times[place], isCurrent);
    });
    this.onMinute(Math.floor(gone), this.all);
  }
}

/** Minutes that a part of the agenda is behind the clock (positive) or ahead of it (negative); 0 while it is its time. */
export function drift(gone, part) {
  const start = Number(part.dataset.start);
  const end = start + Number(part.dataset.minutes);
  if (gone >= end) return gone - end;
  return gone < start ? gone - start : 0;
}

function mark(element, isCurrent) {
  if (isCurrent) element.setAttribute("aria-current", "step");
  else element.removeAttribute("aria-current");
}
