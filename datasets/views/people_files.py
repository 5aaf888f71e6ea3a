"""Bringing in a file with a row for each person or case: columns are seen, people never."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.errors import DatasetsError
from datasets.forms import ImportForm, NewReleaseForm, PeopleFileForm
from datasets.forms.people_files import plan_form, read_plan
from datasets.forms.wording import explained
from datasets.microdata import PeoplePlan, PlanError
from datasets.models import Dataset, Upload
from datasets.rules import rule_of
from datasets.selectors import datasets_for, may_steward, uploads_for
from datasets.services import uploads
from datasets.services.people_files import people_file_receive, people_file_withdraw
from datasets.services.sealed import LIFETIME, NowhereToKeepKeys
from datasets.states import FINAL, State
from datasets.views.common import may, membership_of, signed_in
from datasets.views.upload_page import STATES_AT_WORK, UploadPageView, registration_form
from datasets.wording import SENSITIVITY, language
from datasets.wording.people_files import left_out_told, problems_told
from portal.views import PortalView


class PeopleFileCreateView(PortalView):
    """Takes a file of people in, for a new data set, one that is there, or where a former file's time ran out."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, PeopleFileForm(membership=membership_of(request)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = PeopleFileForm(request.POST, request.FILES, membership=membership_of(request))
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)
            form.add_error("file", _("The file is larger than 50 MB. Take fewer years, places or columns."))
            return self.show(request, form, status=413)
        again, dataset = self.again(), self.dataset()
        if (again or dataset) and "department" in form.errors:
            form.errors.pop("department")
        if form.errors:
            return self.show(request, form, status=422)
        owner = dataset or again
        try:
            upload = people_file_receive(
                content=form.cleaned_data["file"].read(),
                department=owner.department if owner else form.cleaned_data["department"],
                dataset=dataset,
                again=again,
                by=signed_in(request),
            )
        except NowhereToKeepKeys as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=503)
        except DatasetsError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=422)
        return redirect("people-file-detail", slug=slug, upload_id=upload.pk)

    def show(self, request: HttpRequest, form: PeopleFileForm, status: int = 200) -> HttpResponse:
        dataset, again = self.dataset(), self.again()
        if dataset or again:
            del form.fields["department"]
        context = {
            "form": form,
            "button": _("Look at the columns"),
            "dataset": dataset,
            "again": again,
            "minutes": int(LIFETIME.total_seconds() // 60),
            "files": [(title_of_file(file), file) for file in self.files()[:10]],
        }
        return render(request, "datasets/people_file_create.html", context, status=status)

    def dataset(self) -> Dataset | None:
        """The data set that the file is to be the next release of."""
        if again := self.again():
            return again.dataset
        found = self._named("datamangd", datasets_for())
        return found if found and may_steward(membership_of(self.request), found) else None

    def again(self) -> Upload | None:
        """The file that this one is brought in anew for."""
        return self._named("igen", self.files())

    def files(self) -> Any:
        """The department's files of people, newest first."""
        return uploads_for(membership_of(self.request), of_people=True)

    def _named(self, name: str, among: Any) -> Any:
        with suppress(ValueError):
            return among.filter(pk=UUID(self.request.GET.get(name, ""))).first()
        return None


class PeopleFileView(UploadPageView):
    """A page about one file of people, for its own department's stewards and the administrators."""

    is_abstract = True

    def upload(self) -> Upload:
        found = uploads_for(membership_of(self.request), of_people=True)
        return get_object_or_404(found, pk=self.kwargs["upload_id"])


class PeopleFileDetailView(PeopleFileView):
    """What was found in the columns, what must go, what will be protected, and the registration."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        return self.page(upload, self.registration(upload, data=False))

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        form = self.registration(upload, data=True)
        if upload.state != State.READ:
            messages.warning(request, _("The file has changed in another window. Look at the page again first."))
            return redirect("people-file-detail", slug=slug, upload_id=upload_id)
        former = PeoplePlan.from_json(upload.mapping)
        try:
            plan = read_plan(request.POST, former, upload.guess["columns"])
        except PlanError as error:
            told = problems_told([{"code": f"plan_{error.code}", "heading": error.heading}])[0]
            form.add_error(None, f"{told.what} {told.remedy}")
            return self.page(upload, form, status=422)
        try:
            is_valid = form.is_valid()
            uploads.upload_describe(upload=upload, mapping=plan.to_json(), registration=form.draft(language()))
            if self.deed == "confirm" and not is_valid:
                return self.page(upload, form, status=422)
            self.act(upload, has_changed=plan != former)
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        return redirect("people-file-detail", slug=slug, upload_id=upload_id)

    @property
    def deed(self) -> str:
        """What the button that was pressed says."""
        return self.request.POST.get("deed", "").partition(":")[0]

    def act(self, upload: Upload, *, has_changed: bool) -> None:
        """Do what the button says, once everything that was filled in is kept."""
        by, key = signed_in(self.request), self.request.POST.get("deed", "").partition(":")[2]
        if self.deed == "take":
            uploads.upload_take_advice(upload=upload, key=key, by=by)
        elif self.deed == "undo":
            uploads.upload_undo_step(upload=upload, key=key, by=by)
        elif self.deed != "confirm" or not may(self.request, "datasets.publish_release"):
            uploads.upload_read_again(upload=upload, by=by)
        elif has_changed or not self.is_previewed(upload):
            uploads.upload_read_again(upload=upload, by=by)
            messages.warning(self.request, _("Something changed since the preview. Look at the new one first."))
        else:
            uploads.upload_confirm(upload=upload, by=by)

    @staticmethod
    def is_previewed(upload: Upload) -> bool:
        """Whether what would be published is what the preview shows, and nothing stops it."""
        shown = upload.preview.get("protected", {})
        return bool(
            shown
            and not upload.problems
            and not shown.get("refusals")
            and shown.get("rule") == rule_of(upload).to_json()
            and shown.get("same_people_as", "") == (upload.registration.get("same_people_as") or "")
            and shown.get("steps", []) == upload.registration.get("steps", [])
        )

    def registration(self, upload: Upload, *, data: bool) -> ImportForm | NewReleaseForm:
        """The registration's form. Open is not offered: it would show every figure."""
        form = registration_form(upload, self.request, data=data)
        if isinstance(form, ImportForm):
            field = form.fields["sensitivity"]
            assert isinstance(field, forms.ChoiceField)
            offered = [value for value in Dataset.Sensitivity if value != Dataset.Sensitivity.OPEN]
            field.choices = explained([(value, value.label) for value in offered], SENSITIVITY)
        return form

    def page(self, upload: Upload, form: ImportForm | NewReleaseForm, status: int = 200) -> HttpResponse:
        """The whole page."""
        job = uploads.latest_job(upload)
        is_stopped = upload.state in STATES_AT_WORK and (job is None or job.is_finished)
        is_open = upload.state == State.READ
        plan = PeoplePlan.from_json(upload.mapping) if is_open else None
        problems = problems_told(upload.problems)
        why_stopped = job.problem if is_stopped and job and job.problem != "interrupted" else ""
        context: dict[str, Any] = {
            "upload": upload,
            "title": title_of_file(upload),
            "form": form,
            "plan": plan_form(plan, upload.guess["columns"]) if plan else None,
            "rows": upload.guess.get("rows", 0),
            "left_out": left_out_told(upload.guess.get("left_out", {})),
            "problems": problems,
            "again_url": reverse("people-file-create", args=[self.kwargs["slug"]]) + f"?igen={upload.pk}",
            "gone_at": upload.uploaded_at + LIFETIME,
            "job": job,
            "is_working": upload.state in STATES_AT_WORK and not is_stopped,
            "is_stopped": is_stopped,
            "why_stopped": why_stopped,
            "is_open": is_open,
            "is_final": upload.state in FINAL,
            "can_confirm": may(self.request, "datasets.publish_release") and self.is_previewed(upload),
            **self.protection(upload),
        }
        return render(self.request, "datasets/people_file_detail.html", context, status=status)


def title_of_file(upload: Upload) -> str:
    """What a file of people is called: as its data set is, or is to be."""
    return upload.dataset.title if upload.dataset else str(upload.registration.get("title") or upload.name)


class PeopleFileWithdrawView(PeopleFileView):
    """Takes a file of people back and erases it."""

    permission = "datasets.import_file"

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        try:
            people_file_withdraw(upload=self.upload(), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The file is withdrawn, and nothing of it is kept."))
        return redirect("people-file-create", slug=slug)
