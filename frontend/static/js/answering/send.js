// Sends a form once, however often it is pressed and however bad the network is: every attempt carries the number that
// the page was given, and the server stores one copy of it.
const PAUSES = [2000, 4000, 8000, 15000, 30000];
const PATIENCE = 20000;
const sending = new WeakSet();

/**
 * The page that answers the form; null when the form is being sent already. Tries until something answers, and calls
 * `lost` when the first attempt did not.
 */
export async function sendForm(form, data, action, lost = () => {}) {
  if (sending.has(form)) return null;
  sending.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    for (let attempt = 0; ; attempt += 1) {
      const html = await tryOnce(data, action);
      if (html !== null) return html;
      if (attempt === 0) lost();
      await pauseWithWords(form, PAUSES[Math.min(attempt, PAUSES.length - 1)]);
    }
  } finally {
    sending.delete(form);
    form.removeAttribute("aria-busy");
    const words = form.querySelector("[data-lost]");
    if (words) words.hidden = true;
  }
}

async function tryOnce(data, action) {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const words = await answer.text();
    // The page at hand holds the answers; one that says "try again" is not worth changing it for.
    return answer.status === 503 || answer.status === 502 || answer.status === 504 ? null : words;
  } catch {
    return null;
  }
}

/** Say that it will be tried again, and wait: for a while, for the network, or for somebody who presses the button. */
function pauseWithWords(form, milliseconds) {
  const lost = form.querySelector("[data-lost]");
  if (lost) lost.hidden = false;
  return new Promise((go) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      lost?.removeEventListener("click", pressed);
      go();
    };
    const pressed = (event) => event.target.closest("[data-again]") && done();
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    lost?.addEventListener("click", pressed);
  });
}
