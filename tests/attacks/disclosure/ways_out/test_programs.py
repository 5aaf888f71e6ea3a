"""A program with a key, and one without, ask for a planted table in every way that the interfaces know."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from accounts.services.api_tokens import api_token_make
from datasets.api.pcaxis.keyed import px_id
from datasets.models import ReleaseTable
from tests.attacks.disclosure.ways_out.planting import file_published, file_received, planting, scope_of
from tests.attacks.disclosure.ways_out.searching import found_in, in_database, in_log, in_valkey
from tests.attacks.disclosure.ways_out.walking import every_address, readable
from tests.world import World

WRITTEN = ("json-stat2", "csv", "px", "xlsx")


def questions(world: World) -> list[str]:
    """Every cell by itself, every row and column, and what stands beside the expressions' edges."""
    with scope_of(world):
        table = ReleaseTable.objects.get(code="main")
        dataset_id, dimensions = table.release.dataset_id, table.structure["dimensions"]
    codes = {d["code"]: [c["code"] for c in d["categories"]] for d in dimensions}
    one, two = codes
    rest, px = (
        f"/api/v1/datasets/{dataset_id}/tables/main/data",
        f"/api/px/v2/tables/{px_id(dataset_id, 'main')}/data",
    )
    found = [rest + "/", px, px.replace("/data", "/defaultselection")]
    for a, b in product((*codes[one], "*", "TOP(1)", "BOTTOM(1)"), (*codes[two], "*", "")):
        asked = f"{quote(one)}={quote(a)}" + (f"&{quote(two)}={quote(b)}" if b else "")
        found += [f"{rest}.{form}?{asked}" for form in ("json", "csv", "px", "xlsx")]
        coded = f"valueCodes[{quote(one)}]={quote(a)}" + (f"&valueCodes[{quote(two)}]={quote(b)}" if b else "")
        found += [f"{px}?{coded}&outputFormat={form}" for form in WRITTEN]
    return found


def test_no_key_and_no_question_opens_what_is_hidden(committed: World, run_jobs: Any, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    planted = planting()
    file_published(committed, file_received(committed, planted, run_jobs), run_jobs)
    with scope_of(committed):
        _token, key = api_token_make(
            name="Webbplatsen", scopes=["datasets:read:internal", "datasets:read:sensitive"], by=committed.adam,
            ends_on=timezone.localdate() + timedelta(days=1),
        )  # fmt: skip
    addresses = [*(one for one in every_address() if one.startswith("/api/")), *questions(committed)]
    said: list[tuple[str, str]] = []
    codes: list[int] = []
    for headers in ({}, {"authorization": f"Bearer {key}"}):
        client = Client(raise_request_exception=False)
        for address in addresses:
            response = client.get(address, headers=headers)
            codes.append(response.status_code)
            said.append((f"{'key' if headers else 'anyone'} {address}", readable(response)))
    assert max(codes) < 500 and codes.count(200) > 200
    assert found_in(said, planted.secrets) == []
    assert found_in(said, planted.open), "they do show figures"
    assert found_in([*in_log(caplog.records), *in_valkey(), *in_database()], planted.secrets) == []
    assert key not in "".join(text for _place, text in [*in_log(caplog.records), *in_valkey(), *in_database()])
