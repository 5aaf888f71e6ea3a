// What stands in the form: each question's values and rules, and which questions this person is asked.
import { cleaned, cleanWords } from "./checks.js";
import { holds, value } from "./conditions.js";

const rules = new WeakMap();

export const questionsIn = (element) => [...element.querySelectorAll("[data-question]")];
export const codeOf = (question) => question.dataset.question;
export const isAsked = (question) => !question.hidden && question.dataset.kind !== "calculated";

export function rulesOf(question) {
  if (!rules.has(question)) rules.set(question, JSON.parse(question.dataset.rules ?? "{}"));
  return rules.get(question);
}

/** What is chosen or written, as it would be posted. */
export function valuesOf(question) {
  return [...question.querySelectorAll("input, select, textarea")]
    .filter((field) => field.name === codeOf(question))
    .filter((field) => (field.matches("[type=radio], [type=checkbox]") ? field.checked : true))
    .map((field) => field.value)
    .filter((each) => each.trim());
}

/** The words beside a choice, where that choice is made. */
export function ownWordsOf(question) {
  const { words = [] } = rulesOf(question);
  const field = question.querySelector(`input[name="${CSS.escape(codeOf(question))}.other"]`);
  return field && valuesOf(question).some((each) => words.includes(each)) ? field.value : "";
}

/** The answer to a question, or what is wrong with it. */
export function answerTo(question) {
  const own = cleanWords(ownWordsOf(question));
  const found = cleaned(question.dataset.kind, rulesOf(question), valuesOf(question));
  return own.wrong && !found.wrong ? own : found;
}

/** Show the questions that this person is asked, by the same rule as the server's: an unasked question's answer opens nothing. */
export function ask(form) {
  const given = new Map();
  const isOpen = ({ dataset }) => !dataset.if || holds(JSON.parse(dataset.if), given);
  for (const section of form.querySelectorAll("[data-section]")) {
    const isSectionOpen = isOpen(section);
    for (const question of questionsIn(section)) {
      question.hidden = !isSectionOpen || !isOpen(question);
      if (question.hidden) continue;
      const { kind, calculation } = question.dataset;
      const found = kind === "calculated" ? value(JSON.parse(calculation), given) : answerTo(question).answer;
      if (found !== undefined && !(typeof found === "number" && !Number.isFinite(found))) given.set(codeOf(question), found);
    }
    for (const battery of section.querySelectorAll(".battery")) battery.hidden = !questionsIn(battery).some(isAsked);
  }
  return given;
}

/** What is sent: the answers to what was asked, and of an age its band. */
export function fieldsToSend(form) {
  const data = new FormData();
  for (const field of form.querySelectorAll("input[type=hidden]")) data.append(field.name, field.value);
  for (const question of questionsIn(form).filter(isAsked)) {
    const code = codeOf(question);
    const { answer } = answerTo(question);
    const values = question.dataset.kind === "number" ? [answer ?? ""] : valuesOf(question);
    for (const each of values) data.append(code, each);
    const own = ownWordsOf(question);
    if (own.trim()) data.append(`${code}.other`, own);
    if (question.dataset.again) data.append("again", code);
  }
  return data;
}
