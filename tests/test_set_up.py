"""`.ci/do.py`: what it opens, and what it says where no package can be had."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.register import update_from
from tests.register import made

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize("works", [True, False])
def test_without_an_index_it_is_one_sentence(tmp_path: Path, works: bool) -> None:
    """In .venv lies a Python that does as pip does for a while, then gives up, or ends well."""
    (tmp_path / ".ci").mkdir()
    do = tmp_path / ".ci" / "do.py"
    text = (
        (ROOT / ".ci" / "do.py")
        .read_text("utf-8")
        .replace("TELL_SECONDS = 2", "TELL_SECONDS = 0.1")
    )
    do.write_text(text, "utf-8")
    shutil.copy2(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\ncase "$*" in *pip*) sleep 0.4; echo "no matching distribution" >&2; '
        f"exit {0 if works else 1};; esac\n"
    )
    python.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, do, "open"], capture_output=True, encoding="utf-8", check=False
    )
    assert "Setting up in .venv (once)" in ran.stderr
    assert ".." in ran.stderr, "it shows that it is at work"
    assert "Traceback" not in ran.stderr
    if works:
        assert ran.returncode == 0
        assert "didn't work" not in ran.stderr
    else:
        assert ran.returncode == 1
        assert "set HTTPS_PROXY to your network's proxy,\nor PIP_INDEX_URL" in ran.stderr
        said = (tmp_path / ".venv" / "setting-up.txt").read_text("utf-8")
        assert "no matching distribution" in said


@pytest.mark.parametrize(
    ("settings", "whole", "words"),
    [("", False, ["139217"]), ("school = 144462\n", False, []), ("", True, [])],
    ids=["nobody's", "mine", "a whole register"],
)
def test_it_opens_the_users_own_school_else_one_of_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, whole: bool, words: list[str]
) -> None:
    spec = importlib.util.spec_from_file_location("do", ROOT / ".ci" / "do.py")
    assert spec
    assert spec.loader
    do = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(do)
    monkeypatch.setattr(do, "PYTHON", sys.executable)
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    if whole:
        made.write(tmp_path, made.schools(2))
        update_from(tmp_path)
    assert do.first_words() == words


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C reaches a child in another way there")
def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    """The whole group gets Ctrl+C, as at a terminal, while a stand-in for Navigator waits."""
    (tmp_path / ".ci").mkdir()
    do = shutil.copy2(ROOT / ".ci" / "do.py", tmp_path / ".ci" / "do.py")
    shutil.copy2(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\ncase \"$*\" in *navigator*status) trap 'exit 130' INT; echo ready\n"
        "while :; do sleep 0.1; done;; esac\n"
    )
    python.chmod(0o755)
    started = subprocess.Popen(
        [sys.executable, do, "open", "status"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert started.stdout
    assert started.stdout.readline() == b"ready\n"
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=30)
    assert b"Traceback" not in said
    assert started.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_the_app_runs_where_the_user_stands_and_ends_with_it(tmp_path: Path) -> None:
    """So that a file it writes lands there, not in the clone; and it is one process."""
    clone, here = tmp_path / "clone", tmp_path / "here"
    (clone / ".ci").mkdir(parents=True)
    here.mkdir()
    do = shutil.copy2(ROOT / ".ci" / "do.py", clone / ".ci" / "do.py")
    shutil.copy2(ROOT / "pyproject.toml", clone / "pyproject.toml")
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\ncase "$*" in *navigator*status) pwd; echo $$;; esac\n')
    python.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, do, "open", "status"], stdout=subprocess.PIPE, text=True, cwd=here
    ) as started:
        told, _ = started.communicate(timeout=30)
    assert told.split() == [str(here), str(started.pid)]
