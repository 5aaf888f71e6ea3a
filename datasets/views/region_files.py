"""Files that a region brings in once, of which each of its municipalities gets its own part."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from accounts.views.region import RegionView
from datasets.forms import UploadForm
from datasets.models import MunicipalityPart, Upload
from datasets.selectors import uploads_for
from datasets.services import uploads
from datasets.services.dividing import municipalities_of, parts_of, region_file_receive
from datasets.services.files import problem_json, refused_at_once
from datasets.states import State
from datasets.views.common import membership_of, signed_in
from datasets.views.upload_page import STATES_AT_WORK
from datasets.wording import reading as reporting


class RegionFileView(RegionView):
    """A page about the region's files for its municipalities."""

    is_abstract = True
    permission = "datasets.import_file"

    def files(self) -> QuerySet[Upload]:
        """The region's files that are divided, newest first."""
        found = uploads_for(membership_of(self.request), of_people=False)
        count = Count("parts", filter=Q(parts__release__isnull=False))
        return found.filter(parts__isnull=False).distinct().annotate(given=count).order_by("-uploaded_at")


class RegionFileListView(RegionFileView):
    """The region's files, and a new one."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(UploadForm(membership=membership_of(request)))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, membership=membership_of(request))
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)
            form.add_error("file", _("The file is larger than 50 MB. Take fewer years, places or columns."))
            return self.show(form, status=413)
        if not form.is_valid():
            return self.show(form, status=422)
        file = form.cleaned_data["file"]
        content = file.read()
        for problem in reporting.problems_in_words(map(problem_json, refused_at_once(file.name, content))):
            form.add_error("file", f"{problem.what} {problem.remedy}")
        if form.errors:
            return self.show(form, status=422)
        upload = region_file_receive(
            region=tenant_of(request),
            name=file.name,
            content=content,
            department=form.cleaned_data["department"],
            by=signed_in(request),
            again=self.again(),
        )
        return redirect("region-file-detail", slug=slug, upload_id=upload.pk)

    def show(self, form: UploadForm, status: int = 200) -> HttpResponse:
        region, again = tenant_of(self.request), self.again()
        context: dict[str, Any] = {
            "form": form,
            "again": again,
            "again_title": title_of_file(again) if again else "",
            "files": [(title_of_file(file), file) for file in self.files()[:30]],
            "municipalities": municipalities_of(region),
        }
        return render(self.request, "datasets/region_file_list.html", context, status=status)

    def again(self) -> Upload | None:
        """The last file, whose next release this one is."""
        with suppress(ValueError):
            return self.files().filter(pk=UUID(self.request.GET.get("igen", "")), state=State.IMPORTED).first()
        return None


class RegionFileDetailView(RegionFileView):
    """One file: how far it has come, and what each municipality got."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = get_object_or_404(self.files(), pk=upload_id)
        job = uploads.latest_job(upload)
        is_stopped = upload.state in STATES_AT_WORK and (job is None or job.is_finished)
        parts = parts_of(upload)
        is_in = upload.state == State.IMPORTED
        context: dict[str, Any] = {
            "upload": upload,
            "title": title_of_file(upload),
            "job": job,
            "is_working": upload.state in STATES_AT_WORK and not is_stopped,
            "is_stopped": is_stopped,
            "is_in": is_in,
            "parts": [(part, told_of(part)) for part in parts] if is_in else [],
            "missing": [p.municipality.name for p in parts if is_in and not p.release_id and not p.problem],
            "municipalities": [part.municipality.name for part in parts],
            "problems": reporting.problems_in_words(upload.problems),
            "again_url": reverse("region-file-list", args=[slug]) + f"?igen={upload.pk}",
        }
        return render(request, "datasets/region_file_detail.html", context)


def told_of(part: MunicipalityPart) -> str:
    """What a municipality got, in words."""
    if part.release_id:
        return _("Has its figures")
    if part.problem:
        return " ".join(problem.what for problem in reporting.problems_in_words([part.problem]))
    return _("Is not in the file")


def title_of_file(upload: Upload) -> str:
    """What a file's data is called, or will be."""
    return str(upload.registration.get("title") or upload.name)
