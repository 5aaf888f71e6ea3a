"""The room as a device sees it that joined by a code: what is shown, and the log to write in.

Nobody is signed in here. The device's grant, in a cookie of these addresses alone, opens this one dialogue in the
scope of its municipality, and nothing else there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import Tenant
from dialogues.errors import DialogueError
from dialogues.forms.notes import NoteChangeForm, VoicedNoteForm
from dialogues.models import Device, Dialogue, NextStep, Note, Slide
from dialogues.preparing.agendas import kinds_of
from dialogues.room.live import topic_of
from dialogues.room.payload import note_as_json
from dialogues.room.screens import screens_of
from dialogues.selectors.log import SeenByDevice, mark_of, notes_of, seen_by_device
from dialogues.selectors.next_steps import next_steps_of
from dialogues.services.joining import device_named_in
from dialogues.services.notes import note_add, note_agree, note_change, note_remove, note_restore
from dialogues.views.changes import after_of, changes_answer
from dialogues.views.common import language, wants_json
from dialogues.views.logging import NOBODY, first_error, headings_of, in_words
from dialogues.wording import script_words
from portal.live import event_stream
from portal.tenancy.scope import scope
from portal.views import PUBLIC, PortalView

COOKIE = "vaxtkraft_rum"
ANSWERED = "vaxtkraft_tre_fragor"
"""Says that this browser answered the three questions of a dialogue; it outlasts joining again."""


def keep(answer: HttpResponse, name: str, value: str, path: str, *, lasts: timedelta, is_secure: bool) -> None:
    """A cookie that only one dialogue's pages get, and no script."""
    seconds = int(lasts.total_seconds())
    answer.set_cookie(name, value, max_age=seconds, path=path, secure=is_secure, httponly=True, samesite="Lax")


def room_path(slug: str, dialogue_id: UUID) -> str:
    """Where a device's pages begin; its cookie is for them."""
    return reverse("dialogue-room", args=[slug, dialogue_id])


class JoinedView(PortalView):
    """Finds the dialogue of a device's grant; without one the way leads to where the code is typed.

    `device` is None once the dialogue has closed: the grant then still takes what was written without a network,
    and lets nothing be read or changed.
    """

    is_abstract = True
    device: Device | None
    municipality: Tenant
    _dialogue: Dialogue

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        named = device_named_in(request.COOKIES.get(COOKIE, ""), kwargs["dialogue_id"])
        tenant = Tenant.objects.filter(slug=kwargs["slug"]).first()
        if named is None or tenant is None:
            return self.stranger(request)
        self.municipality = tenant
        with scope(tenant.pk):
            if not self.finds(kwargs["dialogue_id"], named):
                return self.stranger(request)
            return super().dispatch(request, *args, **kwargs)

    def finds(self, dialogue_id: UUID, named: UUID) -> bool:
        """Look for the dialogue in this municipality, and for the device that the grant names."""
        found = Dialogue.in_scope().filter(pk=dialogue_id).first()
        if found is None:
            return False
        self._dialogue = found
        self.device = Device.in_scope().filter(pk=named, dialogue=found).first()
        return True

    def stranger(self, request: HttpRequest) -> HttpResponse:
        """Whoever has no grant: a script is told, a person comes to where the code is typed."""
        if wants_json(request):
            return JsonResponse({"error": ""}, status=403)
        return redirect("dialogue-join")

    def dialogue(self) -> Dialogue:
        return self._dialogue

    def grant(self, request: HttpRequest) -> str:
        """What the device keeps, and lets it in."""
        return request.COOKIES.get(COOKIE, "")

    def joined(self) -> Device:
        """The device, while the dialogue lasts. Raises Http404 afterwards."""
        if self.device is None:
            raise Http404
        return self.device

    def note(self, note_id: UUID) -> Note:
        """A note of this dialogue."""
        found = Note.in_scope().select_related("dialogue", "slide__chart")
        return get_object_or_404(found, dialogue=self.dialogue(), pk=note_id)

    def own_note(self, note_id: UUID) -> Note:
        """A note that this very device wrote. Raises Http404 for others'."""
        return get_object_or_404(
            Note.in_scope().select_related("dialogue", "slide__chart"),
            dialogue=self.dialogue(),
            device=self.joined(),
            pk=note_id,
        )

    def back(self, request: HttpRequest, note: Note | None = None, **more: Any) -> HttpResponse:
        """The note to a script, else the room again."""
        if wants_json(request):
            device_id = self.device.pk if self.device else None
            return JsonResponse({"note": note and note_as_json(note, device_id=device_id), **more})
        return redirect(room_path(self.kwargs["slug"], self.dialogue().pk))


