// The room on a phone: shows what is on the wall, and lets a note be about it. The log itself is kept by log.js. Without
// this script the page shows what was on the wall when it was loaded.
import { ScreenFollower } from "./dialogue/screens.js";
import { Talk } from "./dialogue/talk.js";

const room = document.querySelector("[data-room]");
const about = room.querySelector("[data-about]");
const slideNow = room.querySelector("[data-slide-now]");
const isAbout = room.querySelector("[data-about-screen]");
const voice = room.querySelector("[data-keep=voice]");

const follower = new ScreenFollower(room.querySelector("[data-screens]"), Number(room.querySelector("[data-screens]").dataset.screens), onScreen);

function onScreen(screen) {
  const slide = screen.dataset.slide ?? "";
  about.hidden = !slide;
  slideNow.value = isAbout.checked ? slide : "";
  slideNow.dataset.slide = slide;
  // On the closing screen everybody is asked for one thing to take along; never under a text that is begun.
  const takeaway = screen.dataset.part === "close" && room.querySelector("[name=kind][value=takeaway]");
  if (takeaway && !room.querySelector("#new-note").value.trim()) takeaway.checked = true;
}

isAbout.addEventListener("change", () => {
  slideNow.value = isAbout.checked ? slideNow.dataset.slide : "";
});
const talk = new Talk(room.querySelector("[data-talk]"));
const said = room.querySelector("[data-said]");
const later = room.querySelector("[data-said-later]");

/** While everyone thinks by themselves, only what was written here is shown, unless its reader wants it otherwise. */
function onTalk(kind) {
  const isAlone = kind === "alone";
  if (!isAlone) delete said.dataset.isOpened;
  const isFolded = isAlone && !said.dataset.isOpened;
  said.classList.toggle("is-own-only", isFolded);
  later.hidden = !isFolded;
}

later.querySelector("button").addEventListener("click", () => {
  said.dataset.isOpened = "yes";
  onTalk("alone");
  said.querySelector("h2").focus();
});
onTalk(talk.kind);

room.addEventListener("taken", ({ detail }) => {
  follower.show(detail.screen);
  talk.show(detail);
  onTalk(detail.talk);
});

// Said once, and kept on this device for as long as the window is open.
try {
  if (!voice.value) voice.value = sessionStorage.getItem("vaxtkraft:voice") ?? "";
  voice.addEventListener("input", () => sessionStorage.setItem("vaxtkraft:voice", voice.value));
} catch {
  // A storage that may not be used: it is then asked for again on the next page.
}
