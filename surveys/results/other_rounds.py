"""Whether a round's scores give away what its questions hide: other answers that would have told the very same.

A score follows from its items, so that its bands and the items' tables are figures of the same answers; protecting
each against the base alone does not protect them together. So for every hidden figure of either a second round
is looked for, person by person: some people answer an item otherwise, or two of one group exchange their answers
to it; the scores are worked out anew, and every published figure of the items and the scores stays as it is while
the hidden one differs. Where there is one, nobody who has all that is published knows the figure (ADR 16).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension, Reason
from datasets.disclosure import ProtectedCube
from surveys.questionnaire import Questionnaire, Score, bands_of, counted_scores, score_column, with_scores
from surveys.results.answer_dimensions import answers_by_code, leaves_of
from surveys.results.people_groups import Grouping, strata_by
from surveys.results.scores import item_columns
from surveys.results.second_tables import Moves, without_second
from surveys.results.tabulation import Columns, Counted

MOST_OF_A_GROUP = 80
"""So many people of one group are looked at: among them a second round is as easily found as among more."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Told:
    """A table of a question or of a score: its counts, and what is shown of them."""

    counted: Counted
    cube: ProtectedCube

    @property
    def about(self) -> str:
        """The code of the question or the score."""
        return self.counted.question.code

    @cached_property
    def is_hidden(self) -> Bools:
        """The cells that are not shown, flat."""
        return np.asarray((self.cube.statuses == Reason.SUPPRESSED).ravel())

    @cached_property
    def is_secret(self) -> Bools:
        """The hidden cells that must stay unknown: those of anyone at all, and those that were to be protected."""
        somebody = self.counted.table.cube.values.ravel() > 0
        marked = self.cube.report.protected_cells(self.cube.values.shape).ravel()
        return self.is_hidden & (somebody | marked)


@dataclass(frozen=True, eq=False)
class _Otherwise:
    """Ways to have answered otherwise, a row each: in which group, and from what to what by question and score.

    There is a column for each of the people that take part in it: one, or two of the same group.
    """

    group: Ints
    before: Mapping[str, Ints]
    after: Mapping[str, Ints]


