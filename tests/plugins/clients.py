"""Every test client goes through one chain of middleware.

Django makes a chain for each client. Ours reads the folder of static files when it is made, which takes as long as
a page does, and tests make thousands of clients. A changed setting makes a new chain.
"""

from __future__ import annotations

from typing import Any

from django.test.client import ClientHandler
from django.test.signals import setting_changed

MADE_OF = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")
_load = ClientHandler.load_middleware
_made: dict[str, Any] = {}


def load_middleware(handler: ClientHandler, is_async: bool = False) -> None:
    """Give the handler the chain that there is; make it the first time."""
    if not _made:
        _load(handler, is_async)
        _made.update({name: getattr(handler, name) for name in MADE_OF})
    vars(handler).update(_made)


def forget(**changed: Any) -> None:
    _made.clear()


ClientHandler.load_middleware = load_middleware
setting_changed.connect(forget)
