"""What was being typed when a Navigator ended comes back in the form that it was typed into, and in
no other; what is being typed in one that still runs is left to it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from navigator.core.activity import Activity
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Note
from navigator.core.session import Session
from navigator.records.drafts import Draft
from navigator.service import Service
from navigator.storage.process import Process, ours
from navigator.ui.forms.form import FormScreen
from navigator.ui.forms.plan import PlanForms
from navigator.ui.forms.record import RecordForms
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import press, settle, told, write
from tests.ui.test_record import SIZE

BODY = BodyRef(Key("network:transform-trust"), "Transform Trust")
OLD, NEW = "old precious words", "shopping list"


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """Another process, that runs until it is killed."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.fixture
def ended() -> Process:
    """A process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        found = Process.of(process.pid)
        process.kill()
    return found


def form_of(app: Any) -> FormScreen:
    assert isinstance(app.screen, FormScreen)
    return app.screen


def in_file(tmp_path: Path) -> list[dict[str, Any]]:
    """The drafts on disk."""
    file = tmp_path / "config" / "drafts.toml"
    held: list[dict[str, Any]] = tomllib.loads(file.read_text())["draft"] if file.exists() else []
    return held


async def left(app: Any, service: Service, by: Process, text: str, key: str = "text") -> Draft:
    """What is typed into the form on top, as if it were another process's; the form is left."""
    form = form_of(app)
    box: Any = form.query_one(f"#field-{key}")
    setattr(box, "text" if hasattr(box, "text") else "value", text)
    draft = form.draft()
    assert draft is not None
    assert draft.by == ours()
    await app.screen.dismiss(False)
    service.records.keep_draft(draft._replace(by=by))
    return draft


async def test_a_draft_of_a_new_note_is_not_put_into_an_old_one(
    make_app: AppMaker, service: Service, tmp_path: Path, ended: Process
) -> None:
    service.records.add(Note(about=BODY.key, name=BODY.name, text=OLD))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        forms = RecordForms(app)
        forms.note_form(BODY)
        await settle(pilot)
        await left(app, service, ended, NEW)
        await settle(pilot)
        forms.edit_note(service.kept.notes[0].id)
        await settle(pilot)
        assert form_of(app).values["text"] == OLD
        await press(pilot, "ctrl+s")
        assert [note.text for note in service.kept.notes] == [OLD]
        assert [draft["boxes"]["text"] for draft in in_file(tmp_path)] == [NEW]
        forms.note_form(BODY)
        await settle(pilot)
        assert form_of(app).values["text"] == NEW
        await press(pilot, "ctrl+s")
    assert {note.text for note in service.kept.notes} == {OLD, NEW}
    assert in_file(tmp_path) == []


async def test_a_draft_is_of_one_school_and_one_session(
    make_app: AppMaker, service: Service, ended: Process
) -> None:
    """Forms with the same title: a review's feature, two sessions, an activity and a new one."""
    sessions = (Session("s-1", DAY), Session("s-2", DAY))
    service.records.add(Activity("a-1", "A course", sessions=sessions))
    held = service.kept.activities[0]
    app = make_app()
    near = service.landscape(SCHOOL, DAY).nearby[0].school.urn
    here, there = (service.review(urn, DAY, "miles") for urn in (SCHOOL, near))
    part = here.parts[0]
    same = next(p for p in there.parts if p.feature.id == part.feature.id)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        record, plan = RecordForms(app), PlanForms(app)
        pairs: list[tuple[Any, Any, str]] = [
            (
                lambda: record.words(here, part),
                lambda: record.words(there, same),
                "words",
            ),
            (
                lambda: plan.session(held.id, held.sessions[0].id),
                lambda: plan.session(held.id, held.sessions[1].id),
                "place",
            ),
            (lambda: plan.edit(held.id), lambda: plan.new(None), "title"),
        ]
        for one, another, key in pairs:
            one()
            await settle(pilot)
            await left(app, service, ended, "Typed there", key)
            await settle(pilot)
            another()
            await settle(pilot)
            assert form_of(app).values[key] != "Typed there", key
            await press(pilot, "escape")
            one()
            await settle(pilot)
            assert form_of(app).values[key] == "Typed there", key
            await press(pilot, "escape", "escape")


async def test_what_another_navigator_is_typing_is_left_to_it(
    make_app: AppMaker, service: Service, tmp_path: Path, other: subprocess.Popen[bytes]
) -> None:
    app = make_app()
    forms = RecordForms(app)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        forms.note_form(BODY)
        await settle(pilot)
        await left(app, service, Process.of(other.pid), NEW)
        await settle(pilot)
        forms.note_form(BODY)
        await settle(pilot)
        assert form_of(app).values["text"] == ""
        await write(pilot, "Ours")
        form_of(app)._keep_typed()
        await settle(pilot)
        assert {draft["boxes"]["text"] for draft in in_file(tmp_path)} == {NEW, "Ours"}
        await press(pilot, "escape", "escape")
    assert [draft["boxes"]["text"] for draft in in_file(tmp_path)] == [NEW]
    other.kill()
    other.wait()
    later = make_app()
    async with later.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "You were writing when Navigator ended: Note, Transform Trust, a new one" in told(
            later
        )


async def test_no_draft_is_offered_while_its_navigator_runs(
    make_app: AppMaker, service: Service, other: subprocess.Popen[bytes]
) -> None:
    by = Process.of(other.pid)
    service.records.keep_draft(Draft("Note", BODY.name, {"text": NEW}, f"new {BODY.text}", by))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "You were writing" not in told(app)


def test_of_two_that_ended_each_draft_is_kept(service: Service, ended: Process) -> None:
    """Two Navigators were ended in the same form: taking one draft leaves the other."""
    first = Draft("Note", "A", {"text": "first"}, "new a", ended)
    second = first._replace(boxes={"text": "second"}, by=ended._replace(began="another time"))
    service.records.keep_draft(first)
    service.records.keep_draft(second)
    taken = service.records.drafts()[-1]
    assert taken == second
    mine = first._replace(boxes={"text": "second, and more"}, by=ours())
    service.records.keep_draft(mine, taken)
    assert service.records.drafts() == [first]
    service.records.drop_draft(mine, taken)
    assert service.records.drafts() == [first]


def test_a_number_that_was_given_anew_is_another_process(
    other: subprocess.Popen[bytes], ended: Process
) -> None:
    assert ours().runs
    found = Process.of(other.pid)
    assert found.runs
    assert not found._replace(began="at another time").runs
    assert not ended.runs
    assert not Process(0, "").runs
    other.kill()
    other.wait()
    assert not found.runs


def test_a_draft_without_its_process_is_offered(service: Service, tmp_path: Path) -> None:
    """As a hand, or an older Navigator, has written it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "drafts.toml").write_text(
        '[[draft]]\nkind = "Settings"\ntitle = "Kept in settings.toml"\nboxes = {radius = "4"}\n'
    )
    assert [draft.form for draft in service.records.drafts()] == [
        ("Settings", "Kept in settings.toml")
    ]
