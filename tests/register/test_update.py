"""From DfE's files to the register in use, by every way to give them."""

from __future__ import annotations

import gzip
import lzma
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from navigator.register import Progress, half, open_register, update_from
from tests.conftest import rounds
from tests.register import made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def _plain(folder: Path, path: Path) -> Path:
    return path


def _folder(folder: Path, path: Path) -> Path:
    (folder / "edubasealldata20250101.csv").write_text("an older file, not looked at")
    (folder / "edubaseallstatefunded20260105.csv").write_text("nor the narrow one")
    return folder


def _gz(folder: Path, path: Path) -> Path:
    packed = path.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return packed


def _xz_folder(folder: Path, path: Path) -> Path:
    path.with_suffix(".csv.xz").write_bytes(lzma.compress(path.read_bytes()))
    path.unlink()
    return folder


def _zip(folder: Path, path: Path) -> Path:
    packed = folder / "extract.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for each in list(folder.glob("*.csv")):
            archive.write(each, f"download/{each.name}")
            each.unlink()
    return packed


def _folder_of_zip(folder: Path, path: Path) -> Path:
    return _zip(folder, path).parent


@pytest.mark.parametrize("give", [_plain, _folder, _gz, _xz_folder, _zip, _folder_of_zip])
def test_a_file_or_folder_or_archive(
    give: Callable[[Path, Path], Path], tmp_path: Path, data: Path
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    rows = made.schools(3)
    rows[0].update({"Trusts (code)": "77", "TrustSchoolFlag (code)": "3"})
    path = made.write(given, rows)
    made.links(given, [(100_000, 99, "Old School", "Predecessor", "01-09-2015")])
    made.groups(given, [("77", "THE MADE TRUST", "06", "Open")])

    info = update_from(give(given, path), data)

    assert (info.day, info.links_day, info.groups_day) == (
        date(2026, 1, 1),
        date(2026, 1, 2),
        date(2026, 1, 3),
    )
    assert (info.name, info.schools, info.rows, info.sample) == ("England", 3, 3, False)
    register = open_register(data)
    trust = register.trust("77")
    assert trust
    assert (trust.name, trust.kind, trust.size) == ("The Made Trust", "MAT", 1)
    assert (trust.opened, trust.companies_house) == (date(2015, 9, 1), "01234567")
    assert [s.urn for s in register.successor(99)] == [100_000]
    assert register.old_name(99) == "Old School"
    register.close()


def test_any_name_will_do_and_the_date_is_then_the_file_s(tmp_path: Path, data: Path) -> None:
    path = made.write(tmp_path, made.schools(2), name="my register.csv")
    os.utime(path, (0, 1_700_000_000))
    info = update_from(path, data)
    assert info.day == date(2023, 11, 14)
    assert "dated by its file's time" in info.name


def test_columns_are_found_by_name(tmp_path: Path, data: Path) -> None:
    rows = made.schools(2)
    columns = [c for c in reversed(made.COLUMNS) if c not in ("UKPRN", "SchoolWebsite")]
    path = tmp_path / "edubasealldata20260101.csv"
    path.write_text(made.text(rows, ["Column of tomorrow", *columns]), "cp1252", newline="")
    update_from(path, data)
    register = open_register(data)
    school = register.get(100_001)
    assert school
    assert (school.name, school.ukprn, school.website) == ("Made 1 Primary School", "", "")
    register.close()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_both_encodings_and_odd_texts(
    encoding: str, ending: str, tmp_path: Path, data: Path
) -> None:
    rows = made.schools(4)
    rows[1]["EstablishmentName"] = "  St\xa0Brontë’s \x07 “High”   School "
    rows[2]["Street"] = 'The "Old" Lane,\nby the sea'
    rows[3].update(Easting="", Northing="0", NumberOfPupils="none", OpenDate="32-01-2020")
    text = made.text(rows).replace("\r\n", ending).removesuffix(ending)
    path = tmp_path / "edubasealldata20260101.csv"
    path.write_bytes(text.encode(encoding))
    update_from(path, data)
    register = open_register(data)
    one, two, three = (register.get(100_000 + n) for n in (1, 2, 3))
    assert one
    assert two
    assert three
    assert one.name == "St Brontë’s “High” School"
    assert two.street == 'The "Old" Lane, by the sea'
    assert (three.latitude, three.pupils, three.opened) == (None, None, None)
    assert not three.has_position
    assert register.search("saint bronte high")[0].urn == 100_001
    register.close()


def test_no_name_of_a_head_is_stored(tmp_path: Path, data: Path) -> None:
    info = update_from(made.write(tmp_path, made.schools(5)), data)
    assert b"Secretname" not in Path(info.path).read_bytes()


def test_two_processes_build_what_one_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made.schools(400)
    for n, row in enumerate(rows):
        row["Street"] = 'A "Lane"\r\nwith two lines, and "quotes"' if n % 2 else "Lane"
        row["EstablishmentStatus (name)"] = "Closed" if n % 7 == 0 else "Open"
        row["Trusts (code)"] = str(n % 11) if n % 3 else ""
        row["TrustSchoolFlag (code)"] = "3"
    for n, status in ((10, "Open"), (390, "Closed")):  # what a closed school says counts for less
        told = {"EstablishmentStatus (name)": status, "Trusts (name)": f"{status} Trust"}
        rows[n] |= {**told, "Trusts (code)": "11"}
    path = made.write(tmp_path, rows)
    finished: list[bool] = []
    whole: list[bool] = []
    real = half.SecondHalf.done

    def watched(second: half.SecondHalf) -> bool:
        finished.append(real(second))
        return finished[-1]

    monkeypatch.setattr(half.SecondHalf, "done", watched)
    one = tmp_path / "one"
    two = tmp_path / "two"
    for extra in range(0, 1200, 131):  # the seam falls elsewhere, now and then inside a quoted text
        rows[0]["Town"] = "x" * extra
        made.write(tmp_path, rows)
        monkeypatch.setattr(half, "WORTH_IT", 10**12)
        update_from(path, one)
        monkeypatch.setattr(half, "WORTH_IT", 1)
        finished.clear()
        update_from(path, two)
        whole.append(finished[-1])
        a, b = open_register(one), open_register(two)
        assert a.open_urns() == b.open_urns()
        for row in rows:
            assert a.get(int(row["URN"])) == b.get(int(row["URN"]))
        for uid in map(str, range(12)):
            assert a.trust(uid) == b.trust(uid)
            assert a.census.members(uid) == b.census.members(uid)
        assert a.search("made 12 primary") == b.search("made 12 primary")
        a.close()
        b.close()
    assert set(whole) == {True, False}


class _Guarded(sqlite3.Connection):
    """A SQLite that guards the tables of an index, as some builds do ("defensive")."""

    refused = False

    def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
        if statement.startswith("INSERT OR REPLACE INTO search_"):
            _Guarded.refused = True
            raise sqlite3.OperationalError("table search_data may not be modified")
        return super().execute(statement, *given)


def test_a_sqlite_that_guards_its_index_finds_schools_all_the_same(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = partial(sqlite3.connect, factory=_Guarded)
    monkeypatch.setattr(sqlite3, "connect", guarded)
    monkeypatch.setattr(half, "WORTH_IT", 1)
    update_from(made.write(tmp_path, made.schools(400)), data)
    assert _Guarded.refused
    _has_400_schools(data)


def test_a_second_process_reads_all_schools_where_the_files_beside_are_long(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half, "WORTH_IT", 1)
    made.links(
        tmp_path, [(100_007, n, "Old School", "Predecessor", "01-09-2015") for n in range(9_000)]
    )
    update_from(made.write(tmp_path, made.schools(400)), data)
    _has_400_schools(data)
    with closing(open_register(data)) as register:
        assert len(register.links(100_007)[1]) == 9_000


def test_a_second_process_that_is_killed_behind_its_reading_costs_nothing_but_time(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = half.SecondHalf.tell
    killed = []

    def kill(second: half.SecondHalf, told: Any) -> None:
        if second.done() and second._process:
            second._process.kill()
            killed.append(second)
        real(second, told)

    monkeypatch.setattr(half.SecondHalf, "tell", kill)
    monkeypatch.setattr(half, "WORTH_IT", 1)
    update_from(made.write(tmp_path, made.schools(400)), data)
    assert killed
    _has_400_schools(data)


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The second processes that were begun; they have next to no time."""
    begun: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen.__init__

    def begin(process: subprocess.Popen[bytes], *given: Any, **how: Any) -> None:
        real(process, *given, **how)
        begun.append(process)

    monkeypatch.setattr(subprocess.Popen, "__init__", begin)
    monkeypatch.setattr(half, "WORTH_IT", 1)
    monkeypatch.setattr(half, "PATIENCE", 0)
    monkeypatch.setattr(half, "LEAST", 0.5)
    yield begun
    for process in begun:
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="there a script has no first line to start it")
def test_a_second_process_that_hangs_as_it_reads_is_done_without(
    tmp_path: Path,
    data: Path,
    second: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hangs = tmp_path / "hangs"
    hangs.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(600)\n", "utf-8")
    hangs.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(hangs))
    update_from(made.write(tmp_path, made.schools(400)), data)
    assert [process.poll() for process in second] == [-signal.SIGKILL]
    _has_400_schools(data)


@pytest.mark.skipif(sys.platform == "win32", reason="no process is stopped there")
def test_a_second_process_that_hangs_behind_its_reading_is_done_without(
    tmp_path: Path,
    data: Path,
    second: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = half.SecondHalf.tell

    def stop(of: half.SecondHalf, _told: Any) -> None:
        monkeypatch.setattr(half, "LEAST", 0.5)
        second[0].send_signal(signal.SIGSTOP)
        real(of, bytes(1_000_000))  # more than it can be handed while it doesn't read

    monkeypatch.setattr(half.SecondHalf, "tell", stop)
    monkeypatch.setattr(half, "LEAST", 60)  # for its reading, which ends
    update_from(made.write(tmp_path, made.schools(400)), data)
    assert [process.poll() for process in second] == [-signal.SIGKILL]
    _has_400_schools(data)


def _has_400_schools(data: Path) -> None:
    register = open_register(data)
    assert [hit.urn for hit in register.search("made 7 primary")][:1] == [100_007]
    assert [hit.urn for hit in register.search("made 399 primary")][:1] == [100_399]
    assert len(register.open_urns()) == register.info.rows == 400
    register.close()


def test_progress_is_told_in_steps(tmp_path: Path, data: Path) -> None:
    told: list[Progress] = []
    update_from(made.write(tmp_path, made.schools(5_000)), data, told.append)
    assert 3 <= len(told) < 20
    reading = [p for p in told if p.done]
    assert reading[-1].done == 5_000
    assert all(0 < p.done <= p.total * 1.2 for p in reading)
    assert reading[0].seconds_left is not None


def test_the_old_one_serves_who_has_it_open_and_one_before_is_kept(
    tmp_path: Path, data: Path
) -> None:
    path = made.write(tmp_path, made.schools(20))
    update_from(path, data)
    register = open_register(data)
    for _ in range(3):
        update_from(path, data)
    assert register.get(100_003)
    assert len(list(data.glob("register-*.sqlite"))) == 2
    assert not list(data.glob("build-*"))
    register.close()


def test_leftovers_go_but_not_those_of_a_running_update(tmp_path: Path, data: Path) -> None:
    data.mkdir()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    stale, running = data / f"build-{gone.pid}-aa", data / f"build-{os.getppid()}-bb"
    stale.mkdir()
    running.mkdir()
    (stale / "register.sqlite").write_text("half")
    update_from(made.write(tmp_path, made.schools(2)), data)
    assert not stale.exists()
    assert running.exists()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: path.write_bytes(b""),
    ],
)
def test_a_damaged_register_gives_the_sample_and_says_so(
    harm: Callable[[Path], object], tmp_path: Path, data: Path
) -> None:
    harm(Path(update_from(made.write(tmp_path, made.schools(2)), data).path))
    register = open_register(data)
    assert register.info.sample
    assert "run `navigator update`" in register.problem
    register.close()
    assert update_from(tmp_path, data).schools == 2


@pytest.mark.parametrize("version", [1, 99])
def test_another_version_counts_as_absent(version: int, tmp_path: Path, data: Path) -> None:
    path = update_from(made.write(tmp_path, made.schools(2)), data).path
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    register = open_register(data)
    assert register.info.sample
    assert "another version" in register.problem
    assert register.problem.count(".") == 1
    register.close()


UPDATE = """
import sys
from pathlib import Path
from navigator.register import half, update_from
half.WORTH_IT = 1
update_from(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is not a signal there")
def test_killed_at_any_moment_the_old_or_the_new_one_is_in_use(tmp_path: Path, data: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    update_from(made.write(old, made.schools(900)), data)
    path = made.write(new, made.schools(1_000), name="edubasealldata20260202.csv")
    command = [sys.executable, "-c", UPDATE, str(path), str(data)]
    started = time.monotonic()
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    whole = time.monotonic() - started
    chance = random.Random(3)
    kills = rounds(5, thorough=15)
    for number in range(kills):
        update_from(old, data)
        process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
        moment = (number + chance.random()) / kills  # one in each part of an update
        time.sleep((0.15 + 0.9 * moment) * whole)
        process.kill()
        process.wait()
        register = open_register(data)
        assert register.problem == ""
        assert register.info.schools in (900, 1_000)
        assert len(register.search("made 7", limit=2000)) >= 1
        assert len(register.open_urns()) == register.info.schools
        register.close()
    update_from(old, data)
    assert not list(data.glob("build-*"))


def test_code_beside_the_download_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user stands in Downloads, where anything may lie: `csv.py`, for one."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    ran = folder / "ran"
    for name in ("csv.py", "sqlite3.py", "navigator.py"):
        (folder / name).write_text(f"open({str(ran)!r}, 'w')\n", "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setattr(half, "WORTH_IT", 1_000)
    path = made.write(folder, made.schools(400))
    assert update_from(path, tmp_path / "data").schools == 400
    assert not ran.exists()
