"""Everyone's scores, worked out of the answers in memory: a column of bands beside the columns of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveys.questionnaire import Score, bands_of, counted_scores, score_column, with_scores
from surveys.results.tabulation import Columns


def columns_with_scores(columns: Columns) -> Columns:
    """The columns as `with_scores` orders them: each score whose items were fetched beside them, as its band.

    Raises KeyError where an item of a score was not fetched.
    """
    questionnaire = with_scores(columns.questionnaire)
    scores = {score.code: score for score in counted_scores(columns.questionnaire)}
    parts, fetched = [], set()
    for question in questionnaire:
        if question.code in scores:
            items = item_columns(columns, scores[question.code])
            band = bands_of(
                scores[question.code], score_column(columns.questionnaire, scores[question.code], items)
            )
            parts.append(band[:, None])
        elif columns.fetched is None or question.code in columns.fetched:
            parts.append(columns.of(question))
        else:
            continue
        fetched.add(question.code)
    return replace(columns, questionnaire=questionnaire, values=np.hstack(parts), fetched=frozenset(fetched))


def item_columns(columns: Columns, score: Score) -> Mapping[str, NDArray[np.int16]]:
    """A score's items: the coded answers of everyone to each."""
    return {code: columns.of(columns.questionnaire.question(code))[:, 0] for code in score.items}
