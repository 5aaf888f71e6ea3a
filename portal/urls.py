"""Every address of the portal. Names are `<entity>-<verb>`; the person × URL matrix has a row for each."""

from django.urls import include, path

from portal.health.views import health

handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    # First what many ask for at once, since an address is looked for in order: a school's worth of young people
    # answers in one minute, and every screen in every room asks at every note.
    path("svara/", include("surveys.urls.answering")),
    path("", include("dialogues.urls.joining")),
    path("halsa/", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("konto/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("portal.jobs.urls")),
    path("", include("datasets.urls")),
    path("", include("surveys.urls")),
    path("", include("dialogues.urls")),
]
