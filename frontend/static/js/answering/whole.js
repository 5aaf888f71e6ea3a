// All sections in one page: one is shown at a time, and nothing is sent before the end.
import { holds } from "./conditions.js";
import { forget } from "./keeping.js";

export function isWhole(form) {
  return Boolean(form?.matches("[data-whole]"));
}

export function beginWhole(form) {
  ask(form);
  form.addEventListener("change", () => ask(form));
}

/** Go on or back. Gives what to send when the last section is done, else null. */
export function step(form, go) {
  const sections = [...form.querySelectorAll("[data-section]")].filter(isAsked);
  const here = sections.findIndex((section) => !section.hidden);
  if (go === "back") {
    history.back();
    return null;
  }
  const outside = check(form, sections[here]);
  if (outside === false) return null;
  if (outside) {
    thank(form, outside);
    return null;
  }
  if (here + 1 < sections.length) {
    history.pushState({ section: sections[here + 1].dataset.section }, "");
    showSection(form, sections[here + 1]);
    return null;
  }
  return answersOf(form);
}

/** Show the section that the browser's own "back" or "forward" came to. */
export function showState(form, code) {
  const section = form.querySelector(`[data-section="${CSS.escape(code)}"]`);
  if (section) showSection(form, section);
}

function showSection(form, section) {
  for (const other of form.querySelectorAll("[data-section]")) other.hidden = other !== section;
  const support = document.querySelector("#support details");
  if (support) support.open = Boolean(section.querySelector('a[href="#support"]'));
  const heading = section.querySelector("h1");
  document.title = `${heading.textContent} – ${form.dataset.title}`;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function isAsked(section) {
  return [...section.querySelectorAll("[data-question]")].some((question) => !question.hidden);
}

/** Which questions this person is asked, by the same rule as the server's: an unasked question's answer opens nothing. */
function ask(form) {
  const given = new Map();
  const bands = bandsOf(form);
  const isOpen = ({ dataset }) => !dataset.if || holds(JSON.parse(dataset.if), given);
  for (const section of form.querySelectorAll("[data-section]")) {
    const isSectionOpen = isOpen(section);
    for (const question of section.querySelectorAll("[data-question]")) {
      question.hidden = !isSectionOpen || !isOpen(question);
      const code = question.dataset.question;
      const values = valuesOf(question);
      if (question.hidden || !values.length) continue;
      given.set(code, question.dataset.kind === "multiple" ? values : bands[code] ? bandFor(bands[code], values[0])?.code : values[0]);
    }
  }
}

function valuesOf(question) {
  return [...question.querySelectorAll("input, textarea")]
    .filter((field) => (field.matches("[type=radio], [type=checkbox]") ? field.checked : true))
    .map((field) => field.value.trim())
    .filter(Boolean);
}

function bandsOf(form) {
  return JSON.parse(form.querySelector("#bands").textContent);
}

/** False when something has to be put right; a band when the person is outside the survey's ages; else null. */
function check(form, section) {
  for (const [code, bands] of Object.entries(bandsOf(form))) {
    const question = section.querySelector(`[data-question="${CSS.escape(code)}"]`);
    if (!question || question.hidden) continue;
    const [text] = valuesOf(question);
    const band = bandFor(bands, text);
    if (!text && question.dataset.required) return complain(question, form.dataset.needed);
    if (text && !band) return complain(question, form.dataset.notNumber);
    settle(question);
    if (band?.thanks) return band;
  }
  return null;
}

function bandFor(bands, text) {
  const number = /^(\d{1,3})\s*(?:år|years?)?$/i.exec(text ?? "");
  if (!number) return undefined;
  const age = Number(number[1]);
  return bands.find(({ lowest, highest }) => (lowest === null || age >= lowest) && (highest === null || age <= highest));
}

function complain(question, words) {
  settle(question);
  const field = question.querySelector("input");
  const note = document.createElement("p");
  note.className = "question__error";
  note.id = `${field.id}-error`;
  note.textContent = words;
  question.querySelector(".question").classList.add("question--error");
  field.closest("p").before(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.id}-help ${note.id}`);
  field.focus();
  return false;
}

function settle(question) {
  question.querySelector(".question__error")?.remove();
  question.querySelector(".question")?.classList.remove("question--error");
  question.querySelector("input").removeAttribute("aria-invalid");
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

/** What is sent: the answers to what was asked, and of a number its band. */
function answersOf(form) {
  const data = new FormData();
  for (const field of form.querySelectorAll("input[type=hidden]")) data.append(field.name, field.value);
  const bands = bandsOf(form);
  for (const question of form.querySelectorAll("[data-question]")) {
    if (question.hidden) continue;
    const code = question.dataset.question;
    for (const value of valuesOf(question)) {
      data.append(code, bands[code] ? bandFor(bands[code], value)?.code ?? "" : value);
    }
    if (question.dataset.again) data.append("again", code);
  }
  return data;
}
