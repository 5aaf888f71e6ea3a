// "Save and go on later": the two small forms around keeping.js, one beside the questions and one on the first page.
import { canKeep, forget, keep, keepAgain, keptUntil, SHORTEST, unlock } from "./keeping.js";

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

/** Keep what has been answered since, where somebody asked for it. */
export function keepOn(form, isFinished = false) {
  return keepAgain(fieldsOf(form), isFinished);
}

/**
 * On the first page: say that there are saved answers; `begin` opens the questions and gives their form, `send` sends
 * what was finished already. The form's own number comes back with the answers, so that they count once.
 */
export function offerToGoOn(main, begin, send) {
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
    const kept = await unlock(box.querySelector("input").value.trim());
    if (!kept) {
      said.textContent = box.dataset.wrong;
      box.querySelector("input").focus();
      return;
    }
    const form = await begin();
    if (!form) return;
    fill(form, kept.fields);
    if (kept.isFinished) await send(form);
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
      else if (!field.matches("select") || [...field.options].some((option) => option.value === value)) field.value = value;
    }
  }
  for (const list of form.querySelectorAll(".ranking")) list.dispatchEvent(new Event("filled"));
  for (const group of form.querySelectorAll("fieldset, tr[data-question], [data-question]")) {
    group.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
