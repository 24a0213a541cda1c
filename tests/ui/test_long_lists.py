"""A list of thousands of lines, as England's trusts are: on show at once, whole soon after."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from textual.app import App, ComposeResult
from textual.widgets.option_list import Option

from navigator.core.keys import Key
from navigator.ui.widgets.entries import AT_ONCE, SLICE, EntryList
from navigator.view.sections import Card, Entry, Section

MANY = 2_000
ACTIONS = {"pagedown": "page_down", "down": "cursor_down", "up": "cursor_up", "end": "last"}


def lines(many: int) -> list[Section]:
    entries = (
        Entry(f"Trust {n}", card=Card(Key.of("trust", str(n)), title=f"Trust {n}"))
        for n in range(many)
    )
    return [Section("Trusts here", tuple(entries))]


class Lists(App[None]):
    CSS = "EntryList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield EntryList()


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many options a list was given at a time."""
    found: list[int] = []
    usual = EntryList.add_options

    def add(self: EntryList, new: Iterable[Option]) -> EntryList:
        new = list(new)
        found.append(len(new))
        return usual(self, new)

    monkeypatch.setattr(EntryList, "add_options", add)
    return found


async def test_a_long_list_comes_in_slices_and_whole(added: list[int]) -> None:
    async with Lists().run_test() as pilot:
        shown = pilot.app.query_one(EntryList)
        shown.show_sections(lines(MANY))
        assert shown.option_count == AT_ONCE
        assert shown.entry == lines(1)[0].entries[0], "the first line can be opened at once"
        while shown.option_count <= MANY:
            await pilot.pause()
        assert max(added) <= max(AT_ONCE, SLICE), "keys are heard between two slices"
        texts = [shown.options[n].prompt.said.strip() for n in (1, MANY)]  # type: ignore[union-attr]  # ours
        assert texts == ["Trust 0", f"Trust {MANY - 1}"]
        assert shown.virtual_size.height == MANY + 1


async def test_what_is_asked_for_is_there_before_the_rest_came() -> None:
    async with Lists().run_test() as pilot:
        shown = pilot.app.query_one(EntryList)
        last = f"Trust {MANY - 1}"
        ways: tuple[Callable[[], None], ...] = (
            shown.action_last,
            lambda: shown.go_to_key(f"trust:{MANY - 1}"),
            lambda: shown.go_to_words(shown.holding(["trust", str(MANY - 1)])[0], [last]),
        )
        for go in ways:
            shown.show_sections(lines(MANY))
            assert shown.option_count == AT_ONCE
            go()
            assert shown.entry is not None
            assert shown.entry.text == last
        shown.show_sections(lines(MANY), keep=True)
        assert shown.entry is not None
        assert shown.entry.text == last, "a list filled anew keeps its cursor"


@pytest.mark.parametrize("key", ["pagedown", "down", "up", "end"])
async def test_a_key_lands_where_it_would_once_all_has_come(key: str) -> None:
    """Pressed many times over, as a key that is held is, before and after the rest came."""
    async with Lists().run_test() as pilot:
        shown = pilot.app.query_one(EntryList)
        press = getattr(shown, f"action_{ACTIONS[key]}")
        await pilot.pause()
        landed = []
        for waits in (False, True):
            shown.show_sections(lines(MANY))
            while waits and shown.option_count <= MANY:
                await pilot.pause()
            for _ in range(AT_ONCE + 20):
                press()
            landed.append(shown.entry and shown.entry.text)
            await pilot.pause()
        assert landed[0] == landed[1]
        assert landed[0] not in (None, f"Trust {AT_ONCE - 2}", "Trust 0")


async def test_a_page_before_the_list_is_laid_out_is_none() -> None:
    class Hidden(Lists):
        CSS = "EntryList { height: 0; }"

    async with Hidden().run_test() as pilot:
        shown = pilot.app.query_one(EntryList)
        shown.show_sections(lines(3))
        await pilot.press("pagedown", "pageup")
        assert shown.entry is not None
        assert shown.entry.text == "Trust 0"


async def test_a_list_filled_anew_forgets_what_was_to_come() -> None:
    async with Lists().run_test() as pilot:
        shown = pilot.app.query_one(EntryList)
        shown.show_sections(lines(MANY))
        shown.show_sections(lines(3))
        for _ in range(5):
            await pilot.pause()
        assert shown.option_count == 4
