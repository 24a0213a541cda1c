"""The one file: built here, run by a Python that has nothing installed."""

from __future__ import annotations

import ast
import json
import lzma
import os
import signal
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest

from navigator import __version__
from tests.register import made
from tests.tools.pyz import PACKED, ROOT, build, members

BARE = [sys.executable, "-I", "-S"]
"""No site-packages, no PYTHONPATH, nothing from the folder we stand in."""


@pytest.fixture(scope="module")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pyz") / "navigator.pyz"
    with pytest.MonkeyPatch.context() as patched:  # as small as it is released takes 5 s more
        patched.setattr(lzma, "compress", partial(lzma.compress, preset=3))
        build(target)
    return target


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def env(tmp_path: Path, cache: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "NAVIGATOR_CACHE_DIR": str(cache),
        "NAVIGATOR_DATA_DIR": str(tmp_path / "data"),
        "NAVIGATOR_CONFIG_DIR": str(tmp_path / "config"),
        "TERM": "xterm-256color",
    }


def start(pyz: Path, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BARE, str(pyz), *arguments],
        check=False, capture_output=True, encoding="utf-8", env=env, cwd=pyz.parent,
        timeout=120,
    )  # fmt: skip


def test_the_bare_python_has_nothing() -> None:
    done = subprocess.run(
        [*BARE, "-c", "import textual"], check=False, capture_output=True, text=True
    )
    assert "No module named 'textual'" in done.stderr


def test_it_tells_its_version_and_unpacks_once(pyz: Path, env: dict[str, str], cache: Path) -> None:
    done = start(pyz, env, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"navigator {__version__}\n", "")
    (unpacked,) = cache.iterdir()
    before = unpacked.stat().st_mtime_ns
    assert start(pyz, env, "--version").returncode == 0
    assert [f.stat().st_mtime_ns for f in cache.iterdir()] == [before]


def test_a_school_is_as_the_installed_one_shows_it(pyz: Path, env: dict[str, str]) -> None:
    arguments = ("show", "139217", "--json", "--as-at", "2026-11-22")
    done = start(pyz, env, *arguments)
    installed = subprocess.run(
        [sys.executable, "-m", "navigator", *arguments],
        capture_output=True, encoding="utf-8", cwd=ROOT, env={**os.environ, **env}, check=True,
    )  # fmt: skip
    assert done.stdout == installed.stdout
    assert json.loads(done.stdout)["school"]["urn"] == 139217


def test_it_builds_a_register(pyz: Path, env: dict[str, str], tmp_path: Path) -> None:
    file = made.write(tmp_path, made.schools(50))
    done = start(pyz, env, "update", "--from", str(file))
    assert done.returncode == 0, done.stderr
    school = json.loads(start(pyz, env, "show", "100000", "--json").stdout)["school"]
    assert 52 < school["latitude"] < 53


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty module")
def test_the_app_opens_in_a_terminal(pyz: Path, env: dict[str, str]) -> None:
    import pty
    import select

    import pyte

    child, terminal = pty.fork()
    if child == 0:
        os.execve(BARE[0], [*BARE, str(pyz), "139217"], {**env, "COLUMNS": "120", "LINES": "40"})
    screen = pyte.Screen(120, 40)
    stream = pyte.ByteStream(screen)
    until, quitting = time.monotonic() + 60, False
    try:
        while time.monotonic() < until:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                stream.feed(os.read(terminal, 65_536))
            except OSError:  # it has gone
                break
            if not quitting and "Sneinton" in "\n".join(screen.display):
                os.write(terminal, b"q")
                quitting = True
        assert quitting, "\n".join(screen.display)
    finally:
        if not quitting:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_three_first_starts_at_once(pyz: Path, env: dict[str, str], tmp_path: Path) -> None:
    env = {**env, "NAVIGATOR_CACHE_DIR": str(tmp_path / "fresh")}
    started = [
        subprocess.Popen([*BARE, str(pyz), "--version"], env=env, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [p.communicate(timeout=60)[0] for p in started] == [
        f"navigator {__version__}\n".encode()
    ] * 3
    assert len(list((tmp_path / "fresh").iterdir())) == 1


def test_with_nowhere_to_unpack_for_good(pyz: Path, env: dict[str, str], tmp_path: Path) -> None:
    blocked, passing = tmp_path / "blocked", tmp_path / "tmp"
    blocked.write_text("a file where the folder should be")
    passing.mkdir()
    env = {**env, "NAVIGATOR_CACHE_DIR": str(blocked), "TMPDIR": str(passing)}
    done = start(pyz, env, "--version")
    assert done.stdout == f"navigator {__version__}\n"
    assert list(passing.iterdir()) == [], "nothing is left behind"


def test_what_is_in_it(pyz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(pyz) as archive:
        packed = archive.read(PACKED)
    unpacked = lzma.decompress(packed)
    # Packing the same bytes anew, which gives the same, would take longer than all else here
    monkeypatch.setattr(lzma, "compress", lambda data: packed if data == unpacked else b"other")
    build(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == pyz.read_bytes(), "the same again"
    home = str(ROOT).encode()
    for name, data in members(pyz).items():
        assert not name.endswith((".so", ".pyd", ".dll", ".pyc")), name
        assert home not in data, f"{name} names a folder of this machine"
    names = set(members(pyz))
    assert "site/navigator/_data/programmes.toml" in names
    assert any("textual" in name and "LICENSE" in name for name in names), "licences go with it"
    assert pyz.stat().st_size < 3_000_000  # as released it is an eighth smaller


def test_an_old_python_can_read_the_sentence(pyz: Path) -> None:
    text = members(pyz)["__main__.py"].decode("utf-8")
    ast.parse(text, feature_version=(3, 7))
    assert "needs Python 3.11 or newer" in text
