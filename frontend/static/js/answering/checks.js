// What is wrong with one answer, by the same rules as on the server (questionnaire/cleaning.py), so that it is said in
// the page and in the same words. Of an age or a year of birth only the band leaves this file.
const KEPT_MARKS = "\n\t\u200c\u200d";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u;
const PERSONAL = [
  /[^\s@]+@[^\s@]+\.[^\s@]{2,}/u, // e-mail address
  /(?:^|[^\p{L}\p{N}_])@[\p{L}\p{N}_]{3,}/u, // account name
  /(?:^|\D)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)/u, // personal identity and coordination number
  /(?:^|\D)(?:\+|0)\d(?:[\s()–-]*\d){7,}/u, // phone number
];
const MOST_OWN_WORDS = 100;
const ONE_ONLY = { wrong: "one_only", params: {} };

/** The answer that values come to: {answer}, {outside: band}, {wrong, params}, or nothing at all. */
export function cleaned(kind, rules, values, year = new Date().getFullYear()) {
  if (!values.length) return {};
  if (kind === "multiple") return several(rules, values);
  if (kind === "ranking") return ranked(values);
  if (values.length > 1) return ONE_ONLY;
  if (kind === "text") return cleanWords(values[0], rules.limit);
  const value = values[0].trim();
  if (kind === "number") return band(rules, value, year);
  if (kind === "quantity") return amount(rules, value);
  return { answer: value };
}

/** Somebody's own words without what is not to be seen. */
export function cleanWords(value, limit = MOST_OWN_WORDS) {
  const whole = value.normalize("NFC").replace(/\r\n?/g, "\n");
  const text = [...whole].filter((letter) => KEPT_MARKS.includes(letter) || !HIDDEN.test(letter)).join("").trim();
  const { length } = [...text];
  if (length > limit) return { wrong: "too_long", params: { length, limit } };
  if (PERSONAL.some((pattern) => pattern.test(text))) return { wrong: "names_someone", params: {} };
  return text ? { answer: text } : {};
}

function several({ alone = [], most, least }, values) {
  const standing = values.some((value) => alone.includes(value));
  if (values.length > 1 && standing) return { wrong: "stands_alone", params: {} };
  if (most && values.length > most) return { wrong: "too_many", params: { limit: most } };
  if (least && !standing && values.length < least) return { wrong: "too_few", params: { limit: least } };
  return { answer: values };
}

/** Values such as "code:2", in whatever order they stand on the page. */
function ranked(values) {
  const pairs = values.map((value) => value.split(":")).map(([code, place]) => [Number(place), code]);
  if (new Set(pairs.map(([place]) => place)).size < pairs.length) return { wrong: "ranked_twice", params: {} };
  return { answer: pairs.sort(([one], [other]) => one - other).map(([, code]) => code) };
}

function band({ bands, missing = [], year: isYear, example }, value, year) {
  if (missing.includes(value)) return { answer: value };
  let age = NaN;
  if (isYear) {
    if (/^(?:19|20)\d{2}$/.test(value) && Number(value) <= year) age = year - Number(value);
  } else {
    age = Number(/^(\d{1,3})\s*(?:år|years?)?$/i.exec(value)?.[1] ?? NaN);
  }
  const holds = ({ lowest, highest }) => (lowest === null || age >= lowest) && (highest === null || age <= highest);
  const found = bands.find((each) => each.code === value || (!Number.isNaN(age) && holds(each)));
  if (found) return found.thanks ? { outside: found } : { answer: found.code };
  return isYear ? { wrong: "not_a_year", params: { example: year - example } } : { wrong: "not_a_number", params: { example } };
}

function amount({ lowest, highest, decimals, units, example, missing = [] }, value) {
  if (missing.includes(value)) return { answer: value };
  let spelt = value.replace(/(\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, "$1");
  for (const unit of units) if (spelt.endsWith(unit)) spelt = spelt.slice(0, spelt.length - unit.length).trim();
  if (!/^[+-]?\d{1,9}(?:[.,]\d{1,6})?$/.test(spelt)) return { wrong: "not_an_amount", params: { example } };
  spelt = spelt.replace(",", ".");
  const number = Number(spelt);
  if (number < Number(lowest) || number > Number(highest)) return { wrong: "out_of_range", params: { lowest, highest } };
  const behind = (spelt.split(".")[1] ?? "").replace(/0+$/, "");
  if (behind.length > decimals) return { wrong: "too_many_decimals", params: { decimals } };
  return { answer: number };
}
