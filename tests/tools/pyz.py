"""Navigator as one file that runs with nothing but Python: `python -m tests.tools.pyz [FILE]`.

Takes the dependencies from this environment, not from a network, with their licences. All must be
pure Python, so that the file runs on any system. The same files give the same bytes.

All lies in one tar.xz within it: packed file by file, as a .zip is, it would be 4.3 MB, not 2.4.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import stat
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
SITE = "site/"
"""Under which name the packages lie in `PACKED`: they are unpacked before they are imported."""
PACKED = "site.tar.xz"
COMPILED = (".so", ".pyd", ".dll", ".dylib")
QUICKER = ("markupsafe",)
"""Packages that do the same without their compiled part: it stays out."""
LEFT_OUT = ("icalendar/tests/", "textual/demo/", "pygments/lexers/")
"""Folders that nothing here imports. Of the lexers those stay that Textual's report of a fault
asks for."""
KEPT = tuple(f"pygments/lexers/{name}.py" for name in ("__init__", "_mapping", "python", "special"))
BILLS = "sboms"
"""Lists of what a package was built of."""
WHEN = (1980, 1, 1, 0, 0, 0)


def main(arguments: list[str]) -> int:
    target = Path(arguments[0] if arguments else ROOT / "dist" / "navigator.pyz")
    try:
        build(target)
    except (PackageNotFoundError, ValueError) as error:
        print(f"pyz: {error}. Install Navigator here first: pip install -e .", file=sys.stderr)
        return 1
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


def build(target: Path) -> None:
    """Write the file.

    Raises:
        PackageNotFoundError: a dependency isn't installed here.
        ValueError: a dependency isn't pure Python.
    """
    files = dict(sorted({**_ours(), **_theirs()}.items()))
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    start = (Path(__file__).parent / "pyz_start.py").read_text("utf-8")
    start = start.replace("@BUILD@", digest.hexdigest()[:16])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in (("__main__.py", start.encode("utf-8")), (PACKED, _packed(files))):
                archive.writestr(zipfile.ZipInfo(name, WHEN), data)
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in files.items():
            told = tarfile.TarInfo(name)
            told.size = len(data)
            archive.addfile(told, io.BytesIO(data))
    return lzma.compress(packed.getvalue())


def members(file: Path) -> dict[str, bytes]:
    """What lies in a file that was built: its start, and the packages."""
    with zipfile.ZipFile(file) as archive:
        found = {"__main__.py": archive.read("__main__.py")}
        packed = io.BytesIO(archive.read(PACKED))
    with tarfile.open(fileobj=packed, mode="r:xz") as packages:
        for told in packages:
            data = packages.extractfile(told)
            found[told.name] = data.read() if data else b""
    return found


def _ours() -> dict[str, bytes]:
    """Navigator with its facts, laid out as in its wheel."""
    files = {}
    for folder, name in ((ROOT / "navigator", "navigator"), (ROOT / "data", "navigator/_data")):
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                files[f"{SITE}{name}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    files[f"{SITE}navigator/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    return files


def _theirs() -> dict[str, bytes]:
    files = {}
    for found in needed():
        for path in found.files or ():
            if ".." in path.parts or "__pycache__" in path.parts:
                continue  # scripts, and what Python compiles anew
            if _idle(path.as_posix()):
                continue
            if path.suffix in COMPILED:
                if found.name.lower() in QUICKER:
                    continue
                raise ValueError(f"{found.name} isn't pure Python ({path})")
            if path.name not in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json"):
                files[f"{SITE}{path.as_posix()}"] = Path(str(path.locate())).read_bytes()
    return files


def _idle(path: str) -> bool:
    return BILLS in path.split("/") or (path.startswith(LEFT_OUT) and path not in KEPT)


def needed() -> Iterator[Distribution]:
    """What Navigator needs as installed here, and what that needs in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ahead = [(Requirement(text), "") for text in project["dependencies"]]
    seen: set[tuple[str, str]] = set()
    given: set[str] = set()
    while ahead:
        wanted, extra = ahead.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        found = distribution(name)
        if name not in given:
            given.add(name)
            yield found
        for asked in ("", *wanted.extras):
            if (name, asked) not in seen:
                seen.add((name, asked))
                ahead += [(Requirement(text), asked) for text in found.requires or ()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
