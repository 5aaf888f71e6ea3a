// Choices that behave: an answer can be taken back, "none of these" stands alone, and no more than so many can be chosen.

/** Prepare every group of choices within an element. */
export function tidyChoices(element) {
  for (const group of element.querySelectorAll("[data-question] fieldset")) {
    if (group.querySelector("[type=radio]")) letTakeBack(group);
  }
  for (const group of element.querySelectorAll("[data-kind=multiple] fieldset")) keepWithin(group);
}

/** Without script there is a choice "skip the question"; with script a button, where there is an answer to take back. */
function letTakeBack(group) {
  const empty = group.querySelector("input[value='']");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--back";
  button.textContent = group.closest("form")?.dataset.takeBack ?? "";
  if (empty) empty.parentElement.remove();
  const chosen = () => group.querySelector("input:checked");
  const update = () => (chosen() ? group.append(button) : button.remove());
  button.addEventListener("click", () => {
    const input = chosen();
    input.checked = false;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    group.querySelector("input").focus({ preventScroll: true });
  });
  group.addEventListener("change", update);
  update();
}

function keepWithin(group) {
  const alone = (group.closest("[data-alone]")?.dataset.alone ?? "").split(" ").filter(Boolean);
  const most = Number(group.dataset.most ?? 0);
  const boxes = [...group.querySelectorAll("[type=checkbox]")];
  const limit = () => {
    const full = most > 0 && boxes.filter((box) => box.checked && !alone.includes(box.value)).length >= most;
    for (const box of boxes) box.disabled = full && !box.checked && !alone.includes(box.value);
  };
  group.addEventListener("change", ({ target }) => {
    if (target.checked) {
      const ends = alone.includes(target.value) ? boxes : boxes.filter((box) => alone.includes(box.value));
      for (const box of ends) if (box !== target) box.checked = false;
    }
    limit();
  });
  limit();
}
