"""Note: something said in a dialogue, without anybody's name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Note(TenantOwned):
    """One line of the log. It keeps no author and no time, only its place in the order.

    `write_key` is made by the page that writes the note: sending it again stores nothing twice. `version` grows
    with each change, so that two people who change the same note at once are both kept.
    """

    class Kind(models.TextChoices):
        OBSERVATION = "observation", _("What we see")
        QUESTION = "question", _("What surprises us")
        IDEA = "idea", _("Ideas")
        DATA_WISH = "data_wish", _("Data we would like")
        PEOPLE_WISH = "people_wish", _("Who more should be here")
        TAKEAWAY = "takeaway", _("What we take with us")

    LONGEST: ClassVar[int] = 2000

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="notes")
    slide = models.ForeignKey(
        "dialogues.Slide", null=True, blank=True, on_delete=models.SET_NULL, related_name="notes"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField(max_length=2000)
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    write_key = models.UUIDField()
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "write_key"], name="note_written_once"),
            models.UniqueConstraint(fields=["dialogue", "number"], name="note_number_in_dialogue"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "dialogue", "slide", "kind", "text", "number", "version", "write_key", "is_removed",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"
