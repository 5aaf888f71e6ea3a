// Answers kept on the device, and only because somebody asked for it: locked with a code word of their own, for a week.
// Without the word nobody who shares the device can read them, and neither can we: it is stored nowhere.
const DAYS = 7;
const ROUNDS = 600000; // PBKDF2 with SHA-256, as OWASP advises
const PREFIX = "vaxtkraft-answers";
export const SHORTEST = 6;
const ALIKE = 8192; // so that its length does not tell how much was answered
let lock = null; // the key while the page is open: what is answered later is kept under it too

const name = () => `${PREFIX}:${location.pathname}`;
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** Whether this browser can lock anything: only on a page that came over a safe connection. */
export function canKeep() {
  try {
    return Boolean(crypto.subtle && localStorage);
  } catch {
    return false; // storage is switched off
  }
}

/** Until when answers to this survey are kept here; null when none are. What is too old is deleted, whatever survey it was of. */
export function keptUntil() {
  if (!canKeep()) return null;
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    if (JSON.parse(localStorage.getItem(key)).until < Date.now()) localStorage.removeItem(key);
  }
  const kept = localStorage.getItem(name());
  return kept ? new Date(JSON.parse(kept).until) : null;
}

export function forget() {
  lock = null;
  if (canKeep()) localStorage.removeItem(name());
}

async function keyOf(word, salt) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(word.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Lock the fields of a form away under a code word; gives the day they are deleted. */
export async function keep(fields, word) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  lock = { key: await keyOf(word, salt), salt };
  return keepAgain(fields);
}

/** Where answers are kept already: keep them as they are now. `isFinished` when all that is left is to send them. */
export async function keepAgain(fields, isFinished = false) {
  if (!lock) return null;
  const { key, salt } = lock;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const spelt = JSON.stringify({ fields, isFinished });
  const plain = new TextEncoder().encode(spelt.padEnd(Math.ceil(spelt.length / ALIKE) * ALIKE));
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  if (!lock) return null; // forgotten meanwhile
  const until = Date.now() + DAYS * 24 * 3600 * 1000;
  localStorage.setItem(name(), JSON.stringify({ until, salt: text(salt), iv: text(iv), locked: text(locked) }));
  return new Date(until);
}

/** What was kept, {fields, isFinished}; null when the word is not the one it was locked with. */
export async function unlock(word) {
  const { salt, iv, locked } = JSON.parse(localStorage.getItem(name()));
  const key = await keyOf(word, bytes(salt));
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(locked));
    const found = JSON.parse(new TextDecoder().decode(plain));
    lock = { key, salt: bytes(salt) };
    return found;
  } catch {
    return null;
  }
}
