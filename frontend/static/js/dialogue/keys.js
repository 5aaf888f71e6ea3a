// Keys for what is written: the server stores each key once, however often it is sent.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Only a secure page has randomUUID; a municipality's test server may be none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
