"""The environment of each process: what it needs, and no other process's password or key."""

from __future__ import annotations

import os
from collections.abc import Mapping

from portal.embedded.errors import StepFailed
from portal.embedded.layout import REPOSITORY, Var
from portal.embedded.passwords import secret_file
from portal.embedded.roles import OWNER, database_url
from portal.embedded.servers import redis_url

# What a process may keep of the environment that it was started in: the machine's, nobody's secret.
_KEPT = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "TERM", "COLUMNS")

# Where official figures are fetched from, if not from the usual addresses.
_SOURCES = ("VAXTKRAFT_SCB_URL", "VAXTKRAFT_SCB1_URL", "VAXTKRAFT_KOLADA_URL")

# "web" has two connections: the officials' pages, and the intake of answers.
PURPOSES = ("web", "worker", "beat", "migrator", "survey", "region", "backup", "demo")


def process_environment(
    var: Var,
    purpose: str,
    *,
    ports: tuple[int, int],
    base_url: str,
    outer: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The whole environment of a process that serves ``purpose`` (one of PURPOSES).

    ``ports`` are PostgreSQL's and Valkey's. Only the worker, and the making of the demo, learn where the
    private keys of survey rounds are. Raises StepFailed for an unknown purpose.
    """
    if purpose not in PURPOSES:
        raise StepFailed(
            "make an environment",
            f"there is no process called {purpose!r}.",
            f"Choose: {', '.join(PURPOSES)}.",
        )
    postgres, valkey = ports
    role = "worker" if purpose in {"beat", "demo"} else purpose
    made = {name: outer[name] for name in _KEPT if name in outer}
    made |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
        "NUMBA_CACHE_DIR": str(var.cache / "numba"),
        "VAXTKRAFT_VAR": str(var.root),
        "VAXTKRAFT_DEMO": outer.get("VAXTKRAFT_DEMO", "1"),
        "VAXTKRAFT_BASE_URL": base_url,
        "SECRET_KEY_FILE": str(secret_file(var.secrets, "django_key")),
        "REDIS_URL": redis_url(var, valkey),
        "DATABASE_URL": database_url(var, postgres, role),
    }
    if purpose in {"worker", "demo"}:
        made |= {name: outer[name] for name in _SOURCES if name in outer}
    if purpose == "migrator":
        made["DATABASE_ASSUME_ROLE"] = OWNER
    if purpose in {"web", "demo"}:
        made["SURVEY_DATABASE_URL"] = database_url(var, postgres, "survey")
    if purpose == "demo":
        made["WEB_DATABASE_URL"] = database_url(var, postgres, "web")
    if purpose in {"worker", "demo"}:
        made["VAXTKRAFT_KEYS_DIR"] = str(var.keys)
    return made


def own_part(environment: Mapping[str, str]) -> dict[str, str]:
    """Of a process's environment, what is Växtkraft's (not the machine's)."""
    return {name: value for name, value in environment.items() if name not in _KEPT}
