"""Watching a job: a page that works without script, and the figures its script asks for."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from portal.audit.recording import record
from portal.jobs.models import Job
from portal.views import PortalView


class JobView(PortalView):
    """A job is watched by whoever asked for it, and by those who may import files."""

    is_abstract = True

    def job(self, job_id: UUID) -> Job:
        jobs = Job.objects.all()
        if not self.request.user.has_perm("datasets.import_file", self.permission_target()):
            jobs = jobs.filter(asked_by=self.request.user.pk)
        found: Job = get_object_or_404(jobs, pk=job_id)
        return found


class JobDetailView(JobView):
    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
        job = self.job(job_id)
        following = request.GET.get("vidare", "")
        if not url_has_allowed_host_and_scheme(following, allowed_hosts=None) or not following.startswith("/k/"):
            following = ""
        return render(request, "portal/job_detail.html", {"job": job, "following": following})


class JobStateView(JobView):
    permission = "accounts.view_start"

    def get(self, request: HttpRequest, slug: str, job_id: UUID) -> JsonResponse:
        return JsonResponse(state_of(self.job(job_id)))


class JobCancelView(JobView):
    permission = "accounts.view_start"

    def post(self, request: HttpRequest, slug: str, job_id: UUID) -> HttpResponse:
        job = self.job(job_id)
        cancelled = Job.objects.filter(pk=job.pk, finished_at=None).update(
            state=Job.State.CANCELLED, finished_at=timezone.now()
        )
        if cancelled:
            record("job.cancelled", target=job, by=cast(AbstractBaseUser, request.user), task=job.task)
        return redirect("job-detail", slug=slug, job_id=job.pk)


def state_of(job: Job) -> dict[str, Any]:
    """What a progress bar needs: state, per cent and words in the reader's language."""
    return {"state": job.state, "percent": job.percent, "words": job.words, "is_finished": job.is_finished}
