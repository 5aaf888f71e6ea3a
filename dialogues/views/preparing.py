"""The six steps of preparing a dialogue, one at a time, and the deeds on their lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.content import find_theme, frame, perspectives, principles
from dialogues.forms.preparing import (
    ParticipantChangeForm,
    ParticipantForm,
    PlaceForm,
    ThemeForm,
    TimeForm,
    WhoForm,
)
from dialogues.models import Dialogue, Participant
from dialogues.preparing.agendas import LONGEST_TALK
from dialogues.preparing.deck import Deck, deck_of
from dialogues.preparing.readiness import STEPS, readiness_of
from dialogues.selectors.preparing import (
    charts_to_choose,
    lacks_outsiders,
    lacks_young,
    missing_perspectives,
    people_of_last_time,
    wishes_of,
)
from dialogues.services import preparing
from dialogues.views.common import DialogueDeedView, DialogueView, language, signed_in
from dialogues.wording import answers_in_words, booked_in_words, goal_of


class DialoguePrepareView(DialogueView):
    """One step of the preparation, with all six beside it."""

    permission = "dialogues.prepare_dialogue"
    is_abstract = False
    FORMS: ClassVar[dict[str, type[forms.Form]]] = {
        "tema": ThemeForm,
        "vilka": WhoForm,
        "tid": TimeForm,
        "plats": PlaceForm,
    }

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID, step: str) -> HttpResponse:
        return self.show(step, self.form_of(step))

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, step: str) -> HttpResponse:
        form = self.form_of(step, request.POST)
        if form is None:
            raise Http404
        if not form.is_valid():
            return self.show(step, form, status=422)
        details = dict(form.cleaned_data)
        if isinstance(form, WhoForm):
            preparing.places_name(named=form.named(), by=signed_in(request))
            details = {"facilitator": details["facilitator"]}
        if step == "tid":
            details = {"starts_at": details["starts_at"], "minutes": details["minutes"]}
            if details["minutes"] != self.dialogue().minutes:
                # Points of one's own are as long as they are: another length takes the ready-made ones.
                details["agenda"] = []
        entry = self.dialogue().calendar_number
        preparing.dialogue_change(dialogue=self.dialogue(), by=signed_in(request), **details)
        is_told = self.dialogue().calendar_number > entry
        messages.success(request, _("Saved. Those invited get a mail about it.") if is_told else _("Saved."))
        is_staying = step == "vilka" and "onward" not in request.POST
        following = step if is_staying else STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]
        return (
            self.back_to("dialogue-detail") if step == STEPS[-1] else self.back_to("dialogue-prepare", following)
        )

    def form_of(self, step: str, posted: Any = None) -> forms.Form | None:
        """The form that a step has, filled with what is decided; None where a step has lists instead."""
        dialogue = self.dialogue()
        if step not in STEPS:
            raise Http404
        kind = self.FORMS.get(step)
        if kind is None:
            return None
        options: dict[str, Any] = {"lang": language()} if step == "tema" else {}
        if step == "vilka":
            options = {"places": dialogue.participants.filter(name="")}
        if step == "tid":
            initial = TimeForm.initial_of(dialogue)
        else:
            initial = {name: getattr(dialogue, name) for name in kind.base_fields}
        return kind(posted, initial=initial, **options)

    def show(
        self,
        step: str,
        form: forms.Form | None = None,
        *,
        participant_form: ParticipantForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page of a step, also when something sent to it needs another look."""
        dialogue, lang = self.dialogue(), language()
        theme = find_theme(dialogue.theme)
        participants = list(dialogue.participants.select_related("department").order_by("name", "role"))
        deck = deck_of(dialogue, lang) if step == "data" else None
        slides = len(deck.shown) if deck else dialogue.slides.count()
        readiness = readiness_of(
            dialogue,
            participants=len(participants),
            to_find=sum(not one.name for one in participants),
            slides=slides,
            lang=lang,
            when=booked_in_words(dialogue),
        )
        more: dict[str, Callable[[], dict[str, Any]]] = {
            "vilka": lambda: self.who(theme, participants, form, participant_form),
            "data": lambda: self.data(theme, deck),
            "stod": lambda: {
                "principles": principles(),
                "frame": frame(),
                "prompts": theme.prompts if theme else (),
            },
        }
        context = self.shared_context() | {
            "step": next(one for one in readiness.steps if one.key == step),
            "following": readiness.after(step),
            "is_long": dialogue.minutes > LONGEST_TALK,
            "readiness": readiness,
            "theme": theme,
            "goal": goal_of(dialogue),
            "form": form,
        }
        return render(
            self.request, f"dialogues/prepare_{step}.html", context | more.get(step, dict)(), status=status
        )

    def who(
        self,
        theme: Any,
        participants: list[Participant],
        who_form: forms.Form | None,
        form: ParticipantForm | None,
    ) -> dict[str, Any]:
        """Those on the list by perspective, and whom the theme would add."""
        order = list(perspectives())
        participants.sort(key=lambda one: order.index(one.perspective) if one.perspective in order else len(order))
        assert isinstance(who_form, WhoForm)
        here = {(one.name, one.email) for one in participants}
        again = people_of_last_time(self.dialogue())
        return {
            "participants": participants,
            "rows": [(one, who_form.fields_of(one)) for one in participants],
            "again": [one for one in again if (one.name, one.email) not in here],
            "missing": missing_perspectives(
                theme, goal_of(self.dialogue()), {one.perspective for one in participants}
            ),
            "lacks_young": lacks_young(participants),
            "lacks_outsiders": lacks_outsiders(participants),
            "participant_form": form or ParticipantForm(lang=language()),
            "is_too_many": len(participants) > Dialogue.MOST_PARTICIPANTS,
            "most": Dialogue.MOST_PARTICIPANTS,
            "answers": answers_in_words(participants),
        }

    def data(self, theme: Any, deck: Deck | None) -> dict[str, Any]:
        """The deck, what could be added to it, and what it lacks."""
        assert deck is not None
        wishes = wishes_of(theme, deck.charts, tenant_of(self.request))
        return {
            "deck": deck,
            "wishes": wishes,
            "has_suggestions": any(wish.datasets for wish in wishes),
            "charts": list(charts_to_choose(deck.charts)),
            "most": Dialogue.MOST_CHARTS,
        }


