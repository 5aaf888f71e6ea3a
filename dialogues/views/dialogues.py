"""The list of dialogues, a new one, and the page of one dialogue with what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.content import find_theme, frame, principles
from dialogues.forms.choosing import uuid_of
from dialogues.forms.preparing import DialogueForm
from dialogues.models import Dialogue, Participant
from dialogues.preparing.deck import deck_of
from dialogues.preparing.readiness import readiness_of
from dialogues.selectors.dialogues import dialogues_with_counts, following_of, is_recorded
from dialogues.selectors.next_steps import hanging_next_steps, next_steps_of
from dialogues.services import holding, preparing
from dialogues.views.common import DialogueDeedView, DialogueView, language, signed_in
from dialogues.wording import booked_in_words, goal_of
from portal.views import PortalView

PAGE = 20
MOST_HANGING = 5


class DialogueListView(PortalView):
    """Planned, today, held; and the next steps that hang."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        today = timezone.localdate()
        found = dialogues_with_counts()
        ahead = list(
            found.filter(state__in=(Dialogue.State.PLANNED, Dialogue.State.ONGOING)).order_by(
                F("starts_at").asc(nulls_last=True), "-created_at"
            )
        )
        is_today = [one for one in ahead if one.state == Dialogue.State.ONGOING or _day(one) == today]
        behind = found.filter(state__in=(Dialogue.State.HELD, Dialogue.State.CANCELLED))
        hanging = list(hanging_next_steps(today)[: MOST_HANGING + 1])
        context = {
            "today": is_today,
            "planned": [one for one in ahead if one not in is_today],
            "page": Paginator(behind.order_by("-held_at", "-created_at"), PAGE).get_page(request.GET.get("page")),
            "hanging": hanging[:MOST_HANGING],
            "has_more_hanging": len(hanging) > MOST_HANGING,
            "may_prepare": request.user.has_perm("dialogues.prepare_dialogue", tenant_of(request)),
            "date_today": today,
            "may_rule_records": request.user.has_perm("accounts.manage_tenant", tenant_of(request)),
        }
        return render(request, "dialogues/dialogue_list.html", context)


def _day(dialogue: Dialogue) -> Any:
    return timezone.localdate(dialogue.starts_at) if dialogue.starts_at else None


class DialogueCreateView(PortalView):
    """One short form: theme, goal, and a title if the proposed one does not fit."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        before = self.previous(request.GET)
        initial = {"theme": before.theme if before else "wellbeing", "goal": "learn"}
        return self.show(request, DialogueForm(lang=language(), initial=initial), before)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = DialogueForm(request.POST, lang=language())
        before = self.previous(request.POST)
        if not form.is_valid():
            return self.show(request, form, before, status=422)
        dialogue = preparing.dialogue_create(by=signed_in(request), previous=before, **form.cleaned_data)
        return redirect("dialogue-detail", slug, dialogue.pk)

    def previous(self, sent: Any) -> Dialogue | None:
        """The dialogue that this one goes on from, where the address names one of ours."""
        key = uuid_of(sent.get("efter"))
        return Dialogue.in_scope().filter(pk=key).first() if key else None

    def show(
        self, request: HttpRequest, form: DialogueForm, before: Dialogue | None, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "before": before}
        return render(request, "dialogues/dialogue_create.html", context, status=status)


class DialogueDetailView(DialogueView):
    """The dialogue as it stands: what is decided, how ready it is, and what to do next."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        deck = deck_of(dialogue, language())
        is_held = dialogue.state == Dialogue.State.HELD
        participants = list(dialogue.participants.order_by("name", "role"))
        if is_held:
            participants = [one for one in participants if one.answer != Participant.Answer.NO]
        to_find = sum(not one.name for one in participants)
        context = self.shared_context() | {
            "readiness": readiness_of(
                dialogue,
                participants=len(participants),
                to_find=to_find,
                slides=len(deck.shown),
                lang=language(),
                when=booked_in_words(dialogue),
            ),
            "when": booked_in_words(dialogue),
            "theme": find_theme(dialogue.theme),
            "goal": goal_of(dialogue),
            "participants": participants,
            "to_find": to_find,
            "to_invite": sum(bool(one.email) and one.invited_on is None for one in participants),
            "steps": list(next_steps_of(dialogue)) if is_held else [],
            "following": following_of(dialogue) if is_held else None,
            "is_recorded": is_held and is_recorded(dialogue),
            "deck": deck,
            "principles": principles(),
            "frame": frame(),
        }
        return render(request, "dialogues/dialogue_detail.html", context)


class DialogueBeginView(DialogueDeedView):
    """Starts the agenda's clock and opens the presenter."""

    permission = "dialogues.hold_dialogue"
    leads_to = ("dialogue-present",)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        holding.dialogue_begin(dialogue=self.dialogue(), by=signed_in(request))
        return ""


class DialogueFinishView(DialogueDeedView):
    """Closes the dialogue; its log becomes the summary."""

    permission = "dialogues.hold_dialogue"
    leads_to = ("dialogue-summary",)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        holding.dialogue_finish(dialogue=self.dialogue(), by=signed_in(request))
        return _("The dialogue is closed. Thank you for holding it.")


class DialogueReopenView(DialogueDeedView):
    """Opens a closed dialogue again, to write more in its log."""

    permission = "dialogues.hold_dialogue"
    leads_to = ("dialogue-log",)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        holding.dialogue_reopen(dialogue=self.dialogue(), by=signed_in(request))
        return _("The dialogue is open again.")


class DialogueCancelView(DialogueDeedView):
    """Cancels a planned dialogue; it can be planned again."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        holding.dialogue_cancel(dialogue=self.dialogue(), by=signed_in(request))
        return _("The dialogue is cancelled. Nothing of it is gone: you can plan it again.")


class DialoguePlanAgainView(DialogueDeedView):
    """Undoes a cancellation, or a clock that was started by mistake."""

    permission = "dialogues.prepare_dialogue"

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        holding.dialogue_plan_again(dialogue=self.dialogue(), by=signed_in(request))
        return _("The dialogue is planned again.")
