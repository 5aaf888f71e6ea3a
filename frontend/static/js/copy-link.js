// <button data-copy="https://…" data-copied="Copied" hidden>: copies the address and says so, on the button and aloud.
function prepare(button) {
  const resting = button.lastChild;
  const label = resting.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    resting.textContent = button.dataset.copied;
    setTimeout(() => {
      resting.textContent = label;
    }, 3000);
  });
}

function find() {
  if (navigator.clipboard) document.querySelectorAll("[data-copy][hidden]").forEach(prepare);
}

find();
document.addEventListener("htmx:afterSettle", find);
