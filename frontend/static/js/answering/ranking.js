// Ranking by buttons: an answer is placed next, moved up or down, or taken away, and each move is said. The lists that
// are used without script stay in the form, out of sight, and hold what is sent.

/** Prepare the rankings within an element. */
export function letRank(element) {
  for (const list of element.querySelectorAll(".ranking")) prepare(list);
}

function prepare(list) {
  const rows = [...list.children];
  const said = list.parentElement.querySelector("[role=status]");
  const words = list.parentElement.dataset;
  for (const row of rows) {
    const select = row.querySelector("select");
    select.hidden = true;
    const text = row.querySelector("label");
    for (const what of ["next", "up", "down", "away"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ranking__button";
      button.dataset.move = what;
      button.setAttribute("aria-label", `${list.dataset[what]}: ${text.textContent}`);
      button.textContent = { next: list.dataset.next, up: "↑", down: "↓", away: "×" }[what];
      row.append(button);
    }
  }
  const placed = () => rows.filter(placeOf).sort((one, other) => placeOf(one) - placeOf(other));
  const show = () => {
    const order = placed();
    for (const row of rows) {
      const at = order.indexOf(row);
      row.querySelector(".ranking__place").textContent = at < 0 ? "" : String(at + 1);
      row.classList.toggle("ranking__row--placed", at >= 0);
      const shown = { next: at < 0, up: at > 0, down: at >= 0 && at < order.length - 1, away: at >= 0 };
      for (const button of row.querySelectorAll("button")) button.hidden = !shown[button.dataset.move];
    }
    list.append(...order, ...rows.filter((row) => !order.includes(row)));
  };
  list.addEventListener("click", ({ target }) => {
    const what = target.closest("button")?.dataset.move;
    if (!what) return;
    const row = target.closest("li");
    const order = placed().filter((each) => what !== "away" || each !== row);
    if (what === "next") order.push(row);
    if (what === "up" || what === "down") {
      const at = order.indexOf(row);
      const to = at + (what === "up" ? -1 : 1);
      [order[at], order[to]] = [order[to], order[at]];
    }
    for (const each of rows) {
      const at = order.indexOf(each);
      each.querySelector("select").value = at < 0 ? "" : `${each.dataset.code}:${at + 1}`;
    }
    show();
    const choice = row.querySelector("label").textContent;
    const at = order.indexOf(row);
    said.textContent = at < 0
      ? words.taken.replace("{choice}", choice)
      : words.placed.replace("{choice}", choice).replace("{place}", at + 1).replace("{count}", rows.length);
    (row.querySelector(`[data-move=${what}]:not([hidden])`) ?? row.querySelector("button:not([hidden])")).focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("filled", show);
  show();
}

function placeOf(row) {
  return Number(row.querySelector("select").value.split(":")[1] ?? 0);
}
