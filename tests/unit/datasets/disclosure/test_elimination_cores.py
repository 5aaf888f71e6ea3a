"""The two forms of elimination: one result, whatever order things come in, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.disclosure import CountTable, RefusedToPublish, Why, elimination
from datasets.disclosure.elimination import PRIME, AlreadyRevealed, Core, secondary_suppression
from datasets.disclosure.model import System, compress, no_rows, publication_order
from datasets.disclosure.tables.linking import link
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.making import counted, dimension
from tests.unit.datasets.disclosure.oracle import read_peer
from tests.unit.datasets.disclosure.test_elimination import system_of

PLACES = {"p0": "north", "p1": "north", "p2": "south", "p3": "south"}


@st.composite
def systems(draw: st.DrawFn, *, linked: bool = True) -> System:
    """Tables of the same few people, places in counties; if ``linked`` several, and some figures out already."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    evenness = draw(st.sampled_from([0.2, 1.0, 5.0]))
    dimensions = [
        dimension("a", ["a0", "a1", "a2"]),
        dimension("b", ["b0", "b1"]),
        dimension("c", ["c0", "c1", "c2"]),
        dimension("place", list(PLACES), parents=PLACES),
    ]
    people = [
        random.choice(
            len(made.leaves), draw(st.integers(5, 80)), p=random.dirichlet([evenness] * len(made.leaves))
        )
        for made in dimensions
    ]
    number = min(len(column) for column in people)
    several = st.sampled_from([((0, 3), (1, 3)), ((0, 1), (2, 3)), ((0, 1), (1, 2), (2, 3)), ((0, 1, 3),)])
    crossed = draw(several) if linked else ((0, 1, 3),)
    tables = [
        counted([dimensions[at] for at in group], [people[at][:number] for at in group]) for group in crossed
    ]
    universe = link([prepare(CountTable(table)) for table in tables])
    small = universe.counts < draw(st.sampled_from([2, 4]))
    if draw(st.booleans()):
        small &= universe.counts > 0
    forced = ~small & (random.random(len(small)) < draw(st.sampled_from([0.0, 0.2])) * linked)
    nothing = no_rows(len(universe.leaves))
    return System(
        matrix=universe.matrix,
        leaves=universe.leaves,
        relations=universe.relations,
        at_least=nothing,
        least=np.zeros(0, dtype=np.int64),
        shown=np.ones(len(small), dtype=np.bool_),
        protected=small,
        forced=forced,
        names=universe.keys,
    )


def hidden_names(system: System, form: Core, *, zeros_first: bool = False) -> list[str]:
    """The names of the rows to hide, or of those that are known already."""
    try:
        secondary = secondary_suppression(system, publication_order(system, zeros_first=zeros_first), core=form)
    except AlreadyRevealed as revealed:
        return ["known", *sorted(system.names[row] for row in revealed.rows)]
    return sorted(np.array(system.names)[secondary].tolist())


def shuffled(system: System, seed: int) -> System:
    """The same system with rows, columns and relations in another order."""
    random = np.random.default_rng(seed)
    rows, columns = (random.permutation(size) for size in system.matrix.shape)
    ties = random.permutation(system.relations.shape[0])
    return replace(
        system,
        matrix=system.matrix[rows][:, columns].tocsr(),
        leaves=system.leaves[columns],
        relations=system.relations[ties][:, columns].tocsr(),
        at_least=system.at_least[:, columns].tocsr(),
        shown=system.shown[rows],
        protected=system.protected[rows],
        forced=system.forced[rows],
        names=tuple(system.names[row] for row in rows),
    )


@settings(max_examples=150, deadline=None)
@given(systems(), st.booleans())
def test_machine_code_hides_what_plain_python_hides(system: System, zeros_first: bool):
    small = compress(system).system
    assert hidden_names(small, Core.COMPILED, zeros_first=zeros_first) == hidden_names(
        small, Core.PYTHON, zeros_first=zeros_first
    )


@settings(max_examples=60, deadline=None)
@given(systems(), st.integers(0, 2**32 - 1), st.sampled_from(Core))
def test_no_order_of_rows_columns_or_ties_shows_in_the_result(system: System, seed: int, form: Core):
    again = shuffled(system, seed)
    assert hidden_names(system, form) == hidden_names(again, form)
    assert hidden_names(compress(system).system, form) == hidden_names(compress(again).system, form)


@settings(max_examples=60, deadline=None)
@given(systems(linked=False), st.sampled_from(Core))
def test_what_is_hidden_once_needs_no_more_hiding(system: System, form: Core):
    small = compress(system).system
    secondary = secondary_suppression(small, publication_order(small, zeros_first=False), core=form)
    again = replace(small, protected=small.protected | secondary)
    assert not secondary_suppression(again, publication_order(again, zeros_first=False), core=form).any()


@pytest.mark.parametrize("form", Core)
@pytest.mark.parametrize("rule, zeros_first", [("z0n", True), ("z0n", False), ("zp", False)])
def test_the_forms_agree_on_a_table_of_many_zeros(rule: str, zeros_first: bool, form: Core):
    small = compress(read_peer("T10_s26_ageyears_sex", rule).system).system
    assert hidden_names(small, form, zeros_first=zeros_first) == hidden_names(
        shuffled(small, 1), Core.PYTHON, zeros_first=zeros_first
    )


