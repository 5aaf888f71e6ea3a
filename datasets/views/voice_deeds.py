"""What is done with a voice: sent, taken back, published, shared, sent back, withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.errors import DatasetsError
from datasets.forms.voicing import ReviewForm, SendBackForm
from datasets.models import Voice
from datasets.services import voices
from datasets.views.common import may, signed_in
from datasets.views.voices import OneVoiceView, reach_given


class VoiceSendView(OneVoiceView):
    """Lets a second person read it."""

    permission = "datasets.register_voice"

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice = self.own_voice(request)
        return self.done(
            request,
            lambda: voices.voice_send(voice=voice, by=signed_in(request)),
            _("Sent. Somebody else reads it before it is used."),
        )


class VoiceTakeBackView(OneVoiceView):
    """Has a voice back that waits."""

    permission = "datasets.register_voice"

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice = self.own_voice(request)
        return self.done(
            request, lambda: voices.voice_take_back(voice=voice, by=signed_in(request)), _("It is a draft again.")
        )


class VoicePublishView(OneVoiceView):
    """Lets a voice be used, or one in use be read by more or fewer."""

    permission = "datasets.review_voice"

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice = self.own_voice(request)
        form = ReviewForm(request.POST, may_open=may(request, "datasets.open_to_public"))
        if not form.is_valid():
            messages.warning(request, _("Choose who may read it."))
            return redirect("voice-detail", slug=slug, voice_id=voice_id)
        if voice.state == Voice.State.PUBLISHED:
            return self.done(
                request,
                lambda: voices.voice_share(voice=voice, reach=reach_given(form), by=signed_in(request)),
                _("Saved."),
            )
        return self.done(
            request,
            lambda: voices.voice_publish(
                voice=voice,
                reach=reach_given(form),
                by=signed_in(request),
                read_as_sent_at=form.cleaned_data["sent_at"],
            ),
            _("The voice is in use. It shows beside figures about the same things."),
        )


class VoiceSendBackView(OneVoiceView):
    """Gives a voice back to its author with a remark."""

    permission = "datasets.review_voice"

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        voice, form = self.own_voice(request), SendBackForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Say what should be changed."))
            return redirect("voice-detail", slug=slug, voice_id=voice_id)
        remark = form.cleaned_data["remark"]
        return self.done(
            request,
            lambda: voices.voice_send_back(voice=voice, remark=remark, by=signed_in(request)),
            _("Sent back with your remark."),
        )


class VoiceWithdrawView(OneVoiceView):
    """Takes a voice away for good; its words are erased."""

    permission = "datasets.register_voice"

    def get(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        return render(request, "datasets/voice_withdraw.html", {"voice": self.own_voice(request)})

    def post(self, request: HttpRequest, slug: str, voice_id: UUID) -> HttpResponse:
        try:
            voices.voice_withdraw(voice=self.own_voice(request), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The voice is withdrawn, and its words are erased."))
        return redirect("voice-list", slug=slug)
