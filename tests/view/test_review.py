"""The yearly review: what stands under each feature, what is kept, what leaves the computer."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.cli import run
from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.landscape import Claim
from navigator.core.record import REVIEWED, Review
from navigator.core.texts import MOST_WORDS
from navigator.core.texts import words as kept_words
from navigator.export import forms, markdown, page
from navigator.export.review import ReviewExport
from navigator.records import RecordStore, backup
from navigator.service import Service
from navigator.view import review, review_facts
from navigator.view.review import LocalReview
from navigator.view.sections import Entry
from tests.export.test_page import ON_A_PAGE, Page
from tests.tools import made_record
from tests.ui.conftest import DAY, SCHOOL

ABOUT = Key.school(SCHOOL)
BEFORE = 122776
"""The school that Sneinton St Stephen's was before it became an academy."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def config(folders: Path) -> Path:
    return folders / "config"


@pytest.fixture
def service(config: Path) -> Iterator[Service]:
    made_record.write(config)
    made = Service()
    yield made
    made.close()


def on_disk(folder: Path) -> list[dict[str, object]]:
    text = (folder / "reviews.toml").read_text("utf-8")
    found: list[dict[str, object]] = tomllib.loads(text).get("review", [])
    return found


def facts(shown: LocalReview, feature: str) -> dict[str, list[Entry]]:
    """The facts under a feature, by their label."""
    found: dict[str, list[Entry]] = {}
    label = ""
    for entry in shown.parts[REVIEWED.index(feature)].facts:
        label = entry.label or label
        found.setdefault(label, []).append(entry)
    return found


# --- what is kept ---


def test_the_features_are_those_of_the_record() -> None:
    assert tuple(f.id for f in review.FEATURES) == REVIEWED


def test_a_school_year_has_one_review_and_the_next_begins_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = RecordStore(tmp_path)
    for day, text in ((date(2026, 8, 31), "old"), (date(2026, 9, 1), "new"), (DAY, "newer")):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        records.write_review(ABOUT, "Ours", "bridging", text)
    first, second = on_disk(tmp_path)
    assert (first["day"], first["bridging"]) == (date(2026, 8, 31), "old")
    assert (second["day"], second["bridging"]) == (date(2026, 9, 1), "newer")


def test_words_are_undone_and_taken_away_one_feature_at_a_time(tmp_path: Path) -> None:
    records = RecordStore(tmp_path)
    records.write_review(ABOUT, "Ours", "practices", "We share planning.")
    change = records.write_review(ABOUT, "Ours", "bridging", "Two people.")
    records.apply(change.reverse)
    assert records.record.reviews[0].words == (("practices", "We share planning."),)
    records.write_review(ABOUT, "Ours", "practices", "")
    assert not records.record.reviews[0].words
    with pytest.raises(RefusedError, match="no words to keep"):
        records.write_review(Key("school:100001"), "Another", "practices", " \n ")


def test_words_changed_elsewhere_are_not_overwritten(tmp_path: Path) -> None:
    RecordStore(tmp_path).write_review(ABOUT, "Ours", "bridging", "Theirs.")
    records = RecordStore(tmp_path)
    with pytest.raises(RefusedError, match="changed elsewhere"):
        records.write_review(ABOUT, "Ours", "bridging", "Mine.", seen="")
    records.write_review(ABOUT, "Ours", "practices", "Mine.", seen="")
    assert [r.words for r in records.record.reviews] == [
        (("practices", "Mine."), ("bridging", "Theirs."))
    ]


def test_too_many_words_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="5,000 on each feature"):
        RecordStore(tmp_path).write_review(ABOUT, "Ours", "bridging", "x" * (MOST_WORDS + 1))


@settings(max_examples=60)
@given(
    st.sampled_from(REVIEWED),
    st.text(st.one_of(st.characters(), st.sampled_from("\"\n\r'\\\t# [\x00\x1b")), max_size=60),
)
def test_any_words_come_back_as_they_were_kept(
    tmp_path_factory: pytest.TempPathFactory, feature: str, text: str
) -> None:
    kept = kept_words(text)
    assert not any(ord(c) < 0x20 and c not in "\n\t" for c in kept)
    if not kept:
        return
    folder = tmp_path_factory.mktemp("words")
    RecordStore(folder).write_review(ABOUT, "Ours", feature, text)
    again = RecordStore(folder)
    assert again.record.reviews[0].on(feature) == kept
    again.write_review(ABOUT, "Ours", feature, f"{kept}\n\n'''\"\"\"")
    assert RecordStore(folder).record.reviews[0].on(feature) == f"{kept}\n\n'''\"\"\""
    assert len(on_disk(folder)) == 1


