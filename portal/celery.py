"""Worker and beat."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.tenancy.login import refuse_mighty_logins

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("vaxtkraft")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_current()


@setup_logging.connect
def log_as_the_settings_say(**_: Any) -> None:
    """Celery would otherwise log in its own way, and quote what an exception says."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
@beat_init.connect
def refuse_to_start(**_: Any) -> None:
    """End the process when its database role is mightier than it may be."""
    try:
        refuse_mighty_logins()
    except ImproperlyConfigured as refusal:
        # Celery catches what a receiver raises, except this.
        raise SystemExit(str(refusal)) from None
