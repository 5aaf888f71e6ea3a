// A personal code becomes a mark without a name: RSA blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Randomized). The server
// signs what this page has blinded, once for each code, and can't know the mark again when it comes with the answers.
import { BlindRSA, PrepareType } from "../../vendor/blindrsa/blindrsa.js";

const SUITE = new BlindRSA({ name: "RSABSSA-SHA384-PSS-Randomized", hash: "SHA-384", saltLength: 48, prepareType: PrepareType.Randomized });
const MESSAGE = 32;
const PAUSES = [1000, 2000, 4000, 8000];
const PATIENCE = 20000;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const base64url = (found) => btoa(String.fromCharCode(...found)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Blind a message of one's own. What comes back is enough to go on after a lost connection. */
export async function blindOne(modulus) {
  const prepared = SUITE.prepare(crypto.getRandomValues(new Uint8Array(MESSAGE)));
  const { blindedMsg, inv } = await SUITE.blind(await keyOf(modulus), prepared);
  return { prepared: hex(prepared), blinded: hex(blindedMsg), inv: hex(inv) };
}

/** Have it signed with the code, however bad the network is; null when the code is refused. */
export async function exchange(pending, { address, form, key, code, modulus }) {
  const body = new URLSearchParams({ form, key, "way-code": code, blinded: pending.blinded });
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask(address, body);
    if (answer?.ok) {
      const { signature } = await answer.json();
      const unblinded = await SUITE.finalize(await keyOf(modulus), bytes(pending.prepared), bytes(signature), bytes(pending.inv));
      return { prepared: pending.prepared, signature: hex(unblinded) };
    }
    if (answer && answer.status < 500 && answer.status !== 429) return null;
    await new Promise((go) => setTimeout(go, PAUSES[Math.min(attempt, PAUSES.length - 1)]));
  }
}

async function ask(address, body) {
  const how = { method: "POST", body, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
  try {
    return await fetch(address, { ...how, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return null;
  }
}

function keyOf(modulus) {
  const jwk = { kty: "RSA", alg: "PS384", n: base64url(bytes(modulus)), e: "AQAB", ext: true };
  return crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
}
