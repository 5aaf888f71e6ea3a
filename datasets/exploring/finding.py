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
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from datasets.exploring import Idea, ideas_in
from datasets.models import Dataset, Release, ReleaseTable

CONFIGS = ("swedish", "english")
SHORTEST_PART = 4
"""From how many letters a word is also looked for inside longer ones: Swedish writes words together."""
MOST_TITLES = 5000
MOST_TABLES = 3
"""So many questions of a survey are named under its data set."""


def answering(found: QuerySet[Dataset], question: str) -> QuerySet[Dataset]:
    """The data sets that answer some of a question, each with its `score`.

    A question without a word finds nothing.
    """
    ideas = ideas_in(question)
    if not ideas:
        return found.annotate(score=Value(0.0)).none()
    about = [_about(idea) for idea in ideas]
    weighed = reduce(add, (_yes(one) * idea.weight for one, idea in zip(about, ideas, strict=True)))
    rank = SearchRank(F("search"), _any_word(ideas), normalization=32)
    exact = (_yes(Q(search_words__contains=idea.said)) for idea in ideas if " " in idea.said)
    # Filtered by the bare conditions and not by the score: a count then leaves the score out, and most rows end
    # at their first hit.
    score = reduce(add, exact, Cast(weighed, FloatField()) + rank * Value(2.0))
    return found.annotate(score=score).filter(reduce(or_, about))


def told_by(found: Sequence[Dataset], question: str) -> dict[UUID, list[str]]:
    """By data set the parts of the question that it answers, as they were said; for the few that are shown."""
    ideas = ideas_in(question)
    told = {f"idea_{number}": _yes(_about(idea)) for number, idea in enumerate(ideas)}
    rows = Dataset.objects.filter(pk__in=[dataset.pk for dataset in found]).annotate(**told).values("pk", *told)
    return {row["pk"]: [idea.said for name, idea in zip(told, ideas, strict=True) if row[name]] for row in rows}


def tables_answering(found: Sequence[Dataset], question: str) -> dict[UUID, list[ReleaseTable]]:
    """By data set that came of a survey the questions of it that answer a question; the first few of each.

    A section of a survey is one data set, so its title says little of what was asked. A question's own table comes
    before those that break it down.
    """
    of_surveys = [dataset.pk for dataset in found if dataset.origin == Dataset.Origin.SURVEY]
    said = [idea.said for idea in ideas_in(question)]
    if not of_surveys or not said:
        return {}
    newest = Release.objects.filter(dataset__in=of_surveys)
    newest = newest.order_by("dataset_id", "-number").distinct("dataset_id")
    title = Cast("title", TextField())
    words = SearchVector(title, config="swedish") + SearchVector(title, config="english")
    tables = ReleaseTable.objects.filter(release__in=newest.values("pk")).annotate(words=words)
    tables = tables.filter(words=_queries(said)).select_related("release").order_by("position")
    answers: dict[UUID, list[ReleaseTable]] = {}
    for table in sorted(tables.only("code", "title", "position", "release__dataset_id"), key=_is_broken_down):
        of_dataset = answers.setdefault(table.release.dataset_id, [])
        if len(of_dataset) < MOST_TABLES:
            of_dataset.append(table)
    return answers


def _is_broken_down(table: ReleaseTable) -> bool:
    return "." in table.code


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
    """Whether a row tells of an idea: it is known to, or says the word in any form or within a longer one."""
    # The cheapest first: the database stops at the first that holds.
    if idea.concept:
        return Q(ideas__contains=[idea.concept]) | Q(search=_queries([idea.said]))
    said = Q(search=_queries([idea.said]))
    return said | Q(search_words__contains=idea.said) if len(idea.said) >= SHORTEST_PART else said


def _any_word(ideas: Iterable[Idea]) -> SearchQuery:
    return _queries([idea.said for idea in ideas])


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
