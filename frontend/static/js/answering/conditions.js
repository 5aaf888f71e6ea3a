// Whether a question is asked, decided in the page by the same rules as on the server (questionnaire/expressions):
// XPath 1.0's, over nested lists such as ["and", a, b], ["ref", "code"], ["text", "yes"], ["number", 5].

/** Whether an expression holds; `answers` maps a question's code to a text, a number or a list of codes. */
export function holds(expression, answers, here) {
  return asBool(value(expression, answers, here));
}

export function value([what, ...parts], answers, here) {
  const of = (part) => value(part, answers, here);
  switch (what) {
    case "ref": return answers.get(parts[0]) ?? null;
    case "here": return here ?? null;
    case "text": case "number": return parts[0];
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
  if (typeof given === "number") return Number.isFinite(given) ? String(given) : "";
  return given ?? "";
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
  int: ([given]) => Math.trunc(asNumber(given)),
  number: ([given]) => asNumber(given),
  round: ([given, digits]) => Math.floor(asNumber(given) * 10 ** asNumber(digits ?? 0) + 0.5) / 10 ** asNumber(digits ?? 0),
  min: (given) => Math.min(...numbers(given)),
  max: (given) => Math.max(...numbers(given)),
  sum: (given) => numbers(given).reduce((all, each) => all + each, 0),
  count: (given) => given.filter((each) => asText(each) !== "").length,
  "string-length": ([given]) => asText(given).length,
  contains: ([given, part]) => asText(given).includes(asText(part)),
  "starts-with": ([given, part]) => asText(given).startsWith(asText(part)),
  // A pattern is left to the server: what it refuses comes back with words.
  regex: () => true,
  concat: (given) => given.map(asText).join(""),
  not: ([given]) => !asBool(given),
  true: () => true,
  false: () => false,
  answered: ([given]) => asText(given) !== "",
};
