"""How the app follows what changes while it is open: the record, the register, the settings."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from navigator.core import clock, wording
from navigator.core.record import OwnRecord
from navigator.records import settings
from navigator.ui.base import NavigatorScreen
from navigator.ui.base_app import BaseApp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from navigator.domain.changes import Changes
    from navigator.register import Outcome


class WatchingApp(BaseApp):
    """The screens of its stack are told of each change, and show it."""

    _looks = 0

    def _screens(self) -> Iterable[NavigatorScreen[Any]]:
        stack = list(self.screen_stack)
        return (s for s in stack if isinstance(s, NavigatorScreen) and s.is_mounted)

    # --- the head's own record ---

    def look_at_record(self) -> None:
        """See whether another Navigator, or the head with an editor, changed the record."""
        self._looks += 1
        look = self._looks

        def find() -> OwnRecord:
            record = self.service.record()
            for problem in self.service.record_problems():  # each is told once
                self.call_from_thread(self.say, problem, wrong=True)
            return record

        self.ask(find, lambda record: self._take_record(record, look), "record")

    async def record_changed(self) -> None:
        self._looks += 1
        look = self._looks
        self._take_record(await asyncio.to_thread(self.service.record), look)

    def _take_record(self, record: OwnRecord, look: int) -> None:
        if look < self._looks:
            return  # a later look is under way, or has been taken
        held, self.record = self.record, record
        if record.same_but_recents(held):
            return  # the finder asks for the recent schools each time it comes up
        for screen in self._screens():
            screen.refresh_record()

    # --- what changed since the register before ---

    @property
    def news(self) -> str:
        unseen = self._headline
        return f"{unseen}: {self.key_of('changes-typing')} shows" if unseen else ""

    @property
    def _headline(self) -> str:
        if self.service.unseen is None:
            return ""
        from navigator.domain import changes

        return changes.headline(self.service.unseen)

    def look_for_changes(self, *, tell: bool = False) -> None:
        """See what changed and hasn't been seen: at the start, and after another register was
        taken into use, when it is told as well."""

        before = self.service.unseen

        def told(found: Changes | None) -> None:
            if found != before:
                self.look_at_record()
            if found and tell:
                key = self.key_of("changes-typing")
                said = f"{self._headline} around you: {key} shows what."
                self.notify(said, timeout=12, markup=False)

        school = self.settings.school
        self.ask(lambda: self.service.look_for_unseen(school, clock.today()), told, "changes")

    def saw(self, changes: Changes) -> None:
        def save() -> None:
            try:
                self.service.saw(changes)
            finally:  # the marks go, even where that can't be kept
                self.call_from_thread(self.look_at_record)

        self.do(save)

    # --- another register ---

    def register_changed(self, outcome: Outcome) -> None:
        """Say what an update came to, and show every screen from the register now in use."""
        info = outcome.info
        day = wording.short_day(info.day)
        if not outcome.taken:
            self.say(f"The register in use, {day}, is the newest.")
            return
        loaded = f"Loaded {info.name}, {day}: {info.schools:,} open schools."
        self.say(" ".join((loaded, *wording.parts_notes(info))))
        for screen in self._screens():
            screen.reload()
        top = self.screen
        if not (isinstance(top, NavigatorScreen) and top.KIND == "changes"):  # it shows them
            self.look_for_changes(tell=True)
        self.look_at_record()

    def look_at_register(self) -> None:
        """See once a day whether the register's file is still as it was built."""

        def told(damaged: bool) -> None:
            if damaged:
                self.register_left()

        self.ask(lambda: self.service.leave_damaged(daily=True), told, "damage")

    def register_left(self) -> None:
        self.say(self.service.problem, wrong=True)
        for screen in self._screens():
            screen.reload()

    # --- the settings ---

    def remember(self, **values: Any) -> None:
        self.settings = self.settings._replace(**values)
        self.do(partial(settings.save, **values))

    def draw_again(self) -> None:
        """The units, or other settings, have changed: show every screen by them."""
        for screen in self._screens():
            screen.redraw()
