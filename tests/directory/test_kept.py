"""What was read of the facts is kept for the next start, and not trusted unless it is of these."""

from __future__ import annotations

import os
import pickle
import shutil
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from navigator.core import paths
from navigator.directory import Directory, keep, kept, open_directory, programmes, tables

DAY = date(2026, 11, 27)


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
    return directory.is_kept


def told(directory: Directory) -> Any:
    return (
        directory.checked,
        directory.programmes,
        [directory.order(phase) for phase in ("primary", "secondary", "special", "")],
        [directory.hubs(p.id) for p in directory.programmes],
        directory.places.told,
        directory.all_networks(),
        directory.all_partnerships(),
        directory.associations(),
        directory.dioceses(),
        directory.diocese("Church of England", "St. Albans"),
        [(a.code, directory.neighbours(a.code)) for a in directory.authorities()],
        [directory.neighbours(old) for old in ("909", "928", "000")],
        [directory.networks(a.code, "primary", None) for a in directory.authorities()],
        [directory.networks(a.code, "", ("Catholic",)) for a in directory.authorities()],
        [directory.partnerships(a.code) for a in directory.authorities()],
    )


def test_it_says_what_the_tables_say_and_reads_none_of_them(
    home: Path, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = told(open_directory(facts))

    def no_table(*_: object) -> None:
        raise AssertionError("a table was read")

    monkeypatch.setattr(tables.Table, "__init__", no_table)
    monkeypatch.setattr(programmes, "entries", no_table)
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

    written(home, facts, pickle.dumps(Wicked()))
    assert not is_kept(open_directory(facts, None, home))
    assert not (home / "made").exists()


def written(home: Path, facts: Path, body: bytes) -> None:
    state = kept.state_of(facts, None)
    (home / kept.FILE).write_bytes(state + b"%08x" % zlib.crc32(body) + body)


BODIES = {
    "too much memory": b"\x80\x04\x96" + b"\xff" * 7 + b"\x7f" + b".",
    "nothing": pickle.dumps(None),
    "too few": pickle.dumps((1, 2)),
    "numbers": pickle.dumps((DAY, (), {}, {"english-hub": 5}, {}, {}, {}, {})),
    "no hubs": pickle.dumps((DAY, (), {}, {"english-hub": (5,)}, {}, {}, {}, {})),
    "no places": pickle.dumps((DAY, (), {}, {}, {}, {}, {}, {})),
    "no numbers of places": pickle.dumps((DAY, (), {}, {}, {}, 4, {}, {})),
}


@pytest.mark.parametrize("what", BODIES)
def test_what_has_another_shape_has_the_tables_read(home: Path, facts: Path, what: str) -> None:
    """Its sum may be right: another program's file, or one that was made to do harm."""
    written(home, facts, BODIES[what])
    directory = open_directory(facts, None, home)
    assert not is_kept(directory)
    assert directory.hubs("english-hub")


@pytest.mark.parametrize(
    "part", ["programmes", "orders", "hubs", "listed", "places", "bodies", "neighbours"]
)
def test_a_part_of_another_shape_has_the_tables_read(home: Path, facts: Path, part: str) -> None:
    read = kept.load(home, kept.state_of(facts, None))
    assert read is not None
    of_places: dict[str, Any] = {"former": 5}
    of_part: Any = read.places._replace(**of_places) if part == "places" else (5,)
    wrong = read._replace(**{part: of_part})
    kept.save(home, wrong, kept.state_of(facts, None))
    assert not is_kept(open_directory(facts, None, home))


def test_a_folder_that_is_not_there_is_no_matter(facts: Path, tmp_path: Path) -> None:
    assert not is_kept(open_directory(facts, None, tmp_path / "none"))
