// The room on a phone: shows what is on the wall, and lets a note be about it. The log itself is kept by log.js. Without
// this script the page shows what was on the wall when it was loaded.
import { ScreenFollower } from "./dialogue/screens.js";

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
}

isAbout.addEventListener("change", () => {
  slideNow.value = isAbout.checked ? slideNow.dataset.slide : "";
});
room.addEventListener("taken", ({ detail }) => follower.show(detail.screen));

// Said once, and kept on this device for as long as the window is open.
try {
  if (!voice.value) voice.value = sessionStorage.getItem("vaxtkraft:voice") ?? "";
  voice.addEventListener("input", () => sessionStorage.setItem("vaxtkraft:voice", voice.value));
} catch {
  // A storage that may not be used: it is then asked for again on the next page.
}
