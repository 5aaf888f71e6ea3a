"""Asking the database for data sets by what a question is about, the best answer first.

Row-level security hides what the scope at work may not see before any word is compared, and the words lie on the
same row: no hit, count or order can tell of a data set that is another's. That is why no index serves the
matching (a text index may not be read before a policy); for thousands of rows it takes milliseconds.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from datasets.models import Dataset
from datasets.search import Idea, ideas_in

CONFIGS = ("swedish", "english")
SHORTEST_PART = 4
"""From how many letters a word is also looked for inside longer ones: Swedish writes words together."""
MOST_TITLES = 5000


def answering(found: QuerySet[Dataset], question: str) -> QuerySet[Dataset]:
    """The data sets that answer some of a question, each with `score` and, for each idea, `idea_0`, `idea_1` …

    A question without a word finds nothing.
    """
    ideas = ideas_in(question)
    if not ideas:
        return found.annotate(score=Value(0.0)).none()
    for number, idea in enumerate(ideas):
        found = found.annotate(**{f"idea_{number}": _yes(_about(idea))})
    weighed = reduce(add, (F(f"idea_{number}") * idea.weight for number, idea in enumerate(ideas)))
    rank = SearchRank(F("search"), _any_word(ideas), normalization=32)
    return found.annotate(
        matches=weighed, score=Cast(F("matches"), FloatField()) + rank * Value(2.0) + _yes(_named(ideas))
    ).filter(matches__gt=0)


def said_of(dataset: Dataset, ideas: Sequence[Idea]) -> list[str]:
    """The parts of the question that a found data set answers, as they were said."""
    return [idea.said for number, idea in enumerate(ideas) if getattr(dataset, f"idea_{number}", 0)]


def did_you_mean(found: QuerySet[Dataset], question: str) -> str:
    """The question with unknown words changed to near ones out of titles that the asker may see; or nothing."""
    known = {
        word.casefold().strip(".,:;()")
        for title in found.values_list("title", flat=True)[:MOST_TITLES]
        for word in title.split()
        if len(word) >= SHORTEST_PART
    }
    words = question.casefold().split()
    near = [
        word if word in known else next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.75)), word)
        for word in words
    ]
    return "" if near == words else " ".join(near)


def _about(idea: Idea) -> Q:
    """Whether a row tells of an idea: by a word in any form, within a longer one, or by what it is filed under."""
    asked = Q(search=_queries(idea.words))
    for word in idea.words:
        if len(word) >= SHORTEST_PART:
            asked |= Q(search_words__contains=word)
    if idea.themes:
        asked |= Q(themes__overlap=list(idea.themes))
    if idea.factors:
        asked |= Q(factors__overlap=list(idea.factors))
    if idea.groups:
        asked |= Q(coverage__has_any_keys=list(idea.groups))
    return asked


def _named(ideas: Sequence[Idea]) -> Q:
    """Whether the title itself says one of the question's words."""
    said = (Q(title__icontains=idea.said) | Q(title_en__icontains=idea.said) for idea in ideas)
    return reduce(or_, said)


def _any_word(ideas: Iterable[Idea]) -> SearchQuery:
    return _queries([word for idea in ideas for word in idea.words])


def _queries(words: Iterable[str]) -> SearchQuery:
    """Any of some words or phrases, in any form that Swedish or English gives them."""
    queries = (
        SearchQuery(word, config=config, search_type="phrase" if " " in word else "plain")
        for word in words
        for config in CONFIGS
    )
    return reduce(or_, queries)


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
