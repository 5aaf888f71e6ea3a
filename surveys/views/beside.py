"""A municipality beside the whole of a joint round, question by question, out of published tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Tenant
from datasets.charts import propose
from datasets.cubes import pick
from datasets.disclosure import ProtectedCube, shares
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.models import SurveyRound
from surveys.questionnaire import Question
from surveys.results.answer_dimensions import OF_OPTIONS, OPTION
from surveys.results.own_part import group_of
from surveys.selectors import Published


@dataclass(frozen=True)
class Figure:
    """A share in words, and what it is certain to lie between; no such span where the share is not shown."""

    text: str = ""
    interval: str = ""


@dataclass(frozen=True)
class Beside:
    """One question: its answers as (words, here, in the whole round), and the chart that shows the same.

    What was asked of one municipality alone (`is_own`) has no figure of the whole.
    """

    label: str
    question: str
    rows: tuple[tuple[str, Figure, Figure], ...]
    url: str
    is_here: bool
    is_own: bool = False


def beside_the_whole(
    survey_round: SurveyRound,
    municipality: Tenant,
    tables: Mapping[str, Published],
    lang: str,
    slug: str,
    *,
    owned: Mapping[str, Published],
) -> dict[str, Any]:
    """What the page shows: whom the figures of "here" are of, and every question, section by section.

    `owned` are the tables of the municipality's own questions, which come last.
    """
    content = survey_round.version.told
    base = tables.get(MUNICIPALITY)
    group = group_of(base.cube, municipality.slug) if base else None
    here = pick(_category(base.cube, group), lang) if base and group else municipality.name
    sections = []
    for section in content.sections:
        is_own = survey_round.own_sections.get(section.code) == municipality.slug
        found = [
            _beside(question, published, municipality, lang, slug, is_own=is_own)
            for question in section.questions
            if not question.is_background
            and (published := _table(question, owned if is_own else tables)) is not None
        ]
        if found:
            sections.append({"code": section.code, "title": pick(section.title, lang), "results": found})
    return {
        "here": here,
        "is_pooled": group is not None and "+" in group,
        "is_hidden": group is None,
        "people_here": _people(base.cube, group) if base and group else None,
        "sections": sections,
        "dataset": next(iter(tables.values())).dataset if tables else None,
        "own_dataset": next(iter(owned.values())).dataset if owned else None,
        "is_own_hidden": municipality.slug in survey_round.own_sections.values() and not owned,
    }


def _table(question: Question, tables: Mapping[str, Published]) -> Published | None:
    return tables.get(f"{question.code}.{MUNICIPALITY}") or tables.get(question.code)


def _beside(
    question: Question, published: Published, municipality: Tenant, lang: str, slug: str, *, is_own: bool
) -> Beside:
    cube = published.cube
    group = group_of(cube, municipality.slug)
    shared = shares(cube, question.code)
    answers = cube.dimension(OPTION if _has_options(cube) else question.code)
    rows = []
    for answer in answers.categories:
        if answer.code != answers.total:
            at = _at(question, cube, answer.code)
            whole = _figure(
                shared, at | ({MUNICIPALITY: str(cube.dimension(MUNICIPALITY).total)} if group else {})
            )
            own = _figure(shared, at | {MUNICIPALITY: group}) if group else Figure()
            rows.append((pick(answer.label, lang), own, whole))
    address = reverse("chart-view", args=[slug, published.dataset.pk])
    url = f"{address}?table={published.table.code}&{propose(cube).to_query()}"
    text = pick(question.text, lang)
    return Beside(pick(question.label, lang), text, tuple(rows), url, group is not None, is_own)


def _at(question: Question, cube: ProtectedCube, answer: str) -> dict[str, str]:
    """Where an answer's cells are; of several options the share that chose it."""
    if _has_options(cube):
        return {OPTION: answer, question.code: OF_OPTIONS[question.kind][0]}
    return {question.code: answer}


def _has_options(cube: ProtectedCube) -> bool:
    return any(dimension.code == OPTION for dimension in cube.dimensions)


def _figure(shared: ProtectedCube, at: Mapping[str, str]) -> Figure:
    share, low, high = (shared.cube.cell({**at, "measure": one}).value for one in ("share", "low", "high"))
    if share is None or math.isnan(share):
        return Figure(_("not shown: too few answers"))
    is_bounded = low is not None and high is not None and not math.isnan(low + high)
    interval = f"{round(low or 0)}–{round(high or 0)}" if is_bounded else ""
    return Figure(_("%(percent)s %%") % {"percent": round(share)}, interval)


def _people(cube: ProtectedCube, group: str) -> int | None:
    value = cube.cube.cell({MUNICIPALITY: group}).value
    return None if value is None or math.isnan(value) else round(value)


def _category(cube: ProtectedCube, code: str | None) -> Mapping[str, str]:
    dimension = cube.dimension(MUNICIPALITY)
    return next(one.label for one in dimension.categories if one.code == code)
