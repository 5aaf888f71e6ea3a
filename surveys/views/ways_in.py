"""The ways into a round, as its coordinator sees them: the channels, and what carries each link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.models import Channel, CodeSheet, InvitationList
from surveys.services.channels import OPEN_TO_CHANNELS, channel_add, channel_remove
from surveys.services.codes import codes_handed_out
from surveys.states import RoundState
from surveys.views.codes import WayInDeedView
from surveys.views.common import REFUSALS, RoundView, may, signed_in
from surveys.views.invited import invited_count
from surveys.views.letters import LettersForm
from surveys.views.rounds import ANNOUNCED, link_of
from surveys.ways_in.forms import ChannelForm, CodeSheetForm, InvitationForm


class RoundWaysInView(RoundView):
    """Every way into a round. The channels have a link each; GET shows them, POST adds one."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        return self.show(request, ChannelForm())

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        if not may(request, "surveys.manage_round"):
            return self.show(request, ChannelForm(), status=404)
        form = ChannelForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            added = channel_add(survey_round=survey_round, by=signed_in(request), **form.chosen())
        except REFUSALS as refusal:
            form.add_error("name", str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("%(name)s has a link of its own now.") % {"name": added.name})
        return redirect("survey-round-ways-in", slug, round_id)

    def show(self, request: HttpRequest, form: ChannelForm, status: int = 200) -> HttpResponse:
        """The page, with a form for one more channel where the round takes them."""
        survey_round = self.survey_round()
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "channels": [
                {"channel": channel, "link": link_of(survey_round, channel.letters)}
                for channel in Channel.in_scope().filter(round=survey_round)
            ],
            "own_link": link_of(survey_round),
            "is_announced": survey_round.state in ANNOUNCED,
            "may_add": may(request, "surveys.manage_round") and survey_round.state in OPEN_TO_CHANNELS,
            "may_remove": may(request, "surveys.manage_round")
            and survey_round.state in (RoundState.DRAFT, RoundState.SCHEDULED),
            "form": form,
            "sheets": list(CodeSheet.in_scope().filter(round=survey_round)),
            "handed_out": codes_handed_out(survey_round),
            "sheet_form": CodeSheetForm(auto_id="sheet-%s", survey_round=survey_round),
            "invited": invited_count(survey_round.pk),
            "invitations": InvitationList.in_scope().filter(round=survey_round).first(),
            "letters_form": LettersForm(auto_id="letters-%s", initial={"form": "pdf"}),
            "invitation_form": InvitationForm(auto_id="invited-%s"),
        }
        return render(request, "surveys/survey_round_ways_in.html", context, status=status)


class ChannelRemoveView(WayInDeedView):
    """Takes a channel away while nobody can have answered by it."""

    permission = "surveys.manage_round"
    is_harm = True

    def channel(self) -> Channel:
        """The channel of the address; 404 where the round has none such."""
        return get_object_or_404(Channel.in_scope(), round=self.survey_round(), pk=self.kwargs["channel_id"])

    def refusal(self) -> str:
        self.channel()
        if self.survey_round().state not in (RoundState.DRAFT, RoundState.SCHEDULED):
            return _("The round has opened. The channel stays, and so does its link.")
        return ""

    def words(self) -> tuple[str, str, str]:
        return (
            _("Take %(name)s away?") % {"name": self.channel().name},
            _("Its link will still lead to the survey, but answers that come by it are not counted apart."),
            _("Yes, take it away"),
        )

    def do(self, by: User) -> HttpResponse:
        name = self.channel().name
        channel_remove(survey_round=self.survey_round(), channel_id=self.kwargs["channel_id"], by=by)
        return self.done(_("%(name)s is taken away.") % {"name": name})
