"""What is told of a file of people, in words: its columns, what stops it, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from datasets.wording import reading as reporting

KINDS: Mapping[str, Promise] = {
    "personal_number": gettext_lazy("personal identity numbers"),
    "coordination_number": gettext_lazy("coordination numbers"),
    "name": gettext_lazy("people's names"),
    "address": gettext_lazy("addresses"),
    "email": gettext_lazy("e-mail addresses"),
    "phone": gettext_lazy("phone numbers"),
    "birth_date": gettext_lazy("exact dates of birth"),
    "free_text": gettext_lazy("free text"),
}
LOOKS: Mapping[str, Promise] = {
    "empty": gettext_lazy("empty"),
    "years": gettext_lazy("years"),
    "days": gettext_lazy("days"),
    "whole": gettext_lazy("whole numbers"),
    "numbers": gettext_lazy("numbers"),
    "words": gettext_lazy("words"),
}
USES: Mapping[str, Promise] = {
    "ask": gettext_lazy("Choose …"),
    "drop": gettext_lazy("Must go"),
    "dimension": gettext_lazy("Groups to show"),
    "place": gettext_lazy("Places to show"),
    "age": gettext_lazy("Age in years"),
    "birth_year": gettext_lazy("Year of birth"),
    "time": gettext_lazy("Year or day, shown as a year"),
    "measure": gettext_lazy("A number to take the mean of"),
    "person": gettext_lazy("Tells which rows are the same person"),
}
_MESSAGES: Mapping[str, tuple[Promise, Promise]] = {
    "identifier": (
        gettext_lazy("The column “%(heading)s” looks like %(kind)s."),
        gettext_lazy("It must go before anything can be counted. Choose “Must go” for it."),
    ),
    "expired": (
        gettext_lazy("The hour in which the file could be opened is over, and it has been erased."),
        gettext_lazy("Bring it in again: what you said of the columns is kept."),
    ),
    "stopped": (
        gettext_lazy("The work stopped half-way, and nothing is left of the file."),
        gettext_lazy("Bring it in again: what you said of the columns is kept."),
    ),
    "open": (
        gettext_lazy("Open data shows every figure, so rows of people cannot be open."),
        gettext_lazy("Choose internal or sensitive. The release can be shown to anyone once it is protected."),
    ),
    "empty": (gettext_lazy("The file is empty."), gettext_lazy("Export it again and look at its size.")),
    "not_a_table": (
        gettext_lazy("This is no table that we can read."),
        gettext_lazy("Save it as CSV or XLSX without a password, and bring it in again."),
    ),
    "too_large": (gettext_lazy("The file is too large."), gettext_lazy("Divide it, for example by year.")),
    "too_many_rows": (
        gettext_lazy("The file has more than %(most)s rows."), gettext_lazy("Divide it, for example by year."),
    ),
    "too_many_columns": (
        gettext_lazy("The first row does not look like headings: there must be 1 to %(most)s columns."),
        gettext_lazy("Take away lines above the headings, and columns that are not needed."),
    ),
    "several_sheets": (
        gettext_lazy("The workbook has %(count)s sheets with something in them."),
        gettext_lazy("Save the one with the rows by itself, so that no other comes along."),
    ),
    "no_headings": (
        gettext_lazy("The first row does not look like headings: column %(column)s holds what looks like a cell."),
        gettext_lazy("Put a row of headings first. What stands there was not kept."),
    ),
    "heading_missing": (
        gettext_lazy("Column %(column)s has no heading."), gettext_lazy("Give every column a heading of its own."),
    ),
    "heading_twice": (
        gettext_lazy("Column %(column)s has the same heading as another."),
        gettext_lazy("Give every column a heading of its own."),
    ),
    "no_rows": (gettext_lazy("There are headings but no rows."), gettext_lazy("Export the file again.")),
    "column_missing": (
        gettext_lazy("The file has no column “%(heading)s”."), gettext_lazy("Look through the columns again."),
    ),
    "column_new": (
        gettext_lazy("Nobody has said what the column “%(heading)s” is."),
        gettext_lazy("Look through the columns again."),
    ),
    "no_dominance": (
        gettext_lazy("Under this rule a sum could tell what one person has of it."),
        gettext_lazy("Choose a stricter rule for the data set, or show means."),
    ),
    "too_many_cells": (
        gettext_lazy("The table would have more than %(most)s figures."),
        gettext_lazy("Show fewer groups, or merge some."),
    ),
    "nobody_left": (
        gettext_lazy("No row is left to count."),
        gettext_lazy("See below what was left out, and look through the columns again."),
    ),
    "plan_undecided": (
        gettext_lazy("Say what the column “%(heading)s” is."), gettext_lazy("What is not needed must go."),
    ),
    "plan_used_twice": (
        gettext_lazy("Two columns are the same kind of thing: look at “%(heading)s”."),
        gettext_lazy("Keep one of them."),
    ),
    "plan_same_name": (
        gettext_lazy("Two columns are called “%(heading)s”."), gettext_lazy("Give each a name of its own."),
    ),
    "plan_no_dimension": (
        gettext_lazy("No column says what groups to show."),
        gettext_lazy("Choose at least one column as groups, places, ages or years."),
    ),
    "plan_no_measure": (
        gettext_lazy("No column holds the number to take the mean or the sum of."),
        gettext_lazy("Choose one, or show counts."),
    ),
    "plan_measure_unused": (
        gettext_lazy("A column holds a number for each person, but counts are to be shown."),
        gettext_lazy("Choose to show means or sums, or let the column go."),
    ),
    "plan_no_year": (
        gettext_lazy("Ages can't be reckoned from years of birth without knowing the year of the figures."),
        gettext_lazy("Fill in the year."),
    ),
    "plan_no_person": (
        gettext_lazy("Where a row is a case, a column must tell which rows are the same person."),
        gettext_lazy("Let the system that the file comes from number the people, with numbers used nowhere else."),
    ),
    "plan_person_unused": (
        gettext_lazy("A column tells which rows are the same person, but a row is a person."),
        gettext_lazy("Say that a row is a case, or let the column go."),
    ),
    "plan_scale": (
        gettext_lazy("The largest possible number must be above the smallest."),
        gettext_lazy("Correct the two, or leave the largest empty."),
    ),
    "plan_not_a_plan": (
        gettext_lazy("A number is not written as a number."), gettext_lazy("Look at the years and the scale."),
    ),
}  # fmt: skip
_LEFT_OUT: Mapping[str, Promise] = {
    "outside_ages": ngettext_lazy(
        "%(count)s row of somebody younger than 15 or older than 29",
        "%(count)s rows of people younger than 15 or older than 29",
        "count",
    ),
    "unreadable": ngettext_lazy(
        "%(count)s row without an age or a year that could be read",
        "%(count)s rows without an age or a year that could be read",
        "count",
    ),
    "chosen": ngettext_lazy(
        "%(count)s row in a group that you left out", "%(count)s rows in groups that you left out", "count"
    ),
    "no_value": ngettext_lazy(
        "%(count)s row without a number that could be read",
        "%(count)s rows without a number that could be read",
        "count",
    ),
    "no_person": ngettext_lazy(
        "%(count)s row that tells of no person", "%(count)s rows that tell of no person", "count"
    ),
    "ragged": ngettext_lazy(
        "%(count)s row with another number of cells than the headings",
        "%(count)s rows with another number of cells than the headings",
        "count",
    ),
}


@dataclass(frozen=True)
class Told:
    """What is wrong, and what to do about it."""

    what: str
    remedy: str


def problems_told(problems: Sequence[Mapping[str, Any]]) -> list[Told]:
    """What stops a file of people, in the reader's words; refusals of disclosure control as elsewhere."""
    told = []
    for problem in problems:
        if "why" in problem:
            told += [Told(found.what, found.remedy) for found in reporting.problems_in_words([problem])]
            continue
        what, remedy = _MESSAGES[problem["code"]]
        about = {**problem, "kind": str(KINDS.get(problem.get("kind", ""), ""))}
        told.append(Told(str(what) % about, str(remedy)))
    return told


def left_out_told(left_out: Mapping[str, int]) -> list[str]:
    """How many rows are in no figure, and why, a line each."""
    return [str(_LEFT_OUT[reason] % {"count": count}) for reason, count in left_out.items() if count]


def facts_told(profile: Mapping[str, Any]) -> str:
    """What is known of a column, on one line."""
    different = profile["different"]
    return " · ".join(
        [
            str(LOOKS[profile["looks"]]),
            ngettext("%(count)s different cell", "%(count)s different cells", different) % {"count": different},
            _("%(share)s%% empty") % {"share": profile["empty_percent"]},
        ]
    )
