"""The files of an older Navigator (commit e713baa, which wrote them by another library).

`older/` holds what it wrote of the record that `write` makes, with ids counted, on one day.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from navigator.core import clock
from navigator.core.activity import Activity, Budget, Kind, PlanDay, Status
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Bookmark, Contact, Correction, Note, OwnNetwork
from navigator.core.session import Session, attendees
from navigator.records import RecordStore, record_file, written
from navigator.records.kinds import KINDS
from tests.tools.notes import note_of

OLDER = Path(__file__).parent / "older"
SCHOOL, HUB = Key("school:139217"), Key("hub:maths-hub/central")
TEXT = (
    'They said "share", and:\n\n\tuse C:\\maths — café 🎉\n"""quoted"""\n[[note]]\n# no comment "'
)
FULL = Activity(
    "",
    "Mastering Number",
    provider=HUB,
    provider_name="Central",
    kind=Kind.NETWORK,
    programme="mastering-number",
    status=Status.APPLIED,
    audience=("Maths lead",),
    year_groups=("Year 1", "Reception"),
    attends=attendees("Maths lead: A Name; Year 1 teacher"),
    sessions=(
        Session("", date(2026, 12, 8), attends=attendees("Head")),
        Session("", date(2026, 10, 8), time(13, 30), 90, True, "online"),
        Session("", date(2026, 10, 9), in_school_hours=False),
    ),
    release_days=Decimal("1.50"),
    fee=Decimal("120.55"),
    subsidy=Decimal("0.00"),
    penalty=Decimal("75.00"),
    places=2,
    prerequisites="Ask",
    opens=date(2026, 5, 1),
    closes=date(2026, 7, 1),
    source="a page",
    checked=date(2026, 4, 1),
    notes="two\nlines",
    trial=True,
    parts=("teaching",),
    quality=("active", "collective"),
    mechanisms=("embed",),
    practice="talk",
    evidence='books\n"many"',
    again="yes",
    year=2026,
)


def write(mine: RecordStore) -> None:
    mine.add(
        Note(
            "",
            SCHOOL,
            "Sneinton St Stephen's",
            None,
            ("shares", "#our own"),
            date(2027, 1, 15),
            TEXT,
        )
    )
    mine.add(Note(about=HUB, name="Central “Maths” Hub", text="One line"))
    third = mine.add(Note(about=Key("la:892"), name="Nottingham", text="Changed below")).id
    mine.change(note_of(mine, third)._replace(text="Changed:\nnow two lines", tags=("open",)))
    mine.add(Bookmark(about=SCHOOL, name="Sneinton St Stephen's"))
    mine.add(Bookmark(about=Key("trust:2905"), name="A Trust", tags=("sells",)))
    mine.change(mine.record.bookmarks[1]._replace(marker="!?", tags=("sells", "closed")))
    names, hubs = ("East Midlands West", "Other"), ("east-midlands-west", "")
    mine.add(Correction("", "hub", SCHOOL, "Sneinton", "maths-hub", names, hubs, note="by phone"))
    mine.add(Correction("", "network", SCHOOL, "Sneinton", names=("Sneinton heads",)))
    mine.add(Correction("", "closed", Key("partnership:some"), "Some partnership"))
    both = ("Sneinton heads", "City heads")
    mine.add(Correction("", "network", SCHOOL, "Sneinton", names=both))
    mine.add(OwnNetwork(name="Our cluster", urns=(144462, 139217), note="since 2020"))
    mine.regroup(mine.record.networks[0].id, put=[100001])
    bodies = (BodyRef(Key("la:892"), "Nottingham"), BodyRef(Key(""), "A choir"))
    mine.add(Contact("", "Maths lead", "Zebedee Quill", bodies, "zq@x.example", "Tuesdays"))
    mine.add(Contact(role="Clerk", bodies=(BodyRef(SCHOOL, "Sneinton"),)))
    clerk = mine.record.contacts[1]
    mine.change(clerk._replace(role="Clerk to governors", name="A Person"))
    mine.write_review(SCHOOL, "Sneinton", "bridging", "Two people now.")
    mine.write_review(SCHOOL, "Sneinton", "local-lens", 'From the top:\n- hubs\n- "trusts"')
    for urn in range(100, 112):
        mine.looked_at(urn, f"School {urn}")
    mine.add(FULL)
    mine.add(Activity("", 'Lesson "study"'))
    study = mine.record.activities[1]
    mine.change(
        study._replace(
            fee=Decimal(40),
            status=Status.UNDER_WAY,
            kind=Kind.WITHIN_SCHOOL,
            sessions=(Session("", date(2027, 1, 5), time(9, 0), 60),),
        ),
        seen=study,
    )
    half_term = PlanDay("", "Autumn half term", "holiday", date(2026, 10, 26), date(2026, 10, 30))
    mine.take_in([half_term, PlanDay("", "", "inset", date(2027, 1, 4), date(2027, 1, 4))])
    mine.add(PlanDay("", "Term 1", "term", date(2026, 9, 1), date(2026, 10, 23)))
    mine.change(mine.record.days[2]._replace(title="Term one", first=date(2026, 9, 2)))
    mine.add(Budget("", 2026, Decimal("5000.50")))
    mine.add(Budget("", 2027, Decimal(6000)))
    mine.add(Budget("", 2026, Decimal(5000)))


def held(folder: Path) -> dict[str, str]:
    return {file.name: file.read_bytes().decode() for file in folder.glob("*.toml")}


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return shutil.copytree(OLDER, tmp_path / "config")


def test_there_is_one_of_each_kind() -> None:
    assert sorted(kind.file for kind in KINDS.values()) == sorted(held(OLDER))


def test_what_was_written_then_reads_as_it_was_meant(older: Path) -> None:
    mine = RecordStore(older)
    record = mine.record
    assert [n.text for n in record.notes] == [TEXT, "One line", "Changed:\nnow two lines"]
    assert record.notes[0].about.urn == 139217
    assert record.notes[0].again == date(2027, 1, 15)
    assert [(b.marker, b.tags) for b in record.bookmarks] == [("", ()), ("!", ("sells", "closed"))]
    assert [c.hubs for c in record.corrections] == [("east-midlands-west", ""), ("", ""), ()]
    assert record.networks[0].urns == (100001, 139217, 144462)
    assert [body.key for body in record.contacts[0].bodies] == ["la:892", ""]
    assert dict(record.reviews[0].words)["local-lens"].endswith('- "trusts"')
    assert [r.urn for r in record.recents] == list(range(111, 101, -1))
    first, second = record.activities
    sessions = sorted(FULL.sessions, key=lambda session: session.order)
    assert first._replace(id="", added=None, sessions=()) == FULL._replace(sessions=())
    assert [s._replace(id="") for s in first.sessions] == sessions
    assert (second.fee, second.status, second.kind) == (40, Status.UNDER_WAY, Kind.WITHIN_SCHOOL)
    assert [(d.kind, d.title) for d in record.days][1:] == [("inset", ""), ("term", "Term one")]
    assert [(b.year, b.amount) for b in record.budgets] == [(2026, 5000), (2027, 6000)]
    assert mine.problems() == []
    assert held(older) == held(OLDER), "reading changes no byte"


def test_the_same_is_written_byte_for_byte(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = itertools.count(1)
    for module in (written, record_file):
        monkeypatch.setattr(module, "new_id", lambda kind, _: f"{kind[0]}-{next(count):06}")
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    mine = RecordStore(tmp_path / "new")
    write(mine)
    assert held(tmp_path / "new") == held(OLDER)
    assert mine.record == RecordStore(tmp_path / "new").record == RecordStore(older).record


ONE_CHANGE: dict[str, tuple[dict[str, Any], str, str]] = {
    "bookmark": ({"name": "Our school"}, 'name = "Sneinton St Stephen\'s"', 'name = "Our school"'),
    "note": ({"text": "Mended"}, 'text = "One line"', 'text = "Mended"'),
    "correction": ({"note": "by letter"}, 'note = "by phone"', 'note = "by letter"'),
    "network": ({"name": "Ours"}, 'name = "Our cluster"', 'name = "Ours"'),
    "contact": ({"reach": "555"}, 'reach = "zq@x.example"', 'reach = "555"'),
    "activity": ({"fee": Decimal(99)}, "fee = 120.55", "fee = 99"),
    "day": ({"title": "Half term"}, 'title = "Autumn half term"', 'title = "Half term"'),
    "budget": ({"amount": Decimal(1)}, "amount = 5000.0", "amount = 1.0"),
}


@pytest.mark.parametrize("name", ONE_CHANGE)
@pytest.mark.parametrize("by_hand", [False, True])
def test_one_field_changed_leaves_every_other_byte(
    older: Path, name: str, by_hand: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    values, before, after = ONE_CHANGE[name]
    file = older / KINDS[name].file
    if by_hand:
        text = file.read_text("utf-8").replace(f"{before}\n", f"{before}  # mine\n# and\nx = 'y'\n")
        file.write_text(text, "utf-8")
    mine, text = RecordStore(older), file.read_text("utf-8")
    record = getattr(mine.record, KINDS[name].field)[1 if name == "note" else 0]
    change = mine.change(record._replace(**values))
    stamp = "changed = 2026-11-22\n"
    told = file.read_text("utf-8")
    if KINDS[name].changed == "changed" and name != "budget":  # which has its day already
        assert told.count(stamp) == text.count(stamp) + 1
        at = told.index(after)
        told = told[:at] + told[at:].replace(stamp, "", 1)
    assert told == text.replace(before, after)
    others = {other: text for other, text in held(OLDER).items() if other != file.name}
    assert others.items() <= held(older).items()
    mine.apply(change.reverse)
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("by_hand", [False, True])
def test_only_a_record_with_a_hand_in_it_loads_tomlkit(older: Path, by_hand: bool) -> None:
    if by_hand:
        file = older / "notes.toml"
        file.write_text(file.read_text("utf-8").replace("[[note]]\n", "[[note]] # mine\n"), "utf-8")
    script = (
        "import sys, pathlib\n"
        "from navigator.core.record import Note\n"
        "from navigator.records import RecordStore\n"
        f"mine = RecordStore(pathlib.Path({str(older)!r}))\n"
        "mine.add(Note(about='la:892', name='A', text='new'))\n"
        "mine.change(mine.record.notes[0]._replace(text='changed'))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "tomli_w" in done.stdout.split()
    assert ("tomlkit" in done.stdout.split()) is by_hand
