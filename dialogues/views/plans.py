"""Action plans: the list, one as it stands, its revision, its versions, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.plans import PlanAdoptForm, PlanCreateForm, PlanEntryForm, PlanForm
from dialogues.models import ActionPlan, ActionPlanEntry
from dialogues.plans.content import areas_of, changes_between, content_of, lines_of, progress_of
from dialogues.plans.document import FILES, plan_document
from dialogues.selectors import plans as found
from dialogues.services import plans as services
from dialogues.views.common import language, signed_in
from portal.audit.recording import record
from portal.views import PortalView


class PlanListView(PortalView):
    """The plans of a municipality, or the county's."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        may_manage = request.user.has_perm("dialogues.manage_plan", tenant_of(request))
        context = {"plans": list(found.plans()), "may_manage": may_manage}
        return render(request, "dialogues/plans/plan_list.html", context)


class PlanCreateView(PortalView):
    """A name and the years."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "dialogues/plans/plan_edit.html", {"form": PlanCreateForm()})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = PlanCreateForm(request.POST)
        if not form.is_valid():
            return render(request, "dialogues/plans/plan_edit.html", {"form": form}, status=422)
        plan = services.plan_create(by=signed_in(request), **form.cleaned_data)
        return redirect("plan-edit", slug, plan.pk)


class PlanView(PortalView):
    """A page about one plan."""

    is_abstract = True

    def plan(self) -> ActionPlan:
        """The plan of the address, fetched once; 404 in another municipality."""
        kept = getattr(self, "_plan", None)
        if kept is None:
            kept = self._plan = get_object_or_404(ActionPlan.in_scope(), pk=self.kwargs["plan_id"])
        return kept

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) and self.plan() is not None

    def back(self) -> HttpResponse:
        """To the plan's page."""
        return redirect("plan-detail", self.kwargs["slug"], self.plan().pk)


class PlanDetailView(PlanView):
    """The plan as it stands, how far it has come, and what has changed since it was adopted."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
        return self.show(request)

    def show(
        self, request: HttpRequest, entry_form: PlanEntryForm | None = None, status: int = 200
    ) -> HttpResponse:
        plan = self.plan()
        entries = list(found.entries_of(plan))
        versions = list(found.versions_of(plan))
        content = content_of(plan, entries)
        may_manage = self.request.user.has_perm("dialogues.manage_plan", tenant_of(request))
        context: dict[str, Any] = {
            "plan": plan,
            "content": content,
            "areas": areas_of(content),
            "entries": {str(entry.activity_id): entry for entry in entries},
            "progress": progress_of(content["activities"]),
            "versions": versions,
            "since": changes_between(versions[0].content, content) if versions else [],
            "may_manage": may_manage,
        }
        if may_manage:
            context["entry_form"] = entry_form or self.entry_form(None)
            context["adopt_form"] = PlanAdoptForm(initial={"adopted_on": timezone.localdate()})
        return render(request, "dialogues/plans/plan_detail.html", context, status=status)

    def entry_form(self, data: Any) -> PlanEntryForm:
        """The form that puts an activity into the plan."""
        plan = self.plan()
        return PlanEntryForm(data, activities=found.activities_outside(plan), areas=lines_of(plan.areas))


class PlanEditView(PlanView):
    """Changes what the plan says."""

    permission = "dialogues.manage_plan"

    def get(self, request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
        plan = self.plan()
        initial = {name: getattr(plan, name) for name in PlanForm.base_fields}
        return self.show(request, PlanForm(initial=initial))

    def post(self, request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
        plan, form = self.plan(), PlanForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        services.plan_change(plan=plan, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.back()

    def show(self, request: HttpRequest, form: PlanForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "plan": self.plan()}
        return render(request, "dialogues/plans/plan_edit.html", context, status=status)


class PlanEntryAddView(PlanDetailView):
    """Puts an activity into the plan."""

    permission = "dialogues.manage_plan"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
        form = self.entry_form(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        services.entry_put(plan=self.plan(), by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The activity is in the plan."))
        return self.back()


class PlanEntryRemoveView(PlanView):
    """Takes an activity out of the plan."""

    permission = "dialogues.manage_plan"

    def post(self, request: HttpRequest, slug: str, plan_id: UUID, entry_id: UUID) -> HttpResponse:
        entries = ActionPlanEntry.in_scope().filter(plan=self.plan()).select_related("plan")
        services.entry_remove(entry=get_object_or_404(entries, pk=entry_id), by=signed_in(request))
        messages.success(request, _("The activity is out of the plan. It goes on by itself."))
        return self.back()


class PlanAdoptView(PlanView):
    """Keeps the plan as it stands as a version."""

    permission = "dialogues.manage_plan"

    def post(self, request: HttpRequest, slug: str, plan_id: UUID) -> HttpResponse:
        plan, form = self.plan(), PlanAdoptForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose the day on which the plan was adopted."))
            return self.back()
        try:
            version = services.plan_adopt(plan=plan, by=signed_in(request), **form.cleaned_data)
        except DialogueError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Version %s is kept.") % version.number)
        return self.back()


class PlanVersionView(PlanView):
    """A version as it was adopted."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, plan_id: UUID, number: int) -> HttpResponse:
        version = get_object_or_404(found.versions_of(self.plan()), number=number)
        context = {
            "plan": self.plan(),
            "version": version,
            "content": version.content,
            "areas": areas_of(version.content),
            "progress": progress_of(version.content["activities"]),
        }
        return render(request, "dialogues/plans/plan_version.html", context)


class PlanFileView(PlanView):
    """The plan as a file: as it stands, or a version of it (`?version=2`). Its fetching stands in the log."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, plan_id: UUID, kind: str) -> HttpResponse:
        plan, tenant = self.plan(), tenant_of(request)
        if kind not in FILES:
            raise Http404
        number = request.GET.get("version", "")
        version = get_object_or_404(found.versions_of(plan), number=number) if number.isdecimal() else None
        content = version.content if version else content_of(plan, found.entries_of(plan))
        document = plan_document(content, version, tenant, language())
        make, content_type = FILES[kind]
        response = HttpResponse(make(document), content_type=content_type)
        name = slugify(content["title"])[:60] or "handlingsplan"
        response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        response["Cache-Control"] = "private, no-store"
        record("plan.downloaded", target=plan, by=signed_in(request), kind=kind)
        return response
