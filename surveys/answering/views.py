"""The pages that young people meet: /svara/<code>/ and its channels, with or without script."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from datasets.cubes.text import pick
from portal.guessing import wrong_code_from
from portal.views import PUBLIC, PortalView
from surveys.answering.codes import asks_for_code, brought_with, code_is_unknown, code_refused, last_page
from surveys.answering.form_key import FormKey, new_key, read_key
from surveys.answering.languages import language_of, page_languages, settled, speaking
from surveys.answering.pages import begin_context, is_decided_here, languages_of, section_context, whole_context
from surveys.answering.place import place_filled_in
from surveys.answering.same_pages import same_page
from surveys.answering.steps import Begin, Outside, Send, Show, Step, carried_fields, known_fields, next_step
from surveys.answering.support_lines import lines_to_show, local_lines_of
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.public_round import DatabaseUnavailable, PublicRound, find_round
from surveys.services.responses import Outcome, response_submit
from surveys.ways_in.work import ITERATIONS, doors, is_proven

RETRY_AFTER = 20


@method_decorator(csrf_exempt, name="dispatch")
class SurveyAnswerView(PortalView):
    """One round's answering. Everything that is known of a person came with this very request.

    The form's own key stands instead of Django's protection, which needs a cookie.
    """

    permission = PUBLIC
    is_shared = False
    """Whether this is the link for a device that many use one after another: it starts anew by itself."""
    language = "sv"
    here = ""
    """Of a joint round: the municipality that is chosen, by the link or in the form."""
    survey_round: PublicRound | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        wanted = request.GET.get("lang", "")
        self.language = wanted if wanted in page_languages() else "sv"
        try:
            self.survey_round = self.find()
            if self.survey_round:
                self.language = language_of(wanted, self.survey_round.questionnaire.languages)
            with speaking(self.language):
                return super().dispatch(request, *args, **kwargs)
        except DatabaseUnavailable:
            return self.unavailable()
        except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
            return self.page("too_large.html", {}, status=413)

    def find(self) -> PublicRound | None:
        """The round of the address; None where there is none."""
        return find_round(self.kwargs["code"])

    def get(self, request: HttpRequest, code: str, channel: str = "", place: str = "") -> HttpResponse:
        survey_round = self.survey_round
        if survey_round is None:
            return self.page("unknown.html", {}, status=404)
        if not survey_round.is_open:
            return self.not_open(survey_round)
        known = self.standing(place_filled_in(survey_round.questionnaire, place))
        response = self.begin(survey_round, new_key(survey_round.id), known)
        if not (survey_round.needs_code or channel or place or self.is_shared):
            # Who looks for an open survey by name finds it, and not a page that claims to be it.
            response.headers["X-Robots-Tag"] = "all"
        return response

    def post(self, request: HttpRequest, code: str, channel: str = "", place: str = "") -> HttpResponse:
        posted = request.POST
        survey_round = self.survey_round
        if survey_round is None:
            return self.page("unknown.html", {}, status=404)
        if not survey_round.takes_answers:
            return self.not_open(survey_round)
        raw = self.standing(known_fields(survey_round.questionnaire, dict(posted.lists())))
        key = read_key(survey_round.id, posted.get("form", ""), posted.get("key", ""))
        if key is None:
            # Nothing is lost: what came with the form comes back with a fresh key, for a person to send.
            return self.section(survey_round, new_key(survey_round.id), raw, posted.get("page", ""), unproven=True)
        at, go = posted.get("page", ""), posted.get("go", "on")
        if survey_round.needs_code:
            key = brought_with(survey_round, key, posted)
            said = code_refused(survey_round, key.code, self.neighbourhood) if asks_for_code(key, posted) else ""
            if said:
                return self.begin(survey_round, key, raw, code_error=said)
        if posted.get("whole") == "1" and not is_decided_here(survey_round.questionnaire):
            known = {code: given for code, given in raw.items() if code == MUNICIPALITY}
            return self.whole(survey_round, key, known)
        let_go = frozenset(posted.getlist("again")) & {question.code for question in survey_round.questionnaire}
        step = next_step(survey_round.questionnaire, raw, at=at, go=go, let_go=let_go)
        return self.take(survey_round, key, raw, step, let_go)

    def standing(self, raw: dict[str, list[str]]) -> dict[str, list[str]]:
        """What came or was filled in, as it is; the municipality in it is where the person is."""
        self.here = next(iter(raw.get(MUNICIPALITY, ())), "")
        return raw

    def take(
        self,
        survey_round: PublicRound,
        key: FormKey,
        raw: dict[str, list[str]],
        step: Step,
        let_go: Collection[str],
    ) -> HttpResponse:
        """Answer with the page that the decided step asks for."""
        match step:
            case Begin():
                return self.begin(survey_round, key, raw)
            case Show(page, errors):
                context = section_context(survey_round, key, raw, page, errors, self.language, let_go)
                return self.page("section.html", context, survey_round, status=422 if errors else 200)
            case Outside(band):
                words = pick(band.thanks or {}, self.language)
                return self.page("outside.html", {"words": words, "is_support_open": True}, survey_round)
            case Send():
                return self.send(survey_round, key, raw, step)

    def send(
        self, survey_round: PublicRound, key: FormKey, raw: dict[str, list[str]], ready: Send
    ) -> HttpResponse:
        """Store the answers, and say in words what became of them."""
        if not survey_round.needs_code and not self.may_send(survey_round, key):
            return self.busy(survey_round)
        channel = survey_round.channel_number(self.kwargs.get("channel", ""))
        outcome = response_submit(
            survey_round=survey_round,
            number=key.number,
            answers=ready.answers,
            asked=ready.asked,
            channel=channel,
            code=key.code,
            token=key.token,
        )
        if outcome in (Outcome.NO_CODE, Outcome.CODE_NEEDED):
            wrong_code_from(self.neighbourhood)
            fields = carried_fields(survey_round.questionnaire, raw, None)
            fields += [("again", question) for question in self.request.POST.getlist("again")]
            context = {"key": key, "fields": fields, "error": code_is_unknown(), "last": last_page(survey_round)}
            return self.page("code_again.html", context, survey_round, status=422)
        if outcome is Outcome.CLOSED:
            return self.page("closed.html", {"was_sending": True}, survey_round, status=410)
        context = {"is_repeated": outcome is Outcome.ALREADY, "is_support_open": True}
        if self.here:
            return self.page("thanks.html", context, survey_round)
        return self.same("thanks.html", outcome, key, survey_round, lambda blank: context)

    def begin(
        self, survey_round: PublicRound, key: FormKey, raw: dict[str, list[str]], *, code_error: str = ""
    ) -> HttpResponse:
        """The first page, with what somebody answered already, or wrote for a code, where they come back to it."""

        def context(own: FormKey) -> dict[str, Any]:
            return begin_context(survey_round, own, raw, self.language) | {"code_error": code_error}

        if raw or code_error or key.code:
            return self.page("begin.html", context(key), survey_round, status=422 if code_error else 200)
        return self.same("begin.html", "", key, survey_round, context)

    def whole(self, survey_round: PublicRound, key: FormKey, known: dict[str, list[str]]) -> HttpResponse:
        """All questions at once, for the script; `known` is what a link has filled in."""

        def context(own: FormKey) -> dict[str, Any]:
            return whole_context(survey_round, own, self.language, known)

        if key.code or key.is_held or known:
            return self.page("whole.html", context(key), survey_round)
        return self.same("whole.html", "", key, survey_round, context)

    def section(
        self, survey_round: PublicRound, key: FormKey, raw: dict[str, list[str]], at: str, *, unproven: bool
    ) -> HttpResponse:
        """The page that a form without a good key was sent from, once more."""
        step = next_step(survey_round.questionnaire, raw, at=at, go="stay")
        if isinstance(step, Show):
            context = section_context(survey_round, key, raw, step.page, (), self.language)
            name = "section.html"
        else:
            context, name = begin_context(survey_round, key, raw, self.language), "begin.html"
        return self.page(name, context | {"is_unproven": unproven}, survey_round, status=400)

    def not_open(self, survey_round: PublicRound) -> HttpResponse:
        """A round that has not opened, has closed, or was called off."""
        is_waiting = survey_round.state == "scheduled"
        name = {"scheduled": "not_yet.html", "cancelled": "cancelled.html"}.get(survey_round.state, "closed.html")
        return self.page(name, {"was_sending": False}, survey_round, status=200 if is_waiting else 410)

    def may_send(self, survey_round: PublicRound, key: FormKey) -> bool:
        """Whether the browser has worked for this page, or there is room for one more that has not."""
        proof = self.request.POST.get("work", "")
        return is_proven(key.number, proof, settings.SURVEY_WORK_BITS) or doors.lets_in(survey_round.id)

    def unavailable(self) -> HttpResponse:
        """The database is away: what the form brought comes back in hidden fields, to be sent again."""
        return self.later("unavailable.html", self.posted_fields(), None, status=503)

    def busy(self, survey_round: PublicRound) -> HttpResponse:
        """Too many forms without a proof of work: this one comes back in hidden fields, to be sent in a while."""
        fields = [field for field in self.posted_fields() if field[0] not in ("go", "work")]
        return self.later("busy.html", fields, survey_round, status=429)

    def later(
        self, name: str, fields: list[tuple[str, str]], survey_round: PublicRound | None, *, status: int
    ) -> HttpResponse:
        """A page that keeps a form until it can be sent."""
        response = self.page(name, {"fields": fields, "retry_after": RETRY_AFTER}, survey_round, status=status)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response

    def posted_fields(self) -> list[tuple[str, str]]:
        """All that came with the form; nothing where none did."""
        if self.request.method != "POST":
            return []
        return [(name, value) for name, values in self.request.POST.lists() for value in values]

    @property
    def neighbourhood(self) -> bytes:
        """Where the request came from, as a hash that only counts wrong codes."""
        return getattr(self.request, "neighbourhood", b"")

    def page(
        self, name: str, context: dict[str, Any], survey_round: PublicRound | None = None, *, status: int = 200
    ) -> HttpResponse:
        """An answering page as an answer."""
        return self.answer(self.html(name, context, survey_round), status)

    def same(
        self,
        name: str,
        kind: str,
        key: FormKey,
        survey_round: PublicRound,
        context: Callable[[FormKey], dict[str, Any]],
    ) -> HttpResponse:
        """A page that is the same for everyone but for its key; `kind` tells pages of one name apart."""
        place = (name, kind, self.request.path, self.language, str(self.is_shared))
        html = same_page(survey_round, place, key, lambda own: self.html(name, context(own), survey_round))
        return self.answer(html)

    def answer(self, html: str, status: int = 200) -> HttpResponse:
        """A finished page in this person's language."""
        return HttpResponse(html, status=status, headers={"Content-Language": self.language})

    def html(self, name: str, context: dict[str, Any], survey_round: PublicRound | None) -> str:
        """Every answering page: the round, the language's own address, and someone to talk to."""
        language, path = self.language, self.request.path
        questionnaire = survey_round.questionnaire if survey_round else None
        offered = languages_of(questionnaire.languages if questionnaire else page_languages(), language)
        shared = {
            "round": survey_round,
            "is_demo": survey_round.is_demo if survey_round else False,
            "is_shared": self.is_shared,
            "asker": survey_round.asker if survey_round else "",
            "questionnaire_title": pick(questionnaire.title, language) if questionnaire else "",
            "path": path,
            "action": f"{path}?lang={language}",
            "work": {"bits": settings.SURVEY_WORK_BITS, "iterations": ITERATIONS}
            if survey_round and not survey_round.needs_code
            else None,
            "support_lines": lines_to_show(language, timezone.localdate()),
            "local_lines": local_lines_of(survey_round, self.here, language, is_whole=name == "whole.html")
            if survey_round
            else (),
            "languages": offered,
            "other_languages": [each for each in offered if not each["is_chosen"]],
        }
        with speaking(language):
            html = render_to_string(f"surveys/answering/{name}", shared | context, cast(HttpRequest, self.request))
        return settled(html)
