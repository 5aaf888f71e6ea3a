// A form that saves by itself: what could not be taken is said beside its field, as on a page that was sent whole.
const LIST = "#beside [data-refused] a";

function clear(form) {
  document.getElementById("refused")?.remove();
  for (const words of form.querySelectorAll(".field__error")) words.remove();
  for (const box of form.querySelectorAll(".field--error")) box.classList.remove("field--error");
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const described = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => !id.endsWith("_error"));
    if (described.join("")) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

function mark(link) {
  const name = decodeURIComponent(link.hash.slice(1));
  const field = document.getElementById(name);
  if (!field) return;
  const words = document.createElement("p");
  words.className = "field__error";
  words.id = `${name}_error`;
  words.textContent = link.textContent;
  const box = field.closest(".field, .answer");
  box?.classList.add("field--error");
  if (field === box) field.append(words);
  else field.after(words);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${words.id}`.trim());
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

document.addEventListener("htmx:afterSettle", (event) => {
  const form = document.querySelector("form[hx-post]");
  if (!form || event.detail.target?.id !== "beside") return;
  clear(form);
  document.querySelectorAll(LIST).forEach(mark);
});
