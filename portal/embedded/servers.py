"""PostgreSQL and Valkey together: started, found again by another process, stopped."""

from __future__ import annotations

from collections.abc import Callable
from io import TextIOWrapper

from portal.embedded.errors import StepFailed
from portal.embedded.layout import Var
from portal.embedded.locking import lock
from portal.embedded.passwords import secret
from portal.embedded.ports import is_free, port_in_use
from portal.embedded.postgres import PostgresServer
from portal.embedded.roles import prepare_database, set_passwords
from portal.embedded.valkey import ValkeyServer


class Servers:
    """The data servers of one ``var``; only one process at a time may run them."""

    def __init__(self, var: Var, *, durable: bool = True) -> None:
        self.var = var
        self.postgres = PostgresServer(var, durable=durable)
        self.valkey = ValkeyServer(var)
        self._lock: TextIOWrapper | None = None

    def start(self, *, before: Callable[[], None] = lambda: None) -> None:
        """Start both and prepare the database; on failure neither is left running. Raises StepFailed.

        ``before`` is called when it is certain that no other process runs this ``var``.
        """
        self.var.create()
        self._lock = lock(self.var)
        try:
            before()
            self.postgres.start()
            self.valkey.start()
            prepare_database(self.var, self.postgres.port)
            set_passwords(self.var, self.postgres.port)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both, PostgreSQL last, and let another process start them."""
        self.valkey.stop()
        self.postgres.stop()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def running_ports(var: Var) -> tuple[int, int]:
    """The ports of the PostgreSQL and the Valkey that run from ``var``. Raises StepFailed if none do."""
    postgres, valkey = port_in_use(var, "postgres"), port_in_use(var, "valkey")
    if not postgres or not valkey or is_free(postgres) or is_free(valkey):
        raise StepFailed(
            "find the servers",
            f"no PostgreSQL and Valkey run from {var.root}.",
            "Start them in another terminal: `make run`, or `make servers` for these two alone.",
        )
    return postgres, valkey


def redis_url(var: Var, port: int, *, number: int = 0) -> str:
    """The address of Valkey, of its database ``number``, with the password."""
    return f"redis://:{secret(var.secrets, 'valkey')}@127.0.0.1:{port}/{number}"
