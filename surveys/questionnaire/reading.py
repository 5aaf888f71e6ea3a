"""From the JSON of a questionnaire version to a checked :class:`Questionnaire`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .checking import check
from .definition import (
    Band,
    Choice,
    Kind,
    Measures,
    Outside,
    Polarity,
    Question,
    Questionnaire,
    Scale,
    ScaleEnd,
    Section,
    ShowIf,
)
from .fields import CHOICE_CODE, CODE, Fields, QuestionnaireError

FORMAT = 1
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
CONTENT = Path(__file__).resolve().parent.parent / "content"


def read(data: Mapping[str, object]) -> Questionnaire:
    """The questionnaire that this JSON describes.

    Raises QuestionnaireError with every problem found, each with its place and what to do.
    """
    problems: list[str] = []
    fields = Fields(data, "questionnaire", problems)
    if fields.integer("format") != FORMAT:
        fields.problem(f"'format' must be {FORMAT}, the only one this version of the portal reads")
    languages = fields.codes("languages", LANGUAGE)
    if not languages:
        raise QuestionnaireError([*problems, "questionnaire: 'languages' must name at least one language"])
    scales = {scale.code: scale for scale in (_scale(f, languages) for f in fields.children("scales"))}
    questions = [_question(f, languages, scales) for f in fields.children("questions")]
    sections = tuple(_section(f, languages, questions) for f in fields.children("sections"))
    questionnaire = Questionnaire(
        code=fields.string("code"),
        version=fields.required_integer("version"),
        languages=languages,
        title=fields.text("title", languages),
        minutes=fields.required_integer("minutes"),
        scales=scales,
        sections=sections,
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


def _choice(fields: Fields, languages: tuple[str, ...]) -> Choice:
    choice = Choice(
        code=fields.string("code", CHOICE_CODE),
        text=fields.text("text", languages),
        is_exclusive=fields.flag("exclusive"),
        is_missing=fields.flag("missing"),
    )
    fields.close()
    return choice


def _band(fields: Fields, languages: tuple[str, ...]) -> Band:
    band = Band(
        code=fields.string("code", CHOICE_CODE),
        text=fields.text("text", languages),
        lowest=fields.integer("from"),
        highest=fields.integer("to"),
        outside=fields.one_of("outside", Outside, Outside.UNDER) if fields.has("outside") else None,
        thanks=fields.optional_text("thanks", languages),
    )
    if band.outside and band.thanks is None:
        fields.problem("a band outside the survey's ages needs 'thanks', the words that its people read")
    fields.close()
    return band


def _scale(fields: Fields, languages: tuple[str, ...]) -> Scale:
    scale = Scale(
        code=fields.string("code"),
        choices=tuple(_choice(f, languages) for f in fields.children("choices")),
        high=_end(fields.child("high"), languages),
        low=_end(fields.child("low"), languages),
    )
    fields.close()
    return scale


def _end(fields: Fields, languages: tuple[str, ...]) -> ScaleEnd:
    end = ScaleEnd(codes=fields.codes("codes"), text=fields.text("text", languages))
    fields.close()
    return end


def _section(fields: Fields, languages: tuple[str, ...], questions: list[Question]) -> Section:
    code = fields.string("code")
    section = Section(
        code=code,
        title=fields.text("title", languages),
        intro=fields.optional_text("intro", languages),
        questions=tuple(question for question in questions if question.section == code),
    )
    fields.close()
    return section


def _question(fields: Fields, languages: tuple[str, ...], scales: Mapping[str, Scale]) -> Question:
    kind = fields.one_of("kind", Kind, Kind.SINGLE)
    scale = fields.optional_string("scale")
    if (scale is not None) != (kind is Kind.SCALE) or (scale and scale not in scales):
        fields.problem("'scale' must name one of the questionnaire's scales where 'kind' is scale, and only there")
    bands = tuple(_band(f, languages) for f in fields.children("bands"))
    choices = tuple(_choice(f, languages) for f in fields.children("choices"))
    if kind is Kind.SCALE and scale is not None and scale in scales:
        choices = scales[scale].choices + choices
    elif kind is Kind.NUMBER:
        choices += tuple(Choice(band.code, band.text) for band in bands if not band.outside)
    question = Question(
        code=fields.string("code"),
        section=fields.string("section"),
        kind=kind,
        text=fields.text("text", languages),
        label=fields.text("label", languages),
        help=fields.optional_text("help", languages),
        choices=choices,
        bands=bands,
        scale=scale,
        polarity=fields.one_of("polarity", Polarity, Polarity.NONE),
        measures=fields.one_of("measures", Measures, Measures.CONTEXT),
        factors=fields.codes("factors", CODE),
        is_background=fields.flag("background"),
        is_sensitive=fields.flag("sensitive"),
        is_required=fields.flag("required"),
        since=fields.required_integer("since"),
        show_if=_show_if(fields.child("show_if")) if fields.has("show_if") else None,
        max_choices=fields.integer("max_choices"),
        max_length=fields.integer("max_length"),
    )
    fields.close()
    return question


def _show_if(fields: Fields) -> ShowIf:
    show_if = ShowIf(question=fields.string("question"), codes=fields.codes("in"))
    fields.close()
    return show_if
