// What has to be put right: said beside each question, and gathered above them with links, where the focus goes.
const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([hidden]), textarea";

/** Say what is wrong with each of the questions, [question, words]; takes what was said before away. */
export function complain(form, section, complaints) {
  settle(section);
  for (const [question, words] of complaints) say(question, words);
  const summary = form.querySelector("[data-summary]").content.cloneNode(true).firstElementChild;
  const list = summary.querySelector("ul");
  for (const [question, words] of complaints) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#q-${question.dataset.question}`;
    link.textContent = textOf(question);
    item.append(link, ` ${words}`);
    list.append(item);
  }
  section.prepend(summary);
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
}

/** Nothing is wrong any more. */
export function settle(section) {
  section.querySelector("[data-errors]")?.remove();
  for (const note of section.querySelectorAll(".question__error")) {
    for (const field of section.querySelectorAll(`[aria-describedby~="${CSS.escape(note.id)}"]`)) {
      const ids = field.getAttribute("aria-describedby").split(" ").filter((id) => id !== note.id);
      if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
      else field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
    }
    note.remove();
  }
  for (const marked of section.querySelectorAll(".question--error")) marked.classList.remove("question--error");
}

/** Move the focus into a question: to its chosen answer, or its first field. */
export function enter(place) {
  const field = place.querySelector("input:checked") ?? place.querySelector(FIELDS) ?? place;
  field.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}

export function textOf(question) {
  return (question.querySelector(".question__text, th [id$='-text']") ?? question.querySelector(".choice span"))?.textContent.trim() ?? "";
}

function say(question, words) {
  const note = document.createElement("p");
  note.className = "question__error";
  note.id = `${question.dataset.question}-error`;
  note.textContent = words;
  const row = question.matches("tr");
  const box = row ? question : question.querySelector(".question");
  box.classList.add("question--error");
  const above = box.querySelector(":scope > .question__help:not([id$='-names'])") ?? box.querySelector(":scope > .question__text");
  if (row) question.querySelector("th").append(note);
  else if (above) above.after(note);
  else box.prepend(note);
  const described = box.matches("fieldset") ? [box] : [...question.querySelectorAll(FIELDS)];
  for (const field of described) {
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim());
    if (!field.matches("fieldset, [type=radio]")) field.setAttribute("aria-invalid", "true");
  }
}
