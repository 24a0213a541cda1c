"""A .zip that is damaged within one of its files is told by all that read one, however packed."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from navigator.core.errors import RefusedError
from navigator.directory import taking
from navigator.records import backup
from navigator.register import sources

PACKED = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.fixture(params=PACKED, ids=["stored", "deflated", "bzip2", "lzma"])
def packed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def damaged(folder: Path, name: str, packed: int) -> Path:
    """A .zip of one file, whose bytes are turned over soon after its beginning."""
    out = io.BytesIO()
    lines = "".join(f"{random.Random(n).random()}\n" for n in range(200))
    with zipfile.ZipFile(out, "w", packed) as archive:
        archive.writestr(name, lines)
    data = bytearray(out.getvalue())
    start = 30 + len(name)
    data[start : start + 60] = bytes(byte ^ 0xFF for byte in data[start : start + 60])
    file = folder / "given.zip"
    file.write_bytes(data)
    return file


def test_a_pack_of_facts(packed: int, tmp_path: Path) -> None:
    file = damaged(tmp_path, taking.MANIFEST, packed)
    with (
        pytest.raises(RefusedError, match="it is damaged, or no pack"),
        taking.unpacked(file, tmp_path / "data"),
    ):
        pass
    assert not list((tmp_path / "data").rglob("*.csv"))


def test_a_backup(packed: int, tmp_path: Path) -> None:
    file = damaged(tmp_path, backup.MANIFEST, packed)
    with pytest.raises(RefusedError, match=r"isn't a whole \.zip \(.+\)\. Nothing was changed"):
        backup.read(file)


def test_the_register(packed: int, tmp_path: Path) -> None:
    file = damaged(tmp_path, "edubasealldata20260901.csv", packed)
    (tmp_path / "work").mkdir()
    with (
        pytest.raises(RefusedError, match=r"given\.zip"),
        sources.unpacked(file, tmp_path / "work"),
    ):
        pass
