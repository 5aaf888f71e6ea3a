// "Save and go on later": the two small forms around keeping.js, one beside the questions and one on the first page.
import { canKeep, forget, keep, keptUntil, SHORTEST, unlock } from "./keeping.js";

const day = (date) => date.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });

/** Beside the questions: offer to save what is answered so far. */
export function offerToKeep(form) {
  const box = form.querySelector("[data-keep]");
  if (!box || !canKeep()) return;
  box.hidden = false;
  const [word] = box.querySelectorAll("input");
  const said = box.querySelector("[role=status]");
  box.addEventListener("click", async (event) => {
    if (event.target.closest("[data-keep-forget]")) {
      forget();
      said.textContent = box.dataset.forgotten;
    } else if (event.target.closest("[data-keep-now]")) {
      if (word.value.trim().length < SHORTEST) {
        said.textContent = box.dataset.short;
        word.focus();
        return;
      }
      const until = await keep(fieldsOf(form), word.value.trim());
      word.value = "";
      said.textContent = `${box.dataset.kept} ${day(until)}.`;
    }
  });
  // Enter in the code word's field must not go on to the next section.
  word.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    box.querySelector("[data-keep-now]").click();
  });
}

/** On the first page: say that there are saved answers; `begin` opens the questions and gives their form. */
export function offerToGoOn(main, begin) {
  const box = main.querySelector("[data-go-on]");
  const until = box && keptUntil();
  if (!until) return;
  box.hidden = false;
  box.querySelector("[data-go-on-until]").textContent = day(until);
  const said = box.querySelector("[role=status]");
  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.submitter?.value === "forget") {
      forget();
      box.hidden = true;
      main.querySelector("h1").focus();
      return;
    }
    const fields = await unlock(box.querySelector("input").value.trim());
    if (!fields) {
      said.textContent = box.dataset.wrong;
      box.querySelector("input").focus();
      return;
    }
    const form = await begin();
    if (form) fill(form, fields);
  });
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => name && value !== "");
}

function fill(form, fields) {
  for (const [name, value] of fields) {
    for (const field of form.elements) {
      if (field.name !== name || field.matches("button")) continue;
      if (field.matches("[type=radio], [type=checkbox]")) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  for (const group of form.querySelectorAll("fieldset")) group.dispatchEvent(new Event("change", { bubbles: true }));
}
