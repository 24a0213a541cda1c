"""What a release is made of: the whole of it in a thorough run, its parts each time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.core.errors import RefusedError
from navigator.storage import sums
from tests.tools import release

ROOT = Path(__file__).parents[1]


def test_what_does_not_start_does_not_count(tmp_path: Path) -> None:
    with pytest.raises(release.FailedError, match="doesn't work: no such thing"):
        release.started(
            [sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path / "home"
        )
    with pytest.raises(release.FailedError, match="doesn't work"):
        release.started([sys.executable, "-c", "print('another program')"], tmp_path / "other")


def test_what_does_not_end_does_not_count(tmp_path: Path) -> None:
    endless = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(release.FailedError, match="doesn't end within"):
        release.started(endless, tmp_path / "home", seconds=0.2)


def test_the_sums_are_those_that_navigator_reads(tmp_path: Path) -> None:
    made = []
    for name in ("b.whl", "a.tar.gz"):
        made.append(tmp_path / name)
        made[-1].write_bytes(name.encode())
    release.write_sums(tmp_path, made)
    lines = (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.split()[1] for line in lines] == ["a.tar.gz", "b.whl"]
    for one in made:
        sums.verify(one)
    made[0].write_bytes(b"changed")
    with pytest.raises(RefusedError):
        sums.verify(made[0])


@pytest.mark.skipif(
    os.environ.get("NAVIGATOR_TEST_THOROUGH") != "1",
    reason="builds all of a release, which takes minutes and a package index",
)
def test_all_of_it_is_built_and_starts(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.tools.release", str(tmp_path)],
        cwd=ROOT,
        check=True,
    )
    made = {path.name: path for path in tmp_path.iterdir()}
    assert len(made) == 5
    for name in ("navigator.pyz", f"navigator-{release.SYSTEM}{release.SUFFIX}"):
        sums.verify(made[name])
    assert len(made["SHA256SUMS"].read_text("utf-8").splitlines()) == 4
    assert made["navigator.pyz"].stat().st_size < 3_000_000
