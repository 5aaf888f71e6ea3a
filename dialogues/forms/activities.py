"""Forms of activities: begun in a line, grown afterwards, searched, and followed by indicators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from datasets.charts import ChartSpec
from datasets.content import themes
from datasets.cubes import pick
from datasets.models import Chart, Dataset
from dialogues.forms.choosing import Grouped, set_choices, set_queryset
from dialogues.models import Activity
from dialogues.selectors.activities import ActivitySearch, members

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONG = forms.Textarea(attrs={"rows": 3})

KINDS = (
    ("promoting", _("Promoting. For everyone: what makes wellbeing grow.")),
    ("preventing", _("Preventing. For those at risk, before something is wrong.")),
    ("remedial", _("Remedial. Help when something is wrong.")),
)


class ActivityAddForm(forms.Form):
    """A name and who answers for it: enough to begin."""

    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    responsible = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who answers for it?"), required=False,
        empty_label=_("Nobody yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "responsible", members())


class ActivityForm(forms.Form):
    """Everything about an activity. Only the name is asked for; the rest grows."""

    title = forms.CharField(label=_("Name"), max_length=200)
    responsible = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who answers for it?"), required=False,
        empty_label=_("Nobody yet"),
    )  # fmt: skip
    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        queryset=None, label=_("Department"), required=False, empty_label=_("None chosen")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, widget=forms.RadioSelect, choices=[("", _("Not said yet")), *KINDS]
    )
    goal = forms.CharField(label=_("Goal of the activity"), max_length=1000, required=False, widget=LONG)
    for_whom = forms.CharField(
        label=_("For whom"), max_length=300, required=False,
        help_text=_("A group, never a person: ages, situation, place."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("Starts"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("Ends"), required=False, widget=DAY)
    resources_volume = forms.CharField(
        label=_("Resources: how much"), max_length=1000, required=False, widget=LONG,
        help_text=_("Hours, money, rooms."),
    )  # fmt: skip
    resources_quality = forms.CharField(
        label=_("Resources: of what kind"), max_length=1000, required=False, widget=LONG,
        help_text=_("Which skills, which places, at which times of day."),
    )  # fmt: skip
    what_is_done = forms.CharField(label=_("What is done"), max_length=2000, required=False, widget=LONG)
    what_differs = forms.CharField(
        label=_("What differs from ordinary work"), max_length=1000, required=False, widget=LONG
    )
    effect = forms.CharField(label=_("The effect hoped for"), max_length=1000, required=False, widget=LONG)
    effect_where = forms.CharField(
        label=_("Where it should show"), max_length=300, required=False,
        help_text=_("Often in another department than the one that does the work."),
    )  # fmt: skip
    effect_when = forms.CharField(
        label=_("When it should show"), max_length=200, required=False,
        help_text=_("In a term? In three years?"),
    )  # fmt: skip
    signs = forms.CharField(
        label=_("By what signs you will notice"), max_length=1000, required=False, widget=LONG,
        help_text=_("What you would see and hear, beside the figures."),
    )  # fmt: skip
    overall_goal = forms.CharField(
        label=_("The overall goal it serves"), max_length=1000, required=False, widget=LONG
    )
    participation = forms.CharField(
        label=_("How young people take part"), max_length=1000, required=False, widget=LONG,
        help_text=_("In planning, doing and judging it. And how is their time honoured?"),
    )  # fmt: skip
    carried_on_by = forms.CharField(
        label=_("Who carries it on afterwards"), max_length=500, required=False, widget=LONG
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    factors = forms.MultipleChoiceField(
        label=_("Factors of wellbeing"), required=False, widget=forms.CheckboxSelectMultiple
    )

    SECTIONS = (
        ("", ("title", "responsible", "department", "kind", "goal", "for_whom", "starts_on", "ends_on")),
        (
            _("From resources to goal"),
            (
                "resources_volume", "resources_quality", "what_is_done", "what_differs", "effect", "effect_where",
                "effect_when", "signs", "overall_goal",
            ),
        ),
        (_("Together, and afterwards"), ("participation", "carried_on_by")),
        (_("What it is about"), ("theme", "factors")),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "responsible", members())
        set_queryset(self, "department", Department.in_scope())
        set_choices(self, "theme", [("", _now("None chosen")), *theme_choices(lang)])
        set_choices(self, "factors", factors)

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _now("It can’t end before it starts. Look at the days."))
        return given


def theme_choices(lang: str) -> list[tuple[str, str]]:
    """The themes by name."""
    return [(one.key, pick(one.label, lang)) for one in themes()]


class ActivityMoveForm(forms.Form):
    """Where an activity goes from here; each answer is a button of its own."""

    to = forms.ChoiceField(choices=Activity.State.choices)
    line = forms.CharField(label=_("A line about it"), max_length=500, required=False)


class ActivitySearchForm(forms.Form):
    """What somebody looks for; anything that makes no sense is left aside."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    lage = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("Planned, going on and paused")), *Activity.State.choices, ("all", _("All"))],
    )  # fmt: skip
    slag = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Activity.Kind.choices])
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    faktor = forms.ChoiceField(label=_("Factor"), required=False)
    forvaltning: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=None, empty_label=_("All")
    )
    mina = forms.BooleanField(label=_("Only those that I answer for"), required=False)
    ordning = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[("newest", _("Latest change first")), ("start", _("By start")), ("end", _("By end"))],
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "tema", [("", _now("All")), *theme_choices(lang)])
        set_choices(self, "faktor", [("", _now("All")), *factors])
        set_queryset(self, "forvaltning", Department.in_scope())

    def search(self, user: User) -> ActivitySearch:
        """The search."""
        self.full_clean()
        given = self.cleaned_data
        return ActivitySearch(
            words=given.get("q", ""), state=given.get("lage", ""), kind=given.get("slag", ""),
            theme=given.get("tema", ""), factor=given.get("faktor", ""), department=given.get("forvaltning"),
            responsible=user if given.get("mina") else None, sort=given.get("ordning") or "newest",
        )  # fmt: skip

    @property
    def is_filtered(self) -> bool:
        """Whether only some are shown."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "ordning")


class IndicatorAddForm(forms.Form):
    """Which figures an activity is followed by: a saved chart, or a data set's first view."""

    figures = forms.ChoiceField(label=_("Figures"))

    def __init__(self, *args: Any, charts: list[Chart], datasets: list[Dataset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Grouped = [
            (_now("Saved charts"), [(f"chart:{one.pk}", one.title) for one in charts]),
            (_now("Data sets"), [(f"dataset:{one.pk}", one.title) for one in datasets]),
        ]
        self.has_any = bool(charts or datasets)
        set_choices(self, "figures", [("", _now("Choose figures")), *(group for group in groups if group[1])])


class IndicatorForm(forms.Form):
    """Which line is followed, from when, and what is aimed at."""

    line = forms.ChoiceField(label=_("Line"))
    baseline_period = forms.ChoiceField(
        label=_("Compare with"), required=False, help_text=_("The last measurement before it began, or another.")
    )
    target = forms.FloatField(label=_("Aim, as a figure"), required=False, localize=True)
    target_period = forms.CharField(label=_("By when, such as 2028"), max_length=40, required=False)

    def __init__(self, *args: Any, spec: ChartSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "line", [(one.key, one.label) for one in spec.series])
        times = [(place.code, place.label) for place in spec.x.places]
        set_choices(self, "baseline_period", [("", _now("The last one before the start")), *times])
