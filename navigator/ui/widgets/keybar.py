"""The foot of a screen: its keys, whole ones only.

A place may have two lines: what acts on the line under the cursor, then what leads elsewhere. Where
room is short the last go first, but help and the ways out last of all.
"""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.style import Style
from textual.visual import Visual
from textual.widgets import Static

from navigator.ui.commands import COMMANDS, PLACES, Command, commands_of
from navigator.ui.keymap import foot_name
from navigator.ui.widgets.lines import Lines

KEPT = frozenset({"help", "quit", "quit-typing", "back"})
"""The commands that stay at a foot, whatever it has no room for."""


class Item(NamedTuple):
    """A command at the foot: its keys as shown, its words, and what runs on a click."""

    keys: str
    words: str
    active: ActiveBinding


class KeyBar(Static):
    """The commands at the foot of a place, those that work now, with the keys that they have now.

    One widget and not Textual's Footer, which makes a widget a key (40 ms of the first paint for
    eight) and cuts through words where the terminal is narrow.

    Args:
        place: The screen's place in `commands.PLACES`.
    """

    def __init__(self, place: str) -> None:
        super().__init__()
        told = {command.id: command for command in commands_of(place)}
        self._lines = [
            [told[id_] for id_ in line.split()] for line in PLACES[place].foot.split("|")
        ]
        self._items: list[Item] = []
        self._words: dict[str, str] = {}

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def reword(self, command: str, words: str) -> None:
        """Put other words beside a command's keys."""
        self._words[command] = words
        self.refresh()

    async def on_click(self, event: events.Click) -> None:
        number = event.style.meta.get("key")
        if number is not None and self._items[number].active.enabled:
            active = self._items[number].active
            await self.app.run_action(active.binding.action, default_namespace=active.node)

    def render(self) -> Visual:
        # Here and not when mounted, so that the keys stand in the first frame with all else.
        found: dict[str | None, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            found.setdefault(active.binding.id, active)
        self._items = []
        lines = []
        for commands in self._lines:
            first = len(self._items)
            for command in commands:
                if command.id in found:
                    active = found[command.id]
                    keys = _keys(command, active, found.get(command.pair))
                    words = self._words.get(command.id, command.words)
                    self._items.append(Item(keys, words, active))
            lines.append(list(enumerate(self._items))[first:])
        if self.size.height < len(lines):  # a low terminal has a line: help and quit come first
            lines = [[item for line in reversed(lines) for item in line]]
        return _Foot(lines)


def _keys(command: Command, active: ActiveBinding, pair: ActiveBinding | None) -> str:
    """As the command's table has them, unless the head has set others."""
    both = [active, *([pair] if pair else [])]
    if command.shown and all(map(_is_ours, both)):
        return command.shown
    return " ".join(foot_name(a.binding.key) for a in (both if command.shown else both[:1]))


def _is_ours(active: ActiveBinding) -> bool:
    return active.binding.key in COMMANDS[active.binding.id or ""].keys.split(",")


class _Foot(Lines):
    """Lines of items, each with its number, by which a click names it."""

    def __init__(self, lines: list[list[tuple[int, Item]]]) -> None:
        super().__init__()
        self._rows = lines

    def lay_out(self, width: int) -> list[Content]:
        return [_line(row, width) for row in self._rows]


def _line(row: list[tuple[int, Item]], width: int) -> Content:
    shown = [(_content(number, item), item) for number, item in row]
    while shown and sum(content.cell_length + 2 for content, _ in shown) - 2 > width:
        others = [n for n, (_, item) in enumerate(shown) if item.active.binding.id not in KEPT]
        del shown[others[-1] if others else -1]
    line = Content("")
    for content, _ in shown:
        line = line + content + Content("  ")
    return line.truncate(width)


def _content(number: int, item: Item) -> Content:
    keys, words, active = item
    off = not active.enabled
    return Content.assemble(
        (keys, "$text-disabled" if off else "bold $accent"),
        (
            f" {words}" + (" (none)" if off else ""),
            "$text-disabled" if off else "$footer-description-foreground",
        ),
    ).stylize(Style.from_meta({"key": number}))
