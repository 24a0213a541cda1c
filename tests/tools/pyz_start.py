"""The start of navigator.pyz: unpack once beside the user's other caches, then run from there.

Python can import from a zip, but Navigator's screens and facts are files, and unpacked it starts
faster. Written for any Python 3, so that an old one gets a sentence and not a traceback.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "navigator: this needs Python 3.11 or newer, and this one is %s." % sys.version.split()[0]
    )

import io
import os
import shutil
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

BUILD = "@BUILD@"
PACKED = "site.tar.xz"


def cache() -> Path:
    """Where unpacked files of programs belong; `NAVIGATOR_CACHE_DIR` overrides."""
    given = os.environ.get("NAVIGATOR_CACHE_DIR")
    if given:
        return Path(given).expanduser()
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / "navigator" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "navigator"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "navigator"


def unpack(folder: Path) -> None:
    """Unpack this file's packages as a folder: whole or not at all, whoever else does so too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob("unpacking-*"):  # of one that was killed
        if time.time() - left.stat().st_mtime > 86_400:
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix="unpacking-", dir=folder.parent))
    try:
        with zipfile.ZipFile(Path(__file__).parent) as archive:
            packed = io.BytesIO(archive.read(PACKED))
        with tarfile.open(fileobj=packed, mode="r:xz") as packages:
            if hasattr(tarfile, "data_filter"):  # 3.11.4 and newer
                packages.extraction_filter = tarfile.data_filter
            packages.extractall(work)
        try:
            (work / "site").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another one was faster
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def main() -> None:
    """Unpack if need be, and run."""
    passing = None
    try:
        import lzma  # noqa: F401 - only whether it is there
    except ImportError:
        sys.exit(
            "navigator: this Python was built without lzma, so it can't unpack this file. Use the "
            "Python of python.org or of your system, or install Navigator with pip."
        )
    try:
        site = cache() / ("app-" + BUILD)
        if not site.is_dir():
            if sys.stderr.isatty():
                print("navigator: unpacking, this once ...", file=sys.stderr)
            unpack(site)
    except (OSError, RuntimeError):  # no home folder, or one that can't be written
        passing = Path(tempfile.mkdtemp(prefix="navigator-"))
        site = passing / "site"
        try:
            unpack(site)
        except OSError as error:
            shutil.rmtree(passing, ignore_errors=True)
            sys.exit(
                "navigator: there is nowhere to unpack (%s). Set NAVIGATOR_CACHE_DIR to a folder "
                "that can be written." % error
            )
    sys.path.insert(0, str(site))
    try:
        from navigator.cli import run

        code = run(sys.argv[1:])
    finally:
        if passing:
            shutil.rmtree(passing, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
