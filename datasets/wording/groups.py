"""Groups of young people and themes in the words of the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.content import factors, themes
from datasets.cubes import pick
from datasets.exploring.coverage import Group
from datasets.wording import language

GROUPS: dict[Group, Promise] = {
    Group.IN_SCHOOL: _("15–17 years"),
    Group.LEAVING_SCHOOL: _("18–19 years"),
    Group.OUTSIDE_SCHOOL: _("15–19 years, outside school"),
    Group.FIRST_YEARS: _("20–24 years"),
    Group.SETTLING: _("25–29 years"),
    Group.NEITHER: _("neither working nor studying"),
}

STAGES: dict[Group, dict[str, Promise]] = {
    Group.IN_SCHOOL: {
        "title": _("In upper secondary school"),
        "text": _("Most are at school, live at home and have a free time that many adults plan for."),
    },
    Group.LEAVING_SCHOOL: {
        "title": _("On the way out of school"),
        "text": _("School ends, and with it the student health service, the class and the timetable."),
    },
    Group.OUTSIDE_SCHOOL: {
        "title": _("Young and outside school"),
        "text": _("The municipality has a duty to reach them, and school surveys never do."),
    },
    Group.FIRST_YEARS: {
        "title": _("The first years on one's own"),
        "text": _("Work, studies and a home of one's own, often for the first time and in a new place."),
    },
    Group.SETTLING: {
        "title": _("Finding one's place"),
        "text": _("Many have a job and a home by now. Those who do not are easily lost from sight."),
    },
}


def group_choices() -> list[tuple[str, Promise]]:
    """The groups, as a form offers them."""
    return [(group.value, words) for group, words in GROUPS.items()]


def factor_choices() -> list[tuple[str, str]]:
    """The factors of wellbeing, as a form offers them."""
    lang = language()
    return [(factor.key, pick(factor.label, lang)) for factor in factors()]


def theme_choices() -> list[tuple[str, str]]:
    """The themes, as a form offers them."""
    lang = language()
    return [(theme.key, pick(theme.label, lang)) for theme in themes()]
