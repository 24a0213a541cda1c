"""The head's record: what is written reads back, and nothing else is touched."""

from __future__ import annotations

import os
import tempfile
import threading
import time
import tomllib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Bookmark, Contact, Correction, Note, OwnNetwork
from navigator.core.texts import MOST, line, lines, tagged
from navigator.records import RecordStore
from navigator.records.record_file import Change
from navigator.storage.folder import Folder
from tests.tools.notes import note_of

HOSTILE = [
    'a "quoted" word',
    'three """ and \'\'\' and """" four',
    '"""',
    "'''",
    '"',
    "ends with a backslash \\",
    'ends with quotes ""',
    "[[note]]\nid = 'x'\n[note]\n# no comment",
    "\\u0041 \\n \\",
    "a\r\nb\rc",
    "\u200fright to left\u202e",
    "NUL\x00 and ESC\x1b[31m",
    "lone \ud800 surrogate",
    "x" * 10_000,
    "🎉 family 👨‍👩‍👧",
    "[bold]x[/bold] [@click=app.quit]y[/]",
    "line\u2028separator\x85",
    "= 1\n]",
]
TEXT = st.sampled_from(HOSTILE) | st.text(max_size=60)


def fresh(folder: Path) -> RecordStore:
    return RecordStore(folder)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_back_as_cleaned(tmp_path: Path, text: str) -> None:
    mine = RecordStore(tmp_path)
    mine.add(
        Note(about=Key("school:1"), name=text, text=text, tags=(text,), again=date(2026, 1, 2))
    )
    mine.add(Bookmark(about=Key("school:1"), name=text, tags=(text,)))
    mine.add(
        Contact(
            role=text,
            bodies=(BodyRef(Key("la:1"), text), BodyRef(Key(""), text)),
            name=text,
            note=text,
        )
    )
    mine.add(OwnNetwork(name=text, urns=(2, 1), note=text))
    mine.add(
        Correction(
            id="", says="network", about=Key("school:1"), name=text, names=(text,), note=text
        )
    )
    mine.looked_at(1, text)
    for seen in (mine.record, fresh(tmp_path).record):
        (note,) = seen.notes
        assert (note.text, note.name, note.tags) == (lines(text), line(text), tuple(tagged([text])))
        assert note.again == date(2026, 1, 2)
        assert seen.bookmarks[0].name == line(text)
        assert seen.contacts[0].role == seen.contacts[0].name == line(text)
        assert seen.networks[0].name == line(text)
        assert seen.networks[0].urns == (1, 2)
        assert seen.corrections[0].names == (line(text),)
        assert seen.recents[0].name == line(text)
    assert fresh(tmp_path).record == mine.record
    assert not mine.problems()
    shown = note.text + note.name + "".join(note.tags)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT, again=TEXT)
