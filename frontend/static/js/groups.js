// Grouping notes: a note is dragged into a group instead of ticked, and what others write meanwhile is told, not pushed in.
import { Poll } from "./dialogue/poll.js";

const page = document.querySelector("[data-groups]");
const form = document.getElementById("grouping");

function drag(note) {
  note.draggable = true;
  note.addEventListener("dragstart", (event) => {
    note.querySelector("input").checked = true;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", note.querySelector("input").value);
  });
}

function drop(group) {
  group.addEventListener("dragover", (event) => {
    event.preventDefault();
    group.classList.add("is-over");
  });
  group.addEventListener("dragleave", () => group.classList.remove("is-over"));
  group.addEventListener("drop", (event) => {
    event.preventDefault();
    form.elements.to.value = group.dataset.group;
    form.requestSubmit();
  });
}

/** The name belongs to a new group alone. */
function nameWhenNew() {
  form.elements.title.closest(".field").hidden = form.elements.to.value !== "new";
}

if (page) {
  for (const note of page.querySelectorAll("[data-group-note]")) drag(note);
  for (const group of page.querySelectorAll("[data-group]")) drop(group);
  form.elements.to.addEventListener("change", nameWhenNew);
  nameWhenNew();
  const { list, events, change } = page.dataset;
  const take = ({ change: now }) => {
    page.querySelector("[data-groups-news]").hidden = now <= Number(change);
  };
  new Poll({ list, events, mark: change, take });
}
