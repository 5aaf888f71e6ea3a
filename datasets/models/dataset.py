"""Dataset (datamängd): what is known about a set of figures, and the rule under which they are shown."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.content.ready_forms import find_ready_form
from datasets.cubes import LocalText
from portal.tenancy.models import Shareable


class Dataset(Shareable):
    """A registered data set. Its figures are in its releases; nothing below a release is kept.

    `rule` is the JSON of a `disclosure.AggregationRule`: from the first release on it may only become
    stricter, which a trigger holds. `origin_ref` names where the figures come from inside Växtkraft, such as
    the id of a survey round. `population` names the people that it counts: data sets with the same one count the
    same people (the sections of a survey round; what somebody registered so), and everything released about
    them is protected together. It stays once figures are out, which a trigger holds too.
    """

    class Measures(models.TextChoices):
        WELLBEING = "wellbeing", _("Wellbeing")
        PROTECTIVE = "protective", _("Protective factor")
        RISK = "risk", _("Risk or ill-health")
        CONTEXT = "context", _("Context")

    class Sensitivity(models.TextChoices):
        OPEN = "open", _("Open")
        INTERNAL = "internal", _("Internal")
        SENSITIVE = "sensitive", _("Sensitive")

    class Polarity(models.TextChoices):
        MORE_IS_BETTER = "more_is_better", _("More is better")
        LESS_IS_BETTER = "less_is_better", _("Less is better")
        NONE = "none", _("No judgement: neither way is good or bad")
        UNSAID = "unsaid", _("Not said yet")

    class Origin(models.TextChoices):
        FILE = "file", _("A file")
        SURVEY = "survey", _("A survey")
        SOURCE = "source", _("An official source")

    class FitFor(models.IntegerChoices):
        MEASURE = 1, _("Measure and set goals")
        EXPLORE = 2, _("Explore and inspire")
        FOLLOW_UP = 3, _("Follow up activities")

    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=100, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    measures = models.CharField(max_length=12, choices=Measures.choices, default=Measures.CONTEXT)
    fit_for = ArrayField(models.PositiveSmallIntegerField(choices=FitFor.choices), default=list)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity.choices, default=Sensitivity.INTERNAL)
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.JSONField(default=dict)
    themes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    unit_en = models.CharField(max_length=100, blank=True)
    polarity = models.CharField(max_length=16, choices=Polarity.choices, default=Polarity.UNSAID)
    # What one figure is: who is counted, when, and how. Measuring needs it.
    definition = models.TextField(blank=True, default="")
    definition_en = models.TextField(blank=True, default="")
    # [{"period": "2015", "text": …, "text_en": …}], see datasets.breaks; and the period from which it is unbroken.
    breaks = models.JSONField(default=list, blank=True)
    whole_from = models.CharField(max_length=20, blank=True, default="")
    # The key of the ready form that it was begun from, see datasets.content.ready_forms.
    ready_form = models.CharField(max_length=60, blank=True, default="")
    is_synthetic = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FILE)
    origin_ref = models.CharField(max_length=100, blank=True, db_index=True)
    population = models.UUIDField(default=uuid4, editable=False, db_index=True)
    next_update_on = models.DateField(null=True, blank=True)
    how_to_read = models.TextField(blank=True)
    how_to_read_en = models.TextField(blank=True)
    does_not_say = models.TextField(blank=True)
    does_not_say_en = models.TextField(blank=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    # What searching and the page of gaps know of the figures: the labels of their dimensions and categories beside
    # those of factors and themes, by age group which categories tell of it, and the ideas that all this answers.
    search_words = models.TextField(blank=True, default="")
    coverage = models.JSONField(default=dict, blank=True)
    ideas = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    search = models.GeneratedField(
        expression=(
            SearchVector("title", config="swedish", weight="A")
            + SearchVector("title_en", config="english", weight="A")
            + SearchVector("search_words", config="swedish", weight="B")
            + SearchVector("description", config="swedish", weight="C")
            + SearchVector("description_en", config="english", weight="C")
            + SearchVector("source", config="swedish", weight="D")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="dataset_fit_for_known_uses",
                condition=Q(fit_for__contained_by=[1, 2, 3], fit_for__len__gt=0),
            ),
            models.CheckConstraint(
                name="dataset_sensitive_has_department",
                condition=~Q(sensitivity="sensitive") | Q(department__isnull=False),
            ),
        ]

    class PersonalData:
        # A contact should be a function, but people write names.
        erase: ClassVar[dict[str, Any]] = {"contact": "", "created_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "title", "title_en", "description", "description_en", "source",
            "licence", "measures", "fit_for", "sensitivity", "department", "rule", "themes", "factors",
            "unit", "unit_en", "polarity", "is_synthetic", "origin", "origin_ref", "population", "next_update_on",
            "how_to_read", "how_to_read_en", "does_not_say", "does_not_say_en", "definition", "definition_en",
            "breaks", "whole_from", "ready_form", "sort_key",
            "search_words", "coverage", "ideas", "search", "created_at", "withdrawn_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return self.title

    @property
    def framing(self) -> LocalText:
        """The words that turn a chart of risk towards what promotes, where its ready form has some of its own."""
        form = find_ready_form(self.ready_form)
        return form.framing if form else {}
