// Whether a question is asked, decided in the page by the same rules as on the server (questionnaire/expressions):
// XPath 1.0's, over nested lists such as ["and", a, b], ["ref", "code"], ["text", "yes"], ["number", 5].

/** Whether an expression holds; `answers` maps a question's code to a text, a number or a list of codes. */
export function holds(expression, answers, here) {
  const found = value(expression, answers, here);
  return (typeof found !== "number" || Number.isFinite(found)) && asBool(found);
}

export function value([what, ...parts], answers, here) {
  const of = (part) => value(part, answers, here);
  switch (what) {
    case "ref": return answers.get(parts[0]) ?? null;
    case "here": return here ?? null;
    case "text": return parts[0];
    case "number": return Array.isArray(parts[0]) ? asNumber(of(parts[0])) : parts[0]; // the function, or a number
    case "and": return asBool(of(parts[0])) && asBool(of(parts[1]));
    case "or": return asBool(of(parts[0])) || asBool(of(parts[1]));
    case "if": return of(parts[asBool(of(parts[0])) ? 1 : 2]);
    case "once": return of(parts[0]);
    default: return FUNCTIONS[what](parts.map(of));
  }
}

function asText(given) {
  if (given === true || given === false) return String(given);
  if (Array.isArray(given)) return given.join(" ");
  if (typeof given === "number") return Number.isFinite(given) ? spelt(given) : "";
  return given ?? "";
}

/** A number without an exponent. */
function spelt(number) {
  const text = String(number);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return Object.is(number, -0) ? "0" : text;
  if (Number.isInteger(number)) return BigInt(number).toString();
  const [, sign, first, rest = "", power] = parts;
  return `${sign}0.${"0".repeat(-Number(power) - 1)}${first}${rest}`;
}

function asNumber(given) {
  if (typeof given === "boolean") return Number(given);
  if (typeof given === "number") return given;
  const text = asText(given);
  return /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(text) ? Number(text) : NaN;
}

function asBool(given) {
  if (typeof given === "boolean") return given;
  if (typeof given === "number") return given !== 0 && !Number.isNaN(given);
  return asText(given) !== "";
}

function isSame(left, right) {
  if (typeof left === "boolean" || typeof right === "boolean") return asBool(left) === asBool(right);
  if (typeof left === "number" || typeof right === "number") return asNumber(left) === asNumber(right);
  return asText(left) === asText(right);
}

const codes = (given) => asText(given).split(/\s+/).filter(Boolean);
const numbers = (given) => given.map(asNumber);

/** A sum that has grown out of all bounds is none, as on the server. */
const finite = (number) => (Number.isFinite(number) ? number : NaN);

/** To so many decimals, halves upwards. */
function rounded([given, digits]) {
  const number = asNumber(given);
  const places = digits === undefined ? 0 : asNumber(digits);
  if (!Number.isFinite(places)) return NaN;
  if (!Number.isFinite(number) || Math.abs(places) > 15 || Math.abs(number) > 1e15) return number;
  const factor = 10 ** Math.trunc(places);
  return Math.floor(number * factor + 0.5) / factor;
}

/** The whole text matches a pattern, which the server has found to be short and safe. */
function matches([given, pattern]) {
  const [text, spelt] = [asText(given), asText(pattern)];
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(`^(?:${spelt})$`, flags).test(text);
    } catch {
      // "u" is strict about what may be escaped
    }
  }
  return false;
}

const FUNCTIONS = {
  "=": ([left, right]) => isSame(left, right),
  "!=": ([left, right]) => !isSame(left, right),
  "<": ([left, right]) => asNumber(left) < asNumber(right),
  "<=": ([left, right]) => asNumber(left) <= asNumber(right),
  ">": ([left, right]) => asNumber(left) > asNumber(right),
  ">=": ([left, right]) => asNumber(left) >= asNumber(right),
  "+": ([left, right]) => asNumber(left) + asNumber(right),
  "-": ([left, right]) => (right === undefined ? -asNumber(left) : asNumber(left) - asNumber(right)),
  "*": ([left, right]) => asNumber(left) * asNumber(right),
  div: ([left, right]) => (asNumber(right) === 0 ? NaN : asNumber(left) / asNumber(right)),
  mod: ([left, right]) => asNumber(left) % asNumber(right),
  selected: ([given, code]) => codes(given).includes(asText(code).trim()),
  "count-selected": ([given]) => codes(given).length,
  coalesce: (given) => given.find((each) => asText(each) !== "") ?? null,
  int: ([given]) => finite(Math.trunc(asNumber(given))),
  round: rounded,
  min: (given) => Math.min(...numbers(given)),
  max: (given) => Math.max(...numbers(given)),
  sum: (given) => numbers(given).reduce((all, each) => all + each, 0),
  count: (given) => given.filter((each) => asText(each) !== "").length,
  "string-length": ([given]) => [...asText(given)].length,
  contains: ([given, part]) => asText(given).includes(asText(part)),
  "starts-with": ([given, part]) => asText(given).startsWith(asText(part)),
  regex: matches,
  concat: (given) => given.map(asText).join(""),
  not: ([given]) => !asBool(given),
  true: () => true,
  false: () => false,
  answered: ([given]) => asText(given) !== "",
};
