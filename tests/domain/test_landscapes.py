"""Which school stands for a URN on a day, and what is said of its hubs on another day."""

from __future__ import annotations

import gc
from datetime import date

import pytest

from navigator.core.keys import Key
from navigator.core.landscape import Claim, HubClaim, Sureness
from navigator.core.model import School
from navigator.core.record import Correction, OwnRecord
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.domain.leads import Led
from navigator.export.contract import as_dict
from navigator.export.landscapes import landscape_text
from navigator.register import Register
from navigator.view import answers, helps
from navigator.view.cards import hub_card

DAY = date(2026, 11, 22)


def with_dates(
    sample: Register, monkeypatch: pytest.MonkeyPatch, **changes: object
) -> tuple[School, Landscapes]:
    """A landscapes of the sample in which one school's row is changed."""
    school = sample.get(122416)
    assert school
    changed = school._replace(**changes)  # type: ignore[arg-type]  # fields of several types
    monkeypatch.setattr(sample, "get", lambda _: changed)
    return changed, Landscapes(sample, open_directory())


def test_proposed_to_close_stays_open_though_its_day_has_passed(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(
        sample, monkeypatch, status="Open, but proposed to close", closed=date(2025, 8, 31)
    )
    shown, (notice,) = maps.resolve(school.urn, DAY)
    assert shown is school
    assert "to close on 31 August 2025" in notice
    assert "not yet" not in notice


def test_a_school_on_a_day_before_it_opened_is_said_to_open_later(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(sample, monkeypatch, opened=date(2013, 1, 1))
    shown, (notice,) = maps.resolve(school.urn, date(2010, 1, 1))
    assert shown is school
    assert "opened on 1 January 2013: not yet then" in notice


def test_an_open_school_has_no_notice(sample: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    school, maps = with_dates(sample, monkeypatch, opened=None, closed=None)
    assert maps.resolve(school.urn, DAY) == (school, ())


NOTTINGHAM, HEREFORDSHIRE, SWINDON = 122416, 116645, 149038


def claim(sample: Register, urn: int, programme: str, day: date) -> HubClaim:
    shown = Landscapes(sample, open_directory()).landscape(urn, day)
    return next(c for c in shown.hubs if c.programme.id == programme)


def text(sample: Register, urn: int, day: date) -> str:
    return landscape_text(Landscapes(sample, open_directory()).landscape(urn, day))


def test_an_end_is_told_as_vaguely_as_its_source_tells_it(sample: Register) -> None:
    shown = text(sample, NOTTINGHAM, DAY)
    assert "Computing: 31 March 2025. Followed by" in shown
    assert "Behaviour: March 2025. Followed by" in shown
    ended = claim(sample, NOTTINGHAM, "behaviour-hub", DAY)
    assert ended.why == "The programme ended in March 2025."


def test_an_area_that_a_programme_chose_is_told_in_its_time(sample: Register) -> None:
    then = date(2023, 1, 1)
    chosen = claim(sample, NOTTINGHAM, "education-investment-area", then)
    assert chosen.claim is Claim.DESIGNATED
    assert chosen.why == "This school is in Nottingham, one of the areas."
    shown = text(sample, NOTTINGHAM, then)
    (row,) = (line for line in shown.splitlines() if line.startswith("  Investment area:"))
    assert row.startswith("  Investment area: Nottingham (yours). Your area was chosen.")
    assert "Lead school not known" not in row
    assert "Opportunity" not in shown.partition("Ended:")[2]  # over by then, never Nottingham's
    assert claim(sample, NOTTINGHAM, "opportunity-area", then).applied is False

    other = claim(sample, HEREFORDSHIRE, "education-investment-area", then)
    assert (other.claim, other.hub) == (Claim.NONE_FOUND, None)
    assert "isn't one of the areas" in other.why
    assert "Investment area: not one of its areas" in text(sample, HEREFORDSHIRE, then)


def test_an_area_that_a_programme_once_chose_is_told_when_it_is_over(sample: Register) -> None:
    over = claim(sample, NOTTINGHAM, "education-investment-area", DAY)
    assert over.claim is Claim.ENDED
    assert "in March 2025. Nottingham was one of its areas; this school is in it." in over.why
    assert "Herefordshire, County of wasn't one" in (
        claim(sample, HEREFORDSHIRE, "education-investment-area", DAY).why
    )


def test_a_hub_without_a_start_says_so_on_a_day_when_it_may_not_have_begun(
    sample: Register,
) -> None:
    then = date(2022, 5, 25)
    hub = claim(sample, SWINDON, "attendance-hub", then)
    assert hub.valid_from is None  # not the programme's start, which the hub's needn't be
    assert dict(hub_card(hub, "miles").facts)["Since"] == "not known"
    assert "Lead: Willows Academy · start not known" in text(sample, SWINDON, then)

    # Today's hubs are as listed now: a missing start is a matter for their cards only.
    now = date(2026, 11, 27)
    maths = claim(sample, NOTTINGHAM, "maths-hub", now)
    assert dict(hub_card(maths, "miles").facts)["Since"] == "not known"
    assert "start not known" not in text(sample, NOTTINGHAM, now)


def test_a_programme_without_a_start_isnt_shown_before_a_source_shows_it(
    sample: Register,
) -> None:
    landscapes = Landscapes(sample, open_directory())

    def shown(day: date) -> set[str]:
        at = landscapes.landscape(NOTTINGHAM, day)
        return {c.programme.id for c in at.hubs} | set(at.nearby[0].sharing)

    assert "whole-school-send" not in shown(date(2012, 1, 1))
    assert "whole-school-send" in shown(DAY)


def test_ended_programmes_are_called_the_schools_only_where_all_were(sample: Register) -> None:
    at = Landscapes(sample, open_directory()).landscape(NOTTINGHAM, DAY)
    over = [c for c in at.hubs if c.claim is Claim.ENDED and c.applied is not False]
    ours = tuple(c for c in over if c.applied)
    assert 0 < len(ours) < len(over)
    for claims, words in ((over, "programmes ended"), (ours, "for schools here ended")):
        shown = at._replace(hubs=tuple(claims))
        line = helps.ended_line(shown)
        assert line.text.startswith(f"{len(claims)} programme")
        assert line.text.endswith(words)


def test_a_hub_whose_name_was_not_found_is_told_as_a_gap(sample: Register) -> None:
    shown = Landscapes(sample, open_directory()).landscape(SWINDON, date(2024, 1, 1))
    research = next(c for c in as_dict(shown)["hubs"] if c["programme"] == "research-school")
    assert research["hub"] == ""
    assert research["lead_schools"]
    lead = research["lead_schools"][0]["name"]
    assert f"Evidence: {lead}" in landscape_text(shown)
    assert "the hub's own name wasn't found" in landscape_text(shown)


def test_without_a_district_it_is_the_authority_that_is_divided(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(sample, monkeypatch, la_code="935", la_name="Suffolk")
    placeless = school._replace(district_name="", district_code="")
    programme = maps.directory.programme("opportunity-area")
    said = maps.claims.of(programme, placeless, date(2022, 5, 25))
    assert (said.claim, said.hub) == (Claim.ONE_OF, None)
    assert said.why == "The register gives no district for this school, and Suffolk is divided."


@pytest.mark.parametrize(
    ("la_code", "la_name", "hubs"),
    [
        ("935", "Suffolk", {"New Vision English Hub"}),
        # One names districts; the other sits there, and no list of its areas was found
        ("881", "Essex", {"New Vision English Hub", "Myland English Hub"}),
    ],
)
def test_without_a_district_hubs_of_parts_of_the_county_are_to_ask(
    sample: Register, monkeypatch: pytest.MonkeyPatch, la_code: str, la_name: str, hubs: set[str]
) -> None:
    _, maps = with_dates(sample, monkeypatch)
    there = maps.landscape(NOTTINGHAM, DAY).school._replace(la_code=la_code, la_name=la_name)
    placeless = there._replace(district_name="", district_code="", region="East of England")
    said = maps.claims.of(maps.directory.programme("english-hub"), placeless, DAY)
    assert (said.claim, said.hub, said.sureness) == (Claim.ONE_OF, None, Sureness.ASK)
    assert {at.hub.name for at in said.alternatives} == hubs
    assert said.why.startswith(f"Only parts of {la_name} are named, and the register gives no dist")
    told = answers.answer_of(hub_card(said, "miles"), OwnRecord())
    assert all(name in told.briefly.partition("To ask: ")[2] for name in hubs)
    assert told.reach == (("", "see the page of each hub to ask"),)


def test_beside_the_nearest_stands_a_hub_that_has_worked_here(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(
        *(sample, monkeypatch), la_code="380", la_name="Bradford", district_name="Bradford"
    )
    research = maps.directory.programme("research-school")
    said = maps.claims.of(research, school, DAY)
    assert said.claim is Claim.NEAREST
    assert [at.hub.name for at in said.alternatives] == ["Bradford Research School"]
    assert said.why.endswith(
        "Bradford Research School has worked in Bradford: ask whether it still does."
    )
    shown = maps.landscape(NOTTINGHAM, DAY)._replace(hubs=(said,))
    rows = [row.text for row in helps.living_in_full(shown, "miles")]
    assert "worked here: Bradford Research School" in rows
    beside = hub_card(said, "miles", said.alternatives[0])
    assert ("Claim", "Has worked here") in beside.facts, "it isn't the nearest"
    # Of a part of an authority it is told only to those who are surely in it
    suffolk = school._replace(la_code="935", la_name="Suffolk", district_name="")
    assert not maps.claims.of(research, suffolk, DAY).alternatives


def test_where_any_hub_may_be_approached_the_nearest_that_we_know_is_told(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(
        *(sample, monkeypatch), la_code="935", la_name="Suffolk", district_name="Mid Suffolk"
    )
    here = school._replace(phase="primary", region="East of England", easting=610_000)
    said = maps.claims.of(maps.directory.programme("english-hub"), here, DAY)
    assert (said.claim, said.hub, said.alternatives) == (Claim.NONE_FOUND, None, ())
    assert said.nearest
    assert said.sureness is Sureness.UNKNOWN
    assert said.why.endswith("Any school may approach any hub.")
    told = answers.answer_of(hub_card(said, "miles"), OwnRecord())
    assert f"The nearest that we know of: {said.nearest.hub.name}" in told.briefly
    [(sign, reach)] = told.reach
    assert not sign
    assert reach.startswith("look it up: GOV.UK, English hubs")


def test_hubs_stand_in_the_same_order_for_every_school_of_a_phase(sample: Register) -> None:
    maps = Landscapes(sample, open_directory())
    found: dict[str, set[tuple[str, ...]]] = {}
    for school in map(sample.get, sample.open_urns()):
        assert school
        hubs = maps.claims.of_school(school, DAY)
        found.setdefault(school.phase, set()).add(tuple(c.programme.need for c in hubs))
    assert len(found) > 5
    for phase, orders in found.items():
        assert len(orders) == 1, phase
    (primary,), (secondary,) = found["primary"], found["secondary"]
    assert primary[:3] == ("Phonics, reading", "Maths", "New teachers, NPQs")
    assert secondary[:3] == ("Maths", "A level maths", "New teachers, NPQs")
    shown = maps.landscape(NOTTINGHAM, DAY)
    assert tuple(c.programme.need for c in shown.hubs) in found[shown.school.phase]


def test_a_programme_of_which_nobody_is_named_says_whom_to_ask(sample: Register) -> None:
    send = claim(sample, NOTTINGHAM, "whole-school-send", DAY)
    assert send.claim is Claim.NONE_FOUND
    assert send.sureness is Sureness.UNKNOWN  # it isn't said that there is none
    assert send.why == "None of its hubs or regional leads is named here: ask nasen."
    assert text(sample, NOTTINGHAM, DAY).count("Ask: nasen") == 1


def test_a_hub_that_the_head_set_is_not_kept_anew_for_each_drawing(sample: Register) -> None:
    maps = Landscapes(sample, open_directory())
    says = (Key.school(NOTTINGHAM), "A school", "maths-hub", ("Central", "Mine"), ("central", ""))
    record = OwnRecord(corrections=(Correction("1", "hub", *says),))

    def drawn() -> int:
        """How many hubs are remembered once the landscape is drawn."""
        shown = maps.landscape(NOTTINGHAM, DAY, record)
        [ours] = [c for c in shown.hubs if c.claim is Claim.SET_BY_YOU]
        assert ours.hub
        assert ours.hub.leads, "its lead schools are looked up"
        assert ours.hub.distance_km
        assert ours.alternatives[0].hub.name == "Mine"
        return sum(isinstance(one, Led) for one in gc.get_objects())

    first = drawn()
    assert {drawn() for _ in range(5)} == {first}