def test_any_text_reads_back(text: str, again: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        mine = RecordStore(Path(name))
        steps: list[tuple[str, Callable[[], object]]] = [
            (
                text,
                lambda: mine.add(Note(about=Key("school:1"), name=text, text=text, tags=(text,))),
            ),
            (
                again,
                lambda: mine.change(
                    note_of(mine, mine.record.notes[0].id)._replace(text=again, tags=(again,))
                ),
            ),
        ]
        for given_text, put in steps:
            try:
                put()
            except RefusedError:
                with pytest.raises(RefusedError):
                    lines(given_text)
                return
            (note,) = fresh(Path(name)).record.notes
            assert note.text == lines(given_text)
            assert note.tags == tuple(tagged([given_text]))


def test_too_long_and_empty_are_refused(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    with pytest.raises(RefusedError, match="20,001 characters"):
        mine.add(Note(about=Key("school:1"), name="", text="x" * (MOST + 1)))
    with pytest.raises(RefusedError, match="needs some text"):
        mine.add(Note(about=Key("school:1"), name="", text=" \n\x00"))
    assert not (tmp_path / "notes.toml").exists()


HAND_MADE = '''\
# My notes.
version = 3 # unknown

# about the first
[[note]]
id = "n-hand" # kept
about = "school:1"
text = """
several lines
[[note]]
"""
mine = {x = 1, y = [1, 2]}
# beneath

# --- a heading ---

[[note]]
text = "without an id"
[note.more]
deep = true

[[note]]
id = "n-hand"
text = "with the same id"
[mine] # an unknown table
list = [
  [1],
]
# the end
'''


class Model:
    """What a file should hold, by the simplest means; texts by id, in order."""

    def __init__(self, folder: Path) -> None:
        self.mine = RecordStore(folder)
        self.file = folder / "notes.toml"
        self.held = [(n.id, n.text) for n in self.mine.record.notes]
        self.done: list[tuple[Change, list[tuple[str, str]]]] = []

    def step(self, what: str, at: int, text: str) -> None:
        before = list(self.held)
        place = at % len(self.held) if self.held else 0
        if what == "undo":
            if not self.done:
                return
            change, self.held = self.done.pop()
            self.mine.apply(change.reverse)
            return
        if what == "add" or not self.held:
            change = self.mine.add(Note(about=Key("school:1"), name="A", text=text))
            self.held.append((change.id, text))
        elif what == "change":
            change = self.mine.change(note_of(self.mine, self.held[place][0])._replace(text=text))
            self.held[place] = (self.held[place][0], text)
        elif what == "remove":
            change = self.mine.remove("note", self.held.pop(place)[0])
        else:
            by = len(text) % 5 - 2
            change = self.mine.move("note", self.held[place][0], by)
            to = min(max(place + by, 0), len(self.held) - 1)
            self.held.insert(to, self.held.pop(place))
        self.done.append((change, before))

    def check(self) -> None:
        written = tomllib.loads(self.file.read_text("utf-8")).get("note", [])
        assert [r["text"] for r in written] == [text for _, text in self.held]
        assert [(n.id, n.text) for n in self.mine.record.notes] == self.held
        assert fresh(self.file.parent).record.notes == self.mine.record.notes


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove", "move", "undo"]),
        st.integers(0, 9),
        st.sampled_from([lines(text) for text in HOSTILE if len(text) < 100]),
    ),
    max_size=15,
)
ONE_OF_EACH = HAND_MADE.replace('id = "n-hand"\ntext = "with', 'id = "n-second"\ntext = "with')


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, start=st.sampled_from(["", ONE_OF_EACH, ONE_OF_EACH.replace("\n", "\r\n")]))
def test_any_sequence_leaves_the_file_as_the_model(
    steps: list[tuple[str, int, str]], start: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes.toml").write_bytes(start.encode())
        model = Model(folder)
        for step in steps:
            model.step(*step)
            model.check()
            text = (folder / "notes.toml").read_bytes().decode().replace("\r\n", "\n")
            if start:
                for kept in (
                    "# My notes.\nversion = 3 # unknown\n",
                    "# --- a heading ---\n",
                    "[mine] # an unknown table\nlist = [\n  [1],\n]\n# the end\n",
                ):
                    assert kept in text
                values = tomllib.loads(text)
                assert (values["version"], values["mine"]) == (3, {"list": [[1]]})
        while model.done:
            model.step("undo", 0, "")
            model.check()
        if start:  # all undone: nothing is missing, nothing came in
            text = (folder / "notes.toml").read_bytes().decode()
            assert sorted(text.split()) == sorted(start.split())
        assert not model.mine.problems()


def test_a_hand_made_file_keeps_all_that_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "notes.toml"
    file.write_text(HAND_MADE, "utf-8")
    mine = RecordStore(tmp_path)
    first, second, third = mine.record.notes
    assert first.id == "n-hand"
    assert len({first.id, second.id, third.id}) == 3
    (said,) = mine.problems()
    assert "two entries have the id n-hand" in said
    assert str(file) in said
    assert fresh(tmp_path).record.notes == mine.record.notes  # the made-up ids stay the same
    mine.change(note_of(mine, second.id)._replace(text="changed", again=date(2027, 1, 1)))
    text = file.read_text("utf-8")
    before, _, after = HAND_MADE.partition('[[note]]\ntext = "without an id"\n')
    assert text.startswith(before)
    assert text.endswith(after.partition("\n\n")[2])
    assert "[note.more]\ndeep = true\n" in text
    assert f'id = "{second.id}"' in text
    mine.remove("note", first.id)
    left = tomllib.loads(file.read_text("utf-8"))
    assert [n["text"] for n in left["note"]] == ["changed", "with the same id"]
    assert left["note"][0]["more"] == {"deep": True}


@pytest.mark.parametrize("written", ['"31/1/27"', '"Sun 31 Jan 2027"', "2027-01-31"])
def test_a_date_written_by_hand_is_read_and_left_as_it_is(tmp_path: Path, written: str) -> None:
    file = tmp_path / "notes.toml"
    file.write_text(f'[[note]]\nid = "n"\nabout = "la:892"\ntext = "x"\nagain = {written}\n')
    store = RecordStore(tmp_path)
    (note,) = store.record.notes
    assert note.again == date(2027, 1, 31)
    assert store.problems() == []
    store.change(note._replace(text="y"))
    assert f"again = {written}\n" in file.read_text()


@pytest.mark.parametrize("written", ["+14", "8 Oct", "Mon 31 Jan 2027", "31-Feb-27"])
def test_a_date_that_a_file_cannot_mean_is_said(tmp_path: Path, written: str) -> None:
    text = f'[[note]]\nid = "n"\nabout = "la:892"\ntext = "x"\nagain = "{written}"\n'
    (tmp_path / "notes.toml").write_text(text)
    store = RecordStore(tmp_path)
    assert store.record.notes[0].again is None
    assert "isn't a date such as 2026-11-22" in "".join(store.problems())


def test_wrong_types_are_said_once_and_stay(tmp_path: Path) -> None:
    text = (
        '[[note]]\nid = "n-1"\ntext = ["a"]\nday = "yesterday"\ntags = 3\nagain = 2026-11-22\n'
        '[[note]]\nid = 5\ntext = 7\nday = 2026-01-02T10:00:00\ntags = "one"\n'
    )
    (tmp_path / "notes.toml").write_text(text, "utf-8")
    (tmp_path / "corrections.toml").write_text('[[correction]]\nid = "c-1"\nsays = "x"\n', "utf-8")
    (tmp_path / "recents.toml").write_text(
        '[[recent]]\nurn = "x"\n[[recent]]\nurn = true\n', "utf-8"
    )
    mine = RecordStore(tmp_path)
    first, second = mine.record.notes
    assert (first.text, first.day, first.tags, first.again) == ("", None, (), date(2026, 11, 22))
    assert (second.text, second.day, second.tags) == ("7", date(2026, 1, 2), ("one",))
    assert mine.record.corrections == ()
    said = "\n".join(mine.problems())
    for part in ("text of n-1", "day of n-1", "tags of n-1", "id 5", "says of c-1", "urn of r-"):
        assert part in said
    assert "again" not in said
    mine.add(Note(about=Key("school:1"), name="", text="more"))
    assert mine.problems() == []
    assert (tmp_path / "notes.toml").read_text("utf-8").startswith(text)


@pytest.mark.parametrize(
    "text",
    [
        'note = [{id = "n-1", text = "a"}]\n',
        '[[note]]\nid = "n-1"\ntext = "a"\n[other]\nx = 1\n[note.more]\ny = 2\n',
        '[["n\\u006fte"]]\nid = "n-1"\ntext = "a"\n',
    ],
)
def test_what_can_be_read_but_not_changed_is_left(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notes.toml"
    file.write_text(text, "utf-8")
    mine = RecordStore(tmp_path)
    assert [n.text for n in mine.record.notes] == ["a"]
    changes: list[Callable[[], object]] = [
        lambda: mine.add(Note(about=Key("school:1"), name="A", text="b")),
        lambda: mine.change(note_of(mine, "n-1")._replace(text="b")),
        lambda: mine.remove("note", "n-1"),
        lambda: mine.move("note", "n-1", 1),
    ]
    for change in changes:
        with pytest.raises(RefusedError, match=r"own \[\[note\]\]"):
            change()
    assert file.read_text("utf-8") == text
    assert not mine.problems()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_marks(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "notes.toml"
    file.write_bytes(mark + b'# mine\r\n\r\n[[note]]\r\nid = "n-1"\r\ntext = """a\r\nb"""\r\n')
    mine = RecordStore(tmp_path)
    assert mine.record.notes[0].text == "a\nb"
    added = mine.add(Note(about=Key("school:1"), name="A", text="c\nd"))
    mine.change(note_of(mine, "n-1")._replace(text="e\nf"))
    mine.move("note", added.id, -1)
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert [n.text for n in fresh(tmp_path).record.notes] == ["c\nd", "e\nf"]


def test_another_navigator_s_change_is_seen_and_not_undone(tmp_path: Path) -> None:
    one, two = RecordStore(tmp_path), RecordStore(tmp_path)
    added = one.add(Note(about=Key("school:1"), name="A", text="first"))
    assert [n.text for n in two.record.notes] == ["first"]
    two.change(note_of(two, added.id)._replace(text="second"))
    assert [n.text for n in one.record.notes] == ["second"]
    with pytest.raises(RefusedError, match="changed elsewhere"):
        one.apply(added.reverse)
    two.remove("note", added.id)
    with pytest.raises(RefusedError, match="no longer there"):
        one.change(note_of(one, added.id)._replace(text="third"))
    assert one.record.notes == ()


def test_the_record_is_the_same_object_until_something_changes(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    mine.add(Note(about=Key("school:1"), name="A", text="a"))
    first = mine.record
    assert mine.record is first
    mine.add(Bookmark(about=Key("school:1"), name="A"))
    assert mine.record is not first
    assert mine.record.notes[0] is first.notes[0]


def test_threads_lose_nothing_and_readers_never_wait(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    wrong: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for n in range(15):
                change = mine.add(Note(about=Key("school:1"), name="A", text=f"{number}-{n}"))
                assert any(note.id == change.id for note in mine.record.notes)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        texts = [n.text for n in mine.record.notes]
        assert len(set(texts)) == len(texts)
        time.sleep(0.001)
    assert not wrong
    wanted = {f"{number}-{n}" for number in range(4) for n in range(15)}
    assert {n.text for n in fresh(tmp_path).record.notes} == wanted


def test_a_body_is_bookmarked_once_and_recent_schools_are_ten(tmp_path: Path) -> None:
    one, two = RecordStore(tmp_path), RecordStore(tmp_path)
    assert one.record == two.record
    one.add(Bookmark(about=Key("school:1"), name="A"))
    with pytest.raises(RefusedError, match="bookmarked already"):
        two.add(Bookmark(about=Key("school:1"), name="A"))
    for urn in (*range(100, 113), 105):
        (one if urn % 2 else two).looked_at(urn, f"School {urn}")
    assert [r.urn for r in one.record.recents] == [105, *range(112, 105, -1), 104, 103]


def broken_off(folder: Path, held: dict[str, str]) -> Path:
    """A restore's file, as a killed Navigator leaves it."""
    file = folder / "restoring.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    return file


def test_a_restore_that_another_navigator_finishes_meanwhile_is_not_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = broken_off(tmp_path, {})
    held = Folder.locked

    def finished_first(self: Folder, *given: float) -> Any:
        file.unlink(missing_ok=True)  # while this one waits for the lock
        return held(self, *given)

    monkeypatch.setattr(Folder, "locked", finished_first)
    assert RecordStore(tmp_path).problems() == []


def test_forgetting_a_person_takes_a_restore_that_broke_off_with_it(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    where = (BodyRef(Key("la:1"), "A"),)
    gone = [mine.add(Contact(role="Clerk", bodies=where, name=f"Person {n}")) for n in range(2)]
    contacts = '[[contact]]\nid = "z"\nrole = "Clerk"\nname = "Zoë Quill"\n'
    file = broken_off(tmp_path, {"contacts.toml": contacts, "days.toml": "# none\n"})
    mine.remove("contact", gone[0].id)
    with zipfile.ZipFile(file) as archive:
        assert archive.read("days.toml") == b"# none\n"
        assert "contacts.toml" not in archive.namelist()
    file.write_bytes(b"PK and Zo\xc3\xab Quill, cut off")
    mine.remove("contact", gone[1].id)
    assert not file.exists()


def test_forgetting_a_person_leaves_no_copy(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    for n in range(12):
        mine.add(
            Contact(role="Head", bodies=(BodyRef(Key(""), f"School {n}"),), name=f"Person {n}")
        )
    file = tmp_path / "contacts.toml"
    file.write_text(
        file.read_text("utf-8") + "# filler\n" * 3000, "utf-8"
    )  # long enough for an index
    assert len(mine.record.contacts) == 12
    gone = mine.add(
        Contact(
            role="Maths lead",
            bodies=(BodyRef(Key("la:1"), "A"), BodyRef(Key(""), "B")),
            name="Zoë Quill",
            reach="zq@x.org",
        )
    )
    later = mine.add(
        Contact(role="Clerk", bodies=(BodyRef(Key("la:1"), "A"),), name="Someone Else")
    )
    good = file.read_bytes()
    file.write_bytes(good + b"[[contact\n")  # damaged: set aside with the person in it
    assert len(RecordStore(tmp_path).record.contacts) == 14
    assert (tmp_path / "contacts.broken-1.toml").exists()
    wide = tmp_path / "contacts.broken-2.toml"  # saved by a Windows editor
    wide.write_text(good.decode(), "utf-16")
    (tmp_path / ".contacts.toml.1-1.tmp").write_bytes(good)  # left by a killed process

    def holding(word: str) -> list[str]:
        return [
            f.name
            for f in tmp_path.rglob("*")
            if f.is_file() and any(word.encode(c) in f.read_bytes() for c in ("utf-8", "utf-16-le"))
        ]

    assert len(holding("Zoë Quill")) >= 4
    change = mine.remove("contact", gone.id)
    for word in ("Zoë Quill", "zq@x.org", gone.id):
        assert holding(word) == []
    for name in ("contacts.toml", "contacts.broken-1.toml", "contacts.broken-2.toml"):
        assert name in holding("Someone Else")
        assert name in holding("Person 3")
    file.write_text("damaged", "utf-8")  # the file as it was after is a version
    assert [c.id for c in RecordStore(tmp_path).record.contacts][-1] == later.id
    mine.apply(change.reverse)
    assert any(c.name == "Zoë Quill" for c in mine.record.contacts)


def test_a_large_file_reads_the_same_at_every_start(tmp_path: Path) -> None:
    """From its copy in JSON, too: with what is wrong in it, and not once the file has changed."""
    file = tmp_path / "notes.toml"
    many = "".join(f'[[note]]\nid = "n-{n}"\ntext = "{"long " * 50}"\n' for n in range(100))
    file.write_text(HAND_MADE.replace("[mine]", many + "[mine]"), "utf-8")
    first = RecordStore(tmp_path)
    seen, said = first.record, first.problems()
    assert len(seen.notes) == 103
    assert len(said) == 1
    assert (tmp_path / "versions" / "notes.json").exists()
    again = RecordStore(tmp_path)
    assert again.record == seen
    assert again.problems() == said
    again.change(note_of(again, "n-99")._replace(text="changed"))
    assert [n.text for n in first.record.notes if n.id == "n-99"] == ["changed"]
    assert [n.id for n in first.record.notes] == [n.id for n in RecordStore(tmp_path).record.notes]
    (tmp_path / "versions" / "notes.json").write_text("{damaged", "utf-8")
    assert RecordStore(tmp_path).record.notes == first.record.notes
    stamp = file.stat()
    file.write_text(file.read_text("utf-8").replace('"changed"', '"CHANGED"'), "utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))  # the same size and time
    assert [n.text for n in first.record.notes if n.id == "n-99"] == ["CHANGED"]
