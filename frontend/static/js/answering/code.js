// The code that opens a survey: taken from a link's #, and where it is a personal one exchanged before the questions.
// The exchanged mark lives in this page's memory; the tab remembers it only where somebody said that the device is theirs.
import { isShared } from "./places.js";

const PERSONAL = /^P[0-9A-Z]{14}$/;
const KEPT = "vaxtkraft-mark";
const place = () => `${KEPT}:${location.pathname}`;

let held = null; // { pending, token } of the code at hand

/** A link's or slip's code comes behind a #, which is never sent to a server, and does not stay in the address. */
export function takeCode(main) {
  const field = main.querySelector("#way-code");
  if (!field) return;
  if (location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  if (!field.dataset.modulus) return;
  const remembered = recall();
  if (remembered) held = remembered;
  if (remembered?.token) main.querySelector("[data-remembered]").hidden = false;
  const offer = () => {
    main.querySelector("[data-remember]").hidden = isShared() || !/^\s*p/i.test(field.value);
  };
  field.addEventListener("input", offer);
  offer();
}

/** What the first page sends to get the questions: never a personal code. Null when the code was refused, and said so. */
export async function withCode(form, data, isSaved = false) {
  const field = form.querySelector("#way-code");
  if (!field) return data;
  const code = field.value.toUpperCase().replace(/[\s–-]/g, "");
  if (isSaved) return hold(data);
  if (!field.dataset.modulus || (!held?.token && !PERSONAL.test(code))) return data;
  if (!held?.token && !(await redeem(form, field, data, code))) return null;
  return hold(data);
}

/** Put the mark into the form that sends the answers. */
export function bringToken(form) {
  const token = form?.elements["way-token"];
  if (!token || !held?.token) return;
  token.value = held.token.prepared;
  form.elements["way-signature"].value = held.token.signature;
}

/** The same for a form that is sent page by page, where conditions are decided on the server. */
export function withToken(data) {
  if (held?.token) {
    data.set("way-token", held.token.prepared);
    data.set("way-signature", held.token.signature);
  }
  return data;
}

export function forgetToken() {
  held = null;
  try {
    sessionStorage.removeItem(place());
  } catch {
    // storage is switched off
  }
}

function hold(data) {
  data.delete("way-code");
  data.set("way-held", "1");
  return data;
}

async function redeem(form, field, data, code) {
  form.setAttribute("aria-busy", "true");
  try {
    const { blindOne, exchange } = await import("./token.js");
    const { modulus, sign } = field.dataset;
    const pending = held?.code === code ? held.pending : await blindOne(modulus);
    held = { code, pending, token: null };
    if (form.querySelector("[data-remember] input").checked) remember();
    const token = await exchange(pending, { address: sign, form: data.get("form"), key: data.get("key"), code, modulus });
    if (!token) return complain(form, field, field.dataset.refused);
    held = { pending: null, code: null, token };
    if (form.querySelector("[data-remember] input").checked) remember();
    return true;
  } catch {
    return complain(form, field, field.dataset.unable);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function complain(form, field, words) {
  held = null;
  forgetToken();
  form.querySelector("#way-code-error")?.remove();
  const note = document.createElement("p");
  note.className = "question__error";
  note.id = "way-code-error";
  note.textContent = words;
  field.closest("p").before(note);
  field.closest(".question").classList.add("question--error");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "way-code-help way-code-error");
  field.focus();
  return false;
}

function remember() {
  try {
    sessionStorage.setItem(place(), JSON.stringify(held));
  } catch {
    // storage is switched off: the page remembers for itself
  }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(place()));
  } catch {
    return null;
  }
}
