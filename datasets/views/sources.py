"""Sources: what is fetched from them by itself, and the base package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.connectors import Definition
from datasets.errors import DatasetsError
from datasets.forms.sourcing import ChoiceForm, LookUpForm
from datasets.models import SourceSubscription
from datasets.selectors.sources import (
    base_package,
    changes_held,
    is_by_older,
    latest_check,
    own_subscriptions,
    told,
)
from datasets.services import base_package as package
from datasets.services import sources
from datasets.states import Subscription
from datasets.views.common import may, signed_in
from datasets.wording import language
from datasets.wording.sources import differences_in_words
from portal.jobs.models import Job
from portal.views import PortalView


class SourceListView(PortalView):
    """What is fetched by itself, how it goes, and looking up something new."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, LookUpForm(initial={"kind": SourceSubscription.Kind.KOLADA}))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = LookUpForm(request.POST)
        if form.is_valid():
            try:
                found = sources.source_look_up(by=signed_in(request), **form.cleaned_data)
            except DatasetsError as refusal:
                form.add_error("source_id", str(refusal))
            else:
                return redirect("source-detail", slug=slug, subscription_id=found.pk)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: LookUpForm, status: int = 200) -> HttpResponse:
        found = list(own_subscriptions())
        package_of_region = list(SourceSubscription.objects.exclude(package_key="").select_related("dataset"))
        context = {
            "form": form,
            "live": [told(one) for one in found if one.state != Subscription.STOPPED],
            "stopped": [told(one) for one in found if one.state == Subscription.STOPPED],
            "package": [told(one) for one in package_of_region if one.trouble or one.state == Subscription.HELD],
            "package_count": sum(one.fetched_at is not None for one in package_of_region),
            "is_region": tenant_of(request).is_region,
        }
        return render(request, "datasets/source_list.html", context, status=status)


class SourceView(PortalView):
    """A page about something that this tenant fetches from a source."""

    is_abstract = True

    def subscription(self) -> SourceSubscription:
        """What the address names, fetched once."""
        found = getattr(self, "_subscription", None)
        if found is None:
            own = SourceSubscription.objects.own().select_related("dataset", "tenant")
            found = self._subscription = get_object_or_404(own, pk=self.kwargs["subscription_id"])
        return found


class SourceDetailView(SourceView):
    """One table or key figure: choosing of it, how it goes, or what the source has changed."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, subscription_id: UUID) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest, slug: str, subscription_id: UUID) -> HttpResponse:
        form = self.form(request.POST)
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                sources.source_choose(
                    subscription=self.subscription(), choice=form.choice(), by=signed_in(request)
                )
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The figures are on their way. You may leave this page."))
                return redirect("source-detail", slug=slug, subscription_id=subscription_id)
        return self.show(request, form, status=422)

    def form(self, data: Any = None) -> ChoiceForm | None:
        """The form of what to choose, while there is something to choose."""
        subscription = self.subscription()
        if subscription.state != Subscription.FOUND:
            return None
        definition = Definition.from_json(subscription.found)
        return ChoiceForm(data, definition=definition, tenant=tenant_of(self.request))

    def show(self, request: HttpRequest, form: ChoiceForm | None, status: int = 200) -> HttpResponse:
        subscription = self.subscription()
        job = Job.in_scope().filter(subject_id=subscription.pk, finished_at=None).order_by("-asked_at").first()
        context = {
            "source": told(subscription),
            "subscription": subscription,
            "form": form,
            "definition": Definition.from_json(subscription.found) if subscription.found else None,
            "is_by_older": is_by_older(subscription),
            "changes": differences_in_words(changes_held(subscription)),
            "job": job,
        }
        return render(request, "datasets/source_detail.html", context, status=status)


class SourceDeedView(SourceView):
    """One deed with something that is fetched; a sentence says what followed."""

    is_abstract = True
    deed: Callable[..., object]

    def post(self, request: HttpRequest, slug: str, subscription_id: UUID) -> HttpResponse:
        try:
            type(self).deed(subscription=self.subscription(), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, self.words())
        return redirect("source-detail", slug=slug, subscription_id=subscription_id)

    def words(self) -> str:
        """What is said when it is done."""
        raise NotImplementedError


class SourceLookAgainView(SourceDeedView):
    """Asks once more for something that the source did not answer about."""

    permission = "datasets.import_file"
    deed = staticmethod(sources.source_look_again)

    def words(self) -> str:
        return _("We are asking again. You may leave this page.")


class SourceFetchView(SourceDeedView):
    """Fetches at once, beside the schedule."""

    permission = "datasets.import_file"
    deed = staticmethod(sources.source_fetch_now)

    def words(self) -> str:
        return _("The figures are on their way. You may leave this page.")


class SourceAcceptView(SourceDeedView):
    """Takes what the source now says as what the figures mean."""

    permission = "datasets.import_file"
    deed = staticmethod(sources.source_accept)

    def words(self) -> str:
        return _("Accepted. The new figures are on their way.")


class SourceStopView(SourceDeedView):
    """Fetches no more."""

    permission = "datasets.import_file"
    deed = staticmethod(sources.source_stop)

    def words(self) -> str:
        return _("Nothing more is fetched. What has been published stays.")


class SourceStartView(SourceDeedView):
    """Fetches again what was stopped."""

    permission = "datasets.import_file"
    deed = staticmethod(sources.source_start)

    def words(self) -> str:
        return _("It is fetched again from now on.")


class BasePackageView(PortalView):
    """The base package: every indicator, its question, where it comes from and how it stands."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        areas = base_package(tenant.region, language())
        rows = [row for area in areas for row in area.rows]
        may_check = tenant.is_region and may(request, "accounts.onboard_municipality")
        context = {
            "areas": areas,
            "count": len(rows),
            "count_in": sum(bool(row.subscription and row.subscription.fetched_at) for row in rows),
            "count_missing": sum(row.subscription is None for row in rows),
            "may_check": may_check,
            "check": latest_check() if may_check else None,
            "differing": sum(bool(row.finding) for row in rows),
            "is_demo": tenant.region.is_demo,
        }
        return render(request, "datasets/base_package.html", context)


class BasePackageDeedView(PortalView):
    """What the regional administrator does with the package."""

    is_abstract = True

    def may_open(self, request: HttpRequest) -> bool:
        return tenant_of(request).is_region and super().may_open(request)


class BasePackageBeginView(BasePackageDeedView):
    """Asks for every indicator that the region does not have yet."""

    permission = "accounts.onboard_municipality"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        package.base_package_begin(region=tenant_of(request), by=signed_in(request))
        messages.success(request, _("The base package is on its way. You may leave this page."))
        return redirect("base-package", slug=slug)


class BasePackageCheckView(BasePackageDeedView):
    """Compares the package with what the sources have."""

    permission = "accounts.onboard_municipality"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        job = package.base_package_check(region=tenant_of(request), by=signed_in(request))
        address = reverse("job-detail", args=[slug, job.pk])
        return redirect(f"{address}?vidare={reverse('base-package', args=[slug])}")
