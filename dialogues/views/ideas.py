"""The idea bank: searched, an idea or a known method, put in and shared, and what came out of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.models import AgeBand
from datasets.reach import Reach, reach_of
from datasets.selectors.system_map import current_map, factor_choices, factor_names
from dialogues.content.methods import Method, find_method
from dialogues.errors import DialogueError
from dialogues.forms.choosing import uuid_of
from dialogues.forms.ideas import IdeaForm, IdeaSearchForm, IdeaShareForm, TrialForm
from dialogues.models import Activity, Idea, IdeaTrial
from dialogues.selectors import ideas as found
from dialogues.services import ideas as services
from dialogues.views.common import language, signed_in
from portal.views import PortalView


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the person may do something in the tenant at work."""
    return bool(request.user.has_perm(permission, tenant_of(request)))


def trial_form(request: HttpRequest, data: Any = None) -> TrialForm:
    """The form of what came out, with how far this person may share it."""
    may_open = may(request, "datasets.open_to_public")
    return TrialForm(data, may_open=may_open, initial={"reach": Reach.MEMBERS, "outcome": "helped"})


class IdeaListView(PortalView):
    """The bank: known methods, our own ideas, and those that others share."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant, lang = tenant_of(request), language()
        form = IdeaSearchForm(request.GET, lang=lang, factors=factor_choices(tenant, lang))
        search = form.search()
        context = {
            "form": form,
            "is_filtered": form.is_filtered,
            "ideas": list(found.ideas_for(tenant, search)),
            "methods": found.methods_for(search, lang),
            "may_manage": may(request, "dialogues.manage_activity"),
        }
        return render(request, "dialogues/ideas/idea_list.html", context)


class IdeaView(PortalView):
    """A page about one idea that the tenant may read."""

    is_abstract = True

    def idea(self) -> Idea:
        """The idea of the address; 404 where it is neither ours nor shared."""
        ideas = Idea.objects.filter(withdrawn_at=None).select_related("tenant")
        return get_object_or_404(ideas, pk=self.kwargs["idea_id"])

    def own_idea(self) -> Idea:
        """An idea of the tenant itself."""
        return get_object_or_404(Idea.objects.own().filter(withdrawn_at=None), pk=self.kwargs["idea_id"])

    def back(self) -> HttpResponse:
        """To the idea's page."""
        return redirect("idea-detail", self.kwargs["slug"], self.kwargs["idea_id"])


def shown(request: HttpRequest, one: Idea | Method, trials: list[IdeaTrial], form: TrialForm) -> dict[str, Any]:
    """What the pages of an idea and of a known method have in common."""
    tenant, lang = tenant_of(request), language()
    ages = one.ages if isinstance(one, Method) else one.age_bands
    names = factor_names(one.factors, current_map(tenant), lang)
    return {
        "factors": list(zip(one.factors, names, strict=True)),
        "ages": [AgeBand(age).label for age in ages if age in AgeBand.values],
        "cost": dict(Idea.Cost.choices).get(one.cost, ""),
        "kind": dict(Idea.Kind.choices).get(one.kind, ""),
        "trials": trials,
        "outcomes": found.outcomes_counted(trials),
        "trial_form": form,
        "may_tell": may(request, "dialogues.manage_activity"),
    }


