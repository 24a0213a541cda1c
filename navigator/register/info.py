"""What a register says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from navigator.core.model import RegisterInfo


def info_of(told: dict[str, str], *, sample: bool, path: Path | None) -> RegisterInfo:
    """A register's description out of its `meta` table."""
    return RegisterInfo(
        name=told["name"],
        day=date.fromisoformat(told["day"]),
        schools=int(told["schools"]),
        rows=int(told["rows"]),
        sample=sample,
        path=str(path) if path else "",
        size_bytes=path.stat().st_size if path else 0,
        links_day=date.fromisoformat(told["links_day"]) if told["links_day"] else None,
        groups_day=date.fromisoformat(told["groups_day"]) if told["groups_day"] else None,
    )