def test_a_file_edited_by_hand_keeps_its_comments_and_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "reviews.toml").write_text(
        '# mine\n[[review]]\nabout = "139217" # ours\nday = 2026-10-01\nbridging = 7\n'
        'practices = ["a"]\nother = "stays"\n',
        "utf-8",
    )
    records = RecordStore(tmp_path)
    held = records.record.reviews[0]
    assert (held.about, held.words) == (ABOUT, (("bridging", "7"),))
    assert any("practices of" in problem for problem in records.problems())
    records.write_review(ABOUT, "Ours", "local-lens", "Near.")
    text = (tmp_path / "reviews.toml").read_text("utf-8")
    assert "# mine" in text
    assert "# ours" in text
    assert 'other = "stays"' in text


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    RecordStore(tmp_path).write_review(ABOUT, "Ours", "bridging", "Two people.")
    (tmp_path / "reviews.toml").write_text('[[review]\nid = "', "utf-8")
    records = RecordStore(tmp_path)
    assert records.record.reviews[0].on("bridging") == "Two people."
    assert any("can't be used" in problem for problem in records.problems())


def test_a_backup_holds_reviews_and_a_merge_keeps_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = RecordStore(tmp_path / "one")
    records.write_review(ABOUT, "Ours", "bridging", "Two people.")
    file = tmp_path / "kept.zip"
    file.write_bytes(records.backup())
    records.write_review(ABOUT, "Ours", "bridging", "Three people.")
    records.restore(backup.read(file), merge=True)
    words = sorted(r.on("bridging") for r in records.record.reviews)
    assert words == ["Three people.", "Two people."]
    other = RecordStore(tmp_path / "two")
    other.restore(backup.read(file), merge=False)
    assert other.record.reviews[0].on("bridging") == "Two people."


def test_a_review_of_a_closed_school_follows_its_successor(config: Path, service: Service) -> None:
    records = service.records
    records.write_review(Key.school(BEFORE), "Before", "bridging", "Under the old number.")
    shown = service.review(SCHOOL, DAY, "miles")
    part = shown.parts[REVIEWED.index("bridging")]
    assert part.words == "Under the old number."
    records.write_review(
        ABOUT, "Ours", "bridging", "And the new.", review=shown.id, seen=part.words
    )
    assert [(r["about"], r["bridging"]) for r in on_disk(config)] == [
        (f"school:{BEFORE}", "And the new.")
    ]


# --- what the page says ---


def test_each_feature_says_what_the_landscape_says(service: Service) -> None:
    shown = service.review(SCHOOL, DAY, "miles")
    here = shown.landscape
    local = facts(shown, "local-lens")
    assert [e.text for e in local["Trust"]] == [here.trust.trust.name] if here.trust else False
    assert "Our cluster" in [e.text for e in local["Networks"]]
    compared = [
        c.programme.id
        for c in here.hubs
        if c.programme.mark and c.claim in (Claim.DESIGNATED, Claim.NAMES_AREA)
    ]
    number = sum(set(compared) <= set(n.shares) for n in here.nearby)
    assert local["Nearby"][0].text.startswith(f"{number} of the nearest {len(here.nearby)} ")
    none = {e.text for e in facts(shown, "linked-systems").get("None found", [])}
    assert none == {
        c.programme.name
        for c in here.hubs
        if c.claim is Claim.NONE_FOUND
        and c.programme.serves_school(here.school)
        and not c.programme.areas_only
    }
    for entry in facts(shown, "linked-systems")["Led from"]:
        assert here.school.la_name not in entry.text.split(", ")
    assert facts(shown, "professional-learning")["Hubs"][0].text == "Maths Hub"


def test_bodies_with_a_contact_are_not_without_a_way_in(service: Service) -> None:
    shown = service.review(SCHOOL, DAY, "miles")
    without = {e.card.key for e in facts(shown, "bridging")["No way in"] if e.card}
    everyone = {card.key for card in review_facts.bodies(shown.landscape) if card.key}
    assert everyone - without == {"la:892"}


def test_what_changed_is_told_since_the_last_review(config: Path, service: Service) -> None:
    changed = facts(service.review(SCHOOL, DAY, "miles"), "sense-making")["Changed"]
    assert changed[0].text == "1 thing since 22 November 2025"
    assert changed[1].detail == "was: East Midlands West; now: Yorkshire Ridings"
    (config / "reviews.toml").write_text(
        f'[[review]]\nabout = "{ABOUT}"\nday = 2025-10-13\nbridging = "One."\n', "utf-8"
    )
    shown = service.review(SCHOOL, DAY, "miles")
    assert facts(shown, "sense-making")["Changed"][0].text == "1 thing since 13 October 2025"


