"""The log: notes without authors, written by several people at once, on devices that lose their network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.errors import DialogueError
from dialogues.forms.next_steps import NextStepForm
from dialogues.forms.notes import NoteChangeForm, NoteForm
from dialogues.models import Dialogue, NextStep, Note, Slide
from dialogues.preparing.agendas import agenda_of, kinds_of
from dialogues.room.payload import note_as_json
from dialogues.selectors.log import all_notes_of, mark_of
from dialogues.selectors.next_steps import next_steps_of, possible_owners, possible_owners_outside
from dialogues.services.notes import Written, note_add, note_change, note_remove, note_restore
from dialogues.views.closing_page import Takeaway, closing_page, is_from_closing
from dialogues.views.common import DialogueView, membership_of, wants_json
from dialogues.wording import script_words

NOBODY = UUID(int=0)
"""The key of the blank note and step that the script copies; it puts the real one in its place."""

HINTS = {
    Note.Kind.OBSERVATION: gettext_lazy("What stands out in the charts? Begin with what looks good."),
    Note.Kind.QUESTION: gettext_lazy("What did you not expect? What makes you curious?"),
    Note.Kind.IDEA: gettext_lazy("What could be tried? Nothing is too small."),
    Note.Kind.DATA_WISH: gettext_lazy("Which figures would have helped?"),
    Note.Kind.PEOPLE_WISH: gettext_lazy("A role or an organisation, never a person."),
    Note.Kind.TAKEAWAY: gettext_lazy("One thing each."),
    Note.Kind.RESULT: gettext_lazy("What matters most, what deviates, and which way?"),
    Note.Kind.ACTION: gettext_lazy("What do we need to learn, and what do we do differently?"),
    Note.Kind.OTHER: gettext_lazy("Only what cannot wait."),
}


@dataclass
class Heading:
    """A kind of note with what was written under it, and the form that adds to it."""

    kind: str
    label: str
    hint: str
    notes: list[Note]
    write_key: UUID = field(default_factory=uuid4)
    text: str = ""
    error: str = ""


def headings_of(dialogue: Dialogue, notes: list[Note]) -> list[Heading]:
    """The kinds of note in the agenda's order, each with a hint and what was written under it."""
    order = dict.fromkeys(kind for item in agenda_of(dialogue) for kind in item.notes)
    # An agenda of one's own may leave kinds out; what somebody writes finds its heading all the same.
    order |= dict.fromkeys(kind for kind, _label in kinds_of(dialogue))
    order |= dict.fromkeys(note.kind for note in notes)
    kinds = [Note.Kind(kind) for kind in order if kind in Note.Kind.values]
    return [
        Heading(kind.value, str(kind.label), str(HINTS[kind]), [note for note in notes if note.kind == kind])
        for kind in kinds
    ]


