"""The kinds of attack, each a module of its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.attack.counts import Counts

KINDS = ("streams", "terminal", "serve", "backups", "kills", "files", "damages", "texts", "resumes")


def attacked(kind: str, share: float, folder: Path) -> Counts:
    counts: Counts = import_module(f"tests.attack.{kind}").attack(share, folder)
    return counts
