"""The kernel's tenancy as a Django app: it rebuilds the walls after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def rebuild_walls(*, using: str, **_: Any) -> None:
    """Run once, after the last app's migrations."""
    from portal.tenancy.walls import build_walls

    build_walls(connections[using])


class TenancyConfig(AppConfig):
    name = "portal.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        # Sent for every app with models; tied to the composition's last app so that it runs once, at the end.
        from django.apps import apps

        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(rebuild_walls, sender=last, dispatch_uid="tenancy.rebuild_walls")
