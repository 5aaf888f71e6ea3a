// All sections in one page: one is shown at a time, and nothing is sent before the end.
import { complain, settle } from "./complaints.js";
import { shuffle } from "./choices.js";
import { holds } from "./conditions.js";
import { answerTo, ask, codeOf, fieldsToSend, isAsked, questionsIn, rulesOf } from "./form.js";
import { forget } from "./keeping.js";
import { showLocalLines } from "./local_lines.js";
import { goBack, remember } from "./places.js";

const letGo = new WeakMap(); // of each form: the questions that were asked once more

export function isWhole(form) {
  return Boolean(form?.matches("[data-whole]"));
}

export function beginWhole(form) {
  letGo.set(form, new Set());
  shuffle(form);
  ask(form);
  const first = sectionsOf(form)[0];
  if (first) present(form, first);
  form.addEventListener("change", () => {
    ask(form);
    showLocalLines(form);
    const here = form.querySelector("[data-section]:not([hidden])");
    if (here) count(form, here);
  });
}

/** Go on or back. Gives what to send when the last section is done, else null. */
export function step(form, go) {
  const given = ask(form);
  const sections = sectionsOf(form);
  const here = sections.findIndex((section) => !section.hidden);
  if (go === "back") {
    goBack(() => here > 0 && showSection(form, sections[here - 1]));
    return null;
  }
  const outside = check(form, sections[here], given);
  if (outside === false) return null;
  if (outside) {
    thank(form, outside);
    return null;
  }
  if (here + 1 < sections.length) {
    remember(sections[here + 1].dataset.section);
    showSection(form, sections[here + 1]);
    return null;
  }
  return fieldsToSend(form);
}

/** Show the section that the browser's own "back" or "forward" came to. */
export function showState(form, code) {
  const section = form.querySelector(`[data-section="${CSS.escape(code)}"]`);
  if (section) showSection(form, section);
}

/** The form's words in the page's language, filled in: `words("part", {section: 1})`. */
export function wordsOf(form) {
  const all = JSON.parse(form.querySelector("#words").textContent);
  return (name, params = {}) => all[name].replace(/%\((\w+)\)s/g, (_, key) => String(params[key]));
}

function sectionsOf(form) {
  return [...form.querySelectorAll("[data-section]")].filter((section) => questionsIn(section).some(isAsked));
}

function showSection(form, section) {
  present(form, section);
  section.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function present(form, section) {
  for (const other of form.querySelectorAll("[data-section]")) other.hidden = other !== section;
  const support = document.querySelector("#support details");
  if (support) support.open = section.hasAttribute("data-sensitive");
  document.title = `${section.querySelector("h1").textContent} – ${form.dataset.title}`;
  showLocalLines(form);
  count(form, section);
}

/** How far along, of the sections that this person gets; and what the button does. */
function count(form, section) {
  const sections = sectionsOf(form);
  const at = sections.indexOf(section) + 1;
  const words = wordsOf(form);
  const bar = section.querySelector("progress");
  bar.max = sections.length;
  bar.value = at;
  section.querySelector(".way__words p").textContent = words("part", { section: at, sections: sections.length });
  section.querySelector("button[value=on]").textContent = words(at === sections.length ? "send" : "on");
}

/** False when something has to be put right; a band when the person is outside the survey's ages; else null. */
function check(form, section, given) {
  const words = wordsOf(form);
  const asked = letGo.get(form);
  const complaints = [];
  for (const question of questionsIn(section).filter(isAsked)) {
    const { answer, wrong, params, outside } = answerTo(question);
    if (outside) return outside;
    const code = codeOf(question);
    if (wrong) {
      complaints.push([question, words(wrong, params)]);
    } else if (answer === undefined) {
      if (question.dataset.required) complaints.push([question, words("needed")]);
      else if (question.dataset.again && !asked.has(code)) complaints.push([question, words("skipped")]);
      asked.add(code);
    } else {
      const broken = (rulesOf(question).holds ?? []).find(([condition]) => !holds(condition, given, given.get(code)));
      if (broken) complaints.push([question, broken[1] || words("does_not_fit")]);
    }
  }
  if (!complaints.length) {
    settle(section);
    return null;
  }
  complain(form, section, complaints);
  return false;
}

/** Younger or older than the survey asks: thanked here, and nothing is sent. */
function thank(form, band) {
  const page = form.querySelector("[data-outside]").content.cloneNode(true);
  page.querySelector(".lead").textContent = band.thanks;
  form.replaceWith(page);
  forget();
  document.querySelector("main h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}
