"""Whose plan is looked at, on the screen; and a share typed into the form."""

from __future__ import annotations

from decimal import Decimal

from navigator.core.activity import Activity, Status
from navigator.core.session import Attendee, Session
from navigator.service import Service
from navigator.ui.screens.plan import ActivityScreen
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import go_to, press, screen_text
from tests.ui.test_plan import fill

WHEN = (Session("s-1", DAY, in_school_hours=True),)


def _other(service: Service) -> int:
    """A school of the same trust."""
    school = service.register.get(SCHOOL)
    assert school
    return next(s.urn for s in service.register.census.members(school.trust_uid) if s.urn != SCHOOL)


async def test_w_asks_whose_plan_and_money_is_its_share(
    make_app: AppMaker, service: Service
) -> None:
    other = _other(service)
    for title, schools, fee in (("Joint", (SCHOOL, other), 101), ("Theirs", (other,), 20)):
        service.records.add(
            Activity(
                "",
                title,
                schools=schools,
                fee=Decimal(fee),
                release_days=Decimal(0),
                status=Status.CONFIRMED,
                sessions=WHEN,
            )
        )
    name = service.name_of(SCHOOL)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "P", "3")
        shown = screen_text(app)
        assert "BY SCHOOL" in shown
        assert "£121" in shown
        await press(pilot, "w")
        assert "Transform Trust" in screen_text(app)
        await press(pilot, *"sneinton", "enter")
        shown = screen_text(app)
        assert name in shown.splitlines()[0]
        assert "£50.50" in shown
        assert "£121" not in shown
        await press(pilot, "1")
        assert "Theirs" not in screen_text(app)
        await go_to(pilot, "Joint")
        await press(pilot, "enter")
        assert isinstance(app.screen, ActivityScreen)
        assert "WHAT EACH SCHOOL PAYS" in screen_text(app)
        await press(pilot, "escape", "w", "enter")
        assert "Theirs" in screen_text(app)


async def test_a_plan_of_one_school_asks_nothing(make_app: AppMaker, service: Service) -> None:
    service.records.add(Activity("", "Alone", fee=Decimal(10)))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "P", "w")
        assert "Whose plan?" not in screen_text(app)
        await press(pilot, "3")
        assert "BY SCHOOL" not in screen_text(app)
        # a name and a trust in the form become URNs; what isn't known is refused in its box
        await press(pilot, "a")
        fill(app, title="Joint", schools="Nowhere School At All")
        await press(pilot, "ctrl+s")
        # The sentence beneath the box is scrolled to once it has its place
        for _ in range(100):
            if "Nowhere School At All" in screen_text(app):
                break
            await pilot.pause(0.02)
        assert "Nowhere School At All" in screen_text(app)
        fill(app, schools="Transform Trust", split="pupils")
        await press(pilot, "ctrl+s")
        joint = next(a for a in service.record().activities if a.title == "Joint")
        assert {SCHOOL, _other(service)} <= set(joint.schools)
        assert joint.split == "pupils"


async def test_w_is_there_where_only_people_have_a_school(
    make_app: AppMaker, service: Service
) -> None:
    service.records.add(
        Activity("", "Lent", attends=(Attendee("Maths lead", school=_other(service)),))
    )
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "P", "w")
        assert "Whose plan?" in screen_text(app)


async def test_where_a_school_is_not_said_it_says_how_to_say_it(
    make_app: AppMaker, service: Service
) -> None:
    """Who plans for several schools and has set none of their own."""
    other = _other(service)
    for title, schools in (("Joint", (SCHOOL, other)), ("Whose", ())):
        service.records.add(
            Activity("", title, schools=schools, fee=Decimal(20), status=Status.CONFIRMED)
        )
    app = make_app(urn=None)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f11", "3")
        shown = " ".join(screen_text(app).split())
        assert "School not said" in shown
        assert "“School not said” is of activities that name no school: add theirs, or set" in shown
        assert "your own in Settings. Ctrl+P leads there." in shown
