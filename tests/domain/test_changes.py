"""What changed between two registers: made ones with each kind of change, and all of England."""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navigator.cli import run
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.record import Bookmark, OwnNetwork, OwnRecord
from navigator.directory import Directory, open_directory
from navigator.domain.changes import Changes, Difference, for_head, in_england, summary
from navigator.export.changes import change_text
from navigator.register import Register, open_register, update_from
from navigator.register.opening import open_before
from tests.register import made

Capture = pytest.CaptureFixture[str]
Row = dict[str, str]
HOME = 100_000
DAY = date(2026, 11, 22)
FIRST, SECOND = "edubasealldata20260101.csv", "edubasealldata20260901.csv"
HERE = "Birmingham,LA,West Midlands,made,2026-01-01,high"
TRUSTS = [("1000", "First Trust", "06", "Open"), ("2000", "Second Trust", "06", "Open")]

Build = Callable[..., Register]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Builds registers of rows, each in a folder of its own."""
    opened: list[Register] = []

    def make(
        rows: list[Row],
        links: Sequence[Any] = (),
        trusts: Sequence[Any] = TRUSTS,
        name: str = FIRST,
    ) -> Register:
        folder = tmp_path / f"made-{len(opened)}"
        folder.mkdir()
        made.write(folder, rows, name)
        made.links(folder, links)
        made.groups(folder, trusts)
        update_from(folder, folder / "data")
        opened.append(open_register(folder / "data"))
        return opened[-1]

    yield make
    for register in opened:
        register.close()


@pytest.fixture(scope="module")
def directory() -> Directory:
    return open_directory()


def schools() -> list[Row]:
    return made.schools(60)


def change(rows: list[Row], urn: int, **values: str) -> None:
    next(row for row in rows if row["URN"] == str(urn)).update(
        {COLUMNS.get(key, key): value for key, value in values.items()}
    )


COLUMNS = {
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (name)",
    "closed": "CloseDate",
    "opened": "OpenDate",
    "trust": "Trusts (code)",
    "trust_name": "Trusts (name)",
    "flag": "TrustSchoolFlag (code)",
}
OF_FIRST = {"trust": "1000", "trust_name": "First Trust", "flag": "3"}
OF_SECOND = {"trust": "2000", "trust_name": "Second Trust", "flag": "3"}


def told(changes: Changes) -> list[tuple[str, str, str]]:
    return [(d.kind, d.key, d.words) for d in changes.differences]


def a_year(build: Build) -> tuple[Register, Register]:
    """Two registers between which one of each kind of change lies."""
    before, after = schools(), schools()
    for rows in (before, after):
        change(rows, 100_010, **OF_FIRST)
        change(rows, 100_011, **OF_FIRST)
        change(rows, 100_012, **OF_SECOND)
    change(after, 100_001, status="Closed", closed="31-08-2026")
    change(after, 100_002, status="Closed", closed="31-08-2026")
    change(after, 100_003, status="Closed", closed="30-04-2026")
    change(after, 100_004, name="Renamed Primary School")
    change(after, 100_010, **OF_SECOND)
    after.append(
        {"URN": "100060", "EstablishmentName": "New Primary School", "OpenDate": "01-09-2026"}
    )
    after.append(
        {
            "URN": "100061",
            "EstablishmentName": "Academy of Two",
            "OpenDate": "01-09-2026",
            **{COLUMNS[k]: v for k, v in OF_FIRST.items()},
        }
    )
    links = [
        (100_002, 100_061, "Academy of Two", "Successor", "01-09-2026"),
        (100_003, 100_005, "Made 5 Primary School", "Successor - merged", "01-05-2026"),
    ]
    renamed = [("1000", "First Trust", "06", "Open"), ("2000", "Second Trust of All", "06", "Open")]
    return build(before), build(after, links, renamed, SECOND)


def test_each_kind_of_change_is_told_once(build: Build, directory: Directory) -> None:
    changes = in_england(*a_year(build), directory)
    assert (changes.since, changes.until) == (date(2026, 1, 1), date(2026, 9, 1))
    found = told(
        changes._replace(
            differences=tuple(d for d in changes.differences if not d.key.startswith("hub:"))
        )
    )
    assert found == [
        ("opened", "school:100060", "opened"),
        ("closed", "school:100001", "closed"),
        ("converted", "school:100061", "became Academy of Two, URN 100061, of First Trust"),
        ("converted", "school:100005", "merged into Made 5 Primary School, URN 100005"),
        ("moved", "school:100010", "from First Trust to Second Trust of All"),
        ("renamed", "school:100004", "was Made 4 Primary School"),
        ("renamed", "trust:2000", "trust, was Second Trust"),
    ]
    days = {d.key: d.day for d in changes.differences}
    assert days[Key("school:100060")] == date(2026, 9, 1)
    assert days[Key("school:100001")] == days[Key("school:100061")] == date(2026, 8, 31)
    assert days[Key("school:100010")] is None, "the register doesn't say when"
    assert summary(changes).startswith("opened 1, closed 1, became another school 2, moved trust 1")


def test_a_head_is_told_of_theirs_and_of_nothing_else(build: Build, directory: Directory) -> None:
    before, after = a_year(build)
    nobody = for_head(before, after, directory, record=OwnRecord(), school=None, today=DAY)
    assert nobody.differences == ()
    record = OwnRecord(
        bookmarks=(Bookmark("b-1", Key("school:100002"), "Made 2", None, "", ()),),
        networks=(OwnNetwork("n-1", "Ours", (100_004,), None, ""),),
    )
    found = for_head(before, after, directory, record=record, school=None, today=DAY)
    assert [d.key for d in found.differences] == ["school:100061", "school:100004"]
    trust = OwnRecord(bookmarks=(Bookmark("b-1", Key("trust:2000"), "Second", None, "", ()),))
    found = for_head(before, after, directory, record=trust, school=None, today=DAY)
    assert told(found) == [("renamed", "trust:2000", "trust, was Second Trust")]
    near = for_head(before, after, directory, record=OwnRecord(), school=HOME, today=DAY)
    assert {"school:100001", "school:100010", "school:100061"} <= near.keys


def test_a_school_that_converted_is_still_ones_own(build: Build, directory: Directory) -> None:
    before, after = a_year(build)
    for urn in (100_002, 100_061):
        found = for_head(before, after, directory, record=OwnRecord(), school=urn, today=DAY)
        words = [d.words for d in found.differences if d.kind == "converted"]
        assert "became Academy of Two, URN 100061, of First Trust" in words


def test_a_trust_that_lost_its_last_school(build: Build, directory: Directory) -> None:
    before, after = schools(), schools()
    change(before, 100_010, **OF_FIRST)
    change(after, 100_010, **OF_SECOND)
    ended = [("1000", "First Trust", "06", "Closed"), ("2000", "Second Trust", "06", "Open")]
    found = in_england(build(before), build(after, [], ended), directory)
    assert told(found) == [
        ("opened", "trust:2000", "a trust with its first open school on the register"),
        ("closed", "trust:1000", "trust without an open school now"),
        ("moved", "school:100010", "from First Trust to Second Trust"),
    ]


def facts(folder: Path, rows: str, rule: str = "area") -> Directory:
    """Our facts with a programme of the user's beside them."""
    folder.mkdir()
    (folder / "programmes.toml").write_text(
        '[[programme]]\nid = "made"\nname = "Made Hub"\nshort = "Made"\nmark = "X"\n'
        f'purpose = "Nothing"\nrule = "{rule}"\nsource = "made"\ntable = "made.csv"\n',
        "utf-8",
    )
    head = "id,hub,lead_school,lead_urns,valid_from,valid_to,areas,area_kind,region,source,as_of,"
    (folder / "made.csv").write_text(f"{head}confidence\n{rows}", "utf-8")
    return open_directory(None, folder)