class IdeaDetailView(IdeaView):
    """One idea, what came of it, and where else it was tried."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        return self.show(request, self.idea(), trial_form(request))

    def show(self, request: HttpRequest, idea: Idea, form: TrialForm, status: int = 200) -> HttpResponse:
        is_own = idea.tenant_id == tenant_of(request).pk
        context = shown(request, idea, list(found.trials_of(idea=idea)), form) | {
            "idea": idea,
            "is_own": is_own,
            "reach": reach_of(idea).label,
            "may_manage": is_own and may(request, "dialogues.manage_activity"),
            "may_share": is_own and may(request, "dialogues.share_idea"),
            "share_form": IdeaShareForm(
                may_open=may(request, "datasets.open_to_public"), initial={"reach": reach_of(idea)}
            ),
        }
        return render(request, "dialogues/ideas/idea_detail.html", context, status=status)


class MethodDetailView(PortalView):
    """A known method, what it rests on, and where it was tried."""

    permission = "dialogues.view_dialogue"

    def method(self) -> Method:
        """The method of the address."""
        method = find_method(self.kwargs["key"])
        if method is None:
            raise Http404
        return method

    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        return self.show(request, trial_form(request))

    def show(self, request: HttpRequest, form: TrialForm, status: int = 200) -> HttpResponse:
        method = self.method()
        context = shown(request, method, list(found.trials_of(method=method.key)), form) | {"method": method}
        return render(request, "dialogues/ideas/method_detail.html", context, status=status)


class IdeaAddView(PortalView):
    """Puts an idea into the bank, by itself or from an activity."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        key = uuid_of(request.GET.get("aktivitet"))
        activity = Activity.in_scope().filter(pk=key).first() if key else None
        initial = {} if activity is None else {
            "title": activity.title, "text": activity.what_is_done or activity.goal, "kind": activity.kind,
            "theme": activity.theme, "factors": activity.factors,
        }  # fmt: skip
        return self.show(request, idea_form(request, None, initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = idea_form(request, request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        idea = services.idea_add(by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The idea is in the bank, for your own people. Share it when you like."))
        return redirect("idea-detail", slug, idea.pk)

    def show(self, request: HttpRequest, form: IdeaForm, status: int = 200) -> HttpResponse:
        return render(request, "dialogues/ideas/idea_edit.html", {"form": form}, status=status)


def idea_form(request: HttpRequest, data: Any, **given: Any) -> IdeaForm:
    """The form of an idea, with what can be chosen here."""
    return IdeaForm(data, lang=language(), factors=factor_choices(tenant_of(request), language()), **given)


class IdeaEditView(IdeaView):
    """Changes the words of an idea."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        idea = self.own_idea()
        initial = {name: getattr(idea, name) for name in IdeaForm.base_fields}
        return self.show(request, idea, idea_form(request, None, initial=initial))

    def post(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        idea, form = self.own_idea(), idea_form(request, request.POST)
        if not form.is_valid():
            return self.show(request, idea, form, status=422)
        services.idea_change(idea=idea, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.back()

    def show(self, request: HttpRequest, idea: Idea, form: IdeaForm, status: int = 200) -> HttpResponse:
        return render(request, "dialogues/ideas/idea_edit.html", {"form": form, "idea": idea}, status=status)


class IdeaShareView(IdeaView):
    """Lets an idea be read by more, or by fewer; anyone only by who may open things to the public."""

    permission = "dialogues.share_idea"

    def post(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        idea = self.own_idea()
        form = IdeaShareForm(request.POST, may_open=may(request, "datasets.open_to_public"))
        if form.is_valid():
            services.idea_share(idea=idea, reach=Reach(form.cleaned_data["reach"]), by=signed_in(request))
            messages.success(request, _("Saved."))
        return self.back()


class IdeaWithdrawView(IdeaView):
    """Takes an idea out of the bank."""

    permission = "dialogues.share_idea"

    def post(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        services.idea_withdraw(idea=self.own_idea(), by=signed_in(request))
        messages.success(request, _("The idea is out of the bank."))
        return redirect("idea-list", slug)


class IdeaTriedView(IdeaDetailView):
    """Tells what came out where we tried an idea."""

    permission = "dialogues.manage_activity"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, idea_id: UUID) -> HttpResponse:
        idea, form = self.idea(), trial_form(request, request.POST)
        if not told(request, form, idea=idea, method=""):
            return self.show(request, idea, form, status=422)
        return self.back()


class MethodTriedView(MethodDetailView):
    """Tells what came out where we tried a known method."""

    permission = "dialogues.manage_activity"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        method, form = self.method(), trial_form(request, request.POST)
        if not told(request, form, idea=None, method=method.key):
            return self.show(request, form, status=422)
        return redirect("method-detail", slug, key)


def told(request: HttpRequest, form: TrialForm, *, idea: Idea | None, method: str) -> bool:
    """Store what came out, if the form is filled in."""
    if not form.is_valid():
        return False
    sent = form.cleaned_data
    try:
        services.trial_tell(
            idea=idea, method=method, outcome=sent["outcome"], text=sent["text"], reach=Reach(sent["reach"]),
            by=signed_in(request),
        )  # fmt: skip
    except DialogueError as refusal:
        form.add_error("text", str(refusal))
        return False
    messages.success(request, _("Thank you. Others can learn from it."))
    return True


class TrialRemoveView(PortalView):
    """Takes back what we told."""

    permission = "dialogues.manage_activity"

    def post(self, request: HttpRequest, slug: str, trial_id: UUID) -> HttpResponse:
        trial = get_object_or_404(IdeaTrial.objects.own(), pk=trial_id)
        services.trial_remove(trial=trial, by=signed_in(request))
        messages.success(request, _("It is taken back."))
        if trial.method:
            return redirect("method-detail", slug, trial.method)
        return redirect("idea-detail", slug, trial.idea_id)
