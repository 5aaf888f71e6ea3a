"""Bringing in a file: one page that grows from the file to the release, and loses nothing when left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from datasets.errors import DatasetsError
from datasets.forms import UploadForm
from datasets.forms.columns import looked_at_anew, read_mapping
from datasets.importers import MappingError
from datasets.models import Dataset, Upload
from datasets.rules import rule_of
from datasets.selectors import datasets_for, may_steward, uploads_for
from datasets.services import uploads
from datasets.services.files import as_confirmed, problem_json, refused_at_once
from datasets.services.trials import can_try, try_rule
from datasets.states import FINAL
from datasets.views.common import may, membership_of, signed_in
from datasets.views.upload_page import STATES_AT_WORK, UploadPageView, UploadView
from datasets.wording import language
from datasets.wording import reading as reporting
from portal.views import PortalView


class UploadListView(PortalView):
    """The files that this person's department has brought in."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = list(uploads_for(membership_of(request), of_people=False)[:100])
        return render(request, "datasets/upload_list.html", {"uploads": found})


class UploadCreateView(PortalView):
    """Takes a file in."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, UploadForm(membership=membership_of(request)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, membership=membership_of(request))
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)
            form.add_error("file", _("The file is larger than 50 MB. Take fewer years, places or columns."))
            return self.show(request, form, status=413)
        if not form.is_valid():
            return self.show(request, form, status=422)
        file, dataset = form.cleaned_data["file"], self.dataset()
        content = file.read()
        for problem in reporting.problems_in_words(map(problem_json, refused_at_once(file.name, content))):
            form.add_error("file", f"{problem.what} {problem.remedy}")
        if form.errors:
            return self.show(request, form, status=422)
        upload = uploads.upload_receive(
            name=file.name,
            content=content,
            department=dataset.department if dataset else form.cleaned_data["department"],
            dataset=dataset,
            by=signed_in(request),
        )
        return redirect("upload-detail", slug=slug, upload_id=upload.pk)

    def show(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        dataset = self.dataset()
        if dataset is not None:
            del form.fields["department"]
        context = {
            "form": form,
            "button": _("Read the file"),
            "dataset": dataset,
            "unfinished": self.unfinished(),
        }
        return render(request, "datasets/upload_create.html", context, status=status)

    def dataset(self) -> Dataset | None:
        """The data set that the file is to be the next release of, where the address names one."""
        given = self.request.GET.get("datamangd", "")
        if not given:
            return None
        try:
            dataset = get_object_or_404(datasets_for(), pk=UUID(given))
        except ValueError:
            return None
        return dataset if may_steward(membership_of(self.request), dataset) else None

    def unfinished(self) -> list[Upload]:
        """Files that somebody began with and left."""
        found = uploads_for(membership_of(self.request), of_people=False)
        return list(found.exclude(state__in=FINAL)[:5])


class UploadDetailView(UploadPageView):
    """What was found in a file, what is wrong with it, what will be protected, and its registration."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        return self.show(upload, self.forms(upload, data=False))

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        forms = self.forms(upload, data=True)
        try:
            mapping = self.mapping(upload)
        except MappingError as error:
            forms.registration.add_error(
                None, _("What is said of the columns does not fit together. %s") % _(str(error))
            )
            return self.show(upload, forms, status=422)
        try:
            former = upload.mapping
            is_valid = forms.are_valid()
            uploads.upload_describe(upload=upload, mapping=mapping, registration=forms.draft())
            if self.is_confirming() and not is_valid:
                return self.show(upload, forms, status=422)
            self.act(upload, former)
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        return redirect("upload-detail", slug=slug, upload_id=upload_id)

    def act(self, upload: Upload, former: dict[str, Any]) -> None:
        """Do what the button that was pressed says, once everything that was filled in is kept."""
        by = signed_in(self.request)
        deed, _colon, key = self.request.POST.get("deed", "").partition(":")
        if deed == "take":
            uploads.upload_take_advice(upload=upload, key=key, by=by)
        elif deed == "undo":
            uploads.upload_undo_step(upload=upload, key=key, by=by)
        elif deed == "join" and (dataset := self.like(upload)) is not None:
            uploads.upload_join(upload=upload, dataset=dataset, by=by)
        elif not self.is_confirming():
            uploads.upload_read_again(upload=upload, by=by)
        elif self.has_changed(upload, former):
            uploads.upload_read_again(upload=upload, by=by)
            messages.warning(self.request, _("Something changed since the preview. Look at the new one first."))
        else:
            uploads.upload_confirm(upload=upload, by=by)

    def is_confirming(self) -> bool:
        """Whether the file is to be brought in now, by somebody who may."""
        return self.request.POST.get("deed") == "confirm" and may(self.request, "datasets.publish_release")

    def mapping(self, upload: Upload) -> dict[str, Any]:
        """The columns as the form says, for a file that has columns to speak of."""
        mapping = as_confirmed(upload.mapping)
        if mapping is None:
            return dict(upload.mapping)
        # Nothing that was said of one sheet's columns need hold for another's, nor of columns parted otherwise.
        anew = looked_at_anew(self.request.POST, mapping)
        return read_mapping(self.request.POST, mapping).to_json() if anew is None else anew

    @staticmethod
    def has_changed(upload: Upload, former: dict[str, Any]) -> bool:
        """Whether what would be brought in is another thing than what was previewed."""
        previewed = upload.preview.get("protected", {})
        if previewed.get("rule") != rule_of(upload).to_json():
            return True
        if previewed.get("same_people_as", "") != (upload.registration.get("same_people_as") or ""):
            return True
        if previewed.get("steps", []) != upload.registration.get("steps", []):
            return True
        return as_confirmed(upload.mapping) != as_confirmed(former)


class UploadTryView(UploadPageView):
    """Shows what another rule would hide. Nothing is kept, not even what is filled in."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        return redirect("upload-detail", slug=slug, upload_id=self.upload().pk)

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        if not can_try(upload):
            messages.warning(request, _("The file has changed in another window. Look at the page again first."))
            return redirect("upload-detail", slug=slug, upload_id=upload_id)
        forms = self.forms(upload, data=True)
        shown = try_rule(upload, forms.rule.rule(), language()) if forms.rule.is_valid() else None
        if request.headers.get("HX-Request"):
            context = {"upload": upload, "rule_form": forms.rule, **self.protection(upload, shown)}
            return render(request, "datasets/upload_trial.html", context)
        return self.show(upload, forms.without_complaints(request), tried=shown)


class UploadResumeView(UploadView):
    """Goes on with a file whose job was stopped."""

    permission = "datasets.import_file"

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        if not uploads.is_being_worked_on(upload) and upload.state in STATES_AT_WORK:
            uploads.upload_resume(upload=upload, by=signed_in(request))
        return redirect("upload-detail", slug=slug, upload_id=upload_id)


class UploadWithdrawView(UploadView):
    """Takes a file back and erases it."""

    permission = "datasets.import_file"

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        try:
            uploads.upload_withdraw(upload=self.upload(), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The file is withdrawn, and nothing of it is kept."))
        return redirect("upload-list", slug=slug)
