"""A source on a bad day: what it answers, and what we make of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from datasets.connectors import Asker, Limits, SourceError
from datasets.connectors.errors import TROUBLES
from tests.sources.asking import QUICK, Clock, asker
from tests.sources.server import Reply, SourceServer, serving

PACKED = {"Content-Encoding": "gzip"}


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with serving(lambda asked: Reply({"path": asked.path})) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


def failing(asking: Asker, path: str = "x") -> SourceError:
    with pytest.raises(SourceError) as caught:
        asking.get(path)
    return caught.value


def test_it_waits_as_long_as_the_source_asks(server: SourceServer, clock: Clock) -> None:
    server.troubles += [Reply({}, status=429, headers={"Retry-After": "7"})]
    assert asker(server.url, clock).get("x").document == {"path": "/x"}
    assert clock.waits == [7.0]


def test_it_waits_until_the_time_of_day_that_the_source_names(server: SourceServer, clock: Clock) -> None:
    server.troubles += [Reply({}, status=429, headers={"Retry-After": formatdate(clock.now() + 30, usegmt=True)})]
    asker(server.url, clock).get("x")
    assert clock.waits == [pytest.approx(30, abs=1)]


@pytest.mark.parametrize("told", ["soon", "-5", "1e9", "99999999999999999999", ""])
def test_a_wait_that_makes_no_sense_never_hangs_the_job(server: SourceServer, clock: Clock, told: str) -> None:
    server.troubles += [Reply({}, status=429, headers={"Retry-After": told})] * 4
    failing(asker(server.url, clock))
    assert sum(clock.waits) <= 3 * QUICK.longest_wait


def test_faults_are_met_with_longer_and_longer_waits(server: SourceServer, clock: Clock) -> None:
    server.troubles += [Reply({}, status=500), Reply({}, status=502), Reply({}, status=503)]
    asker(server.url, clock).get("x")
    assert clock.waits == [1.0, 2.0, 4.0]


def test_after_the_last_try_the_source_is_left_in_peace_by_all_who_share_its_rests(
    server: SourceServer, clock: Clock
) -> None:
    server.troubles += [Reply({}, status=500)] * 4
    first = asker(server.url, clock)
    second = Asker(server.url, QUICK, rests=first.rests, sleep=clock.sleep, now=clock.now)
    assert failing(first).code == "broken"
    server.asked.clear()
    refused = failing(second)
    assert refused.code == "busy" and refused.wait == pytest.approx(QUICK.rest)
    assert server.asked == []
    clock.time += QUICK.rest + 1
    assert second.get("x").document == {"path": "/x"}


def test_a_wait_too_long_for_a_job_is_left_to_the_next_run(server: SourceServer, clock: Clock) -> None:
    server.troubles += [Reply({}, status=429, headers={"Retry-After": "3600"})]
    asking = asker(server.url, clock)
    assert failing(asking).wait == 3600
    assert clock.waits == [] and len(server.asked) == 1
    assert asking.rests.until(server.url.removeprefix("http://")) == clock.now() + 3600


@pytest.mark.parametrize(
    "reply, code",
    [
        (Reply(raw=b"<!DOCTYPE html><title>Service unavailable</title>", kind="text/html"), "web_page"),
        (Reply(raw=b"\xef\xbb\xbf  <html>", kind="application/json"), "web_page"),
        (Reply(raw=b'{"values": [1, 2,, 3]}'), "not_json"),
        (Reply(raw=b'{"values": [NaN]}'), "not_json"),
        (Reply(raw=b"[" * 100_000 + b"1" + b"]" * 100_000), "not_json"),
        (Reply(raw=b"1" * 10_000), "not_json"),
        (Reply(raw=b"\xff\xfe\x00"), "not_json"),
        (Reply({"title": "Non-existent value", "status": 400}, status=400), "refused"),
        (Reply(raw=b"", status=403), "refused"),
        (Reply({}, status=404), "missing"),
        (Reply(raw=b"x" * (QUICK.most_bytes + 1)), "too_large"),
        (
            Reply(raw=gzip.compress(b" " * (QUICK.most_bytes * 4)), headers={"Content-Encoding": "gzip"}),
            "too_large",
        ),
        (Reply(raw=b"no gzip", headers={"Content-Encoding": "gzip"}), "shape"),
    ],
)
def test_each_kind_of_nonsense_has_its_own_name(server: SourceServer, reply: Reply, code: str) -> None:
    server.answer = lambda asked: reply
    assert failing(asker(server.url)).code == code
    assert len(server.asked) == 1  # asking again would not help


def test_the_sources_own_words_are_told_short_and_plain(server: SourceServer) -> None:
    server.answer = lambda asked: Reply({"title": "Too\x1b[31m many\n" + "cells " * 100}, status=403)
    told = str(failing(asker(server.url)).params["words"])
    assert len(told) == 200 and told.isprintable()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b'{"values": [1, 2'),
        Reply(raw=b'{"values": "abc'),
        Reply(raw='{"å": "å'.encode()[:-1]),
        Reply({"values": [1] * 1000}, cut_after=100),
    ],
)
def test_an_answer_that_broke_off_is_asked_for_again(server: SourceServer, reply: Reply) -> None:
    server.troubles += [reply]
    assert asker(server.url).get("x").document == {"path": "/x"}
    server.answer = lambda asked: reply
    assert failing(asker(server.url)).code == "cut_off"


def test_a_source_that_says_nothing_is_given_up(server: SourceServer) -> None:
    server.delay = 1.0
    found = failing(asker(server.url, limits=Limits(silence=0.1, tries=2)))
    assert found.code == "slow" and found.passes


def test_a_source_that_drips_for_ever_is_given_up(server: SourceServer) -> None:
    server.answer = lambda asked: Reply(raw=b" " * 1000, drip=0.05)
    assert failing(asker(server.url, limits=Limits(silence=1, whole=0.3, tries=1))).code == "slow"


def test_nobody_there(server: SourceServer) -> None:
    found = failing(asker("http://127.0.0.1:9"))
    assert found.code == "unreachable" and found.passes


def test_no_address_is_said_and_nothing_asked() -> None:
    assert failing(asker("")).code == "off"


def test_a_redirect_within_the_source_is_followed(server: SourceServer) -> None:
    server.troubles += [Reply({}, status=302, headers={"Location": "/moved/here"})]
    assert asker(server.url).get("x").document == {"path": "/moved/here"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/x", "http://169.254.169.254/", "file:///etc/passwd", "//a.b/"]
)
def test_a_redirect_elsewhere_is_refused(server: SourceServer, status: int, target: str) -> None:
    where = target.format(port=server.url.rpartition(":")[2])
    server.answer = lambda asked: Reply({}, status=status, headers={"Location": where})
    assert failing(asker(server.url)).code == "foreign"
    assert len(server.asked) == 1


def test_redirects_in_a_circle_end(server: SourceServer) -> None:
    server.answer = lambda asked: Reply({}, status=302, headers={"Location": "/x"})
    assert failing(asker(server.url)).code == "circle"


def test_a_question_is_not_turned_into_another_by_a_redirect(server: SourceServer) -> None:
    server.troubles += [Reply({}, status=302, headers={"Location": "/y"})]
    with pytest.raises(SourceError) as caught:
        asker(server.url).post("x", {"a": 1})
    assert caught.value.code == "shape"
    server.troubles += [Reply({}, status=307, headers={"Location": "/y"})]
    assert asker(server.url).post("x", {"a": 1}).document == {"path": "/y"}
    assert server.asked[-1].body == {"a": 1}


def test_no_secret_of_the_surroundings_is_sent(server: SourceServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert asker(server.url).get("x").document == {"path": "/x"}


def test_letters_arrive_whole(server: SourceServer) -> None:
    server.answer = lambda asked: Reply(raw=b"\xef\xbb\xbf" + json.dumps("Åmål", ensure_ascii=False).encode())
    assert asker(server.url).get("x").document == "Åmål"


def test_every_trouble_says_what_and_what_to_do() -> None:
    for code, trouble in TROUBLES.items():
        assert trouble.text.endswith((".", "%(words)s", "%(part)s")), code
        assert trouble.remedy.endswith("."), code


def test_a_question_outside_the_sources_own_path_is_refused(server: SourceServer) -> None:
    assert failing(asker(server.url + "/v3"), "/v2/kpi").code == "foreign"
    assert failing(asker(server.url + "/v3"), "../secret").code == "foreign"
    assert server.asked == []
