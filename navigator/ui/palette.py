"""The commands behind Ctrl+P: all that work on the screen beneath, with the keys that they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.actions import parse
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from navigator.ui.base import NavigatorScreen
from navigator.ui.base_app import BaseApp
from navigator.ui.commands import COMMANDS, Command, commands_of
from navigator.ui.keymap import key_name
from navigator.ui.themes import THEMES

KEYS_WIDTH = 8
"""Cells before the names, for the keys."""


class Palette(CommandPalette):
    """Textual's, in our colours. Its magnifying glass is an emoji, which the fonts of a Windows
    console lack."""

    CSS = """
    SearchIcon { display: none; }
    #--container { background: $surface; margin-top: 1; }
    #--input { border: hkey $border; }
    CommandList {
        max-height: 60vh;
        border-bottom: hkey $border;
        background: $surface;
        scrollbar-size-vertical: 1;
        scrollbar-background: $surface;
        scrollbar-color: $border-blurred;
    }
    """

    def __init__(self) -> None:
        super().__init__(
            placeholder="Find a command: Enter runs it, Esc leaves", id="--command-palette"
        )


class PaletteOffer(NamedTuple):
    """A command as the palette has it: its name, what it does, its keys, and what runs it."""

    title: str
    help: str
    keys: tuple[str, ...]
    run: Callable[[], object]


def offers(app: BaseApp, screen: Screen[Any]) -> list[PaletteOffer]:
    """What can be done on a screen, and everywhere: a command once, with each of its keys."""
    keys: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        if active.binding.id and active.enabled:
            keys.setdefault(active.binding.id, []).append(key_name(active.binding.key))
    found: dict[str, PaletteOffer] = {}
    for command in _commands(screen):
        action = command.action or command.id.replace("-", "_")
        if command.title and _can(app, screen, action):
            held = found[command.title].keys if command.title in found else ()
            run = partial(app.call_later, app.run_action, action, screen)
            all_keys = (*held, *keys.get(command.id, ()))
            found[command.title] = PaletteOffer(command.title, command.help, all_keys, run)
    return [*found.values(), *_of_settings(app)]


def _commands(screen: Screen[Any]) -> list[Command]:
    """Those of the screen and those of everywhere, in the order of the table."""
    here = commands_of(screen.PLACE) if isinstance(screen, NavigatorScreen) else []
    found = {command.id: command for command in (*commands_of("everywhere"), *here)}
    return [found[id_] for id_ in COMMANDS if id_ in found]


def _can(app: BaseApp, screen: Screen[Any], action: str) -> bool:
    destination, name, parameters = parse(action)
    return bool((app if destination == "app" else screen).check_action(name, parameters))


def _of_settings(app: BaseApp) -> Iterator[PaletteOffer]:
    """Themes and units: those that aren't in use."""
    for theme in THEMES:
        if theme.name != app.theme:
            name = theme.name.removeprefix("navigator-")
            use = partial(setattr, app, "theme", theme.name)
            yield PaletteOffer(f"Theme: {name}", f"Use the {name} theme", (), use)
    yield PaletteOffer("Theme: others", "Choose from all themes", (), app.action_change_theme)
    if app.units == "miles":
        yield PaletteOffer("Units: kilometres", "Show km", (), partial(app.set_units, "km"))
    else:
        yield PaletteOffer("Units: miles", "Show miles", (), partial(app.set_units, "miles"))


class PaletteCommands(Provider):
    """The offers as the palette lists and searches them, keys first."""

    async def discover(self) -> Hits:
        for offer in self._offers():
            yield DiscoveryHit(
                _line(offer, Content(offer.title)), offer.run, offer.title, _help(offer)
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for offer in self._offers():
            score = matcher.match(offer.title)
            if score > 0:
                line = _line(offer, matcher.highlight(offer.title))
                yield Hit(score, line, offer.run, offer.title, _help(offer))

    def _offers(self) -> list[PaletteOffer]:
        app = self.app
        return offers(app, self.screen) if isinstance(app, BaseApp) else []


def _line(offer: PaletteOffer, title: Content) -> Content:
    keys = " ".join(offer.keys)
    return Content.assemble((keys.ljust(KEYS_WIDTH), "$accent"), " ", title)


def _help(offer: PaletteOffer) -> str:
    return " " * (KEYS_WIDTH + 1) + offer.help
