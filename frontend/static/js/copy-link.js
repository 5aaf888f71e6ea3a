// <button data-copy="https://…" data-copied="Copied" hidden>: copies the address and says so, on the button and aloud.
// With data-copy-text instead it copies that text as it stands.
function prepare(button) {
  const resting = button.lastChild;
  const label = resting.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const { copy, copyText } = button.dataset;
    await navigator.clipboard.writeText(copyText ?? new URL(copy, location.href).href);
    resting.textContent = button.dataset.copied;
    setTimeout(() => {
      resting.textContent = label;
    }, 3000);
  });
}

function find() {
  if (navigator.clipboard) document.querySelectorAll("[data-copy][hidden], [data-copy-text][hidden]").forEach(prepare);
}

find();
document.addEventListener("htmx:afterSettle", find);
