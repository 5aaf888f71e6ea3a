"""A bare Django view that inserts one row: what submitting is compared with. There are two, as a variable says.

With VAXTKRAFT_BENCH_MIDDLEWARE the middleware is what `startproject` writes, in its order, with the check of a
forged form; the view reads the form's fields, as many as a submission has, and keeps them as JSON. Nobody is
signed in, there is no form class, no check of any field, no template. Without it there is no middleware at all,
and the body is kept as it came, unread. On both the database, the role, the pool and the server's threads are the
portal's. The row lies in `benchmark_row`, which the benchmark makes.
"""

from __future__ import annotations

import json
import uuid

import django
import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

env = environ.Env()
POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL"), "timeout": 5}
IS_ORDINARY = env.bool("VAXTKRAFT_BENCH_MIDDLEWARE")
STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
settings.configure(
    SECRET_KEY=uuid.uuid4().hex,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=STARTPROJECT if IS_ORDINARY else [],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ]
    if IS_ORDINARY
    else [],
    DATABASES={
        "default": dict(env.db_url_config(env.str("SURVEY_DATABASE_URL")))
        | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"connect_timeout": 5, "pool": POOL}}
    },
)
django.setup(set_prefix=False)


class Row(models.Model):
    """What came, as it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    answers = models.BinaryField()

    class Meta:
        app_label = "bare"
        db_table = "benchmark_row"
        managed = False

    def __str__(self) -> str:
        return "row"


def insert(request: HttpRequest) -> HttpResponse:
    """Keep what was posted."""
    answers = json.dumps(dict(request.POST.lists())).encode() if IS_ORDINARY else request.body
    with transaction.atomic():
        Row.objects.create(answers=answers)
    return HttpResponse("stored")


urlpatterns = [path("halsa/", lambda request: HttpResponse("ok")), path("bare/", insert)]
application = get_wsgi_application()
