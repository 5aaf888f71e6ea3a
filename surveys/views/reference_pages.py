"""The pages of a youth reference group, behind its link: try, read, say what you think. Nobody is known.

The link lets in; its code stands in no log (`surveys.answering.middleware`). Everything is read in the scope of
the link's municipality, and only what belongs to the one round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Tenant
from datasets.cubes import pick
from portal.tenancy.scope import scope
from portal.views import PUBLIC
from surveys.answering.form_key import FormKey, new_key, read_key
from surveys.answering.views import SurveyAnswerView
from surveys.errors import SurveysError
from surveys.models import ReferenceComment, ReferenceGroup, SurveyRound
from surveys.public_round import PublicRound
from surveys.reporting_back.evidence import evidence_of
from surveys.services.reference_groups import keyring_of, reference_comment_add, reference_group_find
from surveys.states import RoundState
from surveys.views.public_reports import NobodysView, reading_language


class BehindLink:
    """Finds the group of the link, and works in the scope of its municipality; else says what to do."""

    group: ReferenceGroup

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tenant = Tenant.objects.filter(slug=kwargs["slug"]).first()
        if tenant is None:
            return render(request, "surveys/reference/gone.html", status=404)
        with scope(tenant.pk):
            found = reference_group_find(token=kwargs["token"])
            if found is None:
                return render(request, "surveys/reference/gone.html", status=404)
            self.group = found
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class GroupView(BehindLink, NobodysView):
    """A page of the group."""

    is_abstract = True
    folder = "reference"

    @property
    def survey_round(self) -> SurveyRound:
        """The round that the group was asked about."""
        found: SurveyRound = self.group.round
        return found

    def show(self, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page with the group's own addresses."""
        at = {way: reverse(f"reference-{way}", args=self.link) for way in ("home", "try", "questions", "results")}
        shared = {
            "group": self.group,
            "survey_round": self.survey_round,
            "has_results": self.survey_round.tabulated_at is not None,
            "at": at,
            "key": new_key(keyring_of(self.group)),
            "longest": ReferenceComment.LONGEST,
        }
        return self.page(name, shared | context, self.group.tenant, status=status)

    @property
    def link(self) -> tuple[str, str]:
        """What every address of the group holds."""
        return self.kwargs["slug"], self.kwargs["token"]

    def comments(self) -> dict[str, list[ReferenceComment]]:
        """What this group has said so far, by what it is about."""
        found: dict[str, list[ReferenceComment]] = {}
        for comment in ReferenceComment.in_scope().filter(group=self.group):
            found.setdefault(comment.about, []).append(comment)
        return found


class ReferenceHomeView(GroupView):
    """What the group is asked to do, and what became of what it said."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        comments = self.comments()
        answered = [one for said in comments.values() for one in said if one.answered_at]
        return self.show("home.html", {"said": comments.get("", []), "answered": answered})


class ReferenceQuestionsView(GroupView):
    """Every question with room for what somebody thinks of it."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        lang, comments = reading_language(), self.comments()
        sections = [
            {
                "title": pick(section.title, lang),
                "items_of": [
                    {
                        "about": f"question:{question.code}",
                        "id": f"fraga-{question.code}",
                        "text": pick(question.text, lang),
                        "choices": [pick(choice.text, lang) for choice in question.choices],
                        "said": comments.get(f"question:{question.code}", []),
                    }
                    for question in section.questions
                ],
            }
            for section in self.survey_round.version.content.sections
        ]
        return self.show("questions.html", {"sections": sections})


