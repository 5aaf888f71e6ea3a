// Choosing what a chart shows: searching in long lists, ticking all or none. The form itself sends each change (htmx), and
// works by its button where no script runs.
const changed = (at) => at.dispatchEvent(new Event("change", { bubbles: true }));
const plain = (text) => text.toLocaleLowerCase(document.documentElement.lang).trim();

function boxes(pick) {
  return [...pick.querySelectorAll('.pick__options input[type="checkbox"]')];
}

/** Shows the categories with the words in their name, inside opened folds; without words everything as it was. */
function search(pick, words) {
  let found = 0;
  for (const box of boxes(pick)) {
    const label = box.closest("label");
    label.hidden = Boolean(words) && !plain(label.textContent).includes(words);
    found += !label.hidden;
  }
  for (const fold of pick.querySelectorAll(".pick__options details")) {
    const inside = fold.querySelector("label:not([hidden])");
    fold.hidden = !inside;
    if (words && inside) fold.open = true;
  }
  const said = pick.querySelector("[data-pick-found]");
  said.textContent = words && !found ? said.dataset.none : "";
}

function tick(pick, on) {
  for (const box of boxes(pick)) if (!box.closest("label").hidden) box.checked = on;
  clearEnds(pick);
  changed(pick.querySelector("fieldset"));
}

/** A row of years is chosen by its ends or one by one: what was chosen last counts. */
function clearEnds(pick) {
  for (const end of pick.querySelectorAll('select[name$="-from"], select[name$="-to"]')) end.value = "";
}

for (const pick of document.querySelectorAll("[data-pick]")) {
  pick.querySelector("[data-pick-tools]").hidden = false;
  const field = pick.querySelector("[data-pick-search]");
  field?.addEventListener("input", () => search(pick, plain(field.value)));
  field?.addEventListener("change", (event) => event.stopPropagation());
  field?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  pick.querySelector("[data-pick-all]").addEventListener("click", () => tick(pick, true));
  pick.querySelector("[data-pick-none]").addEventListener("click", () => tick(pick, false));
  pick.addEventListener("change", ({ target }) => {
    if (target.matches('.pick__options input[type="checkbox"]')) clearEnds(pick);
  }, true);
}
