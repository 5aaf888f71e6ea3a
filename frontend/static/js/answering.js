// Answering a survey. The pages work without this. With it all questions come at once, the answers stay in this page's
// memory until they are sent, of an age only the band is sent, and a lost connection is tried again with the same number.
import { tidyChoices } from "./answering/choices.js";
import { bringToken, forgetToken, takeCode, withCode, withToken } from "./answering/code.js";
import { enter } from "./answering/complaints.js";
import { fieldsToSend } from "./answering/form.js";
import { forget } from "./answering/keeping.js";
import { keepOn, offerToGoOn, offerToKeep } from "./answering/later.js";
import { isShared, remember } from "./answering/places.js";
import { sendForm } from "./answering/send.js";
import { beginWhole, isWhole, showState, step } from "./answering/whole.js";

const work = () => import("./answering/work.js"); // fetched with the questions, not before

const main = document.querySelector("main");
let begin = null; // the first page's own nodes, while the questions are shown
let whole = null; // the questions, while the first page is shown again
let shared = null; // what only a shared device needs
let isUnsent = false; // finished answers that have not come in yet

/** Show a page that the server gave: its title, head, content and foot. */
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  for (const place of [".answering__top", "main", ".answering__foot"]) {
    document.querySelector(place).replaceChildren(...page.querySelector(place).childNodes);
  }
  arrive();
}

/** What is done with every page that comes into view. */
function arrive() {
  const form = main.querySelector("form");
  takeCode(main);
  if (isWhole(form)) {
    bringToken(form);
    beginWhole(form);
    offerToKeep(form);
    sayContact();
  }
  if (form) {
    tidyChoices(form);
    readAloud(form);
    if (form.dataset.bits) work().then(({ beginWork }) => beginWork(form), () => {});
  }
  if (main.querySelector("[data-done]")) {
    forget(); // sent, or too late: nothing is left to go on with
    forgetToken();
  }
  shared?.again();
  const place = main.querySelector("[data-errors]") ?? main.querySelector("section:not([hidden]) h1") ?? main.querySelector("h1");
  place?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Reading aloud is fetched with the questions, and only where a browser can. */
async function readAloud(form) {
  if (!("speechSynthesis" in globalThis)) return;
  const { offerAloud } = await import("./answering/aloud.js");
  offerAloud(form);
}

/** Whether the device says that it has a network; what it says may be wrong, so nothing else follows from it. */
function sayContact() {
  const words = main.querySelector("[data-offline]");
  if (words) words.hidden = navigator.onLine;
}

async function start(form, isSaved = false) {
  if (whole) {
    swap(whole);
    remember(whole.section);
    showState(main.querySelector("form"), whole.section);
    whole = null;
    return;
  }
  const data = await withCode(form, new FormData(form), isSaved);
  if (data === null) return;
  data.set("whole", "1");
  const html = await sendForm(form, data, form.action);
  if (html === null) return;
  begin = { top: keep(".answering__top"), main: keep("main"), foot: keep(".answering__foot"), title: document.title };
  show(html);
  const first = main.querySelector("[data-section]:not([hidden])");
  if (first) remember(first.dataset.section);
}

function keep(place) {
  return [...document.querySelector(place).childNodes];
}

function swap(view) {
  document.title = view.title;
  document.querySelector(".answering__top").replaceChildren(...view.top);
  main.replaceChildren(...view.main);
  document.querySelector(".answering__foot").replaceChildren(...view.foot);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const go = event.submitter?.value ?? "on";
  globalThis.speechSynthesis?.cancel();
  if (isWhole(form)) {
    event.preventDefault();
    const ready = step(form, go);
    if (ready) await finish(form, ready);
    else keepOn(form);
  } else if (form.matches("[data-answering]")) {
    event.preventDefault();
    if (form.closest("[data-begin]")) {
      await start(form);
      return;
    }
    const data = withToken(new FormData(form, event.submitter));
    if (form.querySelector("[data-last]")) await proven(form, data);
    await finish(form, data, event.submitter?.formAction ?? form.action);
  }
});

async function finish(form, data, action = form.action) {
  isUnsent = true;
  if (isWhole(form)) await proven(form, data);
  const html = await sendForm(form, data, action, () => isWhole(form) && keepOn(form, true));
  if (html === null) return;
  isUnsent = false;
  show(html);
}

// A link within the page leads there without a new place in the browser's history, which is about sections.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[href^='#'], .answering__foot a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  if (place.matches("#support")) {
    const panel = place.querySelector("details");
    panel.open = true;
    enter(panel.querySelector("summary"));
  } else if (link.closest("[data-errors]")) {
    enter(place);
  } else {
    place.scrollIntoView({ block: "start" });
  }
});

/** The proof that an open link asks for, where the net was there to fetch what makes it. */
async function proven(form, data) {
  if (!form.dataset.bits) return data;
  form.setAttribute("aria-busy", "true");
  return work().then(({ withWork }) => withWork(form, data), () => data);
}

addEventListener("online", sayContact);
addEventListener("offline", sayContact);
addEventListener("beforeunload", (event) => {
  // Asks whether to leave while finished answers wait for the net; never somebody who leaves quickly.
  if (isUnsent && !document.body.hidden) event.preventDefault();
});

addEventListener("popstate", (event) => {
  const form = main.querySelector("form");
  const section = event.state?.section;
  if (isWhole(form)) {
    if (section) {
      showState(form, section);
    } else if (begin) {
      const open = form.querySelector("[data-section]:not([hidden])");
      whole = {
        top: keep(".answering__top"), main: keep("main"), foot: keep(".answering__foot"),
        title: document.title, section: open.dataset.section,
      };
      swap(begin);
    }
  } else if (section && whole) {
    swap(whole);
    whole = null;
    showState(main.querySelector("form"), section);
  } else if (form && !form.closest("[data-begin]")) {
    const back = form.querySelector("button[value=back]");
    if (back) form.requestSubmit(back);
  }
});

tidyChoices(main);
takeCode(main);
addEventListener("hashchange", () => takeCode(main)); // a personal link opened where the survey already is
if (isShared()) {
  shared = await import("./answering/shared.js");
  shared.watch();
}
offerToGoOn(
  main,
  async () => {
    await start(main.querySelector("[data-answering]"), true);
    return main.querySelector("[data-whole]");
  },
  (form) => finish(form, fieldsToSend(form)),
);
