"""What came of a round, for anyone: its page, the municipality's list, and a screen for a school.

These pages stand behind the same door as answering (`surveys.answering.middleware`): no cookie, no address.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Tenant
from portal.files.qr import qr_svg
from portal.views import PUBLIC, PortalView
from surveys.answering.languages import phrases, settled, speaking
from surveys.answering.support_lines import LocalLines, lines_to_show
from surveys.models import LocalSupportLine, SurveyRound
from surveys.public_round import CODE, MISREAD
from surveys.reporting_back.reading import edition_of, newest_reports, news_of, proposals_of, told_of
from surveys.states import RoundState

NAMES = {"sv": "Svenska", "en": "English"}
KNOWN_BY = "Propose something"
"""A language that has this phrase has those of the pages beside a survey."""
ANNOUNCED = (RoundState.SCHEDULED, RoundState.OPEN, RoundState.CLOSED, RoundState.PUBLISHED)


class NobodysView(PortalView):
    """A public page in the language that its address asks for, with someone to talk to."""

    is_abstract = True
    folder = "told"
    is_for_every_language = False
    """Whether all its words are the pages' own, so that it can be in each language that has phrases for it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("lang", "")
        is_known = self.is_for_every_language and KNOWN_BY in phrases(wanted)
        self.language = wanted if is_known else reading_language()
        try:
            with speaking(self.language):
                return super().dispatch(request, *args, **kwargs)
        except Http404:
            # Here and not by Django, which would log what stood in the address.
            return render(request, "surveys/told/unknown.html", status=404)

    def page(
        self,
        name: str,
        context: dict[str, Any],
        owner: Tenant,
        *,
        also: tuple[str, ...] = ("sv", "en"),
        status: int = 200,
    ) -> HttpResponse:
        """Render it; `also` are the languages that it can be read in."""
        request, lang = self.request, self.language
        lines = tuple(line.as_shown for line in LocalSupportLine.objects.filter(tenant=owner))
        shared = {
            "owner": owner,
            "is_demo": owner.is_demo,
            "lang": lang,
            "action": f"{request.path}?lang={lang}",
            "support_lines": lines_to_show(lang, timezone.localdate()),
            "local_lines": [LocalLines(owner.official_name, lines)] if lines else [],
            "other_languages": [
                {"code": code, "name": NAMES[code], "url": f"{request.path}?lang={code}"}
                for code in also
                if code != lang
            ],
        }
        html = render_to_string(f"surveys/{self.folder}/{name}", shared | context, request)
        return HttpResponse(settled(html), status=status, headers={"Content-Language": lang})


class RoundInPublicView(NobodysView):
    """A page about a round that has been announced."""

    is_abstract = True

    def survey_round(self) -> SurveyRound:
        """The round of the address; letters that are easily misread are taken for what they stand for."""
        found: SurveyRound | None = getattr(self, "_survey_round", None)
        if found is None:
            code = self.kwargs["code"].lower().translate(MISREAD)
            if not CODE.fullmatch(code):
                raise Http404
            rounds = SurveyRound.objects.filter(state__in=ANNOUNCED).select_related("tenant")
            found = self._survey_round = get_object_or_404(rounds, public_code=code)
        return found


class PublicReportListView(NobodysView):
    """Every public report of a municipality, the newest round first."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = get_object_or_404(Tenant, slug=slug)
        lang = reading_language()
        reports = [{"edition": one, "told": told_of(one, lang)} for one in newest_reports(tenant)]
        return to_be_found(self.page("list.html", {"reports": reports}, tenant))


class PublicReportView(RoundInPublicView):
    """A round's own page: what came of it, or what is to come."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        survey_round = self.survey_round()
        edition = edition_of(survey_round)
        lang = reading_language()
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "edition": edition,
            "is_open": is_open(survey_round),
        }
        context["proposals"] = proposals_of(survey_round, lang)
        if edition is None:
            return self.page("coming.html", context, survey_round.tenant)
        told = told_of(edition, lang)
        context |= {"told": told, "news": news_of(survey_round, lang)}
        return to_be_found(self.page("report.html", context, survey_round.tenant, also=tuple(told.languages)))


class ReportScreenView(RoundInPublicView):
    """The report on a screen in a school: one thing at a time, large, without script."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        survey_round = self.survey_round()
        edition = edition_of(survey_round)
        if edition is None:
            raise Http404
        told = told_of(edition, reading_language())
        link = f"{settings.BASE_URL}{reverse('public-report-detail', args=[survey_round.public_code])}"
        code = qr_svg(link, title=_("The way to the report: %(link)s") % {"link": link}).decode()
        context = {
            "survey_round": survey_round,
            "edition": edition,
            "told": told,
            "code": mark_safe(code),  # noqa: S308 - drawn by us out of our own address
            "short_link": link.partition("://")[2].rstrip("/"),
        }
        return self.page("screen.html", context, survey_round.tenant, also=tuple(told.languages))


def to_be_found(response: HttpResponse) -> HttpResponse:
    """The answer as search engines may show it: what came of a survey is told to anyone."""
    response.headers["X-Robots-Tag"] = "all"
    return response


def is_open(survey_round: SurveyRound) -> bool:
    """Whether it can be answered now."""
    closes_at = survey_round.closes_at
    return survey_round.state == RoundState.OPEN and closes_at is not None and timezone.now() < closes_at


def reading_language() -> str:
    """The language of the page, Swedish or English."""
    lang = (get_language() or "sv").partition("-")[0]
    return lang if lang in NAMES else "sv"
