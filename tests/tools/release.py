"""What a release needs, in dist/: `python -m tests.tools.release [FOLDER]`.

A wheel, the sources, navigator.pyz, one file for this system, and SHA256SUMS of them. Each is
started once in a clean place before it counts: with no folder of anyone's, as one who has just got
it would. PyInstaller, which makes the file for this system, is fetched into an environment that is
gone at the end: it is a tool of the release and no dependency.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

from navigator import __version__
from navigator.storage.sums import ALL
from tests.tools import pyz
from tests.tools.pyz import ROOT

SCHOOL = "139217"
"""A school of the sample, which each artefact must show."""
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
SUFFIX = ".exe" if os.name == "nt" else ""
START = """\
from navigator.__main__ import main

if __name__ == "__main__":
    main()
"""


class FailedError(Exception):
    """A step of the release failed; the text says which and what it said."""


def main(arguments: list[str]) -> int:
    target = Path(arguments[0] if arguments else ROOT / "dist").absolute()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        try:
            made = [_timed(make, work, target) for make in (_wheel, _sources, _pyz, _for_system)]
        except FailedError as error:
            print(f"release: {error}", file=sys.stderr)
            return 1
    write_sums(target, made)
    return 0


def write_sums(target: Path, made: Sequence[Path]) -> None:
    """Write SHA256SUMS of some files of a folder, as `sha256sum` does."""
    lines = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in made]
    (target / ALL).write_text("".join(sorted(lines, key=lambda line: line[66:])), "utf-8")


def _timed(make: Callable[[Path, Path], Path], work: Path, target: Path) -> Path:
    print(f"{(make.__doc__ or '').rstrip('.')} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    made = make(work, target)
    print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s")
    return made


def _wheel(work: Path, target: Path) -> Path:
    """The wheel."""
    return _installed("wheel", "*.whl", work, target)


def _sources(work: Path, target: Path) -> Path:
    """The sources."""
    return _installed("sdist", "*.tar.gz", work, target)


def _installed(what: str, pattern: str, work: Path, target: Path) -> Path:
    """A wheel or sdist, once it was installed and started in a clean place."""
    (built,) = _built(f"--{what}", work / what, pattern)
    python = _environment(work / f"from-{what}")
    _run(python, "-m", "pip", "install", "--quiet", built)
    started([str(python), "-I", "-m", "navigator"], work / f"{what}-home")
    return _taken(built, target)


def _pyz(work: Path, target: Path) -> Path:
    """The one file for every system."""
    built = work / "navigator.pyz"
    pyz.build(built)
    started([sys.executable, "-I", "-S", str(built)], work / "pyz-home")
    return _taken(built, target)


def _for_system(work: Path, target: Path) -> Path:
    """The file for this system, which needs no Python."""
    python = work / "from-wheel" / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run(python, "-m", "pip", "install", "--quiet", "pyinstaller")
    start = work / "start.py"
    start.write_text(START, "utf-8")
    options: list[str | Path] = [
        "--onefile",
        "--name",
        "navigator",
        "--noconfirm",
        "--log-level",
        "ERROR",
    ]
    for package in ("navigator", "textual", "rich", "tzdata", "icalendar"):
        options += ["--collect-submodules", package, "--collect-data", package]
    options += ["--distpath", work / "one", "--workpath", work / "work", "--specpath", work]
    _run(python, "-m", "PyInstaller", *options, start, cwd=work)
    built = work / "one" / f"navigator{SUFFIX}"
    started([str(built)], work / "one-home")
    built = built.rename(built.with_name(f"navigator-{SYSTEM}{SUFFIX}"))
    return _taken(built, target)


def _built(what: str, into: Path, pattern: str) -> list[Path]:
    _run(sys.executable, "-m", "build", what, "--outdir", into, ROOT)
    return list(into.glob(pattern))


def _environment(home: Path) -> Path:
    venv.create(home, with_pip=True)
    return home / ("Scripts" if os.name == "nt" else "bin") / "python"


def _taken(built: Path, target: Path) -> Path:
    return Path(shutil.copy2(built, target / built.name))


def started(command: Sequence[str], home: Path, seconds: float = 120) -> None:
    """See that what was built tells its version and shows a school, where nobody has used it.

    Raises:
        FailedError: it doesn't.
    """
    home.mkdir(parents=True)
    names = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "PYTHONUTF8")
    clean = {name: os.environ[name] for name in names if name in os.environ}
    clean |= {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
    for words, wanted in ((["--version"], f"navigator {__version__}"), (["show", SCHOOL], SCHOOL)):
        try:
            ran = subprocess.run(
                [*command, *words],
                cwd=home, env=clean, capture_output=True, encoding="utf-8", errors="replace",
                timeout=seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            told = f"doesn't end within {seconds:g} seconds"
            raise FailedError(f"{' '.join([*command, *words])} {told}") from None
        if ran.returncode or wanted not in ran.stdout or ran.stderr:
            said = (ran.stderr or ran.stdout).strip()[-500:]
            raise FailedError(f"{' '.join([*command, *words])} doesn't work: {said}")


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    ran = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, encoding="utf-8",
        errors="replace", check=False,
    )  # fmt: skip
    if ran.returncode:
        words = " ".join(map(str, command[1:6]))
        raise FailedError(f"{words} failed: {(ran.stderr or ran.stdout).strip()[-800:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
