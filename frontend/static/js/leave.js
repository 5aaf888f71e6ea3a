// "Leave quickly": one press, or Escape twice, replaces the page by one that says nothing, and so leaves no way back to it.
const link = document.querySelector("[data-leave]");
let escapes = [];

function leave() {
  document.body.hidden = true;
  location.replace(link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (!link || event.key !== "Escape") return;
  const now = performance.now();
  escapes = escapes.filter((earlier) => now - earlier < 1500).concat(now);
  if (escapes.length === 2) leave();
});