class OtherRounds:
    """A round as nobody outside knows it, and the search for others that look the same from there."""

    def __init__(self, columns: Columns, groupings: Sequence[Grouping]) -> None:
        questionnaire = columns.questionnaire
        self._questionnaire = questionnaire
        self._told_of = with_scores(questionnaire)
        self._scores = counted_scores(questionnaire)
        strata = strata_by(tuple(groupings), len(columns.values))
        present, group = np.unique(strata.places, return_inverse=True)
        places = np.unravel_index(present, strata.shape) if strata.shape else ()
        self._places = {g.question.code: place for g, place in zip(groupings, places, strict=True)}
        people = _a_few_of_each(group)
        self._group: Ints = group[people].astype(np.int64)
        self._groups = len(present)
        items = {code: at for score in self._scores for code, at in item_columns(columns, score).items()}
        self._items = {code: column[people] for code, column in items.items()}
        self._bands = {score.code: self._bands_of(score, {}) for score in self._scores}

    def given_away(self, tables: Sequence[Told]) -> list[Told]:
        """Those of the tables, of items and scores, that have a secret for which no second round was found."""
        found: list[Told] = []
        for code in dict.fromkeys(told.about for told in tables):
            own = [told for told in tables if told.about == code]
            if not any(told.is_secret.any() for told in own):
                continue
            score = next((score for score in self._scores if score.code == code), None)
            ways = self._answered_otherwise(code) if score is None else self._exchanged(score)
            found += self._without_second(own, tables, *ways)
        return found

    def _without_second(
        self, own: Sequence[Told], tables: Sequence[Told], otherwise: _Otherwise, shared: Ints, most: Ints
    ) -> list[Told]:
        touched = [told for told in tables if told.about in otherwise.before]
        changes = {told.counted.code: self._changes(told, otherwise) for told in touched}
        moves = Moves(changes, shared, most)
        shown = {told.counted.code: ~told.is_hidden for told in touched}
        secret = {told.counted.code: told.is_secret for told in own}
        weak = without_second(moves, shown, secret)
        return [told for told in own if told.counted.code in weak]

    def _answered_otherwise(self, item: str) -> tuple[_Otherwise, Ints, Ints]:
        """One person gives another answer to the item; people who are alike in all of it are counted."""
        given, answers = self._items[item], self._answers(item)
        instead = self._bands_instead(item, answers)
        rows = np.stack([self._group, given, *(row for of in instead.values() for row in (of[0], *of[1]))], axis=1)
        able = np.flatnonzero(np.isin(given, answers))
        _rows, first, people = np.unique(rows[able], axis=0, return_index=True, return_counts=True)
        alike, to = (found.ravel() for found in np.meshgrid(np.arange(len(first)), answers, indexing="ij"))
        other = given[able[first[alike]]] != to
        alike, to = alike[other], to[other]
        who, place = able[first[alike]], np.searchsorted(answers, to)
        before = {item: given[who], **{code: now[who] for code, (now, _then) in instead.items()}}
        after = {item: to, **{code: then[place, who] for code, (_now, then) in instead.items()}}
        return _Otherwise(self._group[who], _one(before), _one(after)), alike, people

    def _exchanged(self, score: Score) -> tuple[_Otherwise, Ints, Ints]:
        """Two people of a group have each other's answer to an item: of the tables only those of scores change.

        In each group one such exchange at most, so that no two of them need the same person.
        """
        codes = sorted(self._bands)
        rows = np.unique(np.concatenate([self._pairs(item, codes) for item in score.items]), axis=0)
        columns = {code: rows[:, 1 + 4 * at : 5 + 4 * at] for at, code in enumerate(codes)}
        before = {code: four[:, :2] for code, four in columns.items()}
        after = {code: four[:, 2:] for code, four in columns.items()}
        return _Otherwise(rows[:, 0], before, after), rows[:, 0], np.ones(self._groups, dtype=np.int64)

    def _pairs(self, item: str, codes: Sequence[str]) -> Ints:
        """Exchanges of one answer, a row each: the group, and for each score both bands before and after."""
        given, answers = self._items[item], self._answers(item)
        instead = self._bands_instead(item, answers)
        found = [np.zeros((0, 1 + 4 * len(codes)), dtype=np.int64)]
        for group in range(self._groups):
            people = np.flatnonzero((self._group == group) & np.isin(given, answers))
            one, other = (side.ravel() for side in np.meshgrid(people, people, indexing="ij"))
            to_one, to_other = np.searchsorted(answers, given[other]), np.searchsorted(answers, given[one])
            columns = [np.full(len(one), group)]
            for code in codes:
                now = self._bands[code]
                then = instead[code][1] if code in instead else np.broadcast_to(now, (len(answers), len(now)))
                columns += [now[one], now[other], then[to_one, one], then[to_other, other]]
            rows = np.stack(columns, axis=1).astype(np.int64)
            pairs = rows[:, 1:].reshape(len(rows), len(codes), 4)
            found.append(np.unique(rows[(pairs[:, :, :2] != pairs[:, :, 2:]).any(axis=(1, 2))], axis=0))
        return np.concatenate(found)

    def _answers(self, item: str) -> Ints:
        """The coded answers of an item that say something, ascending."""
        question = self._questionnaire.question(item)
        said = [number for number, choice in enumerate(question.choices, start=1) if not choice.is_missing]
        return np.array(said, dtype=np.int64)

    def _bands_instead(self, item: str, answers: Ints) -> dict[str, tuple[Ints, Ints]]:
        """For each score with the item: everyone's band, and by answer the band with that answer instead."""
        return {
            score.code: (
                self._bands[score.code],
                np.stack([self._bands_of(score, {item: int(answer)}) for answer in answers]),
            )
            for score in self._scores
            if item in score.items
        }

    def _bands_of(self, score: Score, instead: Mapping[str, int]) -> Ints:
        columns = {
            code: np.full_like(self._items[code], instead[code]) if code in instead else self._items[code]
            for code in score.items
        }
        return bands_of(score, score_column(self._questionnaire, score, columns)).astype(np.int64)

    def _changes(self, told: Told, otherwise: _Otherwise) -> Ints:
        """A row a way: by how much it changes each cell of a table."""
        by_answer = _cells_by_answer(self._told_of, told)
        inside = np.ones((self._groups, 1), dtype=np.int64)
        for dimension in told.cube.dimensions[1:]:
            own = _holding(dimension)[self._places[dimension.code]]
            inside = (inside[:, :, None] * own[:, None, :]).reshape(self._groups, -1)
        moved = (by_answer[otherwise.after[told.about]] - by_answer[otherwise.before[told.about]]).sum(axis=1)
        found = moved[:, :, None] * inside[otherwise.group][:, None, :]
        return np.asarray(found.reshape(len(moved), by_answer.shape[1] * inside.shape[1]))


def _one(columns: Mapping[str, Ints]) -> dict[str, Ints]:
    """Columns of one person each, as rows of one."""
    return {code: column.astype(np.int64)[:, None] for code, column in columns.items()}


def _a_few_of_each(group: Ints) -> Ints:
    """The places of the first people of every group."""
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(int(group.max(initial=-1)) + 1))
    return np.sort(order[np.arange(len(group)) - starts[group[order]] < MOST_OF_A_GROUP])


def _cells_by_answer(questionnaire: Questionnaire, told: Told) -> Ints:
    """A row for each coded answer from 0: which categories of the table's answers count it."""
    dimension = told.cube.dimensions[0]
    leaves = leaves_of(dimension)
    held = _holding(dimension)
    coded = answers_by_code(questionnaire, told.counted.question, leaves)
    found = np.zeros(
        (max(coded, default=0) + len(told.counted.question.choices) + 1, len(dimension)), dtype=np.int64
    )
    for value, leaf in coded.items():
        found[value] = held[leaves.index(leaf)]
    return found


def _holding(dimension: Dimension) -> Ints:
    """A row for each leaf: the categories that it is counted in."""
    return np.array(
        [
            [code in (dimension.total, leaf) or code in dimension.ancestors(leaf) for code in dimension.codes]
            for leaf in leaves_of(dimension)
        ],
        dtype=np.int64,
    )
