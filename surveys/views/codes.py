"""Codes on paper: choosing that a round is for those with a code, making a sheet, and calling one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.cubes import pick
from portal.files.slips import CodeSlips, code_slips
from surveys.models import CodeSheet, SurveyRound
from surveys.services.codes import BEFORE_OPENING, code_sheet_make, code_sheet_revoke, way_in_choose
from surveys.states import WayIn
from surveys.views.common import REFUSALS, RoundDeedView, RoundView, signed_in
from surveys.views.rounds import link_of
from surveys.ways_in.forms import CodeSheetForm

SLIP_LANGUAGE = "sv"


class WayInDeedView(RoundDeedView):
    """A deed that leads back to the ways in."""

    is_abstract = True

    def back(self) -> HttpResponse:
        return redirect("survey-round-ways-in", self.kwargs["slug"], self.survey_round().pk)


class RoundWayInView(WayInDeedView):
    """Turns a round from one for anyone with the link into one for those with a code, and back."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        return (
            ""
            if self.survey_round().state in BEFORE_OPENING
            else _("Who may answer is settled when a round opens.")
        )

    def words(self) -> tuple[str, str, str]:
        if self.survey_round().way_in == WayIn.LINK:
            return (
                _("Let only those with a code answer?"),
                _("Each code is good for one answer. Whoever has the link alone can't answer then."),
                _("Yes, ask for a code"),
            )
        return (
            _("Let anyone with the link answer?"),
            _("No code is asked for then, and nothing keeps anyone from answering more than once."),
            _("Yes, ask for no code"),
        )

    def do(self, by: User) -> HttpResponse:
        wanted = WayIn.CODES if self.survey_round().way_in == WayIn.LINK else WayIn.LINK
        way_in_choose(survey_round=self.survey_round(), way_in=wanted, by=by)
        return self.done(_("From now on: %(who)s.") % {"who": wanted.label})


class CodeSheetMakeView(RoundView):
    """Makes a sheet of codes and gives it as PDF, this once: the codes can't be read again afterwards."""

    permission = "surveys.manage_round"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        form = CodeSheetForm(request.POST, survey_round=survey_round)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.warning(request, " ".join(str(error) for error in errors))
            return redirect("survey-round-ways-in", slug, round_id)
        try:
            lang = form.cleaned_data.pop("language") or SLIP_LANGUAGE
            sheet, codes = code_sheet_make(survey_round=survey_round, by=signed_in(request), **form.cleaned_data)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return redirect("survey-round-ways-in", slug, round_id)
        with translation.override(lang):
            page = code_slips(slips_of(survey_round, sheet, lang), codes)
        response = HttpResponse(page, content_type="application/pdf")
        name = slugify(sheet.label) or "klass"
        response["Content-Disposition"] = f'attachment; filename="koder-{name}.pdf"'
        response["Cache-Control"] = "no-store"
        return response


class CodeSheetRevokeView(WayInDeedView):
    """Calls a sheet back before the round opens: lost, or handed out wrongly."""

    permission = "surveys.manage_round"
    is_harm = True

    def sheet(self) -> CodeSheet:
        """The sheet of the address; 404 where the round has none such."""
        return get_object_or_404(CodeSheet.in_scope(), round=self.survey_round(), pk=self.kwargs["sheet_id"])

    def refusal(self) -> str:
        self.sheet()
        if self.survey_round().state in BEFORE_OPENING:
            return ""
        return _("The round has opened: nobody knows any more which codes were on which sheet.")

    def words(self) -> tuple[str, str, str]:
        return (
            _("Call the codes for %(label)s back?") % {"label": self.sheet().label},
            _("None of them will open the survey. Make a new sheet for those who are to have one."),
            _("Yes, call them back"),
        )

    def do(self, by: User) -> HttpResponse:
        sheet = self.sheet()
        code_sheet_revoke(survey_round=self.survey_round(), sheet=sheet, by=by)
        return self.done(_("The codes for %(label)s are called back.") % {"label": sheet.label})


def slips_of(survey_round: SurveyRound, sheet: CodeSheet, lang: str) -> CodeSlips:
    """The words of a sheet in the language at work, `lang`. The class stands in the file's title, on no slip."""
    link = link_of(survey_round, sheet.channel.letters if sheet.channel else "")
    return CodeSlips(
        lang=lang,
        title=_("Codes for %(label)s") % {"label": sheet.label},
        how=_(
            "Cut the slips apart and mix them. Let each person draw one from the pile, so that nobody knows who "
            "got which. Write no names on them."
        ),
        survey=pick(survey_round.version.content.title, lang),
        scan=_("Scan the code, or go to:"),
        url=link,
        short_link=link.partition("://")[2].rstrip("/"),
        promise=_("Good for one answer. Nobody knows who got it."),
        qr_description=_("The way to the survey"),
    )