def test_a_store_that_must_often_be_widened_gives_the_same(monkeypatch: pytest.MonkeyPatch):
    from datasets.disclosure.elimination import compiled
    from datasets.disclosure.elimination.kernel import link_all

    small = compress(read_peer("T10_s26_ageyears_sex", "z0n").system).system
    wide = hidden_names(small, Core.COMPILED)
    widened: list[int] = []
    monkeypatch.setattr(compiled, "LEAST", 1)
    monkeypatch.setattr(compiled, "link_all", lambda store: widened.append(1) or link_all(store))
    assert hidden_names(small, Core.COMPILED) == wide
    assert len(widened) > 5


@pytest.mark.parametrize("form", Core)
def test_beyond_the_memory_given_the_table_is_refused(form: Core):
    system = system_of(np.random.default_rng(1).poisson(4, (40, 30)))
    order = publication_order(system, zeros_first=False)
    with pytest.raises(RefusedToPublish) as refused:
        secondary_suppression(system, order, core=form, most_bytes=50_000)
    assert [reason.why for reason in refused.value.reasons] == [Why.TOO_TANGLED]
    assert "smaller tables" in str(refused.value)


def test_a_core_that_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VAXTKRAFT_CORE", "abacus")
    system = system_of(np.array([[2, 7], [8, 9]]))
    with pytest.raises(ValueError, match="abacus"):
        secondary_suppression(system, publication_order(system, zeros_first=False))


@pytest.mark.parametrize("form", Core)
def test_the_environment_chooses_the_core(monkeypatch: pytest.MonkeyPatch, form: Core):
    from datasets.disclosure.elimination import compiled

    used: list[Core] = []
    real = compiled.eliminate
    monkeypatch.setattr(compiled, "eliminate", lambda *task, **given: used.append(form) or real(*task, **given))
    monkeypatch.setenv("VAXTKRAFT_CORE", form.value)
    system = system_of(np.array([[2, 7, 9], [8, 9, 20], [3, 30, 40]]))
    assert secondary_suppression(system, publication_order(system, zeros_first=False)).any()
    assert bool(used) is (form is Core.COMPILED)


def test_without_a_compiler_plain_python_does_large_tables_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("VAXTKRAFT_CORE", raising=False)
    monkeypatch.setattr(elimination, "find_spec", lambda name: None)
    monkeypatch.setattr(elimination, "WORTH_COMPILING", 0)
    system = system_of(np.array([[2, 7, 9], [8, 9, 20], [3, 30, 40]]))
    order = publication_order(system, zeros_first=False)
    assert np.array_equal(
        secondary_suppression(system, order), secondary_suppression(system, order, core=Core.COMPILED)
    )


def test_a_process_that_protects_nothing_loads_no_compiler():
    code = "import sys, datasets.disclosure; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[4], check=False).returncode == 0


class TestKeptMachineCode:
    def test_lies_under_the_installations_own_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        from datasets.disclosure.elimination.compiling import cache_folder

        monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
        monkeypatch.setenv("VAXTKRAFT_VAR", str(tmp_path))
        folder = cache_folder()
        assert folder is not None
        assert folder.parent == tmp_path / "cache" / "numba"

    def test_lies_where_the_operator_says(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        from datasets.disclosure.elimination.compiling import cache_folder

        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
        folder = cache_folder()
        assert folder is not None
        assert folder.parent == tmp_path / "kept"

    def test_is_not_kept_where_nothing_can_be_written(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        from datasets.disclosure.elimination.compiling import cache_folder

        (tmp_path / "file").write_text("")
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
        assert cache_folder() is None


@pytest.fixture(scope="module")
def product() -> object:
    """The compiled product and inverse, callable from here."""
    from datasets.disclosure.elimination.arithmetic import inverse, times
    from datasets.disclosure.elimination.compiling import njit

    @njit
    def both(one: int, two: int) -> tuple[int, int]:
        return times(one, two), inverse(one)

    return both


half = st.integers(-(PRIME // 2), PRIME // 2)
numbers = st.one_of(half, st.integers(-3, 3), st.sampled_from([PRIME // 2, -(PRIME // 2), 2**30, -(2**30), 2**31]))


@settings(max_examples=400, deadline=None)
@given(one=numbers, two=numbers)
def test_compiled_arithmetic_is_exact(product: object, one: int, two: int):
    assert callable(product)
    multiplied, inverted = product(one, two)
    assert (multiplied - one * two) % PRIME == 0
    assert abs(multiplied) <= PRIME // 2
    assert one == 0 or (inverted * one) % PRIME == 1


def test_ties_alone_that_tell_a_row_are_told():
    """A relation that equates a protected row with a forced one: both forms name it."""
    system = replace(
        system_of(np.array([[2, 7], [8, 9]])),
        relations=sp.csr_matrix(np.array([[1, 0, 0, 0]])),
    )
    for form in Core:
        assert hidden_names(system, form)[0] == "known"
