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

import numpy as np
from numpy.typing import NDArray

from surveys.questionnaire import (
    ROUNDING,
    Questionnaire,
    Score,
    bands_of,
    counted_scores,
    score_column,
    with_scores,
)
from surveys.results.people_groups import Grouping, strata_by
from surveys.results.scores import item_columns
from surveys.results.second_tables import ALMOST, Moves, without_second
from surveys.results.tabulation import Columns
from surveys.results.told import Told, cells_by_answer, holding

MOST_OF_A_GROUP, FEWEST_OF_A_GROUP, MOST_PEOPLE = 80, 2, 4000
"""So many people are looked at: among them a second round is as easily found as among more, and soon."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Means = Mapping[str, tuple[float, float]]
"""The scores of which the mean is shown too, and by how much the sum of their squares may change unseen."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Everyone's band in one score, 0 for none, and its value, 0 where there is no band."""

    bands: Ints
    values: Floats


@dataclass(frozen=True, eq=False)
class _Otherwise:
    """Ways to have answered otherwise, a row each: in which group, and from what to what by question and score.

    There is a column for each of the people that take part in it: one, or two of the same group. `sums` says by
    how much each changes the sum of a score with a mean, and the sum of its squares.
    """

    group: Ints
    before: Mapping[str, Ints]
    after: Mapping[str, Ints]
    sums: Floats


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
        self._now = {score.code: self._scored(score, {}) for score in self._scores}
        self._means: Means = {}

    def given_away(self, tables: Sequence[Told], means: Means) -> list[Told]:
        """Those of the tables, of items and scores, that have a secret for which no second round was found."""
        found: list[Told] = []
        self._means = means
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
        bounds = [bound for spread in self._means.values() for bound in ((0.0, 0.0), spread)]
        moves = Moves(changes, shared, most, otherwise.sums, np.array(bounds).reshape(-1, 2))
        shown = {told.counted.code: ~told.is_hidden for told in touched}
        secret = {told.counted.code: told.is_secret for told in own}
        weak = without_second(moves, shown, secret)
        return [told for told in own if told.counted.code in weak]

    def _answered_otherwise(self, item: str) -> tuple[_Otherwise, Ints, Ints]:
        """One person gives another answer to the item; people who are alike in all of it are counted."""
        given, answers = self._items[item], self._answers(item)
        instead = self._instead(item, answers)
        scores = [each for code, then in instead.items() for each in (self._now[code], *then)]
        kinds = [each.bands for each in scores] + [each.values for each in scores if self._means]
        rows = np.stack([self._group, given, *kinds], axis=1)
        able = np.flatnonzero(np.isin(given, answers))
        _rows, first, people = np.unique(rows[able], axis=0, return_index=True, return_counts=True)
        alike, to = (found.ravel() for found in np.meshgrid(np.arange(len(first)), answers, indexing="ij"))
        other = given[able[first[alike]]] != to
        alike, to = alike[other], to[other]
        who, place = able[first[alike]], np.searchsorted(answers, to)
        then = {code: np.stack([one.bands for one in each])[place, who] for code, each in instead.items()}
        before = {item: given[who], **{code: self._now[code].bands[who] for code in instead}}
        return (
            _Otherwise(self._group[who], _one(before), _one({item: to, **then}), self._sums(instead, place, who)),
            alike,
            people,
        )

    def _exchanged(self, score: Score) -> tuple[_Otherwise, Ints, Ints]:
        """Two people of a group have each other's answer to an item: of the tables only those of scores change.

        In each group one such exchange at most, so that no two of them need the same person.
        """
        codes = sorted(self._now)
        pairs = [self._pairs(item, codes) for item in score.items]
        bands = np.concatenate([one for one, _sums in pairs])
        sums = np.concatenate([one for _bands, one in pairs])
        # Of those that change the same bands, the one that changes the spread least.
        order = np.argsort(np.abs(sums[:, 1::2]).sum(axis=1), kind="stable")
        rows, first = np.unique(bands[order], axis=0, return_index=True)
        columns = {code: rows[:, 1 + 4 * at : 5 + 4 * at] for at, code in enumerate(codes)}
        before = {code: four[:, :2] for code, four in columns.items()}
        after = {code: four[:, 2:] for code, four in columns.items()}
        otherwise = _Otherwise(rows[:, 0], before, after, sums[order][first])
        return otherwise, rows[:, 0], np.ones(self._groups, dtype=np.int64)

    def _pairs(self, item: str, codes: Sequence[str]) -> tuple[Ints, Floats]:
        """Exchanges of one answer that leave every mean as it is, a row each.

        The group, and for each score both bands before and after; and what it changes of the sums.
        """
        given, answers = self._items[item], self._answers(item)
        instead = self._instead(item, answers)
        bands = [np.zeros((0, 1 + 4 * len(codes)), dtype=np.int64)]
        sums = [np.zeros((0, 2 * len(self._means)))]
        for group in range(self._groups):
            people = np.flatnonzero((self._group == group) & np.isin(given, answers))
            one, other = (side.ravel() for side in np.meshgrid(people, people, indexing="ij"))
            to_one, to_other = np.searchsorted(answers, given[other]), np.searchsorted(answers, given[one])
            columns = [np.full(len(one), group)]
            for code in codes:
                now = self._now[code].bands
                then = np.stack([each.bands for each in instead[code]]) if code in instead else now[None]
                at_one, at_other = (to_one, to_other) if code in instead else (0, 0)
                columns += [now[one], now[other], then[at_one, one], then[at_other, other]]
            rows = np.stack(columns, axis=1).astype(np.int64)
            changed = self._sums(instead, to_one, one) + self._sums(instead, to_other, other)
            pairs = rows[:, 1:].reshape(len(rows), len(codes), 4)
            kept = (pairs[:, :, :2] != pairs[:, :, 2:]).any(axis=(1, 2))
            kept &= (np.abs(changed[:, ::2]) < ALMOST).all(axis=1)
            bands.append(rows[kept])
            sums.append(changed[kept])
        return np.concatenate(bands), np.concatenate(sums)

    def _sums(self, instead: Mapping[str, Sequence[Scored]], place: Ints, who: Ints) -> Floats:
        """By how much a person's other answer changes each mean's score, and its square; two columns a mean."""
        columns = []
        for code in self._means:
            now = self._now[code].values[who]
            then = np.stack([one.values for one in instead[code]])[place, who] if code in instead else now
            columns += [then - now, then**2 - now**2]
        return np.stack(columns, axis=1) if columns else np.zeros((len(who), 0))

    def _answers(self, item: str) -> Ints:
        """The coded answers of an item that say something, ascending."""
        question = self._questionnaire.question(item)
        said = [number for number, choice in enumerate(question.choices, start=1) if not choice.is_missing]
        return np.array(said, dtype=np.int64)

    def _instead(self, item: str, answers: Ints) -> dict[str, list[Scored]]:
        """For each score with the item: by answer what everyone would score with that answer instead."""
        return {
            score.code: [self._scored(score, {item: int(answer)}) for answer in answers]
            for score in self._scores
            if item in score.items
        }

    def _scored(self, score: Score, instead: Mapping[str, int]) -> Scored:
        columns = {
            code: np.full_like(self._items[code], instead[code]) if code in instead else self._items[code]
            for code in score.items
        }
        return scored(self._questionnaire, score, columns)

    def _changes(self, told: Told, otherwise: _Otherwise) -> NDArray[np.int8]:
        """A row a way: by how much it changes each cell of a table. Small numbers, of which there are millions."""
        by_answer = cells_by_answer(self._told_of, told)
        inside = np.ones((self._groups, 1), dtype=np.int64)
        for dimension in told.cube.dimensions[1:]:
            own = holding(dimension)[self._places[dimension.code]]
            inside = (inside[:, :, None] * own[:, None, :]).reshape(self._groups, -1)
        moved = (by_answer[otherwise.after[told.about]] - by_answer[otherwise.before[told.about]]).sum(axis=1)
        found = moved.astype(np.int8)[:, :, None] * inside.astype(np.int8)[otherwise.group][:, None, :]
        return np.asarray(found.reshape(len(moved), by_answer.shape[1] * inside.shape[1]))


def scored(questionnaire: Questionnaire, score: Score, items: Mapping[str, NDArray[np.int16]]) -> Scored:
    """Bands and values of a score, of people by their coded answers to its items."""
    values = score_column(questionnaire, score, items)
    bands = bands_of(score, values).astype(np.int64)
    return Scored(bands, np.where(bands > 0, np.round(values, ROUNDING), 0.0))


def _one(columns: Mapping[str, Ints]) -> dict[str, Ints]:
    """Columns of one person each, as rows of one."""
    return {code: column.astype(np.int64)[:, None] for code, column in columns.items()}


def _a_few_of_each(group: Ints) -> Ints:
    """The places of the first people of every group; fewer of each where there are many groups."""
    groups = int(group.max(initial=-1)) + 1
    most = max(FEWEST_OF_A_GROUP, min(MOST_OF_A_GROUP, MOST_PEOPLE // max(groups, 1)))
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(groups))
    return np.sort(order[np.arange(len(group)) - starts[group[order]] < most][:MOST_PEOPLE])
