"""Bringing in a file: one page that grows from the file to the release, and loses nothing when left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from datasets import reporting
from datasets.columns_form import columns_form, read_mapping
from datasets.errors import DatasetsError
from datasets.forms import ImportForm, NewReleaseForm, UploadForm
from datasets.importers import CsvMapping, MappingError
from datasets.models import Dataset, Upload
from datasets.selectors import datasets_for, may_steward, uploads_for
from datasets.services import uploads
from datasets.services.files import problem_json, refused_at_once
from datasets.services.importing import rule_of
from datasets.states import FINAL, State
from datasets.views.common import may, membership_of, signed_in
from datasets.wording import language, rule_in_words
from portal.views import PortalView


class UploadListView(PortalView):
    """The files that this person's department has brought in."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = list(uploads_for(membership_of(request))[:100])
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
        context = {"form": form, "dataset": dataset, "unfinished": self.unfinished()}
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
        return list(uploads_for(membership_of(self.request)).exclude(state__in=FINAL)[:5])


class UploadView(PortalView):
    """A page about one upload, for its own department's stewards and the administrators."""

    is_abstract = True

    def upload(self) -> Upload:
        """The upload of the address; 404 for other departments, as if it were not there."""
        return get_object_or_404(uploads_for(membership_of(self.request)), pk=self.kwargs["upload_id"])


class UploadDetailView(UploadView):
    """What was found in a file, what is wrong with it, what will be protected, and its registration."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        return self.show(request, upload, form_for(upload, request, data=False))

    def post(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        form = form_for(upload, request, data=True)
        try:
            mapping = self.mapping(upload)
        except MappingError as error:
            form.add_error(None, _("What is said of the columns does not fit together. %s") % _(str(error)))
            return self.show(request, upload, form, status=422)
        confirms = request.POST.get("deed") == "confirm" and may(request, "datasets.publish_release")
        is_valid = form.is_valid()
        try:
            former = upload.mapping
            uploads.upload_describe(upload=upload, mapping=mapping, registration=form.draft(language()))
            if confirms and not is_valid:
                return self.show(request, upload, form, status=422)
            if not confirms or self.has_changed(upload, former):
                uploads.upload_read_again(upload=upload, by=signed_in(request))
                if confirms:
                    messages.warning(request, _("Something changed since the preview. Look at the new one first."))
            else:
                uploads.upload_confirm(upload=upload, by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        return redirect("upload-detail", slug=slug, upload_id=upload_id)

    def mapping(self, upload: Upload) -> dict[str, Any]:
        """The columns as the form says, for a file that has columns to speak of."""
        if not upload.mapping:
            return {}
        return read_mapping(self.request.POST, CsvMapping.from_json(upload.mapping)).to_json()

    @staticmethod
    def has_changed(upload: Upload, former: dict[str, Any]) -> bool:
        """Whether what would be brought in is another thing than what was previewed."""
        previewed = upload.preview.get("protected", {}).get("rule")
        if previewed != rule_of(upload).to_json():
            return True
        return bool(former) and CsvMapping.from_json(upload.mapping) != CsvMapping.from_json(former)

    def show(
        self, request: HttpRequest, upload: Upload, form: ImportForm | NewReleaseForm, status: int = 200
    ) -> HttpResponse:
        protected = upload.preview.get("protected", {})
        problems = reporting.problems_in_words(upload.problems)
        refusals = reporting.problems_in_words(protected.get("refusals", []))
        job = uploads.latest_job(upload)
        is_stopped = upload.state in STATES_AT_WORK and (job is None or job.is_finished)
        context: dict[str, Any] = {
            "upload": upload,
            "form": form,
            "job": job,
            "is_working": upload.state in STATES_AT_WORK and not is_stopped,
            "is_stopped": is_stopped,
            "is_open": upload.state == State.READ,
            "is_final": upload.state in FINAL,
            "found": reporting.found_in_words(upload, language()),
            "columns": columns_form(
                CsvMapping.from_json(upload.mapping),
                upload.guess.get("columns", []),
                upload.preview.get("lines", []),
            )
            if upload.mapping and upload.state == State.READ
            else None,
            "problems": problems,
            "has_fatal": any(problem.is_fatal for problem in problems),
            "protected": protected,
            "refusals": refusals,
            "hidden": reporting.hidden_in_words(protected),
            "can_confirm": may(request, "datasets.publish_release")
            and bool(protected)
            and not protected.get("refusals"),
            "rule": rule_in_words(rule_of(upload)),
        }
        return render(request, "datasets/upload_detail.html", context, status=status)


STATES_AT_WORK = (State.RECEIVED, State.CONFIRMED, State.IMPORTING)


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


def form_for(upload: Upload, request: HttpRequest, *, data: bool) -> ImportForm | NewReleaseForm:
    """The form that a file is registered with: short where it is a known data set's next release."""
    given = request.POST if data else None
    if upload.dataset_id is not None:
        return NewReleaseForm(given, initial=upload.registration)
    initial = {**reporting.proposed_registration(upload, language()), **upload.registration}
    return ImportForm(given, initial=initial, lang=language(), membership=membership_of(request))
