"""Files damaged by hand or by an accident: set aside, said, and nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from navigator.core.errors import NavigatorError
from navigator.core.keys import Key
from navigator.core.record import Bookmark, Note
from navigator.records import RecordStore, settings
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import VERSIONS

DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "bad line": (lambda data: data + b"[[note]\nid = 1\n", "at line 14, column"),
    "not UTF-8": (lambda data: data.replace(b"second", b"caf\xe9"), "line 12"),
    "truncated": (lambda data: data[:-25], "at line 12, where the file ends"),
    "NULs": (lambda data: b"\0" * len(data), "line 1"),
    "emptied": (lambda _: b"", "it is empty, and held something before"),
    "blank": (lambda _: b"\r\n \n", "it is empty, and held something before"),
    "one bracket": (
        lambda data: b'# x\n[note]\ntext = "a"\n',
        "line 2: note isn't written as [[note]]",
    ),
    "a key": (lambda data: b"\nnote = 5\n", "line 2: note isn't written as [[note]]"),
    "too deep": (lambda data: data + b"x = " + b"[" * 100_000, "too deep"),
}


def with_notes(folder: Path, *texts: str) -> bytes:
    mine = RecordStore(folder)
    for text in texts:
        mine.add(Note(about=Key("school:1"), name="", text=text))
    return (folder / "notes.toml").read_bytes()


def notes(folder: Path) -> list[str]:
    return [n.text for n in RecordStore(folder).record.notes]


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_file_is_set_aside_and_its_newest_good_version_used(
    tmp_path: Path, kind: str
) -> None:
    damage, where = DAMAGE[kind]
    good = with_notes(tmp_path, "first", "second")
    file = tmp_path / "notes.toml"
    file.write_bytes(damage(good))
    mine = RecordStore(tmp_path)
    assert [n.text for n in mine.record.notes] == ["first", "second"]
    (said,) = mine.problems()
    for part in (str(file), where, "notes.broken-1.toml", "the newest good version, of"):
        assert part in said
    assert mine.problems() == []
    assert (tmp_path / "notes.broken-1.toml").read_bytes() == damage(good)
    assert file.read_bytes() == good
    mine.add(Note(about=Key("school:1"), name="", text="third"))
    file.write_bytes(b"second damage [")
    assert notes(tmp_path) == ["first", "second", "third"]
    assert (tmp_path / "notes.broken-2.toml").read_bytes() == b"second damage ["
    assert (tmp_path / "notes.broken-1.toml").read_bytes() == damage(good)


def test_damage_while_the_app_is_open_is_met_by_reading_and_by_changing(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    mine.add(Note(about=Key("school:1"), name="", text="first"))
    file = tmp_path / "notes.toml"
    file.write_bytes(b"[[note")
    assert [n.text for n in mine.record.notes] == ["first"]
    file.write_bytes(b"[[note again")
    mine.add(Note(about=Key("school:1"), name="", text="second"))
    assert [n.text for n in mine.record.notes] == ["first", "second"] == notes(tmp_path)
    assert [f"broken-{n}" in said for n, said in enumerate(mine.problems(), 1)] == [True, True]


def test_a_damaged_newest_version_is_passed_over(tmp_path: Path) -> None:
    with_notes(tmp_path, "first", "second", "third")
    newest, older, *_ = sorted((tmp_path / "versions").glob("notes-*"), reverse=True)
    newest.write_bytes(b"")  # as a loss of power may leave it
    older.write_bytes(b"[[no")
    (tmp_path / "notes.toml").write_bytes(b"[[note")
    assert notes(tmp_path) == ["first"]


def test_without_a_good_version_the_file_is_set_aside_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "notes.toml"
    file.write_bytes(b"# mine\n[[note]\n")
    mine = RecordStore(tmp_path)
    assert mine.record.notes == ()
    (said,) = mine.problems()
    assert "no older one is good" in said
    assert "line 2" in said
    assert (tmp_path / "notes.broken-1.toml").read_bytes() == b"# mine\n[[note]\n"
    mine.add(Note(about=Key("school:1"), name="", text="anew"))
    assert notes(tmp_path) == ["anew"]


def test_a_file_emptied_that_never_held_anything_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_bytes(b"")
    mine = RecordStore(tmp_path)
    assert mine.record.notes == ()
    note = mine.add(Note(about=Key("school:1"), name="", text="a")).id
    mine.remove("note", note)
    (tmp_path / "notes.toml").write_bytes(b"")
    assert RecordStore(tmp_path).record.notes == ()
    assert mine.problems() == []


def test_a_file_deleted_or_emptied_to_its_comment_is_meant(tmp_path: Path) -> None:
    with_notes(tmp_path, "first")
    (tmp_path / "notes.toml").write_bytes(b"# nothing any more\n")
    assert notes(tmp_path) == []
    with_notes(tmp_path, "second")
    (tmp_path / "notes.toml").unlink()
    mine = RecordStore(tmp_path)
    assert mine.record.notes == ()
    assert mine.problems() == []


def test_a_folder_in_its_place_is_said_and_left(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").mkdir()
    mine = RecordStore(tmp_path)
    assert mine.record.notes == ()
    (said,) = mine.problems()
    assert "notes.toml can't be read" in said
    with pytest.raises(NotSavedError, match=str(tmp_path)):
        mine.add(Note(about=Key("school:1"), name="", text="a"))
    mine.add(Bookmark(about=Key("school:1"), name="A"))  # the other files are as good as ever
    assert (tmp_path / "notes.toml").is_dir()


def test_a_file_that_cannot_be_set_aside_is_left_and_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = with_notes(tmp_path, "first")
    damaged = good + b"[[note\n"
    file = tmp_path / "notes.toml"
    file.write_bytes(damaged)
    mine = RecordStore(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        assert [n.text for n in mine.record.notes] == ["first"]
        (said,) = mine.problems()
        assert "left as it is" in said
        assert "the newest good version, of" in said
        with pytest.raises(NotSavedError, match="left as it is"):
            mine.add(Note(about=Key("school:1"), name="", text="second"))
        assert file.read_bytes() == damaged
    mine.add(Note(about=Key("school:1"), name="", text="second"))
    assert notes(tmp_path) == ["first", "second"]
    assert (tmp_path / "notes.broken-1.toml").read_bytes() == damaged


def test_ten_versions_are_kept_and_no_other_file_is_touched(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    mine.add(Note(about=Key("school:1"), name="", text="0"))
    others = ["notes-2024-01-01.toml", "notes-0x1.toml", "notes-old.toml"]
    for other in others:
        (tmp_path / "versions" / other).write_text("mine")
    (tmp_path / ".mine.tmp").write_text("mine")
    for n in range(1, 15):
        mine.add(Note(about=Key("school:1"), name="", text=str(n)))
    kept = sorted(f.name for f in (tmp_path / "versions").glob("notes-0*.toml"))
    assert len([name for name in kept if name not in others]) == VERSIONS
    newest = tmp_path / "versions" / "notes-000015.toml"
    assert newest.read_bytes() == (tmp_path / "notes.toml").read_bytes()
    for other in others:
        assert (tmp_path / "versions" / other).read_text() == "mine"
    assert (tmp_path / ".mine.tmp").exists()


def test_a_hand_edit_is_kept_as_a_version_before_it_is_replaced(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    note = mine.add(Note(about=Key("school:1"), name="", text="first")).id
    file = tmp_path / "notes.toml"
    edited = file.read_bytes().replace(b"first", b"by hand")
    file.write_bytes(edited)
    mine.remove("note", note)
    assert edited in [f.read_bytes() for f in (tmp_path / "versions").glob("notes-*")]


def test_a_link_to_a_file_kept_elsewhere_stays_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "config"
    folder.mkdir()
    try:
        (folder / "notes.toml").symlink_to(elsewhere / "my.toml")
    except OSError:
        pytest.skip("this system allows no links")
    mine = RecordStore(folder)
    mine.add(Note(about=Key("school:1"), name="", text="a"))
    mine.add(Note(about=Key("school:1"), name="", text="b"))
    assert (folder / "notes.toml").is_symlink()
    assert b'"b"' in (elsewhere / "my.toml").read_bytes()
    assert notes(folder) == ["a", "b"]


def test_damaged_settings_are_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    file = tmp_path / "settings.toml"
    settings.save(school=139217)
    settings.save(units="km")
    damaged = file.read_bytes() + b"radius = \n"
    file.write_bytes(damaged)
    found = settings.load()
    assert (found.units, found.school) == ("km", 139217)
    assert str(file) in found.problem
    assert "line" in found.problem
    assert file.read_bytes() == damaged
    settings.save(radius=5.0)
    assert (tmp_path / "settings.broken-1.toml").read_bytes() == damaged
    found = settings.load()
    assert (found.units, found.school, found.radius, found.problem) == ("km", 139217, 5.0, "")
    file.write_bytes(b"\xff\xfe")
    assert settings.load().school == 139217
    file.unlink()
    file.mkdir()
    assert "can't be read" in settings.load().problem
    with pytest.raises(NavigatorError):
        settings.save(radius=6.0)
