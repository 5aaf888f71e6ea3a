from django.urls import path

from portal.jobs.views import JobCancelView, JobDetailView, JobStateView

urlpatterns = [
    path("k/<slug:slug>/jobb/<uuid:job_id>/", JobDetailView.as_view(), name="job-detail"),
    path("k/<slug:slug>/jobb/<uuid:job_id>/lage.json", JobStateView.as_view(), name="job-state"),
    path("k/<slug:slug>/jobb/<uuid:job_id>/avbryt/", JobCancelView.as_view(), name="job-cancel"),
]
