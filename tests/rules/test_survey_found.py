"""What a search engine may show of a survey: the first page of an open link, and nothing else."""

from __future__ import annotations

from django.test import Client

from surveys.public_round import forget_rounds
from tests.rounds import open_round
from tests.world import World


def test_only_an_open_links_first_page_may_be_found(committed: World) -> None:
    survey_round = open_round(committed)
    forget_rounds()
    client, address = Client(), f"/svara/{survey_round.public_code}/"
    first = client.get(address)
    assert first.headers["X-Robots-Tag"] == "all" and '<meta name="description"' in first.content.decode()
    others = [client.get(f"{address}delad/"), client.get(f"{address}abc/"), client.get("/svara/zzzzzzzz/")]
    others.append(client.post(address, {"go": "on"}))
    assert {each.headers["X-Robots-Tag"] for each in others} == {"noindex"}
