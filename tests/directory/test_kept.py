"""What was read of the facts is kept for the next start, and not trusted unless it is of these."""

from __future__ import annotations

import os
import pickle
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from navigator.core import paths
from navigator.directory import Directory, keep, kept, open_directory
from navigator.directory import facts as facts_module


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "facts"
    shutil.copytree(paths.facts_dir(), folder, ignore=shutil.ignore_patterns("sample"))
    return folder


@pytest.fixture
def home(tmp_path: Path, facts: Path) -> Path:
    """A data folder that holds what was read of the facts."""
    keep(open_directory(facts, None, tmp_path), tmp_path)
    assert (tmp_path / kept.FILE).is_file()
    return tmp_path


def is_kept(directory: Directory) -> bool:
    return directory._kept is not None


def told(directory: Directory) -> Any:
    return (
        directory.checked,
        directory.programmes,
        [directory.order(phase) for phase in ("primary", "secondary", "special", "")],
        [directory.hubs(p.id) for p in directory.programmes],
        directory.places.kept(),
    )


def test_it_says_what_the_tables_say_and_reads_none_of_them(
    home: Path, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = told(open_directory(facts))

    def no_table(*_: object) -> None:
        raise AssertionError("a table was read")

    monkeypatch.setattr(facts_module, "Table", no_table)
    monkeypatch.setattr(facts_module, "entries", no_table)
    again = open_directory(facts, None, home)
    assert is_kept(again)
    assert told(again) == anew


def test_a_change_of_any_file_has_all_of_them_read(home: Path, facts: Path) -> None:
    table = facts / "programmes" / "maths-hub.csv"
    state = table.stat()
    try:
        os.utime(table, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
        assert not is_kept(open_directory(facts, None, home))
    finally:
        os.utime(table, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert is_kept(open_directory(facts, None, home))


def test_a_folder_of_ones_own_counts(home: Path, facts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    assert not is_kept(open_directory(facts, own, home))
    keep(open_directory(facts, own, home), home)
    assert is_kept(open_directory(facts, own, home))
    (own / "programmes.toml").write_text("checked = 2026-11-01\n", "utf-8")
    assert not is_kept(open_directory(facts, own, home))


@pytest.mark.parametrize("what", ["cut", "turned", "empty", "other"])
def test_a_damaged_one_is_not_trusted(home: Path, facts: Path, what: str) -> None:
    file = home / kept.FILE
    data = file.read_bytes()
    turned = bytearray(data)
    turned[-200] ^= 1
    damaged = {"cut": data[:-1], "turned": bytes(turned), "empty": b"", "other": data[5:]}
    file.write_bytes(damaged[what])
    directory = open_directory(facts, None, home)
    assert not is_kept(directory)
    keep(directory, home)
    assert file.read_bytes() == data


def test_nothing_but_nouns_of_facts_comes_out_of_it(home: Path, facts: Path) -> None:
    class Wicked:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(home / "made"),)

    body = pickle.dumps(Wicked())
    state = kept.state_of(facts, None)
    (home / kept.FILE).write_bytes(state + b"%08x" % zlib.crc32(body) + body)
    assert not is_kept(open_directory(facts, None, home))
    assert not (home / "made").exists()


def test_a_folder_that_is_not_there_is_no_matter(facts: Path, tmp_path: Path) -> None:
    assert not is_kept(open_directory(facts, None, tmp_path / "none"))
