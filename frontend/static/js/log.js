// The log of a dialogue: a note is on its way as soon as it is written, others' notes arrive by themselves, and a field
// that is being typed in is never touched. Without this script every form of the page works by itself.
import { clearDraft, keepDraft } from "./dialogue/drafts.js";
import { newKey } from "./dialogue/keys.js";
import { NoteList } from "./dialogue/notes.js";
import { Outbox, showStatus } from "./dialogue/outbox.js";
import { Poll } from "./dialogue/poll.js";

const log = document.querySelector("[data-log]");
const words = JSON.parse(document.getElementById("log-words").textContent);
const isTouched = matchMedia("(pointer: coarse)").matches; // a phone's Enter begins a new line: it has no Shift beside it
if (isTouched || !log.querySelector("[data-compose]")) words.how = ""; // whoever only reads
const status = log.querySelector("[data-log-status]");
const outbox = new Outbox(log.dataset.log);
const notes = new NoteList(log, words);
const { list, events, mark } = log.dataset;
const poll = new Poll({ list, events, mark, take, gone });

function take(found) {
  notes.take(found);
  log.dispatchEvent(new CustomEvent("taken", { detail: found }));
}

/** The dialogue closed, and this device may read no more: say so, once everything written here has been sent. */
function gone() {
  if (!outbox.entries.some((entry) => !entry.error)) location.reload();
}

let hasWritten = outbox.entries.length > 0;

/** Why a text can't be sent, or nothing. The server says the same; this says it at once. */
function problem(text) {
  const most = Number(log.dataset.longest);
  return [...text].length > most ? words.too_long.replace("{most}", most).replace("{n}", [...text].length) : "";
}

function complain(form, text) {
  let place = form.querySelector("[data-problem]");
  if (!place) {
    place = document.createElement("p");
    place.className = "field__error";
    place.dataset.problem = "";
    place.setAttribute("role", "alert");
    form.querySelector("textarea").before(place);
  }
  place.textContent = text;
  place.hidden = !text;
}

for (const form of log.querySelectorAll("[data-compose]")) {
  const field = form.elements.text;
  keepDraft(field, `vaxtkraft:draft:${log.dataset.log}:${form.dataset.compose}`);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isTouched && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const wrong = problem(text);
    complain(form, wrong);
    if (!text || wrong) return field.focus();
    const fields = Object.fromEntries(new FormData(form));
    hasWritten = true;
    outbox.add({ url: form.action, fields, shown: { kind: fields.kind, text } });
    form.elements.write_key.value = newKey();
    clearDraft(field);
    field.focus();
  });
}

const steps = log.querySelector("[data-compose-step]");
steps?.addEventListener("submit", (event) => {
  const fields = Object.fromEntries(new FormData(steps));
  if (!fields.text.trim() || (!fields.owner && !fields.owner_name.trim())) return; // the server's words are better
  event.preventDefault();
  const owner = fields.owner ? steps.elements.owner.selectedOptions[0].textContent : fields.owner_name;
  hasWritten = true;
  outbox.add({ url: steps.action, fields, shown: { kind: "next_step", text: `${fields.text} – ${owner}` } });
  steps.reset();
  steps.elements.write_key.value = newKey();
  steps.elements.text.focus();
});

log.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.noteForm) return;
  event.preventDefault();
  const item = form.closest("[data-note]");
  if (form.elements.write_key) form.elements.write_key.value = newKey();
  const fields = Object.fromEntries(new FormData(form));
  if (form.dataset.noteForm === "change") {
    const wrong = problem(fields.text.trim());
    complain(form, wrong);
    if (!fields.text.trim() || wrong) return;
    notes.saving(item, fields);
  } else if (form.dataset.noteForm === "agree") notes.agreeing(form);
  else notes.removing(item, () => outbox.add({ url: item.dataset.restore, fields: {} }));
  hasWritten = true;
  outbox.add({ url: form.action, fields, shown: fields.text ? { kind: fields.kind, text: fields.text } : null });
});

outbox.addEventListener("sent", ({ detail: { body } }) => {
  if (body.said) notes.say(body.note.id, body.said);
  poll.now();
});
outbox.addEventListener("refused", () => poll.whole());
outbox.addEventListener("change", () => {
  showStatus(status, outbox, words, hasWritten);
  notes.showUnsent(outbox);
});
showStatus(status, outbox, words, hasWritten);
notes.showUnsent(outbox);
outbox.send();
