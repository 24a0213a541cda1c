"""What can't be taken: one clear sentence each, and the register in use stays as it was."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from navigator.core.errors import NavigatorError, RefusedError
from navigator.register import half, open_register, update_from
from tests.register import made

Make = Callable[[Path], Path]


def _bytes(content: bytes, name: str = "edubasealldata20260101.csv") -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


GOOD = made.text(made.schools(30)).encode("cp1252")
LINES = GOOD.splitlines(keepends=True)


def _zip(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def _folder(folder: Path) -> Path:
    (folder / "notes.txt").write_text("no register here")
    return folder


REFUSED: dict[str, tuple[Make, str]] = {
    "missing": (lambda folder: folder / "nowhere.csv", "There is no file"),
    "folder without": (_folder, "holds no edubasealldata file"),
    "zip without": (_bytes(_zip({"a.txt": b"a"}), "a.zip"), "holds no edubasealldata file"),
    "empty": (_bytes(b""), "it is empty"),
    "header only": (_bytes(LINES[0]), "no open school"),
    "other csv": (_bytes(b"name,price\r\napple,3\r\n"), "is not the schools register"),
    "no csv": (_bytes(b"\x89PNG\r\n\x1a\n\0\0\0"), "is not the schools register"),
    "html": (_bytes(b"<!DOCTYPE html>\n<html></html>"), "is not the schools register"),
    "utf-16": (
        _bytes(GOOD.decode("cp1252").encode("utf-16")),
        "line 1 holds bytes that are no text",
    ),
    "cut in a row": (_bytes(GOOD[: len(GOOD) - 150]), "breaks off in line 31"),
    "cut in a text": (_bytes(GOOD[: GOOD.rfind(b"Made 29") + 3]), "breaks off in line 31"),
    "cut in its last text": (_bytes(GOOD[:-4]), "breaks off in line 31"),
    "short row": (_bytes(b"".join([*LINES[:5], b'"100999","x"\r\n', *LINES[5:]])), "line 6 has 2"),
    "long row": (
        _bytes(b"".join([*LINES[:5], LINES[5].rstrip() + b',"more"\r\n', *LINES[6:]])),
        "line 6 has 35 columns, not 34",
    ),
    "open quote": (_bytes(GOOD.replace(b'"Made 7 ', b'"Made "7, "')), "line 9 has quotation"),
    "quote left open": (_bytes(GOOD.replace(b'"Made 7 Primary School"', b'"Made 7')), "line 9 has"),
    "urn no number": (_bytes(GOOD.replace(b'"100004"', b'"10000x"')), "line 6 has the URN"),
    "urn twice": (
        _bytes(GOOD.replace(b'"100004"', b'"100002"')),
        "line 6 has URN 100002 again, first on line 4",
    ),
    "column twice": (_bytes(GOOD.replace(b'"Street"', b'"Town"', 1)), "column Town twice"),
    "not gzip": (_bytes(b"nothing packed", "edubasealldata20260101.csv.gz"), "is damaged"),
    "half a gzip": (
        _bytes(gzip.compress(GOOD)[:-99], "edubasealldata20260101.csv.gz"),
        "is damaged",
    ),
    "half an xz": (
        _bytes(lzma.compress(GOOD)[:-99], "edubasealldata20260101.csv.xz"),
        "is damaged",
    ),
    "half a zip": (_bytes(_zip({"edubasealldata20260101.csv": GOOD})[:-90], "a.zip"), "is damaged"),
    "links alone": (lambda folder: made.links(folder, []), "holds links, not schools"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_one_sentence_and_nothing_changed(case: str, tmp_path: Path) -> None:
    data, given = tmp_path / "data", tmp_path / "given"
    given.mkdir()
    old = tmp_path / "old"
    old.mkdir()
    update_from(made.write(old, made.schools(40)), data)
    before = {path.name: path.read_bytes() for path in data.iterdir()}

    make, says = REFUSED[case]
    with pytest.raises(RefusedError) as refused:
        update_from(make(given), data)

    sentence = str(refused.value)
    assert says in sentence, sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    register = open_register(data)
    assert register.info.schools == 40
    register.close()


def test_half_of_the_register_in_use_is_refused(tmp_path: Path) -> None:
    update_from(made.write(tmp_path, made.schools(100)), tmp_path / "data")
    with pytest.raises(RefusedError, match="40 open schools where the register in use has 100"):
        update_from(made.write(tmp_path, made.schools(40)), tmp_path / "data")


@pytest.mark.parametrize("which", ["links_edubasealldata20260102.csv", "allgroupsdata20260103.csv"])
def test_broken_files_beside_are_refused(which: str, tmp_path: Path) -> None:
    path = made.write(tmp_path, made.schools(3))
    (tmp_path / which).write_bytes(b"URN,Other\r\n1,2\r\n")
    with pytest.raises(RefusedError, match=f"{which} has no column"):
        update_from(path, tmp_path / "data")
    made.links(tmp_path, [(1, 2, "A", "Successor", "")])
    made.groups(tmp_path, [("1", "A", "06", "Open")])
    with (tmp_path / which).open("ab") as file:
        file.write(b'"1","2"\r\n')
    with pytest.raises(RefusedError, match=f"line 3 of {which} has 2 columns"):
        update_from(path, tmp_path / "data")


@pytest.mark.usefixtures("gias")
def test_the_narrow_download_is_told_which_to_take(gias: Path, tmp_path: Path) -> None:
    narrow = gias / "edubaseallstatefunded20250717.csv.xz"
    with pytest.raises(RefusedError) as refused:
        update_from(narrow, tmp_path)
    sentence = str(refused.value)
    assert "without Easting, Northing" in sentence or "Easting" in sentence
    assert "Establishment fields CSV" in sentence
    assert "edubasealldataYYYYMMDD.csv" in sentence


def test_a_disk_that_wont_is_told(tmp_path: Path) -> None:
    path = made.write(tmp_path, made.schools(3))
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(NavigatorError, match="can't be read or written"):
        update_from(path, tmp_path / "data")


@pytest.mark.parametrize("case", ["short row", "urn twice", "urn no number"])
@pytest.mark.parametrize("far", [False, True])
def test_two_processes_refuse_as_one_does(
    case: str, far: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half, "WORTH_IT", 1)
    more = made.text(made.schools(60, first=200_000)).encode("cp1252").splitlines(keepends=True)
    path = REFUSED[case][0](tmp_path)
    head, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([head, *more[1:], *rest] if far else [head, *rest, *more[1:]]))
    with pytest.raises(RefusedError, match=r"line \d+ has"):
        update_from(path, tmp_path / "data")
