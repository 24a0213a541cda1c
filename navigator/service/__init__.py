"""What the command line and the screens ask: one door to register, directory and landscapes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from navigator.service.facts import FactsNews, FactsPart
from navigator.service.record import MakeChange

if TYPE_CHECKING:
    from navigator.register import Outcome, Progress


__all__ = ["FactsNews", "MakeChange", "Service"]


class Service(FactsPart):
    """The register and the directory in use. Safe to ask from any thread, one at a time.

    Opening is put off until the first question, so that an app can paint before it. `unseen` is
    what changed and the head hasn't seen, once `look_for_unseen` was asked.
    """

    def update(
        self,
        setting: str,
        progress: Callable[[Progress], None],
        stop: threading.Event,
        *,
        again: bool = False,
    ) -> Outcome:
        """Fetch the newest register and take it into use; what is asked meanwhile is answered
        from the old one.

        Args:
            setting: `register_url` of the settings.
            progress: told about ten times a second, in this thread.
            stop: set from another thread, it ends the update with nothing changed.
            again: fetch also what was refused earlier today.

        Raises:
            RefusedTodayError: what came can't be used; or it was refused earlier today, and
                wasn't fetched again.
            NavigatorError: it can't be had, in one sentence with the next step.
        """
        from navigator.register import update_over_network

        outcome = update_over_network(setting, self._data_dir, progress, stop, again=again)
        if outcome.taken:
            with self._lock:
                self.reload()
                self.register.info  # noqa: B018 - opened here, so that no screen waits for it
        return outcome

    def update_server(self, setting: str) -> str:
        """The name of the server that an update would ask.

        Raises:
            RefusedError: the address set is none.
        """
        from navigator.register.fetch import server

        return server(setting)
