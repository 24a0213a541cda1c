"""What tests do with the app: press keys, type, go to a line, and read what the screen says."""

from __future__ import annotations

from contextlib import suppress

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from navigator.ui.widgets.entries import EntryList, EntryOption


def screen_text(app: App[None]) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text[:width] for strip in strips[:height])


def told(app: App[None]) -> str:
    """All that was said beside the screen."""
    return "\n".join(notification.message for notification in app._notifications)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way; a newer search cancels the one before it."""

    def busy() -> bool:
        saving = getattr(pilot.app.screen, "saving", False)  # a form's, off the event loop
        return saving or any(worker.is_running for worker in pilot.app.workers)

    await pilot.pause()  # what was asked for may begin only now
    while busy():
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.01)
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once all that the one before began is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put text into the box that has the focus."""
    box = pilot.app.focused
    if isinstance(box, TextArea):
        box.text = text
    elif isinstance(box, Input):
        box.value = text
    else:
        raise AssertionError(f"no box has the focus but {box}")
    await settle(pilot)


async def go_to(pilot: Pilot[None], begins: str) -> None:
    """Put the cursor on the first line that begins so: of the list in use, else of the screen's."""
    focused = pilot.app.focused
    entries = focused if isinstance(focused, EntryList) else pilot.app.screen.query_one(EntryList)
    for number, option in enumerate(entries.options):
        if not isinstance(option, EntryOption) or option.disabled:
            continue
        if option.entry.text.startswith(begins):
            entries.highlighted = number
            await pilot.pause()
            return
    raise AssertionError(f"no line {begins!r} on\n{screen_text(pilot.app)}")
