"""Setting up: what a person without network, without ensurepip or with an old Python is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from portal.embedded import bootstrap, installing, translations
from portal.embedded.errors import StepFailed
from portal.embedded.layout import REPOSITORY
from portal.embedded.stamps import files_state, is_stamped, stamp


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    # -S: no site-packages, as on a machine where nothing has been installed.
    code = "import portal.embedded.bootstrap, sys; print(len(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=REPOSITORY, env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_an_old_python_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    with pytest.raises(StepFailed, match=r"needs 3\.11 or newer") as failure:
        bootstrap.check_python()
    assert "make run PYTHON=" in failure.value.remedy


def test_a_missing_ensurepip_is_named_with_the_package_that_has_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installing, "VENV_PYTHON", tmp_path / "none")
    monkeypatch.setattr(installing.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StepFailed, match="ensurepip") as failure:
        installing.make_venv()
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in failure.value.remedy


def test_a_step_that_fails_says_what_its_program_said_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As when the package index can't be reached: the person sees pip's own words and what to do."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'No matching distribution found for Django'\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(installing, "VENV", tmp_path)
    monkeypatch.setattr(installing, "VENV_PYTHON", broken)
    monkeypatch.setitem(bootstrap.COMMANDS, "setup", lambda rest: installing.install_python_packages("base"))
    assert bootstrap.main(["setup"]) == 1
    told = capsys.readouterr().err
    assert "install the Python packages" in told
    assert "No matching distribution found for Django" in told
    assert "can be reached" in told
    assert "Traceback" not in told
    assert not (tmp_path / "installed.stamp").exists()


def test_packages_for_tests_serve_a_run_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[str] = []
    monkeypatch.setattr(installing, "VENV", tmp_path)
    monkeypatch.setattr(installing, "_run", lambda step, *rest: calls.append(step))
    installing.install_python_packages("dev")
    installing.install_python_packages("base")
    assert calls == ["install the Python packages"]


def test_an_unknown_command_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["fly"]) == 2
    assert "reset" in capsys.readouterr().err


def test_a_changed_file_makes_a_step_due_again(tmp_path: Path) -> None:
    source, note = tmp_path / "static", tmp_path / "static.stamp"
    source.mkdir()
    (source / "style.css").write_text("a")
    stamp(note, files_state(source))
    assert is_stamped(note, files_state(source))
    (source / "more.css").write_text("b")
    assert not is_stamped(note, files_state(source))


def test_translations_are_compiled_and_fuzzy_ones_left_out(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Next step"\nmsgstr "Nästa steg"\n\n#, fuzzy\nmsgid "Answer"\nmsgstr "Svara?"\n',
        encoding="utf-8",
    )
    assert translations.main([str(source)]) == 0
    with source.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert compiled.get("Next step").string == "Nästa steg"
    assert compiled.get("Answer") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "a"\nmsgstr "b"\nstray words\n', "misformatted"),
        ('#, python-format\nmsgid "Hi %(name)s"\nmsgstr "Hej %(namn)s"\n', "django.po:2: "),
    ],
)
def test_a_broken_catalogue_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    source = tmp_path / "django.po"
    source.write_text(text, encoding="utf-8")
    assert translations.main([str(source)]) == 1
    said = capsys.readouterr().out
    assert "django.po" in said
    assert told in said
    assert not source.with_suffix(".mo").exists()
