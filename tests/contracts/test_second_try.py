"""Who gets a second try, in what state the second one begins, and that the end of the run tells of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded.layout import REPOSITORY
from tests.plugins.second_try import FOLDERS, MOST

PLUGINS = ("xdist", "pytest_rerunfailures", "tests.plugins.second_try")
SUITE = """
from pathlib import Path
import pytest

DONE = []

@pytest.fixture(scope="session")
def server():
    DONE.append("server")
    yield
    DONE.append("server ended")

@pytest.fixture(scope="module")
def world(server):
    DONE.append("world")
    yield {}
    DONE.append("world emptied")

@pytest.fixture
def window(world):
    yield world
    assert "complaint" not in world, "the browser complained"

@pytest.fixture
def is_first(request):
    note = Path(__file__).with_name(request.node.name)
    yield not note.exists()
    note.touch()

def test_fails_once(window, is_first):
    window["written"] = True
    assert not is_first, "the page did not come"
    assert DONE == ["server", "world", "world emptied", "server ended", "server", "world"]

def test_closes_badly_once(window, is_first):
    DONE.append("tried")
    if is_first:
        window["complaint"] = True
    else:
        assert DONE[-6:] == ["tried", "world emptied", "server ended", "server", "world", "tried"]

def test_fails_ever(window):
    assert not "right"
"""
FAILING_ONCE = """
import pytest

TRIED = set()

@pytest.mark.parametrize("number", range({}))
def test_fails_once(number):
    assert number in TRIED or TRIED.add(number)
"""


def run(root: Path, suites: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What a run says of these tests, by folder."""
    for name, suite in suites.items():
        (root / "tests" / name).mkdir(parents=True)
        (root / "tests" / name / "test_it.py").write_text(suite)
    (root / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-raR", "--rerun-show-tracebacks", "-q", "-n1", "--dist", "worksteal"]
        + [part for plugin in PLUGINS for part in ("-p", plugin)],
        cwd=root,
        env=environment | {"PYTHONPATH": str(REPOSITORY), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a run says of which three tests fail in each of five folders."""
    done = run(tmp_path_factory.mktemp("suite"), dict.fromkeys((*FOLDERS, "attacks", "rules"), SUITE))
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", FOLDERS)
def test_what_drives_real_programs_is_tried_again_from_nothing(name: str, told: str) -> None:
    tests = f"tests/{name}/test_it.py::test"
    for once in ("fails_once", "closes_badly_once"):
        assert f"RERUN {tests}_{once}" in told, told
        assert f"FAILED {tests}_{once}" not in told and f"ERROR {tests}_{once}" not in told, told
    assert f"FAILED {tests}_fails_ever" in told, told


@pytest.mark.parametrize("name", ["attacks", "rules"])
def test_an_attack_and_a_rule_get_no_second_try(name: str, told: str) -> None:
    tests = f"tests/{name}/test_it.py::test"
    assert f"RERUN {tests}" not in told, told
    assert f"FAILED {tests}_fails_once" in told and f"ERROR {tests}_closes_badly_once" in told, told


def test_the_end_of_the_run_names_each_second_try_and_tells_why(told: str) -> None:
    summary = told.split("rerun test summary info")[1]
    assert summary.count("RERUN") == 3 * len(FOLDERS), told
    for reason in ("the page did not come", "the browser complained"):
        assert reason in summary, told
    assert told.rstrip().splitlines()[-1].count(f"{3 * len(FOLDERS)} rerun") == 1, told


def test_a_run_that_needs_too_many_of_them_is_red_although_each_test_got_through(tmp_path: Path) -> None:
    for tests, code in ((MOST, 0), (MOST + 1, 1)):
        done = run(tmp_path / str(tests), {"browser": FAILING_ONCE.format(tests)})
        assert f"{tests} passed, {tests} rerun" in done.stdout, done.stdout
        assert done.returncode == code, done.stdout
        assert ("too many second tries" in done.stdout) == bool(code)
