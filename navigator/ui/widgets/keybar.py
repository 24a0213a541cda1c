"""The line at the foot of a screen: its keys, whole ones only, the first of them never cut."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.style import Style
from textual.visual import Visual
from textual.widgets import Static

from navigator.ui.widgets.entries import Lines


@dataclass(frozen=True)
class Key:
    """A key as shown, what it does, the action a click runs and whose; `off` where it can't."""

    shown: str
    text: str
    action: str
    node: DOMNode
    off: bool


class KeyBar(Static):
    """The screen's keys in the order in which it declares them.

    One widget and not Textual's Footer, which makes a widget a key (40 ms of the first paint for
    eight) and cuts through words where the terminal is narrow.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Key] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    async def on_click(self, event: events.Click) -> None:
        number = event.style.meta.get("key")
        if number is not None and not self._keys[number].off:
            key = self._keys[number]
            await self.app.run_action(key.action, default_namespace=key.node)

    def render(self) -> Visual:
        # Here and not when mounted, so that the keys stand in the first frame with all else.
        keys: dict[str, Key] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or binding.action in keys:
                continue
            shown = self.app.get_key_display(binding)
            keys[binding.action] = Key(
                shown, binding.description, binding.action, node, off=not enabled
            )
        self._keys = list(keys.values())
        return _Keys(self._keys)


class _Keys(Lines):
    def __init__(self, keys: list[Key]) -> None:
        super().__init__()
        self._keys = keys

    def lay_out(self, width: int) -> list[Content]:
        line = Content("")
        for number, key in enumerate(self._keys):
            style = "$text-disabled" if key.off else "$footer-description-foreground"
            click = Style.from_meta({"key": number})
            item = Content.assemble(
                (key.shown, "$text-disabled" if key.off else "bold $accent"),
                (f" {key.text}" + (" (none)" if key.off else ""), style),
            ).stylize(click)
            if line.cell_length + item.cell_length > width:
                break
            line = line + item + Content("  ")
        return [line.truncate(width)]
