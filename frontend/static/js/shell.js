// Menus made of <details>: Escape and a press outside close them, as people expect of a menu.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A menu that would leave the screen opens the other way.
document.addEventListener(
  "toggle",
  (event) => {
    const sheet = event.target.matches?.("details[data-menu][open]") && event.target.querySelector(".menu__sheet, p");
    if (!sheet) return;
    const { left, right } = sheet.getBoundingClientRect();
    if (right > document.documentElement.clientWidth || left < 0) event.target.classList.toggle("opens-back");
  },
  true,
);
