"""The least that Django can do with a form: one view that inserts one row. What submitting is compared with.

No middleware, no template, no session; the database, the role, the pool and the server's threads are the portal's.
The row lies in `benchmark_row`, which the benchmark makes.
"""

from __future__ import annotations

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
settings.configure(
    SECRET_KEY=uuid.uuid4().hex,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
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
    with transaction.atomic():
        Row.objects.create(answers=request.body)
    return HttpResponse("stored")


urlpatterns = [path("halsa/", lambda request: HttpResponse("ok")), path("bare/", insert)]
application = get_wsgi_application()
