"""Registers to test against: the shipped sample, and all of England where DfE's files are."""

from __future__ import annotations

import gc
import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from textual import app, constants, pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from navigator import directory
from navigator.core import paths
from navigator.directory import kept
from navigator.register import Register, open_register, update_from
from navigator.register import sample as sample_of_areas
from tests.tools import idle

ROOT = Path(__file__).parent.parent

THOROUGH = os.environ.get("NAVIGATOR_TEST_THOROUGH", "") not in ("", "0")

# Who runs the tests in the background ("&") has Ctrl+C ignored, in every process they start, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# argparse looks on the disk for a translation of each word of its own, and there is none.
os.environ["LANGUAGE"] = "C"

# No test pulls the plug: what flushing is for is shown by what comes of one that fails. Each of the
# thousands waited two milliseconds; the processes that tests start and kill flush as ever.
if not THOROUGH and os.name != "nt":
    # It fails for a closed file, as flushing does
    os.fsync = os.fstat  # type: ignore[assignment]  # its answer, which nobody reads, is another

# Apps and registers are made by the hundred: an eighth of the time went into looking for circles.
gc.set_threshold(50_000, 20, 50)

# No test here measures time: a busy machine must not fail one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


# A test waits for what a key does, not for a while, nor for a scroll to glide.
# A Final, read from the environment before tests begin
constants.TEXTUAL_ANIMATIONS = "none"  # type: ignore[misc]
for module in (app, pilot):
    vars(module)["wait_for_idle"] = idle.until_idle
# A function in place of a method, and one that is always given the pilot: mypy allows neither.
pilot.Pilot._wait_for_screen = idle.until_all_is_handled  # type: ignore[method-assign,assignment]


parse_css = Stylesheet._parse_rules
parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def parse_css_once(self: Stylesheet, css: str, **where: Any) -> list[RuleSet]:
    """The rules of one source of CSS: hundreds of apps are made with the same."""
    source = (css, frozenset(where.items()), frozenset(self._variables.items()))
    if source not in parsed:
        parsed[source] = parse_css(self, css, **where)
    return parsed[source]


# A function in place of a method; where the CSS is from goes through it as it is, so untyped.
Stylesheet._parse_rules = parse_css_once  # type: ignore[method-assign,assignment]


build_sample = sample_of_areas.open_sample
built: dict[tuple[object, ...], sqlite3.Connection] = {}


def copied_sample(problem: str = "", facts: Path | None = None) -> Register:
    """The sample, built once for each state of its files; each who opens it has a copy of its own.

    tests/cli/test_record.py alone opens it 284 times, and building it was half of that file's time.
    """
    files = sorted(((facts or paths.facts_dir()) / "sample").iterdir())
    state = tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    if state not in built:
        first = build_sample(problem, facts)
        built[state] = in_memory(first._database)
        return first
    return Register(in_memory(built[state]), problem=problem)


def in_memory(database: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of a register; as a register made in memory, any thread may ask it."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    database.backup(copy)
    return copy


sample_of_areas.open_sample = copied_sample

open_facts = directory.open_directory
facts_read: dict[bytes, directory.Directory] = {}


def open_facts_once(
    folder: Path | None = None,
    extra: Path | None = None,
    kept_in: Path | None = None,
    *blame: Any,
) -> directory.Directory:
    """Our own facts, read once for each state of their files; all others as ever.

    Each test begins with an empty data folder, so each would read the same tables.
    """
    if folder != paths.facts_dir() or extra or not kept_in or (kept_in / kept.FILE).exists():
        return open_facts(folder, extra, kept_in, *blame)
    state = kept.state_of(folder, extra)
    if state not in facts_read:
        facts_read[state] = open_facts(folder, extra, kept_in, *blame)
    return facts_read[state]


# Its last argument goes through as it is, so untyped and without the name it has there.
directory.open_directory = open_facts_once  # type: ignore[assignment]


@pytest.fixture(scope="session", autouse=True)
def facts_stay() -> Iterator[None]:
    """No test changes the facts that those after it are given."""
    yield
    for shared in facts_read.values():
        assert shared.read.all() == open_facts(shared.folder).read.all()


def rounds(usual: int, thorough: int) -> int:
    """How often a test by chance tries: `thorough` where NAVIGATOR_TEST_THOROUGH is set."""
    return thorough if THOROUGH else usual


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `data` and `config` are those of this test alone: its register, and what it keeps."""
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks DfE: one that fetches has a server of its own."""
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://nowhere.invalid")


@pytest.fixture(scope="session")
def gias() -> Path:
    """The folder of DfE's files: $NAVIGATOR_TEST_REGISTER, else `../shared/gias`."""
    folder = Path(os.environ.get("NAVIGATOR_TEST_REGISTER") or ROOT.parent / "shared" / "gias")
    if not folder.exists():
        pytest.skip(f"DfE's files are not at {folder}: set NAVIGATOR_TEST_REGISTER")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of small files from bug reports, `../shared/cases`."""
    folder = ROOT.parent / "shared" / "cases"
    if not folder.exists():
        pytest.skip(f"the cases are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def england(gias: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """All of England, built once for all processes that test."""
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder = shared / "england"
    with FileLock(shared / "england.lock"):
        if not (folder / "current").exists():
            update_from(gias, folder)
    register = open_register(folder)
    yield register
    register.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The sample, as a fresh clone opens it."""
    register = open_register(tmp_path_factory.mktemp("nothing"))
    yield register
    register.close()
