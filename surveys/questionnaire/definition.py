"""A questionnaire as immutable values: sections, questions, answer scales, scores, texts in every language.

The JSON that :mod:`surveys.questionnaire.reading` turns into these values is what a questionnaire version
stores; nothing here is edited in place. A changed question is a new version of the questionnaire.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from datasets.cubes import LocalText

from .conditions import Condition
from .question import Battery, Kind, Question, Scale, rating_scale
from .scores import Score


@dataclass(frozen=True)
class Section:
    """Questions with a heading and a line that says what they are about; ``show_if`` holds for all of them."""

    code: str
    title: LocalText
    intro: LocalText | None
    questions: tuple[Question, ...]
    show_if: Condition | None = None


@dataclass(frozen=True)
class Part:
    """One page's worth of a section: no question in it depends on another in it.

    ``code`` is the section's for its first part, then `code-2` and so on.
    """

    code: str
    section: Section
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A version of a questionnaire: its sections in order, its scales, its languages (the first is default).

    ``minutes`` is how long it takes to answer, as promised on the first page.
    """

    code: str
    version: int
    languages: tuple[str, ...]
    title: LocalText
    minutes: int
    scales: Mapping[str, Scale]
    sections: tuple[Section, ...]
    batteries: Mapping[str, Battery] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()

    def __iter__(self) -> Iterator[Question]:
        """All questions in the order of the version."""
        return iter(self._questions)

    # A submission goes through all questions several times: what is the same for everyone is put together once.
    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """The names of a form's fields, each with the most values that its question can have and one beyond."""
        return {
            name: len(question.choices) + 1
            for question in self
            for name in (question.code, question.own_words)
            if name
        }

    @cached_property
    def _by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self}

    def question(self, code: str) -> Question:
        """The question with this code. Raises KeyError where the version has none."""
        return self._by_code[code]

    def section(self, code: str) -> Section:
        """The section with this code. Raises KeyError where the version has none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def without(self, sections: Collection[str]) -> Questionnaire:
        """The same questionnaire less the sections with these codes."""
        if not sections:
            return self
        return replace(self, sections=tuple(one for one in self.sections if one.code not in sections))

    def only(self, questions: Collection[str]) -> Questionnaire:
        """The same questionnaire with these questions alone, less every score and every section left empty."""
        kept = [
            replace(one, questions=tuple(question for question in one.questions if question.code in questions))
            for one in self.sections
        ]
        return replace(self, sections=tuple(one for one in kept if one.questions), scores=())

    def conditions_of(self, question: Question) -> tuple[Condition, ...]:
        """What must hold for a question to be asked: its section's condition and its own, where there are any."""
        found = (self.section(question.section).show_if, question.show_if)
        return tuple(condition for condition in found if condition is not None)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The pages that there can be, the same for everyone; which of them somebody gets is `flow.pages`."""
        scores = {score.code: score for score in self.scores}
        return tuple(part for section in self.sections for part in _parts(section, scores))

    def scale_of(self, question: Question) -> Scale | None:
        """The scale a question is answered on, or None for a question with choices of its own."""
        if question.kind is Kind.RATING:
            return rating_scale(question)
        return self.scales[question.scale] if question.scale else None

    @property
    def background(self) -> tuple[Question, ...]:
        """The questions that results are broken down by."""
        return tuple(question for question in self if question.is_background)


def _parts(section: Section, scores: Mapping[str, Score]) -> Iterator[Part]:
    """A section cut where a question depends on one before it: without script no page changes as one writes."""
    groups: list[list[Question]] = [[]]
    here: set[str] = set()
    for question in section.questions:
        if _read(question.show_if, scores) & here:
            groups.append([])
            here = set()
        # What is worked out of other pages' answers is known before this page.
        if question.is_asked or _read(question.calculation, scores) & here:
            here.add(question.code)
        groups[-1].append(question)
    for number, questions in enumerate(groups, start=1):
        code = section.code if number == 1 else f"{section.code}-{number}"
        yield Part(code, section, tuple(questions))


def _read(condition: Condition | None, scores: Mapping[str, Score]) -> frozenset[str]:
    """The questions whose answers a condition reads, those of its scores included."""
    if condition is None:
        return frozenset()
    items = (item for code in condition.scores if code in scores for item in scores[code].items)
    return condition.names.union(items)
