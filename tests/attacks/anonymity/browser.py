"""Somebody's browser, which gives away all it can with every request."""

from __future__ import annotations

import http.client
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.attacks.anonymity.search import planted

ADDRESS = "203.0.113.77"
HEADERS = {
    "User-Agent": planted("agent"),
    "Cookie": "; ".join(f"{name}={planted(name)}" for name in ("session", "csrf", "language", "messages")),
    "Referer": f"https://example.org/{planted('referer')}",
    "Origin": "https://example.org",
    "X-Forwarded-For": f"{ADDRESS}, {planted('forwarded-for')}",
    "X-Real-IP": ADDRESS,
    "Forwarded": f"for={ADDRESS};by={planted('forwarded')}",
    "Accept-Language": f"so,{planted('accept')};q=0.1",
    "From": f"{planted('from')}@example.org",
    "Authorization": f"Basic {planted('authorization')}",
    "X-Request-Id": planted("request-id"),
    "X-CSRFToken": planted("token"),
}
QUERY = urlencode({"lang": "en", "name": planted("query"), "utm_source": planted("utm")})
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Browser:
    """Asks one server, each time over a connection of its own."""

    site: str

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        return self.ask("POST", path, urlencode(fields, doseq=True).encode(), {"Content-Type": FORM})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=40)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                # A server that has heard enough answers before everything is sent.
                connection.request(method, f"{path}?{QUERY}", body, HEADERS | headers)
            response = connection.getresponse()
            return Answer(
                response.status,
                response.read().decode(),
                {name.lower(): value for name, value in response.getheaders()},
            )
        finally:
            connection.close()
