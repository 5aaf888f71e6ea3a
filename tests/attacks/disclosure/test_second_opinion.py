"""An attacker that was written apart from this project, on given tables protected by our engine."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from datasets.disclosure import Zeros
from datasets.disclosure.engine import Demands, make_safe
from tests.shared_data import SHARED
from tests.unit.datasets.disclosure.oracle import Peer, read_peer, write_output

TABLES = (
    "T01_z1",
    "T02_z2_two_hier",
    "T03_mun_accidents",
    "T04_example1",
    "T07_s26_kom_age",
    "T08_s26_kom_age_sex",
)


@cache
def given_attacker() -> ModuleType:
    """The attacker's module."""
    path = SHARED.parent / "tools" / "attack.py"
    if not path.exists():
        pytest.skip("The given attacker is not here.")
    spec = spec_from_file_location("given_attacker", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def attacked(peer: Peer, hidden: np.ndarray, folder: Path, **options: object) -> dict[str, int]:
    """What the given attacker reports of a protected table."""
    output = folder / "out.csv"
    write_output(peer, hidden, output)
    inner = pd.read_csv(peer.input, dtype=str)
    inner["freq"] = inner["freq"].astype(int)
    out = pd.read_csv(output, dtype=dict.fromkeys(peer.columns, str))
    spec = json.loads(peer.spec.read_text(encoding="utf-8"))
    summary, _ = given_attacker().attack(inner, out, spec, full=True, **options)
    return dict(summary)


@pytest.mark.parametrize("name", TABLES)
def test_nothing_primary_is_recovered(name: str, tmp_path: Path):
    peer = read_peer(name, "z0s")
    hidden = make_safe(peer.system, Demands(Zeros.SECONDARY), hides_zeros=False).hidden
    found = attacked(peer, hidden, tmp_path, milpn=10)
    assert (found["linear_recoverable"], found["exact_primary"], found["unsound"]) == (0, 0, 0)


@pytest.mark.parametrize("name", TABLES[3:])
def test_nor_by_one_who_knows_that_hidden_is_at_least_one(name: str, tmp_path: Path):
    peer = read_peer(name, "z0n")
    hidden = make_safe(peer.system, Demands(Zeros.SHOWN), hides_zeros=False).hidden
    assert not hidden[peer.system.counts == 0].any()
    found = attacked(peer, hidden, tmp_path, min1=True)
    assert (found["exact_primary"], found["unsound"]) == (0, 0)


def test_the_mask_of_small_counts_alone_is_undone(tmp_path: Path):
    peer = read_peer("T08_s26_kom_age_sex", "z0s")
    found = attacked(peer, peer.system.protected, tmp_path)
    assert found["exact_primary"] == int(peer.system.protected.sum())
