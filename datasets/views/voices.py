"""Voices: those in use, registering one, and a second person's review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from accounts.models import Tenant
from datasets.content import find_theme
from datasets.cubes import pick
from datasets.errors import DatasetsError
from datasets.forms.voicing import ReviewForm, SendBackForm, VoiceForm, VoiceSearchForm
from datasets.models import Voice
from datasets.reach import Reach, reach_of
from datasets.selectors.system_map import current_map, factor_choices
from datasets.selectors.voices import voice_queue, voices_in_use, waiting_count
from datasets.services import voices
from datasets.views.common import may, signed_in
from datasets.wording import language
from portal.views import PUBLIC, PortalView

PAGE = 20
State = Voice.State


def search_form(request: HttpRequest, tenant: Tenant) -> VoiceSearchForm:
    """The conditions of the list, from the address."""
    lang = language()
    return VoiceSearchForm(request.GET, lang=lang, factors=factor_choices(tenant, lang))


def voice_form(request: HttpRequest, data: Any, **given: Any) -> VoiceForm:
    """The form of a voice, with what may be chosen here."""
    return VoiceForm(data, lang=language(), factors=factor_choices(tenant_of(request), language()), **given)


class VoiceListView(PortalView):
    """The voices in use that people here may read, and for those who register or review what is under way."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        form = search_form(request, tenant)
        may_review = may(request, "datasets.review_voice")
        page = Paginator(voices_in_use(tenant, form.search()), PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "page": page,
            "is_filtered": form.is_filtered,
            "may_register": may(request, "datasets.register_voice"),
            "waiting": waiting_count() if may_review else 0,
        }
        return render(request, "datasets/voice_list.html", context)


class VoiceQueueView(PortalView):
    """One's own drafts, and for a reviewer everything that waits."""

    permission = "datasets.register_voice"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        may_review = may(request, "datasets.review_voice")
        found = voice_queue(signed_in(request), may_review=may_review)[:100]
        return render(request, "datasets/voice_queue.html", {"voices": found, "may_review": may_review})


class VoiceRegisterView(PortalView):
    """Notes what somebody said."""

    permission = "datasets.register_voice"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        preset = {"theme": request.GET.get("tema", ""), "factors": request.GET.getlist("faktor")}
        return self.show(request, voice_form(request, None, initial=preset))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = voice_form(request, request.POST)
        if form.is_valid():
            try:
                voice = voices.voice_register(by=signed_in(request), **form.cleaned_data)
                if request.POST.get("deed") == "send":
                    voices.voice_send(voice=voice, by=signed_in(request))
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Noted. Thank you for listening."))
                return redirect("voice-detail", slug=slug, voice_id=voice.pk)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: VoiceForm, status: int = 200) -> HttpResponse:
        return render(request, "datasets/voice_register.html", {"form": form}, status=status)


class OneVoiceView(PortalView):
    """A page about one voice: in use for all who may read it, under way for its author and for reviewers."""

    is_abstract = True

    def voice(self, request: HttpRequest) -> Voice:
        """The voice of the address; 404 for whoever may not see it."""
        found: Voice = get_object_or_404(
            Voice.objects.select_related("tenant", "written_by"), pk=self.kwargs["voice_id"]
        )
        if found.state == State.PUBLISHED or self.is_hand_on(request, found):
            return found
        raise Http404

    def own_voice(self, request: HttpRequest) -> Voice:
        """A voice that this person may change: their own, or any of the tenant's for a reviewer."""
        found = self.voice(request)
        if not self.is_hand_on(request, found):
            raise Http404
        return found

    def is_hand_on(self, request: HttpRequest, voice: Voice) -> bool:
        """Whether the person works with the voice: wrote it, or reviews voices in the tenant that owns it."""
        if voice.tenant_id != tenant_of(request).pk or not may(request, "datasets.register_voice"):
            return False
        return voice.written_by_id == signed_in(request).pk or may(request, "datasets.review_voice")

    def done(self, request: HttpRequest, deed: Any, said: str) -> HttpResponse:
        """Do a deed, and say how it went, on the voice's page."""
        try:
            deed()
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, said)
        return redirect("voice-detail", slug=self.kwargs["slug"], voice_id=self.kwargs["voice_id"])


class VoiceDetailView(OneVoiceView):
    """A voice with what it is about, and what may be done with it now."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice, lang, tenant = self.voice(request), language(), tenant_of(request)
        is_hand_on = self.is_hand_on(request, voice)
        may_review = is_hand_on and may(request, "datasets.review_voice")
        theme, current = find_theme(voice.theme), current_map(tenant)
        context: dict[str, Any] = {
            "voice": voice,
            "theme": pick(theme.label, lang) if theme else "",
            "factors": [(key, label) for key in voice.factors if (label := current.label(key, lang))],
            "reach": reach_of(voice).label if voice.state == State.PUBLISHED else "",
            "is_hand_on": is_hand_on,
            "is_mine": is_hand_on and voice.written_by_id == signed_in(request).pk,
            "may_review": may_review,
            "refusal": self.refusal(request, voice) if may_review and voice.state == State.WAITING else "",
        }
        if may_review:
            may_open = may(request, "datasets.open_to_public")
            initial = {"reach": reach_of(voice), "sent_at": voice.sent_at and voice.sent_at.isoformat()}
            context |= {"review_form": ReviewForm(initial=initial, may_open=may_open), "back_form": SendBackForm()}
        return render(request, "datasets/voice_detail.html", context)

    def refusal(self, request: HttpRequest, voice: Voice) -> str:
        """Why this reviewer may not say yes; nothing where they may."""
        try:
            voices.check_may_review(voice, signed_in(request))
        except DatasetsError as refused:
            return str(refused)
        return ""


class VoiceEditView(OneVoiceView):
    """Changes a draft, or what was sent back."""

    permission = "datasets.register_voice"

    def get(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice = self.own_voice(request)
        if voice.state not in voices.EDITABLE:
            messages.warning(request, _("This voice is waiting or in use. Take it back before you change it."))
            return redirect("voice-detail", slug=slug, voice_id=voice_id)
        initial = {name: getattr(voice, name) for name in VoiceForm.base_fields}
        return self.show(request, voice_form(request, None, initial=initial))

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice, form = self.own_voice(request), voice_form(request, request.POST)
        if form.is_valid():
            try:
                voices.voice_change(voice=voice, by=signed_in(request), **form.cleaned_data)
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("voice-detail", slug=slug, voice_id=voice_id)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: VoiceForm, status: int = 200) -> HttpResponse:
        return render(request, "datasets/voice_edit.html", {"form": form}, status=status)


class PublicVoiceListView(PortalView):
    """What a municipality or region has let anyone read."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        owner = get_object_or_404(Tenant, slug=slug)
        found = voices_in_use(owner).filter(tenant=owner)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        return render(request, "datasets/public_voice_list.html", {"owner": owner, "page": page})


def reach_given(form: ReviewForm) -> Reach:
    """How far the reviewer lets a voice be read."""
    return Reach(form.cleaned_data["reach"])
