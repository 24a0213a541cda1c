"""A full disk, a folder that can't be written, and who may read the files."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from navigator.core.keys import Key
from navigator.core.record import Bookmark, Note
from navigator.records import RecordStore
from navigator.storage.disk import NotSavedError, private_folder
from navigator.storage.folder import Folder

ROOT = Path(__file__).parent.parent.parent
unix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such limits")


def one(folder: Path, most: int = 0, user: int = 0) -> list[str]:
    command = [sys.executable, "-m", "tests.records.driver", "one", folder, most, user]
    words = list(map(str, command))
    return subprocess.run(
        words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.splitlines()


def with_notes(folder: Path, count: int) -> bytes:
    mine = RecordStore(folder)
    for n in range(count):
        mine.add(Note(about=Key("school:1"), name="A school", text=f"note {n}\n" + "long " * 40))
    return (folder / "notes.toml").read_bytes()


@unix
def test_a_disk_with_no_room_for_the_file(tmp_path: Path) -> None:
    good = with_notes(tmp_path, 8)
    before, refused, after = one(tmp_path, most=len(good) // 2)
    assert before == after == "read 8"
    assert refused.startswith("NotSavedError There is no room left on the disk")
    assert "all saved before is safe" in refused
    assert (tmp_path / "notes.toml").read_bytes() == good
    assert not list(tmp_path.rglob(".*.tmp"))
    assert one(tmp_path)[2] == "read 9"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.getuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root on Linux can make a tiny disk")
    made = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(made, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine doesn't permit a mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_up_loses_nothing_acknowledged(tiny_disk: Path) -> None:
    folder = tiny_disk / "config"
    mine = RecordStore(folder)
    saved: list[str] = []

    def fill() -> None:
        while True:
            saved.append(
                mine.add(
                    Note(about=Key("school:1"), name="A", text=f"{len(saved)} " + "long " * 200)
                ).id
            )

    with pytest.raises(NotSavedError, match="no room left") as refused:
        fill()
    assert str(folder) in str(refused.value)
    assert len(saved) > 20
    held = tomllib.loads((folder / "notes.toml").read_text("utf-8"))["note"]
    assert [n["id"] for n in held] == saved == [n.id for n in mine.record.notes]
    assert [n.id for n in RecordStore(folder).record.notes] == saved
    for version in (folder / "versions").glob("*.toml"):
        tomllib.loads(version.read_text("utf-8"))
    assert not list(folder.rglob(".*.tmp"))
    # Damage on a full disk: it can't be set aside, so it is left.
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(b"x" * 512)
    file = folder / "notes.toml"
    damaged = b"[[note" + file.read_bytes()[6:]
    with file.open("r+b") as there:
        there.write(damaged)
    other = RecordStore(folder)
    other.record  # noqa: B018
    assert "left as it is" in other.problems()[0]
    assert file.read_bytes() == damaged
    # The head makes room.
    filler.unlink()
    for version in sorted((folder / "versions").glob("*.toml"))[:-1]:
        version.unlink()
    assert other.add(Bookmark(about=Key("school:1"), name="A"))


@unix
@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be another"
)
def test_a_folder_that_is_only_readable() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = with_notes(folder, 3)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before, refused, after = one(folder, user=65534)
        assert before == after == "read 3"
        assert refused.startswith(f"NotSavedError Navigator can't write in {folder} (Permission")
        assert "all saved before is safe" in refused
        assert "NAVIGATOR_CONFIG_DIR" in refused
        assert (folder / "notes.toml").read_bytes() == good
        (folder / "notes.toml").chmod(0o000)
        before, refused, after = one(folder, user=65534)
        assert before == after == "read 0"
        assert refused.startswith("NotSavedError")
        assert (folder / "notes.toml").read_bytes() == good


@unix
@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be another"
)
def test_a_folder_that_cannot_be_searched_is_opened() -> None:
    """Whether a restore was broken off can't be seen there; that is no reason to fall over."""
    opens = (
        "import os, sys; from pathlib import Path; from navigator.records import RecordStore\n"
        "os.setuid(65534); print(RecordStore(Path(sys.argv[1])).path)"
    )
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o700)
        words = [sys.executable, "-c", opens, name]
        done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
        assert (done.stdout.strip(), done.stderr) == (name, "")


def test_folders_on_the_way_are_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        private_folder(tmp_path / "one" / "two" / "three")
        (tmp_path / "open").mkdir(mode=0o755)
        private_folder(tmp_path / "open" / "two")
        private_folder(tmp_path / "open" / "two")  # again: it is there
    finally:
        os.umask(before)
    made = sorted(tmp_path.rglob("*"))
    assert [f.name for f in made] == ["one", "two", "three", "open", "two"]
    if os.name != "nt":
        modes = {str(f.relative_to(tmp_path)): stat.S_IMODE(f.stat().st_mode) for f in made}
        assert modes.pop("open") == 0o755, "as it was"
        assert set(modes.values()) == {0o700}
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "in it"):
        with pytest.raises(OSError, match="file"):
            private_folder(folder)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    mine = RecordStore(tmp_path / "file" / "config")
    assert mine.record.notes == ()
    for change in (
        lambda: mine.add(Note(about=Key("school:1"), name="A", text="a")),
        lambda: mine.looked_at(1, "A"),
        lambda: mine.remove("contact", "c-1"),
    ):
        with pytest.raises(NotSavedError, match="can't write in"):
            change()
    assert mine.record.notes == ()


@unix
def test_only_the_user_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    before = os.umask(0)
    try:
        with_notes(folder, 70)  # large enough for an index
        mine = RecordStore(folder)
        mine.add(Bookmark(about=Key("school:1"), name="A"))
        mine.looked_at(1, "A")
        (folder / "bookmarks.toml").chmod(0o644)
        (folder / "notes.toml").write_bytes(b"damaged [")
        assert len(mine.record.notes) == 70
        mine.add(Bookmark(about=Key("school:2"), name="B"))
    finally:
        os.umask(before)
    seen = [folder, *folder.rglob("*")]
    assert {"notes.broken-1.toml", "notes.json", "bookmarks.toml"} <= {f.name for f in seen}
    for file in seen:
        wanted = 0o700 if file.is_dir() else 0o600
        assert stat.S_IMODE(file.stat().st_mode) == wanted, file


def test_a_lock_held_by_another_program_is_said(tmp_path: Path) -> None:
    mine, other = Folder(tmp_path), Folder(tmp_path)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.locked():
            held.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with pytest.raises(NotSavedError, match="Another program has held"), mine.locked(1.0):
            pass
        # Reading needs no lock, be there something new to keep as a version or not.
        (tmp_path / "notes.toml").write_text('[[note]]\nid = "n-1"\ntext = "a"\n', "utf-8")
        assert [n.text for n in RecordStore(tmp_path).record.notes] == ["a"]
    finally:
        done.set()
        holder.join()
    with mine.locked(1.0), mine.locked(1.0):
        pass
