// Questions of an outline can be dragged to another place: an extra beside the buttons, which do the same by keys.
let dragged = null;

const itemOf = (target) => target.closest?.(".outline__item[data-code]");
const listOf = (target) => target.closest?.(".outline__list[data-section]");

document.addEventListener("pointerover", (event) => {
  const item = itemOf(event.target);
  if (item && event.pointerType === "mouse") item.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  dragged = itemOf(event.target);
  dragged?.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const list = dragged && listOf(event.target);
  if (!list) return;
  event.preventDefault();
  const over = itemOf(event.target);
  if (over && over !== dragged) {
    const box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  } else if (!over && !list.contains(dragged)) {
    list.append(dragged);
  }
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  const list = dragged && listOf(dragged);
  const button = document.querySelector("[data-drop]");
  if (list && button) {
    const place = [...list.querySelectorAll(".outline__item")].indexOf(dragged);
    button.value = `place:${dragged.dataset.code}:${list.dataset.section}:${place}`;
    button.form.requestSubmit(button);
  }
  dragged = null;
});
