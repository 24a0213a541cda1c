"""Register files that are wrong, cut, packed in strange ways, or bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from navigator.core.errors import NavigatorError
from navigator.register import update_from
from tests.attack.counts import ROOT, SECONDS, Counts, environment, share_of
from tests.register import made

WHOLE = 200
NAME = "edubasealldata20260101.csv"
MEMORY = 200
"""MiB that a bomb may take."""

NUMBERS = (
    "9" * 19,
    "9" * 40,
    "9" * 5_000,
    "-9" * 12,
    "1e400",
    "nan",
    "٣٤",
    "1,000,000,000,000,000,000",
)
ZIPS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED)
BREAKS = (b"\r", b"\n", b"\r\r\n", b"\n\r", b"\x0b", b"\x85")


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("files")
    chance = random.Random(1)
    rows = made.schools(30)
    cases = [case for number in range(14) for case in _cases(number, chance, rows)]
    chance.shuffle(cases)
    data = folder / "data"
    (folder / "good").mkdir()
    update_from(made.write(folder / "good", made.schools(20)), data)
    before = _whole(data)
    for name, file, content in cases[: share_of(WHOLE, share)]:
        counts.inputs += 1
        given = folder / "given"
        given.mkdir()
        (given / file).write_bytes(content)
        if file.startswith(("links", "allgroups")):
            made.write(given, rows)
        began = time.monotonic()
        try:
            update_from(given if file.startswith(("links", "allgroups")) else given / file, data)
        except NavigatorError as error:
            if "\n" in str(error) or not str(error).endswith((".", "FILE")):
                counts.lost.append(f"{name}: no sentence: {error}")
            if _whole(data) != before:
                counts.lost.append(f"{name}: refused, and something changed")
        except Exception as error:
            counts.tracebacks.append(f"{name}: {type(error).__name__}: {str(error)[:120]}")
        before = _whole(data)
        if time.monotonic() - began > SECONDS / 2:
            counts.hangs.append(name)
        shutil.rmtree(given)
    _bombs(share, folder, counts)
    return counts


def _whole(data: Path) -> list[str]:
    return [(data / "current").read_text("utf-8"), *sorted(f.name for f in data.glob("register*"))]


def _cases(
    number: int, chance: random.Random, rows: list[dict[str, str]]
) -> Iterator[tuple[str, str, bytes]]:
    """(what it is, the file's name, its bytes) of one round."""
    good = made.text(rows).encode("cp1252")
    column = made.COLUMNS[number * 2 % len(made.COLUMNS)]
    digits = NUMBERS[number % len(NUMBERS)]
    odd = [{**row, column: digits} for row in rows]
    yield f"{column} is {digits[:30]}", NAME, made.text(odd).encode("utf-8")
    numbers = [
        {**row, **dict.fromkeys(made.COLUMNS[11:16] + made.COLUMNS[-2:], digits)} for row in rows
    ]
    yield f"numbers are {digits[:30]}", NAME, made.text(numbers).encode("utf-8")
    yield f"URN {digits[:30]}", NAME, made.text([*rows, {"URN": digits}]).encode("utf-8")
    ends = BREAKS[number % len(BREAKS)]
    yield f"lines end in {ends!r}", NAME, good.replace(b"\r\n", ends)
    cut = chance.randrange(len(good.split(b"\n")[0]) if number % 2 else len(good))
    yield f"cut at {cut}", NAME, good[:cut]
    flipped = bytearray(good)
    for _ in range(1 + number * 3):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    yield f"flipped {number}", NAME, bytes(flipped)
    quotes = good.replace(b'"', b"", number + 1) if number % 2 else good.replace(b",", b'"', number)
    yield f"quotes {number}", NAME, quotes
    yield f"noise {number}", NAME, chance.randbytes(3_000 * number)
    yield f"fields {number}", NAME, good + b'"' + b"x" * (10_000 << number) + b'"\r\n'
    wide = b",".join(b"c%d" % n for n in range(3_000 * number)) + b"\r\n"
    yield f"wide {number}", NAME, wide if number % 2 else good.split(b"\n")[0] + b"," + wide
    for packed, name in ((gzip.compress(good), f"{NAME}.gz"), (lzma.compress(good), f"{NAME}.xz")):
        spoiled = bytearray(packed)
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        yield f"packed, flipped {number}", name, bytes(spoiled)
        yield f"packed, cut {number}", name, packed[: chance.randrange(len(packed))]
    out = io.BytesIO()
    kind = ZIPS[number % 4]
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr(f"../../{NAME}" if number % 3 else NAME, good)
    spoiled = bytearray(out.getvalue())
    for _ in range(number):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    yield f"zip {number}", "a.zip", bytes(spoiled)
    beside = b'"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n'
    link = f'"100001","{digits}","x","Successor","{digits}"\r\n'.encode()
    yield f"links {digits[:30]}", "links_edubasealldata20260102.csv", beside + link
    group = b'"Group UID","Group Name","Companies House Number","Group Type (code)","Group Status",'
    group += b'"Open date","Incorporated on (open date)"\r\n'
    told = f'"{digits}","x","{digits}","06","Open","{digits}","{digits}"\r\n'.encode()
    yield f"groups {digits[:30]}", "allgroupsdata20260103.csv", group + told
    yield f"bz2 {number}", NAME, bz2.compress(good)


# --- bombs ---


def _bombs(share: float, folder: Path, counts: Counts) -> None:
    """Little files that unpack to much, each read by a process of its own, whose memory is told."""
    given = folder / "bombs"
    given.mkdir()
    head = made.text([]).encode("cp1252")
    row = made.text(made.schools(1)).encode("cp1252").splitlines(keepends=True)[1]
    block = row * 3_000
    with gzip.open(given / f"{NAME}.gz", "wb", 1) as out:
        out.write(head)
        for _ in range(700_000_000 // len(block) if share >= 1 else 3):
            out.write(block)
        out.write(b"x" * 3_000_000)  # a line without end
    with lzma.open(given / f"{NAME}.xz", "wb", preset=1) as xz:
        xz.write(b"\0" * (2_000_000_000 if share >= 1 else 20_000_000))
    with (
        zipfile.ZipFile(given / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(NAME, "w", force_zip64=True) as member,
    ):
        for _ in range(1_000 if share >= 1 else 10):
            member.write(b"\0" * (1 << 20))
    (given / NAME).write_bytes(head + b"x" * 5_000_000)
    if not Path("/proc/self/status").exists():  # where it can't be told what memory it took
        return
    for file in sorted(given.iterdir()):
        counts.inputs += 1
        program = (
            "import sys, time\n"
            "from pathlib import Path\n"
            "from navigator.core.errors import NavigatorError\n"
            "from navigator.register import update_from\n"
            "began = time.process_time()\n"
            "try:\n"
            "    update_from(Path(sys.argv[1]), Path(sys.argv[2]))\n"
            "    print('taken')\n"
            "except NavigatorError as error:\n"
            "    print('refused', error)\n"
            "told = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
            "print(int(told) // 1024, time.process_time() - began)\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program, str(file), str(folder / "bombed")],
            cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode or not ran.stdout.startswith("refused"):
            counts.tracebacks.append(f"bomb {file.name}: {(ran.stdout + ran.stderr)[-300:]}")
            continue
        mib, seconds = re.findall(r"[\d.]+", ran.stdout.splitlines()[-1])[:2]
        if float(mib) > MEMORY:
            counts.let_in.append(f"bomb {file.name}: {mib} MiB")
        counts.figures += (
            f"{file.name.removeprefix(NAME) or 'csv'} {mib} MiB {float(seconds):.1f} s; "
        )
