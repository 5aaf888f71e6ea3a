"""What all walks through the ways out ask for."""

from __future__ import annotations

import os
import random
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.crypto import get_random_string

from tests.attacks.disclosure.ways_out.repeating import Repeating


@pytest.fixture(autouse=True)
def as_often_as_one_likes(settings: Any) -> None:
    """The walk asks the interfaces hundreds of times in seconds: it looks for figures, not for limits."""
    settings.API_CALLS = 1_000_000


@pytest.fixture
def repeating(monkeypatch: pytest.MonkeyPatch) -> Repeating:
    """Chance and time that begin anew whenever the test says so."""
    made = Repeating()

    class Moment(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return made.now(tz)

    monkeypatch.setattr(os, "urandom", made.bytes)
    monkeypatch.setattr(random, "_urandom", made.bytes)
    monkeypatch.setattr(timezone, "datetime", Moment)
    drawn = []
    for _twice in range(2):
        made.begin("both")
        drawn.append((uuid4(), get_random_string(32), timezone.now()))
    assert drawn[0] == drawn[1], "Python takes its random numbers, or Django its time, from elsewhere now"
    return made


@pytest.fixture
def keys_folder(tmp_path: Path, settings: Any) -> Path:
    """Rounds' private keys apart from those of other tests."""
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"