def test_activities_stand_under_professional_learning(service: Service) -> None:
    landscape = service.landscape(SCHOOL, DAY)
    made = review.review(landscape, DAY, activities=[Entry("A work group", "Planned")])
    assert facts(made, "professional-learning")["Planned"][0].text == "A work group"


def test_last_years_words_are_dated_and_older_ones_give_way(service: Service) -> None:
    landscape = service.landscape(SCHOOL, DAY)

    def held(name: str, day: date | None, text: str) -> Review:
        return Review(name, ABOUT, "Ours", day, (("bridging", text),))

    def before(*reviews: Review) -> list[str]:
        record = landscape.record._replace(reviews=reviews)
        shown = review.review(landscape._replace(record=record), DAY)
        return [when for when, _ in shown.parts[REVIEWED.index("bridging")].before]

    old, last = held("r-1", date(2023, 9, 5), "old"), held("r-2", date(2026, 6, 1), "last")
    assert before(last, old) == ["Last year, 1 June 2026"]
    assert before(old) == ["Before, 5 September 2023"]
    assert before(held("r-3", None, "when?")) == ["Before, undated"]
    two = held("r-4", date(2026, 9, 2), "a"), held("r-5", date(2026, 9, 3), "b")
    assert before(*two, last) == ["Also this year, 2 September 2026", "Last year, 1 June 2026"]


# --- what leaves the computer ---

PERSON = """
[[contact]]
id = "c-three"
role = "Chair"
name = "A Person"
reach = "somewhere"
bodies = ["la:892 Nottingham"]
"""


def every_form(shown: LocalReview) -> list[str]:
    assert len(forms.REVIEW.forms) == 4
    return [forms.make(form, ReviewExport(shown)).decode() for form in forms.REVIEW.forms]


def as_page(shown: LocalReview) -> str:
    return page.draw(ReviewExport(shown).documents(), DAY)


def test_contacts_and_notes_stay_out_unless_named(config: Path, service: Service) -> None:
    with (config / "contacts.toml").open("a", encoding="utf-8") as file:
        file.write(PERSON)
    service.records.write_review(ABOUT, "Ours", "bridging", "These are my words.")
    for text in every_form(service.review(SCHOOL, DAY, "miles", parts=())):
        assert "These are my words." in text
        assert "Chair" in text
        assert "3 contacts" in text
        assert "2 notes" in text
        for own in ("A Person", "Work Group", "maths network is open", "boundary keeper"):
            assert own not in text
        assert "Holds your" not in text
    named = service.review(SCHOOL, DAY, "miles", parts=("notes", "contacts"))
    for text in every_form(named):
        assert "A Person" in text
        assert "Two places in a Work Group" in text
    text = as_page(named)
    assert "Holds your notes and contacts." in text
    assert "Ask about cover." in text


@pytest.mark.parametrize("text", [*ON_A_PAGE, "**bold** [a](https://example.org) | x"])
def test_words_do_nothing_on_a_page_or_in_markdown(service: Service, text: str) -> None:
    service.records.write_review(ABOUT, "Ours", "bridging", f"{text}\n    indented")
    shown = service.review(SCHOOL, DAY, "miles", parts=())
    found = Page(as_page(shown))
    names = {name for name, _ in found.tags}
    assert not names & {"script", "img", "a", "iframe"}
    told = ["".join(t) for (name, _), t in zip(found.tags, found.texts, strict=True) if name == "p"]
    assert f"{' '.join(text.split())}\n    indented" in told
    written = markdown.draw(ReviewExport(shown).documents())
    assert not re.search(r"(?<!\\)<", written)
    assert "[a](" not in written
    assert "**bold**" not in written


def test_the_page_asks_for_nothing_from_outside(service: Service) -> None:
    text = as_page(service.review(SCHOOL, DAY, "miles", parts=()))
    assert "default-src 'none'" in text
    assert not any(word in text for word in ("src=", "href=", "@import", "url("))
    assert all(feature.title in text for feature in review.FEATURES)


def test_the_command_writes_prints_and_refuses(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = str(SCHOOL)
    assert run(["review", number, "--write", "bridging", "Two\npeople."]) == 0
    assert capsys.readouterr().out.strip() == on_disk(config)[0]["id"]
    assert run(["review", number]) == 0
    assert "    Two\n    people." in capsys.readouterr().out
    assert run(["review", number, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["begun"] == DAY.isoformat()
    assert [f["id"] for f in told["features"]] == list(REVIEWED)
    assert run(["review", number, "--html", str(tmp_path)]) == 0
    assert [f.name for f in tmp_path.glob("*.html")] == [
        "Sneinton St Stephens CofE Primary School 139217 review.html"
    ]
    assert run(["review", number, "--html", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert run(["review", number, "--write", "bridge", "x"]) == 1
    assert "none of the six features" in capsys.readouterr().err
