"""The operating system's clipboard, for terminals that don't know OSC 52."""

from __future__ import annotations

import os
import shutil
import subprocess

TOOLS = (
    ("clip.exe",),
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
)
TIMEOUT = 2.0


def copy(text: str) -> bool:
    """Hand text to the system's clipboard tool. False where there is none; call off the loop."""
    for tool, *arguments in TOOLS:
        if tool in ("wl-copy", "xclip") and not (
            os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
        ):
            continue
        path = shutil.which(tool)
        if path is None:
            continue
        encoding = "utf-16-le" if tool == "clip.exe" else "utf-8"
        try:
            subprocess.run(  # noqa: S603 - a tool found on PATH, text on its standard input
                [path, *arguments],
                input=text.encode(encoding, "replace"),
                timeout=TIMEOUT,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return True
    return False
