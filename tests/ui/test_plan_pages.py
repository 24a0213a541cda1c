"""What the plan's screens say, without a screen: figures with their sums, coverage, a landscape."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from navigator.core.activity import Activity, Budget, PlanDay, Status
from navigator.core.keys import Key
from navigator.core.record import OwnRecord
from navigator.core.session import Session
from navigator.export import forms
from navigator.export.landscapes import LandscapeExport
from navigator.service import Service
from navigator.view import plan_pages, record_sections
from navigator.view.documents import PARTS, sheet
from navigator.view.plan_pages import PlanView
from navigator.view.sections import Entry
from tests.ui.conftest import SCHOOL

TODAY = date(2026, 11, 22)
VIEW = PlanView(2026, TODAY, Decimal(200))
YEAR, MONEY, COVERAGE = 1, 2, 3
HUB = Key("hub:maths-hub/east-midlands-west")


def session(day: date) -> Session:
    return Session(day.isoformat(), day, time(9), 60, True)


def activity(title: str, **said: object) -> Activity:
    return Activity(title, title)._replace(**said)  # type: ignore[arg-type]


def line(tab: int, text: str, *activities: Activity) -> Entry:
    """The line of a tab that begins with a text."""
    record = OwnRecord(activities=activities, budgets=(Budget("b", 2026, Decimal(1_000)),))
    sections = plan_pages.sections(tab, record, VIEW)
    return next(e for s in sections for e in s.entries if e.text.startswith(text))


def facts(entry: Entry) -> dict[str, str]:
    assert entry.card
    return dict(entry.card.facts)


def test_what_is_at_risk_says_of_which_sessions() -> None:
    dates = (date(2026, 10, 1), date(2026, 12, 1), date(2027, 1, 12))
    agreed = activity(
        "Agreed",
        status=Status.CONFIRMED,
        penalty=Decimal("12.50"),
        sessions=tuple(map(session, dates)),
    )
    considered = agreed._replace(id="c", title="Considered", status=Status.CONSIDERING)
    held = line(MONEY, "At risk", agreed, considered)
    assert held.right.strip() == "£25"
    assert facts(held)["Counted"].endswith("Here: Agreed, 2 sessions × £12.50.")


def test_the_weeks_of_a_term_are_counted_and_those_of_school_numbered() -> None:
    days = (
        PlanDay("a", "Autumn", "term", date(2026, 9, 2), date(2026, 12, 18)),
        PlanDay("b", "Half term", "holiday", date(2026, 10, 26), date(2026, 10, 30)),
        PlanDay("c", "Safeguarding", "inset", date(2026, 9, 2), date(2026, 9, 2)),
        PlanDay("d", "Spring", "term", date(2027, 1, 4), date(2027, 3, 25)),
    )
    on_sunday = activity("Away", sessions=(session(date(2026, 11, 22)),))
    record = OwnRecord(activities=(on_sunday,), days=days)
    autumn, spring = plan_pages.sections(YEAR, record, VIEW)
    assert (autumn.title, autumn.unit) == ("Autumn", "16 weeks, 1 of them holiday")
    assert (spring.title, spring.unit) == ("Spring", "12 weeks")
    weeks = {entry.label: entry.week for entry in autumn.entries if entry.week}
    numbers = {label: week.number for label, week in weeks.items()}
    assert [numbers[day] for day in ("31 Aug", "26 Oct", "2 Nov", "14 Dec")] == [1, 0, 9, 15]
    assert numbers["21 Dec"] == 0  # between two terms
    stands = {label: [(i.first, i.text) for i in week.items] for label, week in weeks.items()}
    assert stands["31 Aug"] == [(2, "INSET: Safeguarding")]
    assert stands["26 Oct"] == [(0, "Half term")]
    assert stands["16 Nov"] == [(6, "today"), (6, "Away"), (6, "1 clash")]


def test_what_is_left_says_of_what() -> None:
    agreed = activity("Agreed", status=Status.CONFIRMED, fee=Decimal(300), release_days=Decimal(2))
    possible = activity("Possible", fee=Decimal(50))
    assert "£1,000 − £700 agreed." in facts(line(MONEY, "Left", agreed, possible))["Counted"]
    after_all = line(MONEY, "Left if all comes about", agreed, possible)
    assert after_all.right.strip() == "at most £250"
    assert "£1,000 − £700 agreed − £50 + not known possible." in facts(after_all)["Counted"]


def test_a_providers_figures_say_their_sums_and_lead_to_it() -> None:
    agreed = activity(
        "Agreed",
        provider=HUB,
        provider_name="The hub",
        status=Status.DONE,
        fee=Decimal(300),
        release_days=Decimal("1.5"),
        subsidy=Decimal(100),
    )
    held = line(MONEY, "The hub", agreed)
    assert facts(held)["Agreed"] == "£500: 1.5 days of release £300 + fees £300 − subsidies £100"
    assert facts(held)["Activities"] == "Agreed"
    assert held.card
    assert held.card.key == HUB


def test_every_activity_that_covers_something_can_be_followed_few_at_a_time() -> None:
    many = [activity(f"Course {n}", status=Status.CONFIRMED, parts=("teaching",)) for n in range(9)]
    maybe = activity("Maybe", parts=("curriculum",))
    record = OwnRecord(activities=(*many, maybe))
    parts = plan_pages.sections(COVERAGE, record, VIEW)[0]
    texts = [e.text for e in parts.entries]
    at = texts.index("How to teach it")
    assert texts[at + 1 : at + 8] == [*(f"Course {n}" for n in range(6)), "and 3 more"]
    second = parts.entries[at + 2].card
    assert second
    assert second.key == "activity:Course 1"
    after = parts.entries[texts.index("Maybe")]
    assert (after.right, parts.entries[at + 1].right) == ("if it comes about", "confirmed")


def test_a_programme_is_named_once(service: Service) -> None:
    view = VIEW._replace(landscape=service.landscape(SCHOOL, TODAY))
    found = plan_pages.sections(COVERAGE, OwnRecord(), view)
    asked = {e.text for s in found for e in s.entries if e.text.startswith("ask")}
    assert "ask Maths Hub East Midlands West" in asked
    assert "ask Flying High Teaching School Hub" in asked
    assert "ask Derby Research School" in asked


def test_the_list_has_the_next_session_beside_the_day_it_closes() -> None:
    both = activity(
        "Both", closes=date(2026, 12, 1), sessions=(session(date(2027, 1, 12)),), checked=TODAY
    )
    held = line(0, "Both", both)
    assert held.right == "closes in 9 days"
    assert "next session 12 Jan 2027" in held.detail
    past = both._replace(sessions=(session(date(2026, 9, 8)),))
    assert "next session" not in line(0, "Both", past).detail


def test_a_landscape_has_what_lies_ahead_with_its_bodies_and_hands_none_of_it_on(
    service: Service,
) -> None:
    here = [activity(f"With the hub {n}", provider=HUB) for n in range(5)]
    over = activity("Over", provider=HUB, status=Status.DONE)
    elsewhere = activity("Elsewhere", provider=Key("hub:maths-hub/boolean"))
    landscape = service.landscape(SCHOOL, TODAY)
    none = landscape._replace(record=OwnRecord(activities=(over, elsewhere)))
    assert record_sections.planned_here(none, TODAY) == ()
    record = OwnRecord(activities=(*here, over, elsewhere))
    landscape = landscape._replace(record=record)
    (section,) = record_sections.planned_here(landscape, TODAY)
    assert [e.text for e in section.entries] == [f"With the hub {n}" for n in range(4)]
    assert (section.after, section.keys) == ("and 1 more", "{plan} shows all.")
    one = sheet(landscape, "miles", radius=None, parts=PARTS, today=TODAY)
    for form in forms.LANDSCAPE.forms:
        handed = forms.make(form, LandscapeExport([one], service.find_school)).decode("utf-8-sig")
        assert "East Midlands West" in handed
        assert "With the hub" not in handed
