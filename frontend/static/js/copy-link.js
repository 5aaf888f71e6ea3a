// <button data-copy="https://…" data-copied="Copied" hidden>: copies the address and says so, on the button and aloud.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
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
