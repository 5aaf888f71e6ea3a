// A small proof of work for an open link, made in spare moments while somebody answers (surveys/ways_in/work.py has the
// other half). It belongs to the page's own number: answers that wait for the net, or for another day, need no new one.
const AT_A_TIME = 16;
const bytes = (text) => new TextEncoder().encode(text);
let work = null; // { number, proof } of the form at hand

/** Begin, where the round asks for it and the browser can. */
export function beginWork(form) {
  const { bits, iterations } = form.dataset;
  const number = form.elements.form?.value;
  if (!bits || !globalThis.crypto?.subtle || work?.number === number) return;
  work = { number, proof: find(number, Number(bits), Number(iterations)).catch(() => "") };
}

/** Put the proof for the form's own number with what is sent: saved answers have brought their number back. */
export async function withWork(form, data) {
  beginWork(form);
  if (form.dataset.bits && work) data.set("work", await work.proof);
  return data;
}

async function find(number, bits, iterations) {
  const key = await crypto.subtle.importKey("raw", bytes(number), "PBKDF2", false, ["deriveBits"]);
  const isFound = async (guess) => {
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(String(guess)), iterations };
    return new DataView(await crypto.subtle.deriveBits(how, key, 32)).getUint32(0) >>> (32 - bits) === 0;
  };
  for (let first = 0; ; first += AT_A_TIME) {
    const guesses = Array.from({ length: AT_A_TIME }, (_, at) => first + at);
    const found = (await Promise.all(guesses.map(isFound))).indexOf(true);
    if (found >= 0) return String(first + found);
    await new Promise((go) => setTimeout(go)); // a finger on the page comes first
  }
}
