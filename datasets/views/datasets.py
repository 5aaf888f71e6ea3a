"""The list of data sets, one data set, and what its steward does with it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets import wording
from datasets.content.ready_forms import find_ready_form
from datasets.disclosure import AggregationRule
from datasets.errors import DatasetsError
from datasets.forms import DatasetForm, RegistrationForm, RuleForm
from datasets.forms.searching import SearchForm
from datasets.models import Dataset, Release, ReleaseReport
from datasets.selectors import alarms_of, charts_for, come_as_people, datasets_for, may_steward, tables_of
from datasets.selectors.system_map import current_map, factor_names
from datasets.services import registration
from datasets.services.alarms import alarms_seen
from datasets.uses import Purpose, Use, use_verdict
from datasets.views.common import DatasetView, OwnDatasetView, may, membership_of, signed_in, way_back
from datasets.wording import language
from datasets.wording.ready_forms import ready_form_in_words
from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.views import PortalView

PAGE = 30


class DatasetListView(PortalView):
    """Everything that the tenant may see, with purpose and sensitivity in plain sight."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = SearchForm(request.GET)
        page = Paginator(datasets_for(form.search(tenant_of(request))), PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "page": page,
            "is_filtered": form.is_filtered,
            "way_back": way_back(request.GET.get("tillbaka", ""), slug),
            "may_import": may(request, "datasets.import_file"),
            "may_register": may(request, "datasets.register_dataset"),
        }
        return render(request, "datasets/dataset_list.html", context)


class DatasetDetailView(DatasetView):
    """What a data set is, what it is fit for, its rule in words, its tables and releases."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset = self.dataset()
        is_steward = may_steward(membership_of(request), dataset)
        is_of_people = cast(Any, dataset).is_of_people
        upload_page = "people-file-create" if is_steward and is_of_people else "upload-create"
        releases = list(Release.objects.filter(dataset=dataset).order_by("-number")[:20])
        latest = releases[0] if releases else None
        report = ReleaseReport.objects.filter(release=latest).first() if is_steward and latest else None
        is_own = dataset.tenant_id == membership_of(request).tenant_id
        owner = tenant_of(request) if is_own else dataset.tenant
        context: dict[str, Any] = {
            "dataset": dataset,
            "described": wording.described(dataset, language()),
            "factors": factor_names(dataset.factors, current_map(owner), language()),
            "rule": wording.rule_in_words(AggregationRule.from_json(dataset.rule)),
            "releases": releases,
            "latest": latest,
            "tables": wording.named_tables(tables_of(latest), language()) if latest else [],
            "charts": charts_for(dataset)[:6],
            "upload_url": f"{reverse(upload_page, args=[slug])}?datamangd={dataset.pk}",
            "is_own": is_own,
            "is_steward": is_steward,
            "is_public": dataset.audience_id == PUBLIC_AUDIENCE,
            "method": wording.method_in_words(latest.method_version) if latest else "",
            "report": wording.report_in_words(report.report) if report else None,
            "alarms": alarms_of(dataset) if is_steward and cast(Any, dataset).has_alarms else [],
            "may_open_to_public": may(request, "datasets.open_to_public"),
        }
        return render(request, "datasets/dataset_detail.html", context)

    def among(self) -> QuerySet[Dataset]:
        alarms = alarms_of(OuterRef("pk"))
        return super().among().annotate(is_of_people=come_as_people(), has_alarms=Exists(alarms))


class DatasetRegisterView(PortalView):
    """Registers a data set whose figures come later."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        begun = find_ready_form(request.GET.get("formular", ""))
        initial = begun.registration() if begun else {}
        return self.show(
            request, RegistrationForm(initial=initial, lang=language(), membership=membership_of(request))
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RegistrationForm(request.POST, lang=language(), membership=membership_of(request))
        if form.is_valid():
            try:
                dataset = registration.dataset_register(
                    by=signed_in(request), rule=form.rule(), **form.cleaned_data
                )
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%s is registered.") % dataset.title)
                return redirect("dataset-detail", slug=slug, dataset_id=dataset.pk)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: RegistrationForm, status: int = 200) -> HttpResponse:
        begun = find_ready_form(form["ready_form"].value() or "")
        context = {"form": form, "begun": ready_form_in_words(begun, language()) if begun else None}
        return render(request, "datasets/dataset_register.html", context, status=status)


