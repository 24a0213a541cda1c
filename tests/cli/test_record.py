"""The head's record on the command line: what is kept, what is printed, what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from navigator.cli import run
from navigator.core import clock, dates
from navigator.core.cleaning import cell
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Contact, Correction, Note, OwnNetwork
from navigator.export.record import Published, ToldCorrection, corrections_csv
from navigator.records import RecordStore, backup
from navigator.register import update_from
from tests.core.test_wording import HOSTILE
from tests.register import made
from tests.tools.notes import note_of

SCHOOL = "139217"
NAME = "Sneinton St Stephen's CofE Primary School"
CLOSED = "122776"
"""The school before it, closed."""

Capture = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("folders")


@pytest.fixture
def record(folders: Path) -> RecordStore:
    """The record that the command line keeps."""
    return RecordStore(folders / "config")


class Terminal(io.StringIO):
    """Standard input at which someone sits."""

    def isatty(self) -> bool:
        return True


def answers(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(text))


def everything(folder: Path) -> dict[str, bytes]:
    """The files of the record; not the lock, nor what restores backed up."""
    return {f.name: f.read_bytes() for f in folder.glob("*.toml")}


def safe(out: str) -> bool:
    """Whether nothing in an output can move a cursor or turn text round."""
    marks = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    return all(
        c == "\n" or (unicodedata.category(c) != "Cc" and unicodedata.bidirectional(c) not in marks)
        for c in out
    )


# --- notes ---


def test_a_note_is_on_disk_when_its_id_is_printed(folders: Path) -> None:
    command = [sys.executable, "-m", "navigator", "note", SCHOOL, "They share", "--tag", "#shares"]
    done = subprocess.run(
        [*command, "--again", "2027-01-15"], capture_output=True, text=True, check=True
    )
    (note,) = RecordStore(folders / "config").record.notes
    assert done.stdout == f"{note.id}\n"
    assert (note.text, note.tags, note.again) == ("They share", ("shares",), date(2027, 1, 15))
    assert (note.about, note.name) == (f"school:{SCHOOL}", NAME)


def test_a_note_may_come_from_standard_input(record: RecordStore) -> None:
    command = [sys.executable, "-m", "navigator", "note", SCHOOL, "-"]
    subprocess.run(command, input="first\n  second é\n".encode(), check=True)
    assert record.record.notes[0].text == "first\n  second é"
    done = subprocess.run(command, input=b"caf\xe9", capture_output=True, check=False)
    assert done.returncode == 1
    assert b"UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr
    assert len(record.record.notes) == 1


def test_a_note_on_a_closed_school_is_kept_on_its_successor(
    capsys: Capture, record: RecordStore
) -> None:
    assert run(["note", CLOSED, "x"]) == 0
    assert "successor" in capsys.readouterr().err
    assert record.record.notes[0].about == f"school:{SCHOOL}"


def test_a_note_by_a_name_says_on_which_body_it_is(capsys: Capture, record: RecordStore) -> None:
    assert run(["note", "sneinton st stephen", "x"]) == 0
    told = capsys.readouterr()
    assert f"noted on {record.record.notes[0].name}, URN {SCHOOL}." in told.err
    assert told.out == f"{record.record.notes[0].id}\n"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("la:892", "Nottingham"),
        ("hub:maths-hub/east-midlands-west", "East Midlands West"),
        ("programme:maths-hub", "Maths Hub"),
        ("trust:5456", "Transform Trust"),
        ("partnership:camden-learning", "Camden Learning"),
    ],
)
def test_a_note_may_be_on_any_body(key: str, name: str, record: RecordStore) -> None:
    assert run(["note", key, "x"]) == 0
    assert (record.record.notes[0].about, record.record.notes[0].name) == (key, name)


@pytest.mark.parametrize(
    "key",
    [
        "999999", "la:999", "la:", "hub:maths-hub/none", "hub:none/none", "programme:x", "trust:0",
        "network:none", "partnership:none", "own:none", "school:abc", "person:x", ":",
    ],
)  # fmt: skip
def test_an_unknown_body_is_refused_with_a_sentence(
    key: str, capsys: Capture, folders: Path
) -> None:
    for command in (["note", key, "x"], ["bookmark", key], ["set", key, "closed"]):
        assert run(command) == 1
        out, err = capsys.readouterr()
        assert not out
        assert err.count("\n") == 1
    assert not everything(folders / "config")


def test_notes_are_listed_newest_first_and_searched_in_full(capsys: Capture) -> None:
    run(["note", SCHOOL, "Shared planning\n\n  in\tdetail", "--tag", "shares"])
    run(["note", "la:892", "A boundary keeper", "--again", "2020-01-01"])
    first, second = capsys.readouterr().out.split()
    assert run(["notes"]) == 0
    shown = capsys.readouterr().out
    assert shown.index(second) < shown.index(first)
    assert f"{NAME}, URN {SCHOOL}" in shown
    assert "  #shares\n  Shared planning\n\n    in detail\n" in shown
    assert "look again on 1 January 2020" in shown
    for words, found in (["PLANNING", "shar"], first), (["keeper"], second), (["sneinton"], first):
        assert run(["notes", *words]) == 0
        assert capsys.readouterr().out.startswith(found)
    assert run(["notes", "--due"]) == 0
    assert capsys.readouterr().out.startswith(second)
    assert run(["notes", "--about", CLOSED]) == 0
    assert capsys.readouterr().out.startswith(first)
    for nothing in (["zzz"], ["planning", "--due"], ["--about", "la:866"]):
        assert run(["notes", *nothing]) == 1
        out, err = capsys.readouterr()
        assert not out
        assert "There are 2" in err


def test_notes_as_json(capsys: Capture) -> None:
    run(["note", SCHOOL, "one", "--tag", "open"])
    run(["note", "la:892", "two"])
    capsys.readouterr()
    assert run(["notes", "--json"]) == 0
    two, one = map(json.loads, capsys.readouterr().out.splitlines())
    head = ["schema", "register"]
    assert list(two) == [*head, "id", "about", "name", "day", "tags", "again", "text"]
    assert "urn" not in two
    assert one["urn"] == int(SCHOOL)
    assert (one["tags"], one["again"], one["text"]) == (["open"], None, "one")
    assert one["day"] == date.today().isoformat()


def test_without_notes_it_is_said_how_to_write_one(capsys: Capture) -> None:
    for command, hint in ("notes", "navigator note"), ("bookmarks", "navigator bookmark"):
        assert run([command]) == 0
        out, err = capsys.readouterr()
        assert not out
        assert hint in err


def test_notes_on_a_body_that_is_no_longer_known_are_still_found(
    capsys: Capture, record: RecordStore
) -> None:
    record.add(Note(about=Key("hub:gone/gone"), name="A hub that was", text="still here"))
    assert run(["notes", "--about", "hub:gone/gone"]) == 0
    assert "still here" in capsys.readouterr().out


def test_an_empty_or_endless_note_is_refused(capsys: Capture, record: RecordStore) -> None:
    assert run(["note", SCHOOL, " "]) == 1
    assert run(["note", SCHOOL, "x" * 20_001]) == 1
    assert "20,000" in capsys.readouterr().err
    assert not record.record.notes


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_text(text: str, capsys: Capture, record: RecordStore) -> None:
    """Also what someone wrote into the files by hand, where no control character is refused."""
    folder = record.path
    folder.mkdir()
    quoted = json.dumps(text)
    for kind, keys in (
        ("note", "text tags"),
        ("bookmark", "marker tags"),
        ("correction", "names programme note"),
    ):
        values = "".join(
            f"{key} = [{quoted}]\n" if key in ("tags", "names") else f"{key} = {quoted}\n"
            for key in ("id", "name", *keys.split())
        )
        for about in (quoted, json.dumps(f"la:{text}")):
            with (folder / f"{kind}s.toml").open("a", encoding="utf-8") as file:
                file.write(f'[[{kind}]]\nsays = "hub"\nabout = {about}\n{values}\n')
    capsys.readouterr()
    for command in ("notes", "bookmarks", "corrections", "status"):
        run([command])
        out, err = capsys.readouterr()
        assert out
        assert safe(out)
        assert safe(err)
    for command in ("notes", "bookmarks", "corrections"):
        run([command, "--json"])
        out = capsys.readouterr().out
        assert safe(out)
        assert json.loads(out.splitlines()[0])["name"] == text
    run(["note", SCHOOL, f"a {text}"[:19_000], "--tag", text])
    run(["set", SCHOOL, "maths-hub", f"a {text}"])
    run(["notes", "--about", SCHOOL])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert safe(out)
    assert safe(err)


# --- bookmarks ---


def test_bookmarking_twice_changes_nothing_and_says_so(
    capsys: Capture, record: RecordStore
) -> None:
    assert run(["bookmark", SCHOOL, "--tag", "maths"]) == 0
    assert capsys.readouterr().out == f"Bookmarked: {NAME}, URN {SCHOOL}\n"
    before = everything(record.path)
    assert run(["bookmark", SCHOOL, "--tag", "maths"]) == 0
    assert "already" in capsys.readouterr().err
    assert everything(record.path) == before
    assert run(["bookmark", CLOSED, "--tag", "near"]) == 0
    assert record.record.bookmarks[0].tags == ("maths", "near")
    assert len(record.record.bookmarks) == 1
    assert run(["bookmark", SCHOOL, "--remove"]) == 0
    assert not record.record.bookmarks
    assert run(["bookmark", SCHOOL, "--remove"]) == 0
    assert "isn't bookmarked" in capsys.readouterr().err


def test_bookmarks_stand_in_the_order_of_the_file(capsys: Capture, record: RecordStore) -> None:
    for key in (SCHOOL, "la:892", "hub:maths-hub/central"):
        run(["bookmark", key])
    record.move("bookmark", record.record.bookmarks[2].id, -2)
    capsys.readouterr()
    assert run(["bookmarks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "★  Central (hub:maths-hub/central)",
        f"★  {NAME}, URN {SCHOOL}",
        "★  Nottingham (la:892)",
    ]


def test_bookmarks_say_which_school_has_closed_or_is_not_known(
    capsys: Capture, folders: Path, record: RecordStore
) -> None:
    files = folders / "files"
    files.mkdir()
    rows = made.schools(40)
    made.write(files, rows)
    update_from(files)
    for urn in ("100000", "100001"):
        run(["bookmark", urn])
    rows[0] |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    made.write(files, rows[:1] + rows[2:], "edubasealldata20261001.csv")
    update_from(files)
    capsys.readouterr()
    assert run(["bookmarks"]) == 0
    out = capsys.readouterr().out
    assert "URN 100000, closed 31 Aug 2026\n" in out
    assert "URN 100001, not in the register in use\n" in out


def test_a_bookmark_follows_a_school_that_becomes_an_academy(
    capsys: Capture, folders: Path, record: RecordStore
) -> None:
    """Two registers: the school is open in the first and has a successor in the second."""
    files = folders / "files"
    files.mkdir()
    rows = made.schools(2)
    made.write(files, rows)
    update_from(files)
    run(["bookmark", "100000"])
    run(["note", "100000", "before"])
    run(["set", "100000", "maths-hub", "Central"])
    capsys.readouterr()
    run(["bookmarks"])
    assert "Made 0 Primary School, URN 100000" in capsys.readouterr().out

    rows[0] |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    academy = {
        "URN": "150000",
        "EstablishmentName": "Made Academy",
        "EstablishmentNumber": "4000",
        "OpenDate": "01-09-2026",
    }
    made.write(files, [*rows, academy], "edubasealldata20261001.csv")
    (files / "edubasealldata20260101.csv").unlink()
    made.links(files, [(100000, 150000, "Made Academy", "Successor", "01-09-2026")])
    update_from(files)
    assert run(["bookmarks"]) == 0
    out = capsys.readouterr().out
    assert "now Made Academy, URN 150000; was Made 0 Primary School, URN 100000" in out
    run(["bookmarks", "--json"])
    (bookmark,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (bookmark["urn"], bookmark["about"]) == (100000, "school:100000")
    assert bookmark["now"] == {"urn": 150000, "name": "Made Academy"}
    run(["bookmark", "150000"])
    assert "already" in capsys.readouterr().err
    run(["notes", "--about", "150000"])
    assert "before" in capsys.readouterr().out
    run(["corrections", "--json"])
    assert json.loads(capsys.readouterr().out)["urn"] == 150000
    run(["set", "150000", "maths-hub", "Origin"])
    (correction,) = record.record.corrections
    assert (correction.about, correction.names) == ("school:150000", ("Origin",))
    run(["bookmark", "150000", "--remove"])
    assert not record.record.bookmarks


# --- corrections ---


@pytest.mark.parametrize(
    ("words", "names", "hubs"),
    [
        (["East", "Midlands", "South"], ("East Midlands South",), ("east-midlands-south",)),
        (["east midlands south"], ("East Midlands South",), ("east-midlands-south",)),
        (["midlands-south"], ("midlands-south",), ("",)),
        (["east-midlands-south"], ("East Midlands South",), ("east-midlands-south",)),
        (["lands", "sou"], ("East Midlands South",), ("east-midlands-south",)),
        (["Central"], ("Central",), ("central",)),  # a whole name goes before parts of others
        (["Yorkshire", "Ridings"], ("Yorkshire Ridings",), ("yorkshire-ridings",)),
        (["Origin", "Sussex"], ("Origin", "Sussex"), ("origin", "sussex")),
        (["East Midlands South", "My hub"], ("East Midlands South", "My hub"),
         ("east-midlands-south", "")),
        (["Some", "other", "hub"], ("Some other hub",), ("",)),
    ],
)  # fmt: skip
def test_a_hub_is_set_by_its_name(
    words: list[str], names: tuple[str, ...], hubs: tuple[str, ...], capsys: Capture,
    record: RecordStore,
) -> None:  # fmt: skip
    assert run(["set", SCHOOL, "maths-hub", *words]) == 0
    (correction,) = record.record.corrections
    assert (correction.names, correction.hubs) == (names, hubs)
    out, err = capsys.readouterr()
    assert f"Maths Hub is {'; '.join(names)}\n" in out
    assert "Published: Your area's hub: East Midlands West" in out
    assert ("kept as you wrote it" in err) == ("" in hubs)
    assert ("If you meant “East Midlands South”" in err) == (words == ["midlands-south"])


@pytest.mark.parametrize("programme", ["maths-hub", "Maths Hub", "maths", "MATHS"])
def test_a_programme_is_given_by_id_or_name(programme: str, record: RecordStore) -> None:
    assert run(["set", SCHOOL, programme, "Central"]) == 0
    assert record.record.corrections[0].programme == "maths-hub"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([SCHOOL, "maths-hub", "East", "Midlands"], "east-midlands-west"),
        ([SCHOOL, "maths-hub", "East Midlands", "Central"], "East Midlands West"),
        ([SCHOOL, "hub", "Central"], "english-hub"),
        ([SCHOOL, "chess", "Central"], "maths-hub"),
        ([SCHOOL, "maths-hub"], "--clear"),
        ([SCHOOL, "maths-hub", " "], "--clear"),
        ([SCHOOL, "closed"], "partnership:"),
        (["la:892", "maths-hub", "Central"], "URN"),
        (["la:892", "closed"], "Nottingham"),
        (["partnership:camden-learning", "closed", "now"], "--note"),
    ],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(
    arguments: list[str], said: str, capsys: Capture, record: RecordStore
) -> None:
    run(["set", SCHOOL, "maths-hub", "Origin"])
    before = everything(record.path)
    capsys.readouterr()
    assert run(["set", *arguments]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert said in err
    assert everything(record.path) == before


def test_a_date_is_read_as_people_write_it_and_said_back(
    capsys: Capture, record: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 27))  # a Friday
    for typed, day in (
        ("next Tuesday", date(2026, 12, 1)),
        ("8 Oct", date(2027, 10, 8)),
        ("+14", date(2026, 12, 11)),
        ("31-Jan-27", date(2027, 1, 31)),
    ):
        assert run(["note", SCHOOL, typed, "--again", typed]) == 0
        assert capsys.readouterr().err == f"navigator: “{typed}” is {dates.shown(day)}.\n"
        assert next(n for n in record.record.notes if n.text == typed).again == day
    assert run(["note", SCHOOL, "in full", "--again", "2027-01-31"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["note", SCHOOL, "x", "--again", "next Saturday"], "or Sat 5 December 2026: write"),
        (["show", SCHOOL, "--as-at", "8 Oct"], "Thu 8 October 2026, or Fri 8 October 2027: write"),
        (["plan", "add", "x", "--date", "Mon 8 October 2026"], "8 October 2026 is a Thursday."),
        (["plan", "add", "x", "--checked", "Tuesday"], "Tue 24 November 2026, or Tue 1 December"),
        (["plan", "add", "x", "--closes", "31-Feb"], "February has no day 31."),
    ],
)
def test_a_date_that_could_be_two_is_asked(
    capsys: Capture,
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    said: str,
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 27))
    with pytest.raises(SystemExit, match="2"):
        run(command)
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert ".." not in err
    assert not [*folders.rglob("*.toml")]


def test_setting_again_replaces_and_clear_takes_back(capsys: Capture, record: RecordStore) -> None:
    run(["set", SCHOOL, "maths-hub", "Origin"])
    run(["set", SCHOOL, "maths-hub", "Central", "--note", "They told us"])
    (correction,) = record.record.corrections
    assert (correction.names, correction.note) == (("Central",), "They told us")
    run(["set", SCHOOL, "network", "Sneinton", "heads"])
    run(["set", "partnership:camden-learning", "closed"])
    assert [c.says for c in record.record.corrections] == ["hub", "network", "closed"]
    capsys.readouterr()
    assert run(["corrections"]) == 0
    out = capsys.readouterr().out
    assert "Published: Your area's hub: East Midlands West (source https://www.ncetm" in out
    assert "current-maths-hubs/)" in out, "one source, without the others"
    assert "Note: They told us" in out
    assert "Camden Learning (partnership:camden-learning): closed" in out
    assert run(["set", SCHOOL, "maths-hub", "--clear"]) == 0
    assert "East Midlands West" in capsys.readouterr().out
    assert run(["set", "partnership:camden-learning", "closed", "--clear"]) == 0
    assert run(["set", SCHOOL, "network", "--clear"]) == 0
    assert not record.record.corrections
    assert run(["set", SCHOOL, "network", "--clear"]) == 0
    assert "nothing was set" in capsys.readouterr().err


def test_of_a_school_that_is_not_here_it_is_not_said_that_nothing_is_published(
    capsys: Capture, record: RecordStore
) -> None:
    elsewhere = Key("school:107200")
    record.add(Correction("", "hub", elsewhere, "Far", "maths-hub", ("Central",), ("central",)))
    assert run(["corrections"]) == 0
    out = capsys.readouterr().out
    assert "Published: not known, as it isn't in the register or the facts in use" in out


def test_corrections_are_exported_as_a_table(
    capsys: Capture, folders: Path, record: RecordStore
) -> None:
    run(["set", SCHOOL, "maths-hub", "Central", "--note", '=HYPERLINK("http://x")'])
    run(["set", SCHOOL, "network", "+44 heads"])
    run(["note", SCHOOL, "A private note"])
    record.add(
        Contact(
            role="A private role", bodies=(BodyRef(Key(f"school:{SCHOOL}"), NAME),), name="A Person"
        )
    )
    file = folders / "corrections.csv"
    assert run(["corrections", "--export", str(file)]) == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"private" not in data.lower()
    assert b"Person" not in data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["urn"] == SCHOOL
    assert rows[0]["published"] == "East Midlands West"
    assert rows[0]["corrected"] == "Central"
    assert rows[0]["hub_id"] == "central"
    assert rows[0]["source"].startswith("https://www.ncetm")
    assert rows[0]["note"] == '\'=HYPERLINK("http://x")'
    assert rows[1]["corrected"] == "'+44 heads"
    capsys.readouterr()
    assert run(["corrections", "--export", str(file)]) == 1
    assert "there already" in capsys.readouterr().err
    assert file.read_bytes() == data


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
@example("=1+1", "\t=1", ["@SUM(A1)", "-1", "'=1", "''@"])
@example("a,b\r\n", '"', ["\r=1", " =1"])
def test_no_cell_of_the_table_is_a_formula_and_all_can_be_read_back(
    name: str, note: str, names: list[str]
) -> None:
    from navigator.core import cleaning

    correction = Correction("c", "hub", Key("school:1"), "", "", tuple(names), (), None, note)
    told = ToldCorrection(correction, name, "", Published((name,), note, name))
    text = corrections_csv([told]).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert len(header) == len(row)
    assert not any(value[:1] in tuple("=+-@\t\r\n") for value in row if value)
    kept = dict(zip(header, row, strict=True))
    for key, given_text in (("school", name), ("note", note), ("corrected", "; ".join(names))):
        shown = cleaning.plain(given_text)
        undone = kept[key][1:] if cell(kept[key][1:]) == kept[key] != kept[key][1:] else kept[key]
        assert undone == shown.encode(errors="replace").decode()


# --- backup and restore ---


@pytest.fixture
def filled(record: RecordStore, capsys: Capture) -> RecordStore:
    """A record with something of every kind."""
    run(["note", SCHOOL, "first"])
    run(["note", "la:892", "second"])
    run(["bookmark", SCHOOL])
    run(["set", SCHOOL, "maths-hub", "Central"])
    record.add(
        Contact(role="Maths lead", bodies=(BodyRef(Key("la:892"), "Nottingham"),), name="A Person")
    )
    record.add(OwnNetwork(name="Our cluster", urns=(139217, 122416)))
    record.looked_at(139217, NAME)
    with (record.path / "notes.toml").open("a", encoding="utf-8") as file:
        file.write("# a comment of mine\n")
    capsys.readouterr()
    return record


def test_a_backup_holds_every_file_and_any_unzip_reads_it(
    filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    assert run(["backup", str(file)]) == 0
    out = capsys.readouterr().out
    assert "2 notes, 1 bookmark, 1 correction, 1 network of your own, 1 contact" in out
    assert "people" in out
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    assert "navigator restore" in held["READ-ME.txt"].decode()
    for name, data in everything(filled.path).items():
        assert held[name] == data


def test_a_backup_replaces_nothing_unless_told(
    filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    before = file.read_bytes()
    run(["note", SCHOOL, "third"])
    capsys.readouterr()
    assert run(["backup", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert run(["backup", str(file), "--force"]) == 0
    assert file.read_bytes() != before
    other = folders / "letter.doc"
    other.write_text("dear all")
    assert run(["backup", str(other), "--force"]) == 1
    assert other.read_text() == "dear all"
    for bad in (folders, folders / "none" / "kept.zip", folders / ("x" * 300)):
        capsys.readouterr()
        assert run(["backup", str(bad)]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
    assert not list(folders.glob(".*.tmp"))


def test_contacts_can_be_left_out_and_a_restore_then_leaves_those_here(
    filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    assert run(["backup", str(file), "--without-contacts"]) == 0
    assert "left out" in capsys.readouterr().out
    with zipfile.ZipFile(file) as archive:
        assert not any(b"A Person" in archive.read(name) for name in archive.namelist())
    assert run(["restore", str(file), "--replace"]) == 0
    assert filled.record.contacts[0].name == "A Person"


def test_nothing_to_back_up_is_said(capsys: Capture, folders: Path) -> None:
    assert run(["backup", str(folders / "kept.zip")]) == 1
    assert "nothing to back up" in capsys.readouterr().err
    assert not (folders / "kept.zip").exists()


def test_a_new_computer_restores_without_a_question(
    filled: RecordStore, folders: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(folders / "new"))
    assert run(["restore", str(file)]) == 0
    assert "2 notes" in capsys.readouterr().out
    there = everything(folders / "new")
    for name, data in everything(filled.path).items():
        assert there[name] == data


def test_a_restore_asks_and_can_be_gone_back_on(
    filled: RecordStore, folders: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    run(["note", SCHOOL, "third"])
    run(["bookmark", SCHOOL, "--remove"])
    before = everything(filled.path)
    capsys.readouterr()
    for answer in ("n\n", "\n", "", "what\n"):
        answers(monkeypatch, answer)
        assert run(["restore", str(file)]) == 1
        err = capsys.readouterr().err
        assert "3 notes" in err
        assert "2 notes" in err
        assert "nothing was changed" in err
        assert everything(filled.path) == before
    answers(monkeypatch, "y\n")
    assert run(["restore", str(file)]) == 0
    assert [n.text for n in filled.record.notes] == ["first", "second"]
    assert len(filled.record.bookmarks) == 1
    (kept,) = backup.made_by_restores(filled._folder)
    assert f'navigator restore --replace "{kept}"' in capsys.readouterr().out
    assert run(["restore", "--replace", str(kept)]) == 0
    assert {k: v for k, v in everything(filled.path).items() if k in before} == before


def test_without_a_terminal_a_restore_changes_nothing(filled: RecordStore, folders: Path) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    run(["note", SCHOOL, "third"])
    before = everything(filled.path)
    done = subprocess.run(
        [sys.executable, "-m", "navigator", "restore", str(file)],
        input="y\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert everything(filled.path) == before


def test_a_merge_loses_nothing(filled: RecordStore, folders: Path, capsys: Capture) -> None:
    file = folders / "kept.zip"
    first, second = (n.id for n in filled.record.notes)
    run(["backup", str(file)])
    filled.change(note_of(filled, first)._replace(text="first, changed here"))
    filled.remove("note", second)
    run(["note", SCHOOL, "third"])
    run(["set", SCHOOL, "maths-hub", "Origin"])
    run(["bookmark", "la:892"])
    capsys.readouterr()
    assert run(["restore", str(file), "--merge"]) == 0
    out = capsys.readouterr().out
    assert "1 added" in out
    assert "1 note kept in both versions" in out
    record = filled.record
    texts = sorted(n.text for n in record.notes)
    assert texts == ["first", "first, changed here", "second", "third"]
    assert next(n for n in record.notes if n.id == first).text == "first, changed here"
    assert [b.about for b in record.bookmarks] == [f"school:{SCHOOL}", "la:892"]
    assert len(record.corrections) == len(record.contacts) == len(record.networks) == 1
    assert "# a comment of mine" in (filled.path / "notes.toml").read_text("utf-8")
    assert not filled.problems()
    before = everything(filled.path)
    run(["backup", str(folders / "again.zip")])
    assert run(["restore", str(folders / "again.zip"), "--merge"]) == 0
    assert "here already" in capsys.readouterr().out
    assert everything(filled.path) == before


def archive(file: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return file


MADE = b"format = 1\nmade = 2026-11-22T10:00:00\n"
ZEROS = bytes(backup.MOST + 1)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"backup.toml": MADE, "../notes.toml": b""}, "../notes.toml"),
        ({"backup.toml": MADE, "/etc/passwd": b""}, "/etc/passwd"),
        ({"backup.toml": MADE, "C:\\notes.toml": b""}, "notes.toml"),
        ({"backup.toml": MADE, "versions/notes.toml": b""}, "versions"),
        ({"backup.toml": MADE, "evil\x1b[2J.toml": b""}, "evil"),
        ({"backup.toml": MADE, "notes.toml": b"[[note]]\nid = 1\nid = 2\n"}, "line 3"),
        ({"backup.toml": MADE, "notes.toml": b"[[note]]\ntext = 'caf\xe9'\n"}, "line 2"),
        ({"backup.toml": MADE, "notes.toml": b"note = 3\n"}, "[[note]]"),
        ({"backup.toml": MADE, "notes.toml": b"a = " + b"[" * 5000}, "notes.toml"),
        ({"backup.toml": MADE, "settings.toml": b"theme = \n"}, "settings.toml"),
        ({"backup.toml": MADE, "notes.toml": b"", "contacts.toml": ZEROS}, "larger than 64 MB"),
        ({"notes.toml": b""}, "backup.toml"),
        ({"backup.toml": b"format = 99\nmade = 2026-11-22T10:00:00\n"}, "newer Navigator"),
        ({"backup.toml": b"format = 1\nmade = 'once'\n"}, "backup.toml"),
        ({}, "backup.toml"),
    ],
)
def test_a_hostile_or_damaged_backup_changes_nothing(
    members: dict[str, bytes], said: str, filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    before = everything(filled.path)
    file = archive(folders / "evil.zip", members)
    for how in ("--merge", "--replace"):
        assert run(["restore", str(file), how]) == 1
        out, err = capsys.readouterr()
        assert not out
        assert said in err
        assert "Nothing was changed" in err
        assert err.count("\n") == 1
        assert safe(err)
        assert everything(filled.path) == before
    assert not backup.made_by_restores(filled._folder)
    assert {p.name for p in folders.iterdir()} == {"config", "evil.zip"}


def test_a_file_that_is_no_whole_zip_is_refused(
    filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    data = file.read_bytes()
    before = everything(filled.path)
    middle = len(data) // 2
    for broken in (b"", b"PK", data[:middle], data[:40] + b"\xff" * 20 + data[60:]):
        file.write_bytes(broken)
        assert run(["restore", str(file), "--replace"]) == 1
        assert "Traceback" not in capsys.readouterr().err
    for other in (folders, folders / "none.zip"):
        assert run(["restore", str(other), "--replace"]) == 1
    assert everything(filled.path) == before


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1))
def test_no_damage_to_a_backup_makes_a_traceback_or_half_a_restore(
    damage: list[tuple[float, int]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        source, target = RecordStore(Path(name) / "a"), RecordStore(Path(name) / "b")
        source.add(Note(about=Key("la:892"), name="Nottingham", text="there"))
        target.add(Note(about=Key("la:892"), name="Nottingham", text="here"))
        packed = bytearray(source.backup())
        for place, byte in damage:
            packed[int(place * len(packed))] = byte
        file = Path(name) / "a.zip"
        file.write_bytes(packed)
        try:
            held = backup.read(file)
        except RefusedError:
            return  # anything else would have been a traceback
        target.restore(held, merge=True)
        assert "here" in [n.text for n in target.record.notes]


def test_a_failure_half_way_puts_back_what_was_here(
    filled: RecordStore, folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    run(["note", SCHOOL, "third"])
    run(["bookmark", "la:892"])
    run(["set", SCHOOL, "maths-hub", "Origin"])
    before = everything(filled.path)
    capsys.readouterr()
    from navigator.storage.folder import Folder

    true = Folder._replace

    def full(self: Folder, path: Path, data: bytes, *, durable: bool = True) -> None:
        if path.name == "corrections.toml" and b"Central" in data:
            raise OSError(28, "No space left on device")
        true(self, path, data, durable=durable)

    monkeypatch.setattr(Folder, "_replace", full)
    assert run(["restore", str(file), "--replace"]) == 1
    assert "no room" in capsys.readouterr().err
    after = everything(filled.path)
    assert {name: after.get(name) for name in before} == before


def test_a_damaged_file_here_is_no_bar_to_a_restore(
    filled: RecordStore, folders: Path, capsys: Capture
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file)])
    (filled.path / "settings.toml").write_text("theme = ", "utf-8")
    capsys.readouterr()
    assert run(["backup", str(folders / "other.zip")]) == 1
    assert "settings.toml" in capsys.readouterr().err
    assert run(["restore", str(file), "--replace"]) == 0
    (aside,) = filled.path.glob("settings.broken-*.toml")
    assert aside.read_text("utf-8") == "theme = "


def test_a_forgotten_person_is_in_no_backup_that_a_restore_made(
    filled: RecordStore, folders: Path
) -> None:
    file = folders / "kept.zip"
    run(["backup", str(file), "--without-contacts"])
    run(["note", SCHOOL, "third"])
    run(["restore", str(file), "--replace"])
    (kept,) = backup.made_by_restores(filled._folder)
    with zipfile.ZipFile(kept) as held:
        assert b"A Person" in held.read("contacts.toml")
    filled.remove("contact", filled.record.contacts[0].id)
    with zipfile.ZipFile(kept) as held:
        assert not any(b"A Person" in held.read(name) for name in held.namelist())
    assert run(["restore", "--replace", str(kept)]) == 0
    assert len(filled.record.notes) == 3
    assert not filled.record.contacts


def test_contacts_stand_in_no_output(filled: RecordStore, capsys: Capture, folders: Path) -> None:
    for command in (
        ["notes"], ["notes", "--json"], ["bookmarks", "--json"], ["corrections", "--json"],
        ["status"], ["show", SCHOOL], ["show", SCHOOL, "--json"], ["show", SCHOOL, "--markdown"],
    ):  # fmt: skip
        assert run(command) == 0
        out, err = capsys.readouterr()
        assert "A Person" not in out + err
        assert "Maths lead" not in out + err


# --- the files ---


def test_status_tells_where_the_record_lies_and_what_it_holds(
    filled: RecordStore, capsys: Capture
) -> None:
    assert run(["status"]) == 0
    out = capsys.readouterr().out
    assert f"{filled.path}: 2 notes, 1 bookmark, 1 correction" in out


def test_a_damaged_file_is_told_whatever_command_reads_it(
    filled: RecordStore, capsys: Capture
) -> None:
    run(["notes"])
    (filled.path / "notes.toml").write_text("[[note]]\ntext = oops\n", "utf-8")
    capsys.readouterr()
    assert run(["notes"]) == 0
    out, err = capsys.readouterr()
    assert "notes.toml" in err
    assert "line 2" in err
    assert "second" in out


def test_a_folder_that_cannot_be_written_is_one_sentence(
    folders: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders / "file").write_text("")
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(folders / "file" / "config"))
    assert run(["note", SCHOOL, "x"]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "NAVIGATOR_CONFIG_DIR" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["note"],
        ["note", SCHOOL],
        ["note", SCHOOL, "x", "--again", "soon"],
        ["bookmark"],
        ["set", SCHOOL],
        ["corrections", "--json", "--export", "x"],
        ["backup"],
        ["restore", "x", "--merge", "--replace"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as exit_info:
        run(arguments)
    assert exit_info.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_school_may_be_given_by_its_name(capsys: Capture, record: RecordStore) -> None:
    assert run(["bookmark", "sneinton st stephen"]) == 0
    assert run(["note", NAME, "A note"]) == 0
    assert run(["review", NAME, "--write", "local-lens", "Ours"]) == 0
    capsys.readouterr()
    held = record.record
    kept = (held.bookmarks[0].about, held.notes[0].about, held.reviews[0].about)
    assert set(kept) == {Key.school(int(SCHOOL))}
    assert run(["notes", "--about", "sneinton st stephen"]) == 0
    assert "A note" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["bookmark", "note", "review", "set"])
def test_a_name_of_no_school_or_of_several_says_what_to_do(command: str, capsys: Capture) -> None:
    more = {"note": ["x"], "set": ["maths-hub", "x"]}.get(command, [])
    assert run([command, "zzqq", *more]) == 1
    said = capsys.readouterr().err
    assert "No school is called “zzqq”." in said
    assert "navigator find WORDS" in said
    assert run([command, "st mary", *more]) == 1
    said = capsys.readouterr().err
    assert "fits several schools" in said
    assert "Give a URN." in said
