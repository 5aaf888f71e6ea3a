// Choices that behave: an answer can be taken back, "none of these" stands alone, no more than so many can be chosen,
// own words belong to their choice, and options that are shuffled come in an order that nothing remembers.
import { rulesOf, valuesOf } from "./form.js";
import { letRank } from "./ranking.js";

/** Prepare every group of choices within an element. */
export function tidyChoices(element) {
  for (const group of element.querySelectorAll("[data-question] fieldset, tr[data-question]")) {
    if (group.querySelector("[type=radio]")) letTakeBack(group);
  }
  for (const skip of element.querySelectorAll(".battery [data-skip]")) skip.remove();
  for (const question of element.querySelectorAll("[data-kind=multiple]")) keepWithin(question);
  for (const question of element.querySelectorAll("[data-kind=number], [data-kind=quantity]")) eitherOr(question);
  for (const question of element.querySelectorAll("[data-question]")) showOwnWords(question);
  letRank(element);
}

/** Put the options of shuffled questions in an order of chance; those that stand last stay there. */
export function shuffle(element) {
  for (const question of element.querySelectorAll("[data-shuffle]")) {
    const codes = question.dataset.shuffle.split(" ");
    const items = [...question.querySelectorAll(".choice, option, .ranking__row")].filter((item) =>
      codes.includes(item.dataset.code ?? item.value ?? item.querySelector("input")?.value),
    );
    const places = items.map((item) => item.parentElement.insertBefore(document.createComment(""), item));
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    for (const [at, place] of places.entries()) place.replaceWith(items[at]);
  }
}

function below(limit) {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return number % limit;
}

/** Without script there is a choice "skip the question"; with script a button, where there is an answer to take back. */
function letTakeBack(group) {
  const empty = group.querySelector("input[value='']");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--back";
  button.textContent = group.closest("form")?.dataset.takeBack ?? "";
  const text = group.matches("tr") ? group.querySelector("th span") : null;
  if (text) button.setAttribute("aria-label", `${button.textContent}: ${text.textContent}`);
  if (empty) (empty.closest("td") ?? empty.parentElement).remove();
  const chosen = () => group.querySelector("input:checked");
  const update = () => (chosen() ? (group.querySelector("th") ?? group).append(button) : button.remove());
  button.addEventListener("click", () => {
    const input = chosen();
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    group.querySelector("input").focus({ preventScroll: true });
  });
  group.addEventListener("change", update);
  update();
}

function keepWithin(question) {
  const { alone = [], most = 0 } = rulesOf(question);
  const boxes = [...question.querySelectorAll("[type=checkbox]")];
  const limit = () => {
    const full = most > 0 && boxes.filter((box) => box.checked && !alone.includes(box.value)).length >= most;
    for (const box of boxes) box.disabled = full && !box.checked && !alone.includes(box.value);
  };
  question.addEventListener("change", ({ target }) => {
    if (target.checked) {
      const ends = alone.includes(target.value) ? boxes : boxes.filter((box) => alone.includes(box.value));
      for (const box of ends) if (box !== target) box.checked = false;
    }
    limit();
  });
  limit();
}

/** A number, or one of the choices beside it: never both. */
function eitherOr(question) {
  const field = question.querySelector("input[type=text]");
  const boxes = [...question.querySelectorAll("[type=checkbox]")];
  question.addEventListener("input", ({ target }) => {
    if (target === field && field.value) for (const box of boxes) box.checked = false;
    if (target.checked) {
      field.value = "";
      for (const box of boxes) if (box !== target) box.checked = false;
    }
  });
}

function showOwnWords(question) {
  const { words } = rulesOf(question);
  const place = question.querySelector(".choice__words");
  if (!words || !place) return;
  const update = () => {
    place.hidden = !valuesOf(question).some((each) => words.includes(each));
  };
  question.addEventListener("change", update);
  update();
}
