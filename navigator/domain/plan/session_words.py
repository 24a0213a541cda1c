"""A session in words."""

from __future__ import annotations

from navigator.core import dates, wording
from navigator.core.session import Session


def session_words(session: Session) -> str:
    """ "Thu 8 October 2026, 13:00 to 16:00, Derby Arena"."""
    within = {True: "in school hours", False: "not in school hours", None: ""}
    parts = (
        dates.shown(session.date),
        hours(session),
        session.place,
        within[session.in_school_hours],
    )
    return ", ".join(part for part in parts if part)


def hours(session: Session) -> str:
    """ "13:00 to 16:00", "13:00", "90 minutes": as much as is known; "" for nothing."""
    if not session.start:
        return wording.count(session.minutes, "minute") if session.minutes else ""
    until = f" to {session.span[1]:%H:%M}" if session.minutes else ""
    return f"{session.start:%H:%M}{until}"
