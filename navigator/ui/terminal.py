"""The terminal that the app is drawn on, where it is one of Linux or macOS."""

from __future__ import annotations

import os

from textual.drivers.linux_driver import LinuxDriver


class Terminal(LinuxDriver):
    """As Textual's; one that tells a size without room (0x0) is taken to be as it was."""

    _held = (80, 24)

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            told = os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()
        if 0 not in told:
            self._held = super()._get_terminal_size()
        return self._held
