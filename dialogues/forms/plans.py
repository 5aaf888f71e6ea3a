"""Forms of action plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialogues.forms.activities import DAY
from dialogues.forms.choosing import set_choices, set_queryset
from dialogues.models import ActionPlanEntry, Activity

LINES = forms.Textarea(attrs={"rows": 4})


class PlanCreateForm(forms.Form):
    """A name and the years: enough to begin."""

    title = forms.CharField(label=_("Name of the plan"), max_length=200)
    period = forms.CharField(label=_("Years, such as 2027–2030"), max_length=40, required=False)


class PlanForm(PlanCreateForm):
    """What a plan says. Goals and areas are written one a line."""

    about = forms.CharField(label=_("The plan in short"), max_length=2000, required=False, widget=LINES)
    long_goals = forms.CharField(
        label=_("Long-term goals"), max_length=3000, required=False, widget=LINES, help_text=_("One a line.")
    )
    short_goals = forms.CharField(
        label=_("Short-term goals"), max_length=3000, required=False, widget=LINES, help_text=_("One a line.")
    )
    areas = forms.CharField(
        label=_("Areas"), max_length=2000, required=False, widget=LINES,
        help_text=_("One a line: the parts under which the activities stand."),
    )  # fmt: skip
    participation = forms.CharField(
        label=_("How young people have taken part"), max_length=1000, required=False, widget=LINES
    )


class PlanEntryForm(forms.Form):
    """An activity in the plan."""

    activity: forms.ModelChoiceField[Activity] = forms.ModelChoiceField(
        queryset=None, label=_("Activity"), empty_label=_("Choose an activity")
    )
    place = forms.ChoiceField(
        label=_("Place in the plan"), choices=ActionPlanEntry.Place.choices, widget=forms.RadioSelect,
        initial=ActionPlanEntry.Place.PRIORITISED,
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, activities: QuerySet[Activity], areas: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "activity", activities)
        set_choices(self, "area", [("", _now("None")), *((one, one) for one in areas)])


class PlanAdoptForm(forms.Form):
    """When a plan was adopted, and what to say of it."""

    adopted_on = forms.DateField(label=_("Adopted"), widget=DAY)
    line = forms.CharField(label=_("A line about the revision"), max_length=500, required=False)
