"""Forms of the idea bank."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from datasets.models import AgeBand
from datasets.reach import Reach, reach_choices
from datasets.voice_check import names_person
from dialogues.forms.activities import KINDS, LONG, theme_choices
from dialogues.forms.choosing import Grouped, set_choices
from dialogues.models import Idea, IdeaTrial
from dialogues.selectors.ideas import IdeaSearch


class IdeaForm(forms.Form):
    """An idea in words that somebody elsewhere understands."""

    title = forms.CharField(label=_("The idea in one line"), max_length=200)
    text = forms.CharField(
        label=_("What one does"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("So that somebody elsewhere could begin. Write of groups, never of a person."),
    )  # fmt: skip
    came_of_it = forms.CharField(label=_("What came of it here"), max_length=2000, required=False, widget=LONG)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, widget=forms.RadioSelect, choices=[("", _("Not said yet")), *KINDS]
    )
    cost = forms.ChoiceField(
        label=_("Cost"), required=False, choices=[("", _("Not said yet")), *Idea.Cost.choices]
    )
    age_bands = forms.MultipleChoiceField(
        label=_("Ages"), required=False, choices=AgeBand.choices, widget=forms.CheckboxSelectMultiple
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    factors = forms.MultipleChoiceField(
        label=_("Factors of wellbeing"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(
        label=_("Whom to ask"), max_length=150, required=False,
        help_text=_("A function with its number or address, never a person’s name."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "theme", [("", _now("None chosen")), *theme_choices(lang)])
        set_choices(self, "factors", factors)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order; the template folds the factors."""
        return list(self.visible_fields())

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        if names_person(contact):
            raise ValidationError(_now("The contact looks like a person. Name the function instead."))
        return contact

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if names_person(text):
            raise ValidationError(_now("This looks like a person. Write of the group instead."))
        return text


class IdeaShareForm(forms.Form):
    """How far an idea is shared."""

    reach = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect, initial=Reach.OWN)

    def __init__(self, *args: Any, may_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "reach", reach_choices(may_open=may_open))


class TrialForm(IdeaShareForm):
    """What came out where we tried it."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=IdeaTrial.Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What came out of it"),
        max_length=2000,
        widget=LONG,
        help_text=_("What you did in another way counts too."),
    )

    field_order = ("outcome", "text", "reach")


class IdeaSearchForm(forms.Form):
    """What somebody looks for in the bank; anything that makes no sense is left aside."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    faktor = forms.ChoiceField(label=_("Factor"), required=False)
    kostnad = forms.ChoiceField(label=_("Cost"), required=False, choices=[("", _("All")), *Idea.Cost.choices])
    alder = forms.ChoiceField(label=_("Age"), required=False, choices=[("", _("All")), *AgeBand.choices])
    vems = forms.ChoiceField(
        label=_("From whom"), required=False,
        choices=[
            ("", _("All")), ("methods", _("Known methods")), ("others", _("Other municipalities")),
            ("own", _("Us")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "tema", [("", _now("All")), *theme_choices(lang)])
        set_choices(self, "faktor", [("", _now("All")), *factors])

    def search(self) -> IdeaSearch:
        """The search."""
        self.full_clean()
        given = self.cleaned_data
        return IdeaSearch(
            words=given.get("q", ""), theme=given.get("tema", ""), factor=given.get("faktor", ""),
            cost=given.get("kostnad", ""), age=given.get("alder", ""), whose=given.get("vems", ""),
        )  # fmt: skip

    @property
    def is_filtered(self) -> bool:
        """Whether only some are shown."""
        return any(self.cleaned_data.get(name) for name in self.fields)
