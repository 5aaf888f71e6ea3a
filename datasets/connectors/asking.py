"""Asking a source over HTTP: politely, with patience, and trusting nothing that comes back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn, Protocol

import httpx

from .errors import SourceError
from .pace import Pace

MEGABYTE = 1_000_000
MOST_REDIRECTS = 3
_ODD_LETTERS = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a pair of a letter: without its other half it can be written nowhere."""
USER_AGENT = "Vaxtkraft (open portal for young people's wellbeing)"


@dataclass(frozen=True)
class Limits:
    """How long to wait and how much to take: seconds, and bytes after unpacking."""

    connect: float = 5.0
    silence: float = 30.0
    whole: float = 120.0
    most_bytes: int = 50 * MEGABYTE
    tries: int = 4
    longest_wait: float = 60.0
    rest: float = 120.0


class Rests(Protocol):
    """Until when a source is left in peace, known to everyone who asks it; seconds since the epoch."""

    def until(self, source: str) -> float:
        """When it may be asked again; a time past when it may at once."""

    def rest(self, source: str, until: float) -> None:
        """Leave it in peace until then."""


class OwnRests:
    """Rests that only this process knows of."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def until(self, source: str) -> float:
        return self._until.get(source, 0.0)

    def rest(self, source: str, until: float) -> None:
        self._until[source] = until


@dataclass(frozen=True)
class Answer:
    """What a source answered: the bytes as they came, and the JSON in them."""

    raw: bytes
    document: Any


@dataclass
class Asker:
    """Asks one source at its address, ``base``. Give it a ``pace`` once the source has said its limits.

    Raises SourceError for whatever is no JSON of the source itself. Trouble that may pass is met by asking again,
    ever later or when the source says; after the last try the source rests, so that the next in line does not
    run into the same wall.
    """

    base: str
    limits: Limits = field(default_factory=Limits)
    rests: Rests = field(default_factory=OwnRests)
    pace: Pace | None = None
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/")
        if not self.base:
            return
        timeout = httpx.Timeout(self.limits.silence, connect=self.limits.connect)
        self._home = httpx.URL(self.base + "/")
        # Nothing of the surroundings is used: no proxy, no password file, no cookie.
        self._client = httpx.Client(
            timeout=timeout, trust_env=False, follow_redirects=False, headers={"User-Agent": USER_AGENT}
        )

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """What the source answers at a path below its address, or at an address of its own that it gave."""
        return self._ask("GET", self._address(path, params), None)

    def post(self, path: str, body: object, params: Mapping[str, str] | None = None) -> Answer:
        """What the source answers to a question in JSON."""
        return self._ask("POST", self._address(path, params), json.dumps(body, ensure_ascii=False).encode())

    def _address(self, path: str, params: Mapping[str, str] | None) -> httpx.URL:
        if not self.base:
            raise SourceError("off")
        try:
            url = self._home.join(path)
        except (httpx.InvalidURL, ValueError):
            raise SourceError("foreign") from None
        if not _is_at_home(url, self._home) or not url.path.startswith(self._home.path):
            raise SourceError("foreign")
        return url.copy_merge_params(dict(params)) if params else url

    def _ask(self, method: str, url: httpx.URL, body: bytes | None) -> Answer:
        source = url.netloc.decode()
        for attempt in range(1, self.limits.tries + 1):
            if self.rests.until(source) > self.now():
                raise SourceError("busy", wait=self.rests.until(source) - self.now())
            if self.pace is not None:
                self.pace.wait()
            try:
                return self._once(method, url, body)
            except SourceError as trouble:
                if not trouble.passes:
                    raise
                wait = 2.0 ** (attempt - 1) if trouble.wait is None else trouble.wait
                if attempt == self.limits.tries or wait > self.limits.longest_wait:
                    self.rests.rest(source, self.now() + max(wait, self.limits.rest))
                    raise
                self.sleep(wait)
        raise AssertionError("every try either answers or raises")

    def _once(self, method: str, url: httpx.URL, body: bytes | None) -> Answer:
        try:
            for _ in range(MOST_REDIRECTS + 1):
                headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
                with self._client.stream(method, url, content=body, headers=headers) as response:
                    if not response.is_redirect:
                        return self._read(response)
                    url = self._followed(method, response)
        except httpx.TimeoutException:
            raise SourceError("slow", seconds=round(self.limits.silence)) from None
        except httpx.RemoteProtocolError:
            raise SourceError("cut_off") from None
        except httpx.DecodingError:
            raise SourceError("shape", part="its packing") from None
        except (httpx.TransportError, OSError):
            raise SourceError("unreachable") from None
        raise SourceError("circle")

    def _followed(self, method: str, response: httpx.Response) -> httpx.URL:
        """Where a redirect leads: within the same source only, and never turning a question into another."""
        try:
            target = response.url.join(response.headers["location"])
        except (KeyError, httpx.InvalidURL, ValueError):
            raise SourceError("foreign") from None
        if not _is_at_home(target, self._home):
            raise SourceError("foreign")
        if method == "POST" and response.status_code not in (307, 308):
            raise SourceError("shape", part=f"{response.status_code}")
        return target

    def _read(self, response: httpx.Response) -> Answer:
        status = response.status_code
        if status == 429 or (status == 503 and "retry-after" in response.headers):
            raise SourceError("busy", wait=self._asked_wait(response))
        if status >= 500:
            raise SourceError("broken", status=status, wait=self._asked_wait(response))
        raw = self._content(response)
        if status == 404:
            raise SourceError("missing", id=response.url.path.rsplit("/", 1)[-1])
        if status != 200:
            raise SourceError("refused", status=status, words=_own_words(raw))
        return Answer(raw, parsed(raw))

    def _content(self, response: httpx.Response) -> bytes:
        """The whole body, unless it is too long or drips too slowly to ever end."""
        end, found = self.clock() + self.limits.whole, bytearray()
        for piece in response.iter_bytes():
            found += piece
            if len(found) > self.limits.most_bytes:
                raise SourceError("too_large", limit=self.limits.most_bytes // MEGABYTE)
            if self.clock() > end:
                raise SourceError("slow", seconds=round(self.limits.whole))
        return bytes(found)

    def _asked_wait(self, response: httpx.Response) -> float | None:
        """How long the source asks us to wait: in seconds, or until a time of day."""
        told = response.headers.get("retry-after", "").strip()
        if not told:
            return None
        if told.isdecimal():
            return float(told[:9])
        try:
            return max(0.0, parsedate_to_datetime(told).timestamp() - self.now())
        except (TypeError, ValueError):
            return None


def parsed(raw: bytes) -> Any:
    """The JSON in an answer; SourceError says what it is where it is none."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise SourceError("web_page")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        code = "cut_off" if error.end >= len(raw) and error.reason == "unexpected end of data" else "not_json"
        raise SourceError(code, line=raw.count(b"\n", 0, error.start) + 1) from None
    try:
        document = json.loads(text, parse_constant=_no_number)
        if _ODD_LETTERS.search(text):
            json.dumps(document, ensure_ascii=False).encode()
        if "\\u0000" in text:
            raise ValueError("a letter that no text has")
        return document
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        raise SourceError("cut_off" if ended else "not_json", line=error.lineno) from None
    except (RecursionError, ValueError):
        raise SourceError("not_json", line=1) from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _is_at_home(url: httpx.URL, home: httpx.URL) -> bool:
    return (url.scheme, url.host, url.port) == (home.scheme, home.host, home.port) and not url.userinfo


def _own_words(raw: bytes) -> str:
    """What the source itself says is wrong: a problem's title, or nothing."""
    try:
        document = parsed(raw)
    except SourceError:
        return ""
    if not isinstance(document, dict):
        return document if isinstance(document, str) else ""
    told = (document.get(key) for key in ("title", "detail", "error", "message"))
    return next((words for words in told if isinstance(words, str) and words), "")
