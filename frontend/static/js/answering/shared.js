// A device that many use, in a classroom or a library: when the answers are sent, or nothing has happened for a minute,
// everything is wiped and the survey starts anew. Nothing was stored, so a fresh page is all that it takes.
import { isShared } from "./places.js";

const WARN_AFTER = 45000;
const WIPE_AFTER = 60000;
const THANKS_FOR = 20000;
const SIGNS = ["pointerdown", "click", "keydown", "keyup", "input", "scroll", "touchmove"];
const DEEDS = ["click", "keyup", "input"]; // a warning that went when a finger came down could not be pressed
let timers = [];

/** Begin to watch, on a page whose link is for shared devices. */
export function watch() {
  if (!isShared()) return;
  for (const sign of SIGNS) addEventListener(sign, again, { passive: true, capture: true });
  // A page that the browser kept whole, to show it again: not here.
  addEventListener("pageshow", ({ persisted }) => persisted && wipe());
  addEventListener("click", (event) => {
    if (!event.target.closest("[data-shared-anew]")) return;
    event.preventDefault();
    wipe();
  });
  document.querySelector("[data-begin] form").hidden = false;
  again();
}

/** Something happened: a key, a touch, or a new page. Nothing is ever wiped on a device of one's own. */
export function again(event) {
  if (!isShared()) return;
  for (const timer of timers) clearTimeout(timer);
  const warning = document.querySelector("[data-shared-warning]");
  if (!warning.hidden && DEEDS.includes(event?.type)) {
    warning.hidden = true;
    document.querySelector("main section:not([hidden]) h1, main h1")?.focus({ preventScroll: true });
  }
  if (document.querySelector("[data-begin]")) timers = [];
  else if (document.querySelector("[data-done]")) timers = [setTimeout(wipe, THANKS_FOR)];
  else timers = [setTimeout(warn, WARN_AFTER), setTimeout(wipe, WIPE_AFTER)];
}

function warn() {
  const warning = document.querySelector("[data-shared-warning]");
  warning.hidden = false;
  warning.querySelector("[data-shared-stay]").focus({ preventScroll: true });
}

/** Start anew, for the next person. */
export function wipe() {
  document.querySelector("main").replaceChildren();
  location.replace(document.querySelector("[data-shared]").dataset.start);
}