def test_hubs_that_began_ended_or_have_another_lead(build: Build, tmp_path: Path) -> None:
    before, after = a_year(build)
    ours = facts(
        tmp_path / "facts",
        f"old,Old Hub,Made 7,100007,2025-01-01,2026-07-31,{HERE}\n"
        f"new,New Hub,Made 8,100008,2026-08-01,,{HERE}\n"
        f"led,Led Hub,Made 2,100002,,,{HERE}\n",
    )
    expected = [
        ("new-hub", "hub:made/new", "Made Hub: began"),
        ("hub-ended", "hub:made/old", "Made Hub: ended"),
        (
            "lead-changed",
            "hub:made/led",
            "Made Hub: led by Academy of Two, before by Made 2 Primary School",
        ),
    ]
    for found in (
        in_england(before, after, ours),
        for_head(before, after, ours, record=OwnRecord(), school=HOME, today=DAY),
    ):
        assert [t for t in told(found) if t[1].startswith("hub:made/")] == expected
        days = {d.key: d.day for d in found.differences}
        assert days[Key("hub:made/new")] == date(2026, 8, 1)
        assert days[Key("hub:made/old")] == date(2026, 7, 31)


def test_a_hub_that_is_only_the_nearest_is_not_called_ones_own(
    build: Build, tmp_path: Path
) -> None:
    before, after = a_year(build)
    ours = facts(
        tmp_path / "facts",
        f"near,Near Hub,Made 7,100007,,2026-07-31,{HERE}\nfar,Far Hub,Made 30,100030,,,{HERE}\n",
        rule="nearest",
    )
    found = for_head(before, after, ours, record=OwnRecord(), school=HOME, today=DAY)
    assert [t for t in told(found) if t[1].startswith("hub:made/")] == [
        ("new-hub", "hub:made/far", "Made Hub: now “Nearest, yours to choose”"),
        ("hub-ended", "hub:made/near", "Made Hub: ended"),
    ]


