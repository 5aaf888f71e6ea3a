"""Slide: one picture in a dialogue's deck, most often a chart; and the content of one that is a photograph."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Slide(TenantOwned):
    """Something to look at, at its place in the deck, with one sentence on what one is looking at.

    A chart is a saved one; everything else has a heading, perhaps some words and an address, and its source.
    `release` keeps a chart at the figures that were shown, once the dialogue was held.
    """

    class Kind(models.TextChoices):
        CHART = "chart", _("Chart")
        PICTURE = "picture", _("Picture")
        LINK = "link", _("Link")
        VOICE = "voice", _("Voice")
        TEXT = "text", _("Text")
        GAP = "gap", _("A gap here")

    LONGEST_LOOK: ClassVar[int] = 300

    crosses_tenants = frozenset({"chart", "voice", "release"})

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="slides")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CHART)
    chart = models.ForeignKey("datasets.Chart", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(
        "datasets.Release", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    voice = models.ForeignKey("datasets.Voice", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    source = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()
    looking_at = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "position"],
                name="slide_position_in_dialogue",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="slide_chart_or_heading",
                condition=Q(kind="chart", chart__isnull=False) | ~Q(kind="chart") & Q(chart=None) & ~Q(heading=""),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "kind", "chart", "release", "voice", "heading", "text", "source", "url",
            "position", "looking_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select update delete"

    def __str__(self) -> str:
        return f"{self.position}. {self.kind}"

    @property
    def name(self) -> str:
        """What it is called in lists: its heading, or its chart's title."""
        return self.heading or (self.chart.title if self.chart else "")


class SlidePicture(TenantOwned):
    """The picture of a slide: drawn anew by us, so that nothing of where and when it was taken is left in it."""

    slide = models.OneToOneField("dialogues.Slide", on_delete=models.CASCADE, related_name="picture")
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    alternative = models.CharField(max_length=500)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "slide", "content", "content_type", "alternative"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "picture"