class LogView(DialogueView):
    """What every page of the log shows, also again when something sent to it was refused."""

    is_abstract = True

    def show(
        self,
        *,
        kept: NoteForm | None = None,
        error: str = "",
        step_form: NextStepForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        dialogue = self.dialogue()
        everything, steps = list(all_notes_of(dialogue)), list(next_steps_of(dialogue))
        notes = [note for note in everything if not note.is_removed]
        headings = headings_of(dialogue, notes)
        for heading in headings:
            if kept is not None and kept.data.get("kind") == heading.kind:
                heading.text, heading.error = kept.data.get("text", ""), error
                heading.write_key = kept.cleaned_data.get("write_key") or heading.write_key
        owners = possible_owners(dialogue, membership_of(self.request))
        invited = possible_owners_outside(dialogue)
        context = self.shared_context() | {
            "headings": headings,
            "slides": Slide.in_scope().filter(dialogue=dialogue).select_related("chart"),
            "steps": steps,
            "step_form": step_form or NextStepForm(owners=owners, invited=invited, initial={"write_key": uuid4()}),
            "kinds": kinds_of(dialogue),
            "mark": mark_of(dialogue, steps),
            "longest": Note.LONGEST,
            "undo": self.removed(everything),
            "blank": Note(pk=NOBODY, kind="", number=0, write_key=NOBODY),
            "blank_step": NextStep(pk=NOBODY, write_key=NOBODY),
            "words": script_words(),
        }
        return render(self.request, "dialogues/dialogue_log.html", context, status=status)

    def removed(self, notes: list[Note]) -> Note | None:
        """The note that was just removed, to bring it back."""
        wanted = self.request.GET.get("angra", "")
        return next((note for note in notes if note.is_removed and str(note.pk) == wanted), None)

    def refused(self, form: NoteForm, words: str) -> HttpResponse:
        """Say why, and keep every word."""
        if wants_json(self.request):
            return JsonResponse({"error": words}, status=422)
        if is_from_closing(self.request):
            return closing_page(self, takeaway=Takeaway.refused(form, words), status=422)
        return self.show(kept=form, error=words, status=422)


def first_error(form: Any) -> str:
    """The first thing that is wrong with a form, in words."""
    return str(next(iter(form.errors.values()))[0])


class DialogueLogView(LogView):
    """The log in the agenda's order: a stream on a phone, columns on a wide screen."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show()


class NoteAddView(LogView):
    """Stores a note once, however often it is sent."""

    permission = "dialogues.log_note"
    is_abstract = False

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.refused(form, first_error(form))
        sent = form.cleaned_data
        slide = (
            Slide.in_scope().filter(dialogue=self.dialogue(), pk=sent["slide"]).first() if sent["slide"] else None
        )
        try:
            written = note_add(
                dialogue=self.dialogue(),
                kind=sent["kind"],
                text=sent["text"],
                write_key=sent["write_key"],
                slide=slide,
            )
        except DialogueError as refusal:
            return self.refused(form, str(refusal))
        if wants_json(request):
            return JsonResponse({"note": note_as_json(written.note)})
        if self.dialogue().state == Dialogue.State.HELD:
            messages.info(request, _("The dialogue had been closed. Your note is in its summary all the same."))
        return after_writing(request, slug, dialogue_id, written.note)


class NoteView(LogView):
    """One note of one dialogue."""

    is_abstract = True

    def note(self) -> Note:
        """The note that the address names."""
        found = Note.in_scope().select_related("dialogue", "slide__chart")
        return get_object_or_404(found, dialogue=self.dialogue(), pk=self.kwargs["note_id"])

    def answer(self, request: HttpRequest, note: Note, **more: Any) -> HttpResponse:
        """The note as it is now, to a script; else back to the log."""
        if wants_json(request):
            return JsonResponse({"note": note_as_json(note), **more})
        return after_writing(request, self.kwargs["slug"], self.dialogue().pk, note)


class NoteChangeView(NoteView):
    """Changes a note; where two did so at once, both are kept, and it is said."""

    permission = "dialogues.log_note"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note, form = self.note(), NoteChangeForm(request.POST)
        if not form.is_valid():
            return self.refused(form, first_error(form))
        sent = form.cleaned_data
        try:
            written = note_change(
                note=note,
                text=sent["text"],
                version=sent["version"],
                kind=sent["kind"],
                write_key=sent["write_key"],
            )
        except DialogueError as refusal:
            return self.refused(form, str(refusal))
        words = in_words(written)
        if words and not wants_json(request):
            messages.info(request, words)
        return self.answer(request, written.note, said=words)


def in_words(written: Written) -> str:
    """What became of a change, where it is not what the writer would expect."""
    if written.is_beside:
        return _("Somebody else changed this note while you wrote. Both are kept: yours is beside theirs.")
    return ""


class NoteRemoveView(NoteView):
    """Takes a note out of the log, and offers it back."""

    permission = "dialogues.log_note"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note = self.note()
        note_remove(note=note)
        if wants_json(request):
            return JsonResponse({"removed": str(note.pk)})
        return redirect(reverse("dialogue-log", args=[slug, dialogue_id]) + f"?angra={note.pk}")


class NoteRestoreView(NoteView):
    """Brings a removed note back."""

    permission = "dialogues.log_note"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note = self.note()
        note_restore(note=note)
        note.refresh_from_db()
        return self.answer(request, note)


def after_writing(request: HttpRequest, slug: str, dialogue_id: UUID, note: Note) -> HttpResponse:
    """Back to where it was written: the presenter's slide, the closing page, or the heading in the log."""
    if is_from_closing(request):
        return redirect(reverse("dialogue-closing", args=[slug, dialogue_id]) + "#takeaway")
    slide = request.POST.get("bild", "")
    if slide.isdecimal():
        return redirect(reverse("dialogue-present", args=[slug, dialogue_id]) + f"?bild={slide}")
    return redirect(reverse("dialogue-log", args=[slug, dialogue_id]) + f"#{note.kind}")
