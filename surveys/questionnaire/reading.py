"""From the JSON of a questionnaire version to a checked :class:`Questionnaire`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .checking import check
from .definition import Questionnaire, Section
from .fields import Fields, QuestionnaireError
from .question import Battery, Question, Scale, ScaleEnd
from .reading_questions import read_choice, read_condition, read_question
from .reading_scores import read_score

FORMATS = (1, 2)
"""The ways of writing a questionnaire down; 2 has all that 1 has, and is what is written now."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
CONTENT = Path(__file__).resolve().parent.parent / "content"


def read(data: Mapping[str, object]) -> Questionnaire:
    """The questionnaire that this JSON describes.

    Raises QuestionnaireError with every problem found, each with its place and what to do.
    """
    problems: list[str] = []
    fields = Fields(data, "questionnaire", problems)
    if fields.integer("format") not in FORMATS:
        fields.problem("'format' must be 1 or 2, the ones that this version of the portal reads")
    languages = fields.codes("languages", LANGUAGE)
    if not languages:
        raise QuestionnaireError([*problems, "questionnaire: 'languages' must name at least one language"])
    scales = {scale.code: scale for scale in (_scale(f, languages) for f in fields.children("scales"))}
    batteries = {
        battery.code: battery for battery in (_battery(f, languages) for f in fields.children("batteries"))
    }
    questions = [read_question(f, languages, scales) for f in fields.children("questions")]
    sections = tuple(_section(f, languages, questions) for f in fields.children("sections"))
    questionnaire = Questionnaire(
        code=fields.string("code"),
        version=fields.required_integer("version"),
        languages=languages,
        title=fields.text("title", languages),
        minutes=fields.required_integer("minutes"),
        scales=scales,
        sections=sections,
        batteries=batteries,
        scores=tuple(read_score(f, languages) for f in fields.children("scores")),
    )
    fields.close()
    if not problems:
        problems = check(questionnaire, [question.code for question in questions])
    if problems:
        raise QuestionnaireError(problems)
    return questionnaire


@lru_cache(maxsize=8)
def load(path: Path) -> Questionnaire:
    """The questionnaire in a JSON file. Raises QuestionnaireError; OSError where the file can't be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise QuestionnaireError(
            [f"{path.name}: is not JSON in UTF-8 ({error}); save it again as such"]
        ) from error
    return read(data)


def wellbeing() -> Questionnaire:
    """The questionnaire on wellbeing that Växtkraft brings with it, in its newest version."""
    return load(CONTENT / "wellbeing.json")


def _scale(fields: Fields, languages: tuple[str, ...]) -> Scale:
    scale = Scale(
        code=fields.string("code"),
        choices=tuple(read_choice(f, languages) for f in fields.children("choices")),
        high=_end(fields.child("high"), languages),
        low=_end(fields.child("low"), languages),
        name=fields.words("name") if fields.has("name") else "",
    )
    fields.close()
    return scale


def _end(fields: Fields, languages: tuple[str, ...]) -> ScaleEnd:
    end = ScaleEnd(codes=fields.codes("codes"), text=fields.text("text", languages))
    fields.close()
    return end


def _battery(fields: Fields, languages: tuple[str, ...]) -> Battery:
    battery = Battery(
        code=fields.string("code"),
        text=fields.text("text", languages),
        help=fields.optional_text("help", languages),
    )
    fields.close()
    return battery


def _section(fields: Fields, languages: tuple[str, ...], questions: list[Question]) -> Section:
    code = fields.string("code")
    section = Section(
        code=code,
        title=fields.text("title", languages),
        intro=fields.optional_text("intro", languages),
        questions=tuple(question for question in questions if question.section == code),
        show_if=read_condition(fields, "show_if"),
    )
    fields.close()
    return section
