"""What carries a round's link to those who may answer: a QR code and a poster."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from accounts.models import Tenant
from datasets.cubes import pick
from portal.files.poster import SurveyPoster, survey_poster
from portal.files.qr import qr_png, qr_svg
from surveys.answering.support_lines import lines_to_show
from surveys.models import Channel, SurveyRound
from surveys.states import RoundState
from surveys.views.common import RoundView
from surveys.views.rounds import link_of

MOST_LINES = 3
POSTER_LANGUAGES = ("sv", "en")


class AnnouncedRoundView(RoundView):
    """Something to spread. A draft has nothing yet: its link leads nowhere before it is scheduled."""

    is_abstract = True

    def announced(self) -> SurveyRound:
        """The round; 404 while it is a draft, and when it was cancelled."""
        survey_round = self.survey_round()
        if survey_round.state in (RoundState.DRAFT, RoundState.CANCELLED):
            raise Http404
        return survey_round

    def channel(self) -> Channel | None:
        """The channel that the address asks for; None for the round's own link, 404 for one that it has not."""
        letters = self.request.GET.get("kanal")
        if not letters:
            return None
        return get_object_or_404(Channel.in_scope(), round=self.survey_round(), letters=letters)


class RoundQrView(AnnouncedRoundView):
    """The link as a QR code: SVG for screens, PNG for print."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, kind: str) -> HttpResponse:
        survey_round = self.announced()
        channel = self.channel()
        link = link_of(survey_round, channel.letters if channel else "")
        return qr_of(link, kind, _name(survey_round, channel), is_download="ner" in request.GET)


class RoundPosterView(AnnouncedRoundView):
    """The poster as one A4 page of PDF, in Swedish or English."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.announced()
        channel = self.channel()
        link = link_of(survey_round, channel.letters if channel else "")
        lang = request.GET.get("sprak", "sv")
        return poster_page(survey_round, tenant_of(request), lang, link, _name(survey_round, channel))


def qr_of(link: str, kind: str, name: str, *, is_download: bool) -> HttpResponse:
    """A link as a QR code, SVG or PNG; 404 for any other kind."""
    if kind == "svg":
        title = _("The way to the survey: %(link)s") % {"link": link}
        response = HttpResponse(qr_svg(link, title=title), content_type="image/svg+xml")
    elif kind == "png":
        response = HttpResponse(qr_png(link), content_type="image/png")
    else:
        raise Http404
    if is_download or kind == "png":
        response["Content-Disposition"] = f'attachment; filename="{name}-qr.{kind}"'
    return response


def poster_page(survey_round: SurveyRound, tenant: Tenant, lang: str, link: str, name: str) -> HttpResponse:
    """The poster as a file; 404 for a language that there is none in."""
    if lang not in POSTER_LANGUAGES:
        raise Http404
    with translation.override(lang):
        page = survey_poster(poster_of(survey_round, tenant, lang, link))
    response = HttpResponse(page, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-affisch-{lang}.pdf"'
    return response


def poster_of(survey_round: SurveyRound, tenant: Tenant, lang: str, link: str) -> SurveyPoster:
    """The words of a round's poster, in the language at work, with the link that it leads to."""
    questionnaire = survey_round.version.content
    closes = timezone.localtime(survey_round.closes_at)
    return SurveyPoster(
        lang=lang,
        municipality=survey_round.asker,
        title=pick(questionnaire.title, lang),
        lead=_("Are you between 15 and 29? Tell us how you are, and what makes life good."),
        facts=(
            _("Takes about %(minutes)s minutes") % {"minutes": questionnaire.minutes},
            _("It is voluntary"),
            _("Nobody can see that it is you"),
        ),
        scan=_("Scan the code, or type:"),
        url=link,
        short_link=link.partition("://")[2].rstrip("/"),
        qr_description=_("The way to the survey: %(link)s") % {"link": link},
        open_until=_("Open until %(day)s.") % {"day": formats.date_format(closes, "j F Y")},
        support_title=_("Do you want to talk to someone?"),
        support=tuple(in_a_line(line) for line in lines_to_show(lang, timezone.localdate())[:MOST_LINES]),
        demo_mark=_("Example: not a real survey") if tenant.is_demo else "",
    )


def in_a_line(line: Mapping[str, str]) -> str:
    """A support line's name, number and hours; a line that is called by its number has it once."""
    return " · ".join(
        dict.fromkeys(filter(None, (line["name"], line["phone"] or _bare(line["url"]), line["when"])))
    )


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _name(survey_round: SurveyRound, channel: Channel | None = None) -> str:
    title = f"{survey_round.title} {channel.name}" if channel else survey_round.title
    return slugify(title)[:60] or "enkat"