class ParticipantAddView(DialoguePrepareView):
    """Puts somebody on the list, or a place for a role that the theme suggests."""

    permission = "dialogues.prepare_dialogue"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, step: str = "vilka") -> HttpResponse:
        form = ParticipantForm(request.POST, lang=language())
        if not form.is_valid():
            return self.show("vilka", self.form_of("vilka"), participant_form=form, status=422)
        preparing.participant_add(dialogue=self.dialogue(), by=signed_in(request), **form.cleaned_data)
        return self.back_to("dialogue-prepare", "vilka")


class ParticipantView(DialogueView):
    """Somebody on the list of one dialogue."""

    is_abstract = True

    def participant(self) -> Participant:
        """Who the address names."""
        found = Participant.in_scope().select_related("user", "dialogue")
        return get_object_or_404(found, dialogue=self.dialogue(), pk=self.kwargs["participant_id"])


class ParticipantChangeView(ParticipantView):
    """Says who fills a place, or puts something right."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID, participant_id: UUID) -> HttpResponse:
        participant = self.participant()
        initial = {name: getattr(participant, name) for name in ParticipantChangeForm.base_fields}
        return self.show(participant, ParticipantChangeForm(lang=language(), initial=initial))

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, participant_id: UUID) -> HttpResponse:
        participant = self.participant()
        form = ParticipantChangeForm(request.POST, lang=language())
        if not form.is_valid():
            return self.show(participant, form, status=422)
        entry = participant.dialogue.calendar_number
        preparing.participant_change(participant=participant, by=signed_in(request), **form.cleaned_data)
        is_told = participant.dialogue.calendar_number > entry
        said = _("Saved. The address from before gets a mail that takes the meeting out of its calendar.")
        messages.success(request, said if is_told else _("Saved."))
        return self.back_to("dialogue-prepare", "vilka")

    def show(self, participant: Participant, form: ParticipantChangeForm, status: int = 200) -> HttpResponse:
        context = self.shared_context() | {"participant": participant, "form": form}
        return render(self.request, "dialogues/participant_change.html", context, status=status)


class ParticipantRemoveView(ParticipantView, DialogueDeedView):
    """Takes somebody off the list."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "vilka")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        participant = self.participant()
        name = participant.name or participant.role
        if preparing.participant_remove(participant=participant, by=signed_in(request)):
            return _("%s is off the list. A mail takes the meeting out of their calendar.") % name
        return _("%s is off the list.") % name


class ParticipantInviteView(ParticipantView, DialogueDeedView):
    """Invites somebody from outside by mail; they see this dialogue and nothing more."""

    permission = "dialogues.prepare_dialogue"
    leads_to = ("dialogue-prepare", "vilka")

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        participant = self.participant()
        preparing.guest_invite(dialogue=self.dialogue(), participant=participant, by=signed_in(request))
        return _("%s has been invited to this dialogue.") % (participant.name or participant.email)
