// The presenter: changes slides without loading a page, opens its panels by key, runs the agenda's clock, and takes notes
// that are kept until the server has them. Without it every slide is a page, and every panel opens by itself.
import { Clock, drift } from "./dialogue/clock.js";
import { clearDraft, keepDraft } from "./dialogue/drafts.js";
import { newKey } from "./dialogue/keys.js";
import { Outbox, showStatus } from "./dialogue/outbox.js";
import { Poll } from "./dialogue/poll.js";
import { Talk } from "./dialogue/talk.js";

const room = document.querySelector("[data-presenter]");
const screens = [...room.querySelectorAll("[data-screen]")];
const words = JSON.parse(document.getElementById("log-words").textContent);
const quick = room.querySelector("[data-quick-note]");
const panels = new Map([...room.querySelectorAll("[data-panel]")].map((panel) => [panel.dataset.panel, panel]));
let at = Number(room.dataset.at);
let toTell = 0;
let isTelling = false;

function show(number, { asHistory = true } = {}) {
  if (number < 1 || number > screens.length || number === at) return;
  at = number;
  for (const screen of screens) screen.hidden = Number(screen.dataset.screen) !== at;
  const address = `?bild=${at}`;
  if (asHistory) history.pushState({ at }, "", address);
  room.querySelector("[data-at-number]").textContent = at;
  for (const link of room.querySelectorAll("[data-turn]")) {
    const to = at + Number(link.dataset.turn);
    link.hidden = to < 1 || to > screens.length;
    link.href = `?bild=${to}`;
  }
  if (quick) {
    quick.elements.slide.value = screens[at - 1].dataset.slide ?? "";
    quick.elements.bild.value = at;
  }
  tellTheRoom(at);
  // The focus follows, so that a screen reader says the slide's heading; never out of a panel that is open.
  if (![...panels.values()].some((panel) => panel.open)) screens[at - 1].focus({ preventScroll: true });
}

/** The second screen and the phones follow. One at a time, and the last one last: turns may be faster than the network. */
async function tellTheRoom(screen) {
  if (!room.dataset.show) return;
  toTell = screen;
  if (isTelling) return;
  isTelling = true;
  const token = room.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  while (toTell) {
    const body = new URLSearchParams({ screen: toTell });
    toTell = 0;
    // Best effort: the next turn tells them anyway.
    await fetch(room.dataset.show, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
  }
  isTelling = false;
}

room.addEventListener("click", (event) => {
  const link = event.target.closest("[data-turn]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  show(at + Number(link.dataset.turn));
});
addEventListener("popstate", () => show(Number(new URLSearchParams(location.search).get("bild")) || 1, { asHistory: false }));

function toggle(panel, open = !panel.open) {
  for (const other of panels.values()) if (other !== panel) other.open = false;
  panel.open = open;
  if (open) (panel.querySelector("[data-quick-note] textarea") ?? panel.querySelector("summary")).focus();
  else panel.querySelector("summary").focus();
}

const TURNS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }; // a clicker sends PageUp and PageDown

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = [...room.querySelectorAll("details[open]")];
    if (open.length) for (const panel of open) toggle(panel, false);
    else if (document.fullscreenElement) document.exitFullscreen();
    else location.assign(room.dataset.leave);
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  // A table that scrolls sideways keeps its arrows.
  if (event.key in TURNS && !event.target.closest(".table-frame")) {
    event.preventDefault();
    show(at + TURNS[event.key]);
  }
  const panel = panels.get(event.key.toLowerCase());
  if (panel) {
    event.preventDefault();
    toggle(panel);
  }
});

/** Where the talk is, beside where the plan has come: said from two minutes up, and never as an alarm. */
function sayDrift(gone, all) {
  const part = room.querySelector(`[data-agenda] [data-key="${screens[at - 1].dataset.part}"]`);
  const minutes = part ? Math.round(drift(gone, part)) : 0;
  let said = "";
  if (gone >= all) said = words.time_is_up;
  else if (minutes >= 2) said = words.behind.replace("{n}", minutes);
  else if (minutes <= -2) said = words.ahead.replace("{n}", -minutes);
  const place = room.querySelector("[data-drift]");
  if (place.textContent !== said) place.textContent = said;
}

const clock = new Clock(room.querySelector("[data-agenda]"), {
  times: [...room.querySelectorAll("[data-time]")],
  onMinute: (gone, all) => {
    const place = room.querySelector("[data-clock-words]");
    const said = words.clock.replace("{gone}", gone).replace("{all}", all);
    if (place.textContent !== said) place.textContent = said;
    sayDrift(gone, all);
  },
});
const talk = new Talk(room.querySelector("[data-talk]"));
const poll = new Poll({
  list: room.dataset.list,
  events: room.dataset.events,
  mark: "",
  take: (found) => {
    clock.begin(found.began_at); // on another device, perhaps
    talk.show(found);
  },
});

for (const form of room.querySelectorAll("[data-quiet-form]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = form.querySelector("[data-quiet-said]");
    const sent = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      headers: { Accept: "application/json" },
    }).catch(() => null);
    const body = sent && sent.status !== 204 ? await sent.json().catch(() => ({})) : {};
    place.textContent = sent?.ok ? "" : body.error || words.try_again;
    if (sent?.ok) toggle(form.closest("[data-panel]"), false);
    poll.now();
  });
}

if (quick) {
  const outbox = new Outbox(room.dataset.presenter);
  const status = room.querySelector("[data-log-status]");
  let hasWritten = false;
  keepDraft(quick.elements.text, `vaxtkraft:draft:${room.dataset.presenter}:presenter`);
  quick.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      quick.requestSubmit();
    }
  });
  quick.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(quick));
    if (!fields.text.trim()) return quick.elements.text.focus();
    hasWritten = true;
    outbox.add({ url: quick.action, fields, shown: { kind: fields.kind, text: fields.text } });
    quick.elements.write_key.value = newKey();
    clearDraft(quick.elements.text);
    quick.elements.text.focus();
  });
  outbox.addEventListener("change", () => {
    showStatus(status, outbox, words, hasWritten);
    const refused = outbox.entries.find((entry) => entry.error);
    if (refused) status.textContent = `${words.refused} ${refused.error === true ? words.not_taken : refused.error}`;
  });
  outbox.send();
}
