"""A second try for the tests that drive real programs, on a machine of which nobody knows what else it does.

They wait for a browser, a server or a process that somebody else's work may hold up for longer than they allow.
Every other test depends on nothing but the code, so that its failing once is something to find out about.

The second try finds nothing that the first one left: fixtures of every scope, the browser and the served site
among them, are ended in between and made anew. The closing summary names each second try and shows why.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

FOLDERS = ("browser", "journeys", "faults")
MOST = 3
"""Second tries in one run; with more of them something is wrong, whatever became of them."""

_TRIES = pytest.StashKey[int]()
_FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what gets a second try. There is none while somebody debugs."""
    if config.option.usepdb:
        return
    homes = tuple(config.rootpath / "tests" / folder for folder in FOLDERS)
    for item in items:
        if any(item.path.is_relative_to(home) for home in homes):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _second_tries(config: pytest.Config) -> int:
    """How many this run has needed; counted where the reports of all processes arrive."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("rerun", [])) if reporter else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if (tries := _second_tries(config)) > MOST:
        terminalreporter.section("too many second tries", red=True)
        terminalreporter.write_line(f"{tries} tests needed a second try, and {MOST} may: find out why.")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and _second_tries(session.config) > MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a second try: end what is left when it was the closing down that failed."""
    tries = item.stash.get(_TRIES, 0) + 1
    item.stash[_TRIES] = tries
    item.stash[_FAILED] = False
    if tries == 2:
        item.session._setupstate.teardown_exact(None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """After a first try that failed: end the fixtures of its module and of the session too."""
    if item.get_closest_marker("flaky") and item.stash[_FAILED] and item.stash[_TRIES] == 1:
        item.session._setupstate.teardown_exact(None)