class RoomView(JoinedView):
    """What is on the wall, small, and the writing field, large."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show(request)

    def show(self, request: HttpRequest, *, form: VoicedNoteForm | None = None, error: str = "") -> HttpResponse:
        dialogue = self.dialogue()
        if self.device is None or dialogue.state == Dialogue.State.CANCELLED:
            return render(request, "dialogues/room_closed.html", self.shared())
        notes, steps = list(notes_of(dialogue)), list(next_steps_of(dialogue))
        agreed = set(self.device.agreements.values_list("note_id", flat=True))
        context = self.shared() | {
            "headings": headings_of(dialogue, notes),
            "screens": screens_of(dialogue, language()),
            "steps": steps,
            "mark": mark_of(dialogue, steps),
            "device": self.device,
            "has_answered": bool(request.COOKIES.get(ANSWERED)),
            "agreed": agreed,
            "kinds": kinds_of(dialogue),
            "longest": Note.LONGEST,
            "write_key": form.data.get("write_key") if form else uuid4(),
            "kept": form.data if form else {},
            "error": error,
            "blank": Note(pk=NOBODY, kind="", number=0, write_key=NOBODY),
            "blank_step": NextStep(pk=NOBODY, write_key=NOBODY),
            "words": script_words(),
            "now": timezone.now(),
        }
        return render(request, "dialogues/room.html", context, status=422 if error else 200)

    def shared(self) -> dict[str, Any]:
        return {"dialogue": self.dialogue(), "municipality": self.municipality}


class RoomChangesView(JoinedView):
    """The log for the script of a device."""

    permission = PUBLIC
    seen: SeenByDevice | None

    def finds(self, dialogue_id: UUID, named: UUID) -> bool:
        """Dialogue and device in one statement; where that finds nothing, whichever of them is missing."""
        self.seen = seen_by_device(dialogue_id=dialogue_id, device_id=named, after=after_of(self.request))
        return self.seen is not None or super().finds(dialogue_id, named)

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        if self.seen is None:
            raise Http404
        return changes_answer(request, self.seen.standing, own=self.seen.own)


class RoomEventsView(JoinedView):
    """The stream for a device."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponseBase:
        self.joined()
        return event_stream(topic_of(self.dialogue()))


class RoomNoteAddView(RoomView):
    """Takes a note from a device, once; also after the dialogue closed, when the network was away till then."""

    permission = PUBLIC
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        form = VoicedNoteForm(request.POST)
        if not form.is_valid():
            return self.refuse(request, form, first_error(form))
        sent = form.cleaned_data
        slides = Slide.in_scope().filter(dialogue=self.dialogue(), pk=sent["slide"]) if sent["slide"] else None
        try:
            written = note_add(
                dialogue=self.dialogue(),
                kind=sent["kind"],
                text=sent["text"],
                write_key=sent["write_key"],
                slide=slides.first() if slides is not None else None,
                device=self.device,
                voice=sent["voice"],
            )
        except DialogueError as refusal:
            return self.refuse(request, form, str(refusal))
        return self.back(request, written.note)

    def refuse(self, request: HttpRequest, form: VoicedNoteForm, words: str) -> HttpResponse:
        """Say why, and keep every word."""
        if wants_json(request):
            return JsonResponse({"error": words}, status=422)
        return self.show(request, form=form, error=words)


class RoomNoteChangeView(JoinedView):
    """Changes a note that this device wrote."""

    permission = PUBLIC

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note, form = self.own_note(note_id), NoteChangeForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": first_error(form)}, status=422)
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
            return JsonResponse({"error": str(refusal)}, status=422)
        return self.back(request, written.note, said=in_words(written))


class RoomNoteRemoveView(JoinedView):
    """Takes a note of this device out of the log."""

    permission = PUBLIC

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note_remove(note=self.own_note(note_id))
        return self.back(request)


class RoomNoteRestoreView(JoinedView):
    """Brings it back."""

    permission = PUBLIC

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note = self.own_note(note_id)
        note_restore(note=note)
        note.refresh_from_db()
        return self.back(request, note)


class RoomNoteAgreeView(JoinedView):
    """Marks that somebody here agrees with a note; once more takes it back."""

    permission = PUBLIC

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, note_id: UUID) -> HttpResponse:
        note, agrees = self.note(note_id), request.POST.get("agrees") != "no"
        agreed = note_agree(note=note, device=self.joined(), agrees=agrees)
        return self.back(request, note, agreed=agreed, agrees=agrees)
