"""The page of the closing, as it is opened and as it is shown again when something sent from it was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogues.forms.next_steps import NextStepForm
from dialogues.forms.notes import NoteForm
from dialogues.models import NextStep, Note
from dialogues.room.one_person import reads_as_one_person
from dialogues.selectors.attending import attended
from dialogues.selectors.dialogues import following_of, is_recorded
from dialogues.selectors.evaluations import closing_of
from dialogues.selectors.log import notes_of
from dialogues.selectors.next_steps import next_steps_of, possible_owners, possible_owners_outside
from dialogues.views.common import DialogueView, membership_of


@dataclass(frozen=True)
class Takeaway:
    """The field of a takeaway: what was written in it, and why it was not taken."""

    text: str = ""
    error: str = ""
    write_key: UUID | str = field(default_factory=uuid4)

    @classmethod
    def refused(cls, form: NoteForm, error: str) -> Takeaway:
        """The field as it was sent, with the same key: sent again it is the same note."""
        return cls(form.data.get("text", ""), error, form.cleaned_data.get("write_key") or uuid4())


def is_from_closing(request: HttpRequest) -> bool:
    """Whether a form was sent from the closing page, and leads back there."""
    return request.POST.get("till") == "avslut"


def closing_page(
    view: DialogueView,
    *,
    takeaway: Takeaway | None = None,
    step_form: NextStepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The last part of the agenda as one page, in its order."""
    dialogue = view.dialogue()
    owners, invited = possible_owners(dialogue, membership_of(view.request)), possible_owners_outside(dialogue)
    context = view.shared_context() | {
        "takeaways": list(notes_of(dialogue).filter(kind=Note.Kind.TAKEAWAY)),
        "steps": [_told(step) for step in next_steps_of(dialogue)],
        "step_form": step_form or NextStepForm(owners=owners, invited=invited, initial={"write_key": uuid4()}),
        "takeaway": takeaway or Takeaway(),
        "evaluation": closing_of(dialogue),
        "following": following_of(dialogue),
        "is_recorded": is_recorded(dialogue),
        "attended": attended(dialogue),
    }
    return render(view.request, "dialogues/closing/closing.html", context, status=status)


def _told(step: NextStep) -> tuple[NextStep, bool]:
    """A step, and whether it reads as if it were about a single person."""
    return step, reads_as_one_person(step.text)
