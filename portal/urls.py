"""Every address of the portal. Names are `<entity>-<verb>`; the person × URL matrix has a row for each."""

from django.urls import include, path

from portal.health.views import health

handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    # First: a school's worth of young people may answer in one minute, and an address is looked for in order.
    path("svara/", include("surveys.urls.answering")),
    path("halsa/", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("konto/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("portal.jobs.urls")),
    path("", include("datasets.urls")),
    path("", include("surveys.urls")),
    path("", include("dialogues.urls")),
]
