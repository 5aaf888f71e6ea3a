"""The reference group as a coordinator meets it: its link, its comments beside the questions, and the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.cubes import pick
from surveys.models import ReferenceComment, ReferenceGroup
from surveys.services.reference_groups import (
    DEFAULT_DAYS,
    MOST_DAYS,
    reference_comment_answer,
    reference_group_invite,
    reference_group_withdraw,
)
from surveys.states import CommentState
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.wording import language

ANSWERS = [choice for choice in CommentState.choices if choice[0] != CommentState.WAITING]


class GroupForm(forms.Form):
    """Whom the link is for, and how long it works."""

    name = forms.CharField(
        label=gettext_lazy("What is the group called?"),
        max_length=80,
        help_text=gettext_lazy("Such as “The youth council”. No names of young people."),
    )
    days = forms.IntegerField(label=gettext_lazy("How many days the link works"), min_value=1, max_value=MOST_DAYS)


class CommentForm(forms.Form):
    """What became of a comment, and why."""

    to = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=ANSWERS)
    answer = forms.CharField(
        label=gettext_lazy("Your answer to the group"),
        max_length=ReferenceComment.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReferenceGroupView(RoundView):
    """The links, and everything that was said, beside what it is about."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        return self.show(request, GroupForm(initial={"days": DEFAULT_DAYS}))

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            group, token = reference_group_invite(
                survey_round=self.survey_round(), by=signed_in(request), **form.cleaned_data
            )
        except REFUSALS as refusal:
            form.add_error("name", str(refusal))
            return self.show(request, form, status=422)
        link = settings.BASE_URL + reverse("reference-home", args=[slug, token])
        context = {"survey_round": self.survey_round(), "group": group, "link": link}
        response = render(request, "surveys/reference_group_made.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def show(
        self,
        request: HttpRequest,
        form: GroupForm,
        sent: tuple[UUID, CommentForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page; `sent` is the answer that could not be taken, with the comment it is about."""
        survey_round = self.survey_round()
        groups = list(ReferenceGroup.in_scope().filter(round=survey_round))
        comments = ReferenceComment.in_scope().filter(group__in=groups).select_related("group")
        context = {
            "survey_round": survey_round,
            "form": form,
            "groups": groups,
            "beside": self.beside(list(comments), sent),
        }
        return render(request, "surveys/reference_group.html", context, status=status)

    def beside(
        self, comments: list[ReferenceComment], sent: tuple[UUID, CommentForm] | None
    ) -> list[dict[str, Any]]:
        """What was said of the whole, then question by question, then of what came out."""
        lang = language()
        found: dict[str, list[dict[str, Any]]] = {}
        for comment in comments:
            form = sent[1] if sent and sent[0] == comment.pk else _form_of(comment)
            found.setdefault(comment.about, []).append({"comment": comment, "form": form})
        questions = list(self.survey_round().version.told)
        titles = {"": _("About the whole")}
        titles |= {f"question:{one.code}": pick(one.text, lang) for one in questions}
        for about in found:
            code = about.partition(":")[2].split("<")[0].split("=")[0].split(".")[0]
            label = next((pick(one.label, lang) for one in questions if one.code == code), code)
            titles.setdefault(about, _("The result on %(label)s") % {"label": label})
        return [{"title": title, "comments": found[about]} for about, title in titles.items() if about in found]


class ReferenceCommentAnswerView(ReferenceGroupView):
    """One comment answered."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, comment_id: UUID) -> HttpResponse:  # type: ignore[override]
        return redirect("reference-group", slug, self.survey_round().pk)

    def post(self, request: HttpRequest, slug: str, round_id: UUID, comment_id: UUID) -> HttpResponse:  # type: ignore[override]
        comments = ReferenceComment.in_scope().filter(group__round=self.survey_round())
        comment = get_object_or_404(comments, pk=comment_id)
        form = CommentForm(request.POST, prefix=str(comment.pk))
        if form.is_valid():
            to, answer = CommentState(form.cleaned_data["to"]), form.cleaned_data["answer"]
            try:
                reference_comment_answer(comment=comment, to=to, answer=answer, by=signed_in(request))
            except REFUSALS as refusal:
                form.add_error("answer", str(refusal))
        if form.errors:
            return self.show(request, GroupForm(initial={"days": DEFAULT_DAYS}), (comment.pk, form), status=422)
        messages.success(request, _("The group reads your answer at its link."))
        return redirect("reference-group", slug, round_id)


class ReferenceGroupWithdrawView(RoundView):
    """A link that works no longer."""

    permission = "surveys.manage_round"

    def post(self, request: HttpRequest, slug: str, round_id: UUID, group_id: UUID) -> HttpResponse:
        groups = ReferenceGroup.in_scope().filter(round=self.survey_round())
        reference_group_withdraw(group=get_object_or_404(groups, pk=group_id), by=signed_in(request))
        messages.success(request, _("The link works no longer. What the group has said is still here."))
        return redirect("reference-group", slug, round_id)


def _form_of(comment: ReferenceComment) -> CommentForm:
    to = comment.state if comment.state != CommentState.WAITING else CommentState.TAKEN_IN
    return CommentForm(initial={"to": to, "answer": comment.answer}, prefix=str(comment.pk))