class DatasetEditView(OwnDatasetView):
    """Changes what is said of a data set."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset = self.dataset()
        return self.show(request, self.form(dataset, None))

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        form = self.form(self.dataset(), request.POST)
        if form.is_valid():
            try:
                registration.dataset_describe(dataset=self.dataset(), by=signed_in(request), **form.cleaned_data)
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)
        return self.show(request, form, status=422)

    def form(self, dataset: Dataset, data: QueryDict | None) -> DatasetForm:
        """The form with what is said of the data set, or with what was sent."""
        initial = {name: getattr(dataset, name) for name in DatasetForm.base_fields}
        return DatasetForm(data, initial=initial, lang=language(), tenant=tenant_of(self.request))

    def show(self, request: HttpRequest, form: DatasetForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "dataset": self.dataset()}
        return render(request, "datasets/dataset_edit.html", context, status=status)


class DatasetRuleView(OwnDatasetView):
    """Changes the rule; once figures are out, only to a stricter one."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        return self.show(request, RuleForm.showing(AggregationRule.from_json(self.dataset().rule)))

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        form = RuleForm(request.POST)
        if form.is_valid():
            try:
                registration.dataset_change_rule(dataset=self.dataset(), rule=form.rule(), by=signed_in(request))
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The rule is changed. It holds from the next release on."))
                return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: RuleForm, status: int = 200) -> HttpResponse:
        dataset = self.dataset()
        context = {
            "form": form,
            "dataset": dataset,
            "present": wording.rule_in_words(AggregationRule.from_json(dataset.rule)),
            "is_released": Release.objects.filter(dataset=dataset).exists(),
        }
        return render(request, "datasets/dataset_rule.html", context, status=status)


class DatasetAlarmsSeenView(OwnDatasetView):
    """Takes the alarms about a data set off its page."""

    permission = "datasets.register_dataset"

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        alarms_seen(dataset=self.dataset(), by=signed_in(request))
        return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)


class DatasetDeedView(DatasetView):
    """One deed with a data set of one's own, after a page that says what follows."""

    is_abstract = True

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        context = {"dataset": self.dataset(), **self.words()}
        return render(request, "datasets/dataset_deed.html", context)

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        try:
            self.act(self.dataset())
        except DatasetsError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.words()["done"])
        return redirect(self.next_page, *([slug] if self.next_page == "dataset-list" else [slug, dataset_id]))

    next_page = "dataset-detail"

    def may_open(self, request: HttpRequest) -> bool:
        return PortalView.may_open(self, request) and self.dataset().tenant_id == membership_of(request).tenant_id

    def act(self, dataset: Dataset) -> None:
        """Do it."""
        raise NotImplementedError

    def words(self) -> dict[str, str]:
        """Question, consequence, the button's label and what is said when it is done."""
        raise NotImplementedError


class DatasetOpenView(DatasetDeedView):
    """Opens a data set to anyone."""

    permission = "datasets.open_to_public"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        verdict = use_verdict(self.dataset(), Purpose.EXPLORE, Use.PUBLIC)
        if verdict.is_refused:
            messages.error(request, verdict.text(language()))
            return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)
        return super().get(request, slug, dataset_id)

    def act(self, dataset: Dataset) -> None:
        registration.dataset_open_to_public(dataset=dataset, by=signed_in(self.request))

    def words(self) -> dict[str, str]:
        caution = use_verdict(self.dataset(), Purpose.EXPLORE, Use.PUBLIC).text(language())
        opened = _("Every release so far, and those to come, can be read and downloaded by anyone.")
        return {
            "question": _("Let anyone see %s?") % self.dataset().title,
            "consequence": " ".join(filter(None, (opened, caution))),
            "button": _("Open it to everyone"),
            "done": _("Anyone can see it now."),
        }


class DatasetCloseView(DatasetDeedView):
    """Closes a data set that was open to anyone."""

    permission = "datasets.open_to_public"

    def act(self, dataset: Dataset) -> None:
        registration.dataset_close(dataset=dataset, by=signed_in(self.request))

    def words(self) -> dict[str, str]:
        return {
            "question": _("Show %s to your own people only?") % self.dataset().title,
            "consequence": _("Links to its public pages stop working. What others have copied stays with them."),
            "button": _("Close it"),
            "done": _("Only your own people see it now."),
        }


class DatasetWithdrawView(DatasetDeedView):
    """Takes a data set out of the lists."""

    permission = "datasets.register_dataset"
    next_page = "dataset-list"

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) and may_steward(membership_of(request), self.dataset())

    def act(self, dataset: Dataset) -> None:
        registration.dataset_withdraw(dataset=dataset, by=signed_in(self.request))

    def words(self) -> dict[str, str]:
        return {
            "question": _("Withdraw %s?") % self.dataset().title,
            "consequence": _("It is no longer found in lists and searches. Charts already in a dialogue stay."),
            "button": _("Withdraw it"),
            "done": _("The data set is withdrawn."),
        }
