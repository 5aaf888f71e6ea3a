"""Letters to those who are invited: as pages to print, or as a table for a printer; once, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.middleware import tenant_of
from accounts.models import Tenant
from datasets.cubes import pick
from portal.files.csv import csv_bytes
from portal.files.letters import MOST_LETTERS, Addressed, LetterWords, code_letters
from surveys.answering.support_lines import lines_to_show
from surveys.emails import personal_link
from surveys.models import Channel, Invitation, SurveyRound
from surveys.services.channels import letters_of_invited
from surveys.services.inviting import Letter, letters_make
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.views.spreading import MOST_LINES, in_a_line
from surveys.wording.drafts import language_in_words

PDF, CSV = "pdf", "csv"
LANGUAGES = (("sv", "Svenska"), ("en", "English"))


class LettersForm(forms.Form):
    """How the letters are wanted."""

    form = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        choices=[
            (PDF, gettext_lazy("Letters to print (PDF), one page each")),
            (CSV, gettext_lazy("A table for a printer (CSV)")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), choices=LANGUAGES)


class LettersView(RoundView):
    """Gives every letter, this once: a code can't be read again afterwards. What fails has given nothing."""

    permission = "surveys.manage_round"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        form = LettersForm(request.POST)
        wanted = form.cleaned_data if form.is_valid() else {"form": "", "language": "sv"}
        try:
            if not wanted["form"]:
                return self.refused(_("Choose whether you want letters to print or a table."))
            if wanted["form"] == PDF and _by_letter(survey_round) > MOST_LETTERS:
                return self.refused(
                    _("More than %(most)s letters are too many for one file. Take the table, for a printer.")
                    % {"most": MOST_LETTERS}
                )
            # In the request's own transaction: where the file can't be made, the letters are not used up either.
            letters = letters_make(survey_round=survey_round, by=signed_in(request))
        except REFUSALS as refusal:
            return self.refused(str(refusal))
        if wanted["form"] == PDF:
            with translation.override(wanted["language"]):
                content = letters_as_pdf(survey_round, tenant_of(request), letters, wanted["language"])
        else:
            content = letters_as_table(survey_round, letters)
        kinds = {PDF: "application/pdf", CSV: "text/csv; charset=utf-8"}
        response = HttpResponse(content, content_type=kinds[wanted["form"]])
        response["Content-Disposition"] = f'attachment; filename="brev.{wanted["form"]}"'
        response["Cache-Control"] = "no-store"
        return response

    def refused(self, said: str) -> HttpResponse:
        """Back to the ways in, with why."""
        messages.warning(self.request, said)
        return redirect("survey-round-ways-in", self.kwargs["slug"], self.survey_round().pk)


def letters_as_table(survey_round: SurveyRound, letters: Sequence[Letter]) -> bytes:
    """A row for each letter: name, address, code and link."""
    heading = (_("Name"), _("Address"), _("Code"), _("Link"))
    way = letters_of_invited(survey_round, Channel.Kind.LETTER)
    lines = [(one.name, one.address, one.code, personal_link(survey_round, one.code, way)) for one in letters]
    return csv_bytes(heading, lines)


def letters_as_pdf(survey_round: SurveyRound, tenant: Tenant, letters: Sequence[Letter], lang: str) -> bytes:
    """A page for each letter, in the language at work."""
    way = letters_of_invited(survey_round, Channel.Kind.LETTER)
    addressed = [
        Addressed((one.name, *one.address.split(", ")), one.code, personal_link(survey_round, one.code, way))
        for one in letters
    ]
    return code_letters(words_of(survey_round, tenant, lang), addressed)


def words_of(survey_round: SurveyRound, tenant: Tenant, lang: str) -> LetterWords:
    """What every letter of a round says."""
    questionnaire = survey_round.version.content
    way = letters_of_invited(survey_round, Channel.Kind.LETTER)
    link = personal_link(survey_round, "", way).rstrip("#")
    others = [_within(language_in_words(code), lang) for code in questionnaire.languages if code != lang]
    return LetterWords(
        lang=lang,
        title=pick(questionnaire.title, lang),
        sender=survey_round.asker,
        body=(
            _("Hello!"),
            _(
                "%(asker)s asks you who are between 15 and 29: how are you, and what makes life good? "
                "It takes about %(minutes)s minutes and is voluntary."
            )
            % {"asker": survey_round.asker, "minutes": questionnaire.minutes},
        ),
        scan=_("Scan the code, or go to:"),
        short_link=link.partition("://")[2].rstrip("/"),
        code_label=_("Your code:"),
        after=tuple(_behind_the_code(survey_round, others)),
        qr_description=_("The way to the survey"),
        support_title=_("Do you want to talk to someone?"),
        support=tuple(in_a_line(line) for line in lines_to_show(lang, timezone.localdate())[:MOST_LINES]),
        demo_mark=_("Example: not a real survey") if tenant.is_demo else "",
    )


def _within(name: str, lang: str) -> str:
    """A language's name inside a sentence: Swedish writes it with a small letter."""
    return name[:1].lower() + name[1:] if lang == "sv" else name


def _behind_the_code(survey_round: SurveyRound, others: Sequence[str]) -> list[str]:
    said = [
        _(
            "The code is good for one answer. Your browser exchanges it for a mark without a name before you "
            "answer, so nothing that is stored ties your answers to you."
        )
    ]
    values: dict[str, Any] = {"languages": ", ".join(others)}
    if others:
        said.append(_("You can also answer in: %(languages)s.") % values)
    if survey_round.closes_at:
        day = formats.date_format(timezone.localtime(survey_round.closes_at), "j F")
        said.append(_("The survey is open until %(day)s.") % {"day": day})
    if survey_round.contact:
        said.append(_("Do you wonder about something? %(contact)s") % {"contact": survey_round.contact})
    return said


def _by_letter(survey_round: SurveyRound) -> int:
    return Invitation.in_scope().filter(round=survey_round, email="").count()