class ReferenceResultsView(GroupView):
    """What came out, before it is public: released tables only, as the municipality's own people see them."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        if self.survey_round.tabulated_at is None:
            raise Http404
        comments = self.comments()
        offered = evidence_of(self.survey_round, reading_language())
        items = [
            {
                "about": f"finding:{key}"[:140],
                "id": f"fynd-{number}",
                "evidence": one,
                "is_strong": key in offered.strongest,
                "said": comments.get(f"finding:{key}"[:140], []),
            }
            for number, (key, one) in enumerate(offered.all.items(), start=1)
        ]
        return self.show("results.html", {"items": items})


@method_decorator(csrf_exempt, name="dispatch")
class ReferenceCommentView(GroupView):
    """Takes a comment, and leads back to where it was written."""

    permission = PUBLIC

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        about, text = request.POST.get("about", "")[:140], request.POST.get("text", "")
        key = read_key(keyring_of(self.group), request.POST.get("form", ""), request.POST.get("key", ""))
        error = "" if key else _("The page had been open for too long, or in another way. Send it again.")
        if key and not self.knows(about):
            error = _("What you write about is not there any more.")
        if key and not error:
            try:
                name = request.POST.get("name", "")
                reference_comment_add(group=self.group, number=key.number, about=about, text=text, name=name)
            except SurveysError as refusal:
                error = str(refusal)
        if error:
            return self.show("again.html", {"error": error, "about": about, "text": text}, status=422)
        return redirect(self.back(about))

    def knows(self, about: str) -> bool:
        """Whether it is about the whole, or about a question or finding of this round."""
        kind, _colon, code = about.partition(":")
        codes = {question.code for question in self.survey_round.version.told}
        # The key of a finding begins with the code of its question.
        asked = code.split("<")[0].split("=")[0].split(".")[0]
        return not about or (kind in ("question", "finding") and asked in codes)

    def back(self, about: str) -> str:
        """Where the comment can be seen."""
        kind, _colon, code = about.partition(":")
        lang = f"?lang={reading_language()}"
        if kind == "question":
            return f"{reverse('reference-questions', args=self.link)}{lang}#fraga-{code}"
        name = "reference-results" if kind == "finding" else "reference-home"
        return f"{reverse(name, args=self.link)}{lang}"


@method_decorator(csrf_exempt, name="dispatch")
class TryOutView(BehindLink, SurveyAnswerView):
    """The questionnaire as those who answer will meet it, marked as a try-out; nothing is stored."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:  # type: ignore[override]
        return super().get(request, "")

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:  # type: ignore[override]
        return super().post(request, "")

    def find(self) -> PublicRound:
        """The round as if it were open, by a link that asks for no code."""
        found: SurveyRound = self.group.round
        return PublicRound(
            id=found.pk,
            code="",
            title=found.title,
            state=RoundState.OPEN,
            opens_at=found.opens_at,
            closes_at=found.closes_at,
            is_open=True,
            takes_answers=True,
            asker=found.asker,
            what_happens=found.what_happens,
            contact=found.contact,
            public_key=b"",
            threshold=found.rule["threshold"],
            tenant_name=self.group.tenant.official_name,
            is_demo=self.group.tenant.is_demo,
            definition_hash=found.version.definition_hash,
            questionnaire=found.version.content,
        )

    def send(self, survey_round: PublicRound, key: FormKey, raw: Any, answers: Any) -> HttpResponse:
        """The end of the try-out: the answers are let go here."""
        return self.page("tried.html", {"is_support_open": True}, survey_round)

    def page(
        self, name: str, context: dict[str, Any], survey_round: PublicRound | None = None, *, status: int = 200
    ) -> HttpResponse:
        """Every page with the mark of the try-out, and the way back to the group."""
        mark = {"is_tryout": True, "tryout_home": reverse("reference-home", args=list(self.kwargs.values()))}
        return super().page(name, mark | context, survey_round, status=status)

    def same(
        self,
        name: str,
        kind: str,
        key: FormKey,
        survey_round: PublicRound,
        context: Callable[[FormKey], dict[str, Any]],
    ) -> HttpResponse:
        """Made anew each time: the mark is the group's own, and its address is in nobody's memory."""
        return self.page(name, context(key), survey_round)
