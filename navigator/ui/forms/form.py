"""A form over the screen: labelled boxes, saved by Ctrl+S, left by Esc."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from navigator.core.cleaning import plain, printable
from navigator.core.errors import NavigatorError
from navigator.records.drafts import Draft
from navigator.storage.process import ours
from navigator.ui.base import Panel
from navigator.ui.base_app import BaseApp
from navigator.ui.commands import bindings
from navigator.ui.forms.pick import Choice, PickScreen, Typed
from navigator.ui.widgets.box import AnswerLine, ReadBack
from navigator.ui.widgets.indented import Indented
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.lines import HEADING, MUTED

if TYPE_CHECKING:
    from navigator.service import MakeChange


class Box(NamedTuple):
    """A box of a form: `many` for several lines, `hint` what to type, `offer` words to complete,
    `back` says how what was typed is understood (it raises RefusedError), `group` is the heading
    that it begins, `choices` what Enter shows to choose from. In one that `saves`, Enter does once
    it is filled what Ctrl+S does. `anew` is whether what stands in it is marked when the cursor
    comes there; where it isn't said, one word is (`AnswerLine`)."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    many: bool = False
    offer: tuple[str, ...] = ()
    back: Callable[[str], str] | None = None
    group: str = ""
    choices: tuple[Choice, ...] = ()
    saves: bool = False
    anew: bool | None = None


class SaveWords(NamedTuple):
    """What Ctrl+S does in a form: at the foot, and as it "saves it" and hasn't "saved" it yet."""

    foot: str = "Save"
    does: str = "saves it"
    done: str = "saved"


SAVES = SaveWords()


DRAFT_SECONDS = 1.0
"""Between looks at whether something was typed that isn't kept yet."""

Values = Mapping[str, str]
SaidChange = tuple["MakeChange", str]
"""A change to the head's record, and in words what it is."""
Save = Callable[[Values], Awaitable[None]]
"""Saves what was typed; raises NavigatorError where it can't be, in whose box the cursor then
stands."""


def changing(app: BaseApp, make: Callable[[Values], SaidChange]) -> Save:
    """Saves a form by a change that is made of what was typed, off the event loop; `make` raises
    NavigatorError for what can't be."""

    async def save(values: Values) -> None:
        change, said = await asyncio.to_thread(make, values)
        if problem := await app.edits.make(change, said):
            raise problem

    return save