# --- what holds for any two ---

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Open", "Closed", "Proposed to open"]),
        st.sampled_from(["One", "Two", "ONE "]),
        st.sampled_from(["", "1000", "2000"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(a=ROWS, b=ROWS)
def test_backward_mirrors_forward_and_nothing_differs_from_itself(
    tmp_path_factory: pytest.TempPathFactory,
    directory: Directory,
    a: list[tuple[str, str, str]],
    b: list[tuple[str, str, str]],
) -> None:
    registers = []
    for number, side in enumerate((a, b)):
        folder = tmp_path_factory.mktemp("side")
        rows = made.schools(12)
        for row, (status, name, trust) in zip(rows, side, strict=False):
            row |= {COLUMNS["status"]: status, COLUMNS["name"]: name}
            row |= {
                COLUMNS["trust"]: trust,
                COLUMNS["trust_name"]: trust,
                COLUMNS["flag"]: "3" if trust else "",
            }
        made.write(folder, rows, FIRST)
        made.groups(folder, TRUSTS)
        update_from(folder, folder / "data")
        registers.append(open_register(folder / "data"))
        assert number == len(registers) - 1
    one, other = registers
    there, back = in_england(one, other, directory), in_england(other, one, directory)
    keys = {
        kind: {d.key for d in there.of(kind)} for kind in ("opened", "closed", "moved", "renamed")
    }
    assert keys["opened"] == {d.key for d in back.of("closed")}
    assert keys["closed"] == {d.key for d in back.of("opened")}
    assert keys["moved"] == {d.key for d in back.of("moved")}
    assert keys["renamed"] == {d.key for d in back.of("renamed")}
    for register in registers:
        assert in_england(register, register, directory).differences == ()
        register.close()


# --- all of England ---


def altered(gias: Path, target: Path) -> dict[str, int]:
    """A copy of DfE's file as of later, in which one of each happened; kind -> URN."""
    source = next(gias.glob("edubasealldata*"))
    with lzma.open(source, "rt", encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file))
    open_ones = [
        r for r in rows if r["EstablishmentStatus (name)"] == "Open" and r["GOR (name)"] == "London"
    ]
    closed, renamed, removed = open_ones[10], open_ones[20], open_ones[30]
    closed["EstablishmentStatus (name)"] = "Closed"
    closed["CloseDate"] = "31-08-2026"
    renamed["EstablishmentName"] = "A Name Nobody Has School"
    rows.remove(removed)
    with (target / SECOND).open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, rows[0], quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    for other in gias.glob("*groups*"), gias.glob("links*"):
        for path in other:
            (target / path.name).write_bytes(path.read_bytes())
    return {
        k: int(r["URN"]) for k, r in (("closed", closed), ("renamed", renamed), ("gone", removed))
    }


def test_england_against_a_later_england(
    gias: Path, england: Register, directory: Directory, tmp_path: Path
) -> None:
    urns = altered(gias, tmp_path)
    update_from(tmp_path, tmp_path / "data")
    later = open_register(tmp_path / "data")
    found = in_england(england, later, directory)
    of_schools = {(d.kind, d.urn) for d in found.differences if d.key.startswith("school:")}
    assert of_schools == {
        ("closed", urns["closed"]),
        ("renamed", urns["renamed"]),
        ("closed", None),
    }
    gone = next(d for d in found.differences if d.key == f"school:{urns['gone']}")
    assert change_text(gone) == f"{gone.name}, URN {urns['gone']}: no longer on the register"
    head = for_head(
        england, later, directory, record=OwnRecord(), school=urns["renamed"], today=DAY
    )
    assert f"school:{urns['renamed']}" in head.keys
    later.close()


# --- kept beside, and on the command line ---


def two_updates(folders: Path) -> None:
    before, after = schools(), schools()
    change(after, 100_001, status="Closed", closed="31-08-2026")
    change(after, 100_004, name="\x1b[31mRenamed School")
    for rows, name in ((before, FIRST), (after, SECOND)):
        update_from(made.write(folders, rows, name), folders / "data")


def test_the_register_before_is_kept(folders: Path) -> None:
    two_updates(folders)
    before = open_before(folders / "data")
    assert before.info.day == date(2026, 1, 1)
    before.close()
    update_from(made.write(folders, schools(), FIRST), folders / "data")
    assert len(list((folders / "data").glob("*.sqlite"))) == 2


def test_with_none_kept_one_sentence(folders: Path, capsys: Capture) -> None:
    assert run(["changes"]) == 1
    said = capsys.readouterr().err
    assert "No register from before the one in use is kept" in said
    assert said.count("\n") == 1
    two_updates(folders)
    pointer = folders / "data" / "current"
    (folders / "data" / pointer.read_text().split()[1]).write_bytes(b"damaged")
    with pytest.raises(NotFoundError, match="can't be used"):
        open_before(folders / "data")


def test_changes_around_the_head(folders: Path, capsys: Capture) -> None:
    two_updates(folders)
    assert run(["changes"]) == 0
    out, err = capsys.readouterr()
    assert "nothing changed" in out
    assert "no school of yours is set" in err
    assert run(["bookmark", "100004"]) == 0
    capsys.readouterr()
    assert run(["changes"]) == 0
    out = capsys.readouterr().out
    assert "1 January 2026 to 1 September 2026: renamed 1" in out
    assert "Renamed School, URN 100004: was Made 4 Primary School" in out
    assert "\x1b" not in out
    (folders / "config" / "settings.toml").write_text("school = 100000\n")
    assert run(["changes", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    closed = next(line for line in lines if line["kind"] == "closed")
    assert closed.pop("schema") == 1
    assert closed.pop("register")["date"] == "2026-09-01"
    assert closed == {
        "kind": "closed", "key": "school:100001", "urn": 100001, "name": "Made 1 Primary School",
        "before": "Made 1 Primary School", "after": "", "date": "2026-08-31", "words": "closed",
    }  # fmt: skip


def test_an_older_register_in_use_is_no_change(folders: Path, capsys: Capture) -> None:
    for rows, name in ((schools(), SECOND), (schools(), FIRST)):
        update_from(made.write(folders, rows, name), folders / "data")
    assert run(["changes"]) == 1
    assert "isn't newer than the one before" in capsys.readouterr().err


def test_any_two_registers(folders: Path, capsys: Capture) -> None:
    two_updates(folders)
    old, new = folders / FIRST, folders / SECOND
    assert run(["changes", "--from", str(old), "--to", str(new)]) == 0
    out = capsys.readouterr().out
    assert "closed 1, renamed 1" in out.splitlines()[0]
    assert "Made 1 Primary School, URN 100001: closed, 31 Aug 2026" in out
    assert run(["changes", "--from", str(old)]) == 0, "against the one in use"
    assert capsys.readouterr().out == out
    ours = folders / "data" / (folders / "data" / "current").read_text().split()[1]
    assert run(["changes", "--from", str(ours), "--to", str(new)]) == 0, "a register of ours"
    assert capsys.readouterr().out == out
    assert run(["changes", "--from", str(old), "--to", str(old)]) == 0
    assert "nothing changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "{new}"], "--to needs --from"),
        (["--from", "{nowhere}"], "There is no file"),
        (["--from", "{broken}"], "can't be compared"),
    ],
)
def test_what_cant_be_compared(
    folders: Path, capsys: Capture, arguments: list[str], said: str
) -> None:
    two_updates(folders)
    broken = folders / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\0 and no more")
    places = {"new": folders / SECOND, "nowhere": folders / "nowhere.csv", "broken": broken}
    assert run(["changes", *(a.format(**places) for a in arguments)]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_difference_knows_its_body() -> None:
    one = Difference("opened", Key("school:1"), "A", "", "A", None, "opened", 1)
    assert Changes(DAY, DAY, (one,)).keys == {"school:1"}
