"""What Navigator is called by who started it, so that a next step that is printed can be typed.

Pages, files that are handed on and the app say `navigator`, however they were made.
"""

from __future__ import annotations

import os
import re
import sys

USUAL = "navigator"
COMMAND = rf"(?<![\w./\\-]){USUAL}(?= (?: |--|[a-z]+\b(?!\.\w)|[0-9]{{6}}|URN|COMMAND))"
"""The name where a command follows it, or blanks in a list of commands, but not in the name of a
file ("navigator plan.csv"); a sentence that means the program writes it with a capital."""


def program_name() -> str:
    """ "navigator", else "py navigator.pyz", the name of the one file, or what a clone's own start
    says it was (`python3 .ci/do.py open`)."""
    if given := os.environ.get("NAVIGATOR_STARTED_AS", ""):
        return given
    program = sys.argv[0] if sys.argv else ""
    shown = f'"{program}"' if " " in program else program
    if getattr(sys, "frozen", False):
        return shown
    python = "py" if os.name == "nt" else "python3"
    return f"{python} {shown}" if program.endswith(".pyz") else USUAL


def as_typed(text: str) -> str:
    """A text whose commands are those that work here: "python3 .ci/do.py open update"."""
    name = program_name()
    if name == USUAL or USUAL not in text:
        return text
    return re.sub(COMMAND, lambda _: name, text)
