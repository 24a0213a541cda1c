#!/usr/bin/env python3
"""Set up Navigator in a fresh clone and run one thing; needs Python 3.11 or newer and git only.

    python3 .ci/do.py open [WORD ...]    open the app: your school, else the sample
    python3 .ci/do.py test [ARG ...]     run the tests
    python3 .ci/do.py pyz [FILE]         build dist/navigator.pyz: one file, needs only Python
    python3 .ci/do.py release [FOLDER]   build and try all that a release needs, in dist/
    python3 .ci/do.py facts [FILE]       build dist/navigator-facts-DAY.zip: the facts as one file
    python3 .ci/do.py pictures           draw the pictures of the docs anew
    python3 .ci/do.py check              lint, format, types, then the tests: what CI runs

The set-up (a virtual environment in .venv, packages from your usual index) is done once and again
when pyproject.toml has changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

TELL_SECONDS = 2

BUILT = {
    "pyz": "tests.tools.pyz",
    "facts": "tests.tools.facts_pack",
    "pictures": "tests.tools.pictures",
    "release": "tests.tools.release",
}

NO_INDEX = """\
Setting up didn't work, as pip could not get the packages: set HTTPS_PROXY to your network's proxy,
or PIP_INDEX_URL to the package index that you may use, and run this again."""


def set_up(extra: str) -> None:
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = HOME / f"ready{extra}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Setting up in .venv (once): a minute or two …", file=sys.stderr, flush=True)
    try:
        if not PYTHON.is_file():
            venv.create(HOME, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Setting up didn't work: .venv can't be made here ({error}).")
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    log = HOME / "setting-up.txt"
    with log.open("wb") as told:
        pip = subprocess.Popen(
            [*install, "--editable", f"{ROOT}{extra}"], stdout=told, stderr=subprocess.STDOUT
        )
        while True:
            try:
                failed = pip.wait(timeout=TELL_SECONDS)
                break
            except subprocess.TimeoutExpired:  # so that it is seen to be at work
                print(".", end="", file=sys.stderr, flush=True)
            except KeyboardInterrupt:
                pip.wait()
                sys.exit("\nStopped; run it again to go on.")
    print(file=sys.stderr)
    if failed:
        sys.exit(f"{NO_INDEX}\nWhat pip said is in {log}.")
    stamp.write_text(wanted)


def run(*command: str | Path, folder: Path = ROOT) -> int:
    try:
        return subprocess.run(list(map(str, command)), cwd=folder).returncode
    except KeyboardInterrupt:  # what runs got it, too, and has said what there is to say
        return 130


def open_app(words: list[str]) -> int:
    """Navigator where the user stands, so that a file it writes lands there; -P keeps what lies
    there from being taken for a part of it. It takes this process's place where there is a way, so
    that who ends the one ends the other."""
    command = [str(PYTHON), "-P", "-m", "navigator", *words]
    if os.name != "nt":
        os.execv(PYTHON, command)
    return run(*command, folder=Path.cwd())


def first_words() -> list[str]:
    """A school of the sample, as long as that is all there is and the user hasn't said which is
    theirs; else Navigator opens that, or its finder."""
    look = (
        "from navigator.records import settings; from navigator.register import open_register; "
        "print(settings.load().school is None and open_register().info.sample)"
    )
    found = subprocess.run([PYTHON, "-c", look], cwd=ROOT, capture_output=True, text=True)
    return ["139217"] if found.stdout.strip() == "True" else []


def test(rest: list[str]) -> int:
    """All tests on every processor, a file's in one process; those that are named, as they are.

    Two processes more than there are processors: a test of a screen waits a third of its time."""
    # By name: the few long tests, put last by their number, would keep one processor idle.
    # Worksteal was tried: two processes then both make the 22,010 landscapes of one file.
    processes = (os.cpu_count() or 1) + 2
    every = [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"]
    # Else each of the hundreds of processes that tests start would compile all of Navigator anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return run(PYTHON, "-m", "pytest", *(rest or every))


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is installed
        print("Navigator needs Python 3.11 or newer.", file=sys.stderr)
        return 1
    what, *rest = sys.argv[1:] or ["open"]
    if what == "open":
        # What `serve` needs on top is set up for who asks for it, and for nobody else.
        set_up("[serve]" if rest[:1] == ["serve"] else "")
        python = "py" if os.name == "nt" else "python3"
        this = f'"{sys.argv[0]}"' if " " in sys.argv[0] else sys.argv[0]
        os.environ["NAVIGATOR_STARTED_AS"] = f"{python} {this} open"
        return open_app(rest or first_words())
    if what == "test":
        set_up("[dev]")
        return test(rest)
    if what in BUILT:
        set_up("[dev]")
        return run(PYTHON, "-m", BUILT[what], *rest)
    if what == "check":
        set_up("[dev]")
        return (
            run(PYTHON, "-m", "ruff", "check", ".")
            or run(PYTHON, "-m", "ruff", "format", "--check", ".")
            or run(PYTHON, "-m", "mypy")
            or test(rest)
        )
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
