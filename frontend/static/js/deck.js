// Dragging the charts of a deck into order, beside the buttons that do the same for every hand and key.
const deck = document.querySelector("[data-deck]");
let held = null;

async function store() {
  const fields = new URLSearchParams();
  for (const slide of deck.children) fields.append("slide", slide.dataset.slide);
  const answer = await fetch(deck.dataset.deck, {
    method: "POST",
    body: fields,
    headers: { "X-CSRFToken": deck.dataset.csrf },
    redirect: "manual",
  }).catch(() => null);
  // Success is a redirect. Anything else: show what is stored.
  location.reload();
  return answer;
}

if (deck && deck.children.length > 1) {
  document.querySelector("[data-deck-help]").hidden = false;
  for (const slide of deck.children) {
    slide.draggable = true;
    slide.addEventListener("dragstart", (event) => {
      if (event.target !== slide) return;
      held = slide;
      slide.classList.add("is-held");
      event.dataTransfer.effectAllowed = "move";
    });
    slide.addEventListener("dragend", () => {
      slide.classList.remove("is-held");
      if (held) store();
      held = null;
    });
    // A field inside must keep its own dragging: marking text with the mouse.
    for (const field of slide.querySelectorAll("input")) {
      field.addEventListener("focus", () => (slide.draggable = false));
      field.addEventListener("blur", () => (slide.draggable = true));
    }
  }
  deck.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    const over = event.target.closest("[data-slide]");
    if (!over || over === held) return;
    const { top, height } = over.getBoundingClientRect();
    deck.insertBefore(held, event.clientY > top + height / 2 ? over.nextElementSibling : over);
  });
  deck.addEventListener("drop", (event) => event.preventDefault());
}
