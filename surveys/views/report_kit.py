"""What carries a published report to those who answered: pictures, a poster, a code, a screen."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.exports.picture import Story, StoryBar, story_picture
from portal.files.picture import svg_to_png
from portal.files.qr import qr_png, qr_svg
from portal.files.report_poster import ReportPoster, report_poster
from surveys.answering.support_lines import lines_to_show
from surveys.models import ReportEdition, SurveyRound
from surveys.reporting_back.reading import Told, edition_of, told_of
from surveys.views.common import RoundView, may
from surveys.views.spreading import in_a_line

LANGUAGES = ("sv", "en")
MOST_LINES = 3
INK = "#082e1c"


class PublishedReportView(RoundView):
    """Something of a report that is public; 404 while none is."""

    is_abstract = True

    def edition(self) -> ReportEdition:
        """The edition that anyone can read now."""
        found = edition_of(self.survey_round())
        if found is None:
            raise Http404
        return found

    def told(self) -> tuple[Told, str]:
        """The report in the language that was asked for, and that language."""
        edition, lang = self.edition(), self.request.GET.get("sprak", "sv")
        told = told_of(edition, lang)
        if lang not in told.languages:
            raise Http404
        return told, lang


class ReportShareView(PublishedReportView):
    """The kit in one place, each thing with how it looks."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        edition, survey_round = self.edition(), self.survey_round()
        told = told_of(edition, "sv")
        context = {
            "survey_round": survey_round,
            "edition": edition,
            "public_link": link_of_report(survey_round),
            "screen_link": f"{link_of_report(survey_round)}skarm/",
            "pictures": range(1, len(told.findings) + 1),
            "languages": [(code, {"sv": "Svenska", "en": "English"}[code]) for code in told.languages],
            "may_write": may(request, "surveys.write_report"),
            "may_publish": may(request, "surveys.publish_report"),
        }
        return render(request, "surveys/round_report_share.html", context)


class ReportStoryView(PublishedReportView):
    """One finding as a tall picture: SVG or PNG, 1080 × 1920."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, number: int, kind: str) -> HttpResponse:
        told, lang = self.told()
        if kind not in ("svg", "png") or not 1 <= number <= len(told.findings):
            raise Http404
        with translation.override(lang):
            picture = story_picture(self.story(told, number))
        if kind == "svg":
            response = HttpResponse(picture.svg, content_type="image/svg+xml")
        else:
            response = HttpResponse(svg_to_png(picture.svg, width=picture.width), content_type="image/png")
        if "ner" in request.GET:
            name = f"{name_of(self.survey_round())}-{number}-{lang}.{kind}"
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def story(self, told: Told, number: int) -> Story:
        """The words of a picture, in the language at work."""
        survey_round, finding = self.survey_round(), told.findings[number - 1]
        link, evidence = link_of_report(survey_round), finding.evidence
        tenant = tenant_of(self.request)
        bars = evidence.bars if evidence else ()
        return Story(
            place=f"{tenant.name} · {survey_round.title}",
            title=_("You said – we did"),
            heading=_answering(evidence.answer) if evidence and evidence.answer else "",
            words=finding.words,
            bars=[StoryBar(bar.label, bar.text, bar.length) for bar in bars],
            certainty="",
            invitation=_("See everything, and what we do:"),
            link=bare(link),
            code=qr_svg(link, title=_("The way to the report: %(link)s") % {"link": link}, dark=INK).decode(),
            demo=_("Example data") if tenant.is_demo else "",
        )


class ReportPosterView(PublishedReportView):
    """The poster as one A4 page of PDF."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        told, lang = self.told()
        with translation.override(lang):
            page = report_poster(self.poster(told, lang))
        response = HttpResponse(page, content_type="application/pdf")
        name = f"{name_of(self.survey_round())}-ni-sa-vi-gjorde-{lang}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def poster(self, told: Told, lang: str) -> ReportPoster:
        """The words of the poster, in the language at work."""
        survey_round, tenant = self.survey_round(), tenant_of(self.request)
        link = link_of_report(survey_round)
        day = formats.date_format(told.promised_on, "j F Y") if told.promised_on else ""
        lines = lines_to_show(lang, self.edition().published_at.date())
        return ReportPoster(
            lang=lang,
            municipality=survey_round.asker,
            title=_("You said – we did"),
            about=survey_round.title,
            said_title=_("You said"),
            said=tuple(finding.words for finding in told.findings),
            done_title=_("This is what we do"),
            done=tuple(f"{step.text} ({step.label})" for step in told.steps),
            promise_title=_("We promise"),
            promise=" ".join(filter(None, (told.promise, _("By %(day)s.") % {"day": day} if day else ""))),
            scan=_("Read it all:"),
            url=link,
            short_link=bare(link),
            qr_description=_("The way to the report: %(link)s") % {"link": link},
            support_title=_("Do you want to talk to someone?"),
            support=tuple(in_a_line(line) for line in lines[:MOST_LINES]),
            demo_mark=_("Example: not a real survey") if tenant.is_demo else "",
        )


class ReportQrView(PublishedReportView):
    """The way to the report as a QR code."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, kind: str) -> HttpResponse:
        self.edition()
        link = link_of_report(self.survey_round())
        if kind == "svg":
            title = _("The way to the report: %(link)s") % {"link": link}
            return HttpResponse(qr_svg(link, title=title), content_type="image/svg+xml")
        if kind != "png":
            raise Http404
        response = HttpResponse(qr_png(link), content_type="image/png")
        response["Content-Disposition"] = f'attachment; filename="{name_of(self.survey_round())}-qr.png"'
        return response


def link_of_report(survey_round: SurveyRound) -> str:
    """The public page of a round, whole, to be copied and printed."""
    return f"{settings.BASE_URL}{reverse('public-report-detail', args=[survey_round.public_code])}"


def bare(link: str) -> str:
    """A link as people type it."""
    return link.partition("://")[2].rstrip("/")


def name_of(survey_round: SurveyRound) -> str:
    """A round's name for files."""
    return slugify(survey_round.title)[:60] or "enkat"


def _answering(answer: str) -> str:
    return _("Answered “%(answer)s”") % {"answer": answer}