class FormScreen(Panel[bool]):
    """Gives True once it is saved, False where it was left.

    Args:
        kind: What it is ("Note").
        title: What it is about.
        fields: The boxes.
        save: Called with their texts by key.
        said: A sentence under the title.
        about: What tells it from other forms of its kind, `drafts.about` of a record: what was
            typed into one mustn't come up in another. The title where that does.
        below: Lines to read beneath the boxes; the arrow keys scroll to them.
        words: What Ctrl+S does, where that isn't saving.
        at: The box that has the cursor; the first where there is none such.
    """

    PLACE = "form"
    AUTO_FOCUS = ""
    BINDINGS = bindings(PLACE)
    holds_typing = True

    def __init__(
        self,
        kind: str,
        title: str,
        fields: Sequence[Box],
        save: Save,
        said: str = "",
        *,
        about: str = "",
        below: str = "",
        words: SaveWords = SAVES,
        at: str = "",
    ) -> None:
        super().__init__()
        self._at = next((f for f in fields if f.key == at), fields[0])
        self._words = words
        self._about = about or title
        self._kind, self._title, self._said, self._below = kind, title, said, below
        self._fields = list(fields)
        # What a terminal might act on isn't shown; a box left as it was gives what it came with.
        self._shown = {field.key: printable(field.value) for field in fields}
        self._save = save
        self._warned: dict[str, str] | None = None
        self._refused = ""
        self._said_of: dict[str, str] | None = None  # what the boxes held as a sentence was said
        self.saving = False
        # What a Navigator that ended has left in this form; what of ours is kept by now
        self.taken: Draft | None = None
        self._left = False
        # The box that is to be in sight, with all beneath it as far as the second
        self._sought: tuple[Widget, Widget] | None = None
        self._kept: Draft | None = None

    def compose(self) -> ComposeResult:
        self._take_draft()
        with VerticalScroll(id="detail", can_focus=False):
            heads = (
                Content.styled(self._kind, HEADING),
                Content.styled(plain(self._title), "bold"),
            )
            yield Static(Content("\n").join(heads), classes="head")
            if self._said:
                yield Static(Content.styled(plain(self._said), MUTED), classes="head")
            below, group = False, ""
            for field in self._fields:
                if field.group and field.group != group:
                    group, below = field.group, True
                    yield Static(Content.styled(group, HEADING), classes="group")
                # What a box says beneath it stands where a blank line would be.
                label = "label below" if below else "label"
                yield Static(Content.styled(field.label, MUTED), classes=label)
                if field.many:
                    yield TextArea(
                        self._begun(field),
                        id=f"field-{field.key}",
                        compact=True,
                        placeholder=field.hint,
                        classes="" if field is self._fields[0] else "short",
                    )
                else:
                    offer = SuggestFromList(field.offer, case_sensitive=False)
                    yield AnswerLine(
                        self._begun(field),
                        anew=field.anew,
                        placeholder=field.hint,
                        id=f"field-{field.key}",
                        compact=True,
                        suggester=offer if field.offer else None,
                    )
                below = field.back is not None
                if field.back:
                    yield ReadBack(field.back, field.value, id=f"back-{field.key}")
            yield Static(id="form-said")
            if self._below:
                yield Static(Indented(printable(self._below).split("\n")), id="form-below")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.query_one(KeyBar).reword("save", self._words.foot)
        box = self.query_one(f"#field-{self._at.key}")
        self.set_focus(box)
        if isinstance(box, TextArea):
            box.move_cursor(box.document.end)
        if self.taken:
            self._say(
                "What you typed before Navigator ended is here: "
                f"Ctrl+S {self._words.does}, Esc leaves."
            )
        self.set_interval(DRAFT_SECONDS, self._keep_typed)
        # What is said beneath a box has its place once the page has its new height
        self.watch(self.query_one("#detail"), "virtual_size", self._seek_again, init=False)
        # A long form begins at its heading, not where its first box would be scrolled to.
        self.call_after_refresh(self._begin_at_top)

    def _begin_at_top(self) -> None:
        # Who saves at once is at the box that was refused by now
        if self._at is self._fields[0] and self._said_of is None:
            self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    @property
    def values(self) -> dict[str, str]:
        """What the boxes hold."""
        values = {}
        for field in self._fields:
            box = self.query_one(f"#field-{field.key}")
            text = box.text if isinstance(box, TextArea) else _value(box)
            values[field.key] = field.value if text == self._shown[field.key] else text
        return values

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        if action == "editor":
            return any(field.many for field in self._fields)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        self._hear(event.input, event.value)

    def _hear(self, box: Widget, text: str) -> None:
        """Say beneath a box how what now stands in it is understood, and no longer what was said
        of an older text."""
        if self._said_of not in (None, self.values):
            self._said_of = None
            self._put("")
        if back := self._back_of(box):
            back.read_back(text)
            if box.has_focus:  # a low screen shows what stands beneath the box, too
                last = self.query_one("#form-said") if box.id == self._refused else back
                self.call_after_refresh(self._bring_into_view, box, last)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A box that is come to has its label in sight: Textual scrolls to the box alone."""
        box = event.widget
        if (box.id or "").startswith("field-"):
            said = self.query_one("#form-said") if box.id == self._refused else None
            self.call_after_refresh(self._bring_into_view, box, said or self._back_of(box) or box)

    def _back_of(self, box: Widget) -> ReadBack | None:
        """What stands beneath a box, where something does."""
        name = (box.id or "").replace("field-", "back-")
        return self.query_one_optional(f"#{name}", ReadBack)

    def _bring_into_view(self, box: Widget, last: Widget) -> None:
        """Scroll to a box with its label and all beneath it as far as `last`; where there is no
        room for all of that, to the box."""
        self._sought = box, last
        page = self.query_one("#detail", VerticalScroll)
        label = page.children[page.children.index(box) - 1]
        whole = label.virtual_region.union(box.virtual_region)
        page.scroll_to_region(whole.union(last.virtual_region), animate=False)

    def _seek_again(self) -> None:
        if self._sought and self._sought[0].has_focus:
            self.call_after_refresh(self._bring_into_view, *self._sought)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._hear(event.text_area, event.text_area.text)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        field = next(f for f in self._fields if f"field-{f.key}" == event.input.id)
        if field.saves and event.value.strip():
            await self.action_save()
            return
        if not field.choices:
            self.app.action_focus_next()
            return

        def picked(choice: str | Typed | None) -> None:
            names = {one.value: one.text for one in field.choices}
            if isinstance(choice, str):
                event.input.value = names[choice]
                self.app.action_focus_next()

        self.app.push_screen(PickScreen(field.label, field.choices), picked)

    async def action_save(self) -> None:
        if self.saving:
            return  # Ctrl+S pressed twice saves once
        self.saving = True
        refused = None
        values = self.values
        try:
            await self._save(values)
        except NavigatorError as error:
            refused = error
        finally:
            self.saving = False
        if refused:
            self._say(str(refused), refused.field, values)
        else:
            self._drop_draft()
            self.dismiss(True)

    def action_back(self) -> None:
        """Leave; where something was typed, only when asked twice."""
        if self._may_leave("Esc"):
            self._drop_draft()
            self.dismiss(False)

    def action_quit(self) -> None:
        """Quit the app; where something was typed, only when asked twice."""
        if self._may_leave("Ctrl+Q"):
            self._drop_draft()
            self.app.exit()

    # --- what is being typed outlives a Navigator that is ended ---

    def _take_draft(self) -> None:
        """Put what a Navigator that ended has left into the boxes."""
        for draft in self.app.service.records.drafts():
            if draft.form == (self._kind, self._about):
                self.taken = draft

    def _begun(self, field: Box) -> str:
        begun = self.taken.boxes.get(field.key) if self.taken else None
        return self._shown[field.key] if begun is None else printable(begun)

    @property
    def _typed(self) -> bool:
        return self.values != {field.key: field.value for field in self._fields}

    def draft(self) -> Draft | None:
        """What is typed and not saved, None for nothing."""
        if not self.is_mounted or self.saving or self._left or not self._typed:
            return None
        return Draft(self._kind, self._title, self.values, self._about, ours())

    def _keep_typed(self) -> None:
        draft = self.draft()
        if draft is None or draft == self._kept:
            return
        self._kept = draft

        def keep() -> None:
            with suppress(NavigatorError):  # where nothing can be kept, saving says so
                self.app.service.records.keep_draft(draft, self.taken)
                if self._left:  # meanwhile
                    self.app.service.records.drop_draft(draft)

        self.app.do(keep)

    def told_to_end(self) -> None:
        if draft := self.draft():
            with suppress(NavigatorError):
                self.app.service.records.keep_draft(draft, self.taken)

    def _drop_draft(self) -> None:
        self._left = True
        if self._kept or self.taken:
            self.app.service.records.drop_draft(self._kept, self.taken)

    def _may_leave(self, key: str) -> bool:
        if self._typed and self._warned != self.values:  # who typed on is asked anew
            self._warned = self.values
            done, does = self._words.done, self._words.does
            self._say(f"Not {done} yet: Ctrl+S {does}, {key} again throws it away.")
            return False
        return True

    def action_editor(self) -> None:
        """Write the text in the head's own editor ($VISUAL or $EDITOR)."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            self._say("Set EDITOR to use your own editor. Here, Ctrl+S saves.")
            return
        box = self.focused if isinstance(self.focused, TextArea) else self.query(TextArea).first()
        try:
            words = shlex.split(command)
        except ValueError:
            self._say(f"EDITOR is “{command[:40]}”, whose quotes don't match: write here instead.")
            return
        handle, name = tempfile.mkstemp(prefix="navigator-", suffix=".txt")
        file = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(box.text)
            with self.app.suspend():
                # What goes wrong in here must not leave the app suspended.
                wrong = _run([*words, name])
            if wrong:
                self._say(f"{command} {wrong}: write here instead.")
            else:
                box.text = file.read_text("utf-8", errors="replace").removesuffix("\n")
        except SuspendNotSupported:
            self._say("This terminal can't hand over to an editor: write here, Ctrl+S saves.")
        except OSError as error:
            self._say(f"{file} can't be used ({error.strerror}): write here instead.")
        finally:
            file.unlink(missing_ok=True)

    def _say(self, sentence: str, field: str = "", of: dict[str, str] | None = None) -> None:
        """Say a sentence at the form's end, until something else is typed; where it is of one box,
        beneath that, and the cursor goes there.

        `of` is what the boxes held when it became true; without it, what they hold.
        """
        self._said_of = of or self.values
        box = next(iter(self.query(f"#field-{field}")), None) if field else None
        if box is None:
            show = partial(self._put(sentence).scroll_visible, animate=False)
        else:
            back = self._back_of(box)
            there = back is not None and back.warn(sentence)
            said = self._put("") if there else self._put(sentence, field)
            self._sought = box, back if there and back else said
            show = partial(self._bring_into_view, *self._sought)
            box.focus(scroll_visible=False)
            if isinstance(box, TextArea):
                box.move_cursor(box.document.end)
        self.call_after_refresh(show)

    def _put(self, sentence: str, field: str = "") -> Static:
        """Put a sentence beneath a box; without one at the form's end, where there may be none."""
        page, said = self.query_one("#detail"), self.query_one("#form-said", Static)
        said.update(Content.styled(plain(sentence), "$warning"))
        self._refused = f"field-{field}" if field else ""
        at = field or self._fields[-1].key
        page.move_child(said, after=self.query(f"#field-{at}, #back-{at}").last())
        return said


def _run(words: list[str]) -> str:
    """Run the editor; "" or what went wrong."""
    try:
        done = subprocess.run(words, check=False)  # noqa: S603 - the head's own editor
    except OSError as error:
        return f"can't be started ({error.strerror})"
    return f"ended with an error ({done.returncode})" if done.returncode else ""


def _value(box: object) -> str:
    return box.value if isinstance(box, Input) else ""


def push_form(
    app: BaseApp,
    heads: tuple[str, str, str],
    about: str,
    shown: Iterable[Box],
    make: Callable[[Values], SaidChange],
    *,
    at: str = "",
) -> None:
    """Show a form that changes the record. `heads`: its kind, its title, a sentence under it; `at`
    is the box that has the cursor, if not the first."""
    kind, title, said = heads
    save = changing(app, make)
    app.push_screen(FormScreen(kind, title, list(shown), save, said, about=about, at=at))
