"""Note: something said in a dialogue, without anybody's name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.tenancy.models import TenantOwned


class Note(TenantOwned):
    """One line of the log. It keeps no author and no time, only its place in the order.

    `write_key` is made by the page that writes the note: sending it again stores nothing twice. `version` grows
    with each change of the text, so that two people who change the same note at once are both kept; `change` is
    the dialogue's number of its last change, by which an open page asks for what is new.

    `device` may change the note without an account; it is forgotten when the dialogue closes. `voice` is the
    organisation or role that the writer chose to tell, `agreed` how many marked that they agree, never who.
    `may_be_about_one` says that the text reads as if it were about a single person, which the log must not be.
    """

    class Kind(models.TextChoices):
        OBSERVATION = "observation", _("What we see")
        QUESTION = "question", _("What surprises us")
        IDEA = "idea", _("Ideas")
        DATA_WISH = "data_wish", _("Data we would like")
        PEOPLE_WISH = "people_wish", _("Who more should be here")
        TAKEAWAY = "takeaway", _("What we take with us")
        RESULT = "result", _("Results and measurements")
        ACTION = "action", _("Actions: competence and improvement")
        OTHER = "other", _("Other matters")

    LONGEST: ClassVar[int] = 2000
    OF_MEETINGS: ClassVar[tuple[str, ...]] = ("result", "action", "other")
    """Kinds that are offered only where the agenda has them."""

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
    change = models.PositiveIntegerField(default=0)
    device = models.ForeignKey(
        "dialogues.Device", null=True, blank=True, on_delete=models.SET_NULL, related_name="notes"
    )
    voice = models.CharField(max_length=60, blank=True)
    may_be_about_one = models.BooleanField(default=False)
    agreed = models.PositiveSmallIntegerField(default=0)
    cluster = models.ForeignKey(
        "dialogues.Cluster", null=True, blank=True, on_delete=models.SET_NULL, related_name="notes"
    )

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
            "change", "device", "voice", "may_be_about_one", "agreed", "cluster",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"
