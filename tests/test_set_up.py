"""`.ci/do.py` where no package can be had: it shows that it is at work, and says what to set."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
