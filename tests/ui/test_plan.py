"""The plan in the app: views, forms, ticks, days, money, and what a landscape adds."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from navigator.cli import run
from navigator.core import clock
from navigator.core.activity import Activity, Budget, Kind, Status
from navigator.core.session import Session
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.forms.plan import PlanForms
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.plan import ActivityScreen, PlanScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from navigator.ui.widgets.lines import Remark
from navigator.ui.widgets.panels import PanelList
from tests.core.test_wording import HOSTILE
from tests.tools import made_plan
from tests.ui.conftest import DAY, SCHOOL
from tests.ui.steps import go_to, press, screen_text, settle, told

SIZE = (120, 50)


@pytest.fixture
def app(service: Service, tmp_path: Path) -> NavigatorApp:
    """The app over a made-up plan, in the head's own school."""
    made_plan.write(tmp_path / "config")
    landscape = service.landscape(SCHOOL, DAY)
    settings = Settings(school=SCHOOL, supply_rate=210)
    return NavigatorApp(service, settings, landscape=landscape, as_at=DAY)


def fill(app: NavigatorApp, **values: str) -> None:
    """Type into the boxes of the form on screen."""
    form = app.screen
    assert isinstance(form, FormScreen)
    for box in form.query("Input, TextArea"):
        name = (box.id or "").removeprefix("field-")
        if name in values:
            if isinstance(box, TextArea):
                box.text = values[name]
            else:
                assert isinstance(box, Input)
                box.value = values[name]


async def test_the_list_has_what_closes_first_and_says_what_presses(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        text = screen_text(app)
        assert text.index("RECRUITMENT CLOSES") < text.index("COMING") < text.index("NO DATE YET")
        assert "closes in 9 days" in text
        assert "1 clash · check again: last checked 1 Jul 2026" in text
        await press(pilot, "f", "f", "f")
        assert "only confirmed" in screen_text(app)
        assert "Mastering Number" in screen_text(app)
        assert "Work group" not in screen_text(app)


async def test_on_80_columns_the_foot_of_the_list_says_how_to_export_and_to_leave(
    app: NavigatorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P")
        foot = screen_text(app).splitlines()[-1]
        for said in ("Enter Open", "a Add", "/ Filter", "x Export", "Esc Back", "q Quit"):
            assert said in foot


async def test_slash_filters_and_esc_takes_the_filter_away_first(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "slash", "l", "e", "s", "s", "o", "n")
        assert "Lesson study" in screen_text(app)
        assert "Mastering Number" not in screen_text(app)
        await press(pilot, "escape")
        assert "Mastering Number" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_where_it_is_narrow_the_year_is_a_list(app: NavigatorApp) -> None:
    async with app.run_test(size=(75, 80)) as pilot:
        await press(pilot, "P", "2")
        entry = app.screen.query_one(EntryList).entry
        assert entry is not None
        assert entry.label == "16 Nov"  # the week that it is
        lines = [" ".join(line.split()) for line in screen_text(app).splitlines()]
        assert any(line.startswith("26 Oct") and line.endswith("h h 1! h h ·") for line in lines)
        assert any(line.startswith("30 Nov") and "2!" in line for line in lines)
        assert any(line.startswith("4 Jan") and "INSET" in line for line in lines)
        await go_to(pilot, "Work group: fractions, Mastering Number")
        await press(pilot, "enter")
        text = screen_text(app)
        assert "Week of 30 November 2026" in text
        assert "3 people out of class" in text
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter")
        assert isinstance(app.screen, ActivityScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 50), (160, 50)])
async def test_in_the_year_sessions_stand_on_their_days(
    app: NavigatorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "P", "2")
        lines = screen_text(app).splitlines()
        days = next(line for line in lines if "Mon" in line and "Fri" in line)
        columns = {day: days.index(day) for day in ("Mon", "Tue", "Wed", "Thu", "Fri")}
        last = lines[-5:]
        assert any("Week of 16 November 2026" in line for line in last)  # the week that it is
        n = next(n for n, line in enumerate(lines) if " 30 Nov" in line)
        assert "closes: Wor" in lines[n][columns["Tue"] : columns["Wed"]]
        assert "Work group" in lines[n][columns["Thu"] : columns["Fri"]]
        assert "Mastering" in lines[n + 1][columns["Thu"] : columns["Fri"]]
        assert "! 1 clash" in lines[n + 2][columns["Thu"] : columns["Fri"]]
        christmas = next(line for line in lines if " 21 Dec" in line)
        assert christmas.index("Christmas") < columns["Tue"] < columns["Fri"]
        assert christmas.rstrip(" │▂▃▄▅▆▇█").endswith("holiday")


async def test_the_cursor_of_the_year_stops_on_each_session(app: NavigatorApp) -> None:
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "P", "2", "down", "down")
        assert "Week of 30 November 2026, Autumn term" in screen_text(app)
        await press(pilot, "down")
        assert "Work group: fractions: recruitment closes" in screen_text(app)
        await press(pilot, "down", "down")
        text = screen_text(app)
        assert "Thursday 3 December 2026, 13:30, 120 min" in text
        assert "Mastering Number · online · Reception" in text
        assert "! 3 Dec 2026: 3 people out of class" in text
        await press(pilot, "down", "up")  # to the next week, and back to the last of this one
        assert "Thursday 3 December 2026, 13:30, 120 min" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ActivityScreen)
        assert app.screen.page.title == "Mastering Number"
        await press(pilot, "escape", "up", "up", "up")
        assert "Week of 30 November 2026, Autumn term" in screen_text(app)
        await press(pilot, "enter")
        assert "3 people out of class" in screen_text(app)


async def test_a_click_opens_the_session_that_was_clicked(app: NavigatorApp) -> None:
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "P", "2")
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if " 30 Nov" in line) + 1
        await pilot.click(offset=(lines[y].index("Mastering") + 2, y))
        await settle(pilot)
        assert isinstance(app.screen, ActivityScreen)
        assert app.screen.page.title == "Mastering Number"


async def test_the_year_turns_to_a_list_and_back_with_the_size(app: NavigatorApp) -> None:
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "P", "2", "down", "down", "down")
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert "30 Nov Work group" in " ".join(screen_text(app).split())
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Week of 30 November 2026" in screen_text(app)


async def test_money_is_counted_and_each_figure_explains_itself(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "3")
        text = " ".join(screen_text(app).split())
        # 1.5 and 3 days at £210, less £300; 2 days and £150
        assert "£645" in text
        assert "£570" in text
        assert "£1,355" in text
        await go_to(pilot, "Agreed")
        entry = app.screen.query_one(EntryList).entry
        assert entry is not None
        assert entry.card is not None
        counted = dict(entry.card.facts)["Counted"]
        assert "4.5 days of release £945 + fees not known − subsidies £300" in counted
        await press(pilot, "enter")
        assert isinstance(app.screen, DetailScreen)
        assert "£945" in screen_text(app)


async def test_a_gap_says_so_and_leads_to_who_may_be_asked(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "4")
        text = screen_text(app)
        assert "Gaps, not a score" in text
        assert "nothing yet" in text
        await go_to(pilot, "ask Maths Hub East Midlands West")
        await press(pilot, "enter")
        assert isinstance(app.screen, BodyScreen)
        assert app.screen.page.key == made_plan.HUB
        assert "IN YOUR PLAN" in screen_text(app)


async def test_p_plans_with_the_body_under_the_cursor(app: NavigatorApp, service: Service) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "p")
        fill(app, title="Twilight on ratio", status="applied", sessions="30/2/2027")
        await press(pilot, "ctrl+s")
        assert "isn't a date" in screen_text(app)
        fill(app, sessions="10/2/2027, 16:00 for 90 minutes", attends="Maths lead")
        await press(pilot, "ctrl+s")
        held = next(a for a in service.record().activities if a.title == "Twilight on ratio")
        assert held.provider == made_plan.HUB
        assert held.status is Status.APPLIED
        assert [(s.date.isoformat(), s.minutes) for s in held.sessions] == [("2027-02-10", 90)]
        assert "in your plan: " in screen_text(app)
        await press(pilot, "enter")
        assert "IN YOUR PLAN" in screen_text(app)
        await press(pilot, "escape", "u")
        assert all(a.title != "Twilight on ratio" for a in service.record().activities)


async def test_a_template_fills_in_what_is_public(app: NavigatorApp, service: Service) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "a")
        fill(app, template="sktm")
        await press(pilot, "ctrl+s")
        held = service.record().activities[-1]
        assert held.title.startswith("Specialist Knowledge")
        assert held.kind is Kind.COURSE
        assert held.fee is None
        await press(pilot, "a")
        fill(app, title="x", template="nonsense")
        await press(pilot, "ctrl+s")
        assert "There is no template “nonsense”" in screen_text(app)


async def test_an_activity_is_changed_part_by_part(app: NavigatorApp, service: Service) -> None:
    def now() -> Activity:
        return next(a for a in service.record().activities if a.title == "Mastering Number")

    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter")
        assert isinstance(app.screen, ActivityScreen)
        await go_to(pilot, "□ Own mathematics")
        await press(pilot, "enter")
        assert "own-mathematics" in now().parts
        assert "■ Own mathematics" in screen_text(app)
        await press(pilot, "a")
        fill(app, sessions="6 May 2027 at 9:15")
        await press(pilot, "ctrl+s")
        assert len(now().sessions) == 4
        await go_to(pilot, "Thursday 6 May 2027")
        await press(pilot, "delete")
        assert len(now().sessions) == 3
        await go_to(pilot, "1.5 days")
        await press(pilot, "enter")
        fill(app, fee="12.345")
        await press(pilot, "ctrl+s")
        assert "isn't an amount" in screen_text(app)
        fill(app, fee="12.34")
        await press(pilot, "ctrl+s")
        assert now().fee == Decimal("12.34")
        await go_to(pilot, "what changed in practice?")
        await press(pilot, "enter")
        fill(app, practice="Counting\nout loud", again="yes")
        await press(pilot, "ctrl+s")
        assert now().practice == "Counting\nout loud"
        await press(pilot, "u", "u")
        assert now().fee == Decimal(0)
        assert now().practice == ""


async def test_days_and_budget_and_a_calendar(
    app: NavigatorApp, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a short name, so that what is said of it stands on one line
    file = tmp_path / "school.ics"
    event = (
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Easter\r\nDTSTART;VALUE=DATE:20270329\r\n"
        "DTEND;VALUE=DATE:20270410\r\nEND:VEVENT\r\n"
    )
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"
    fair = event.replace("UID:1", "UID:2").replace("Easter", "Arts weeks")
    file.write_text(f"{head}{event}{fair}END:VCALENDAR\r\n", "utf-8", newline="")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "5", "i")
        fill(app, file="none.ics")
        await press(pilot, "ctrl+s")
        assert "can't be read" in screen_text(app)
        fill(app, file=f'"{file.name}"')  # as Windows copies a path
        await press(pilot, "ctrl+s")
        # All of it is shown before any is kept; what its title doesn't tell begins empty.
        assert "2 entries, of which 1 aren't sure" in screen_text(app)
        assert "Easter" not in [day.title for day in service.record().days]
        kinds = {box.id: box.value for box in app.screen.query(Input)}
        assert kinds == {"field-day-0": "", "field-day-1": "holiday"}
        fill(app, **{"day-0": "fair"})
        await press(pilot, "tab", "ctrl+s")
        assert app.focused is not None
        assert app.focused.id == "field-day-0"  # where it is wrong
        assert "isn't holiday, inset or term" in screen_text(app)
        fill(app, **{"day-0": ""})
        await press(pilot, "tab", *"term")
        assert app.screen.query_one("#field-day-1", Input).value == "term"
        fill(app, **{"day-1": "holiday"})
        await press(pilot, "ctrl+s")
        taken = [(day.title, day.kind) for day in service.record().days]
        assert ("Easter", "holiday") in taken
        assert "Arts weeks" not in dict(taken)
        assert "29 Mar 2027 to 9 Apr 2027" in screen_text(app)
        await press(pilot, "u")
        assert "Easter" not in screen_text(app)
        await press(pilot, "a")
        fill(app, title="Staff day", kind="inset", first="2027-06-01", last="2027-05-01")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        fill(app, last="")
        await press(pilot, "ctrl+s")
        assert "Staff day" in screen_text(app)
        await press(pilot, "b")
        fill(app, amount="1,500.50")
        await press(pilot, "ctrl+s")
        assert "£1,500.50" in screen_text(app)


async def test_the_plan_is_exported_without_names(app: NavigatorApp, tmp_path: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for form, holds in (
            ("html", "<!DOCTYPE html>"),
            ("ics", "BEGIN:VEVENT"),
            ("csv", "title,"),
        ):
            await press(pilot, *([] if isinstance(app.screen, PlanScreen) else ["P"]), "x")
            fill(app, form=form, file=str(tmp_path / f"plan.{form}"))
            await press(pilot, "ctrl+s")
            assert holds in (tmp_path / f"plan.{form}").read_text("utf-8-sig")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter", "x")
        fill(app, file=str(tmp_path / "one.ics"))
        await press(pilot, "ctrl+s")
        assert (tmp_path / "one.ics").read_text("utf-8").count("BEGIN:VEVENT") == 3


async def test_a_time_is_hours_and_minutes_and_what_is_refused_stays_typed(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter")
        await go_to(pilot, "Thursday 3 December 2026")
        await press(pilot, "enter")
        for typed in ("15:45Z", "15:45+01:00", "15.455", "T15", "15pm", "24:00", "1545"):
            # On a day that has a session already, so that the two are put in order.
            fill(app, date="2026-10-08", start=typed)
            await press(pilot, "ctrl+s")
            form = app.screen
            assert isinstance(form, FormScreen)
            assert f"“{typed}” isn't a time; write it as 13:30." in screen_text(app)
            assert form.values["start"] == typed
        fill(app, start="9.05")
        await press(pilot, "ctrl+s")
        held = next(a for a in service.record().activities if a.title == "Mastering Number")
        starts = [f"{s.start:%H:%M}" for s in held.sessions if s.date.isoformat() == "2026-10-08"]
        assert starts == ["09:05", "13:30"]


async def test_from_and_to_in_the_box_for_the_start_say_how_long_it_takes(
    app: NavigatorApp, service: Service
) -> None:
    def held() -> list[str]:
        activity = next(a for a in service.record().activities if a.title == "Mastering Number")
        return [f"{s.start:%H:%M} {s.minutes}" for s in activity.sessions]

    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter")
        await go_to(pilot, "Thursday 3 December 2026")
        await press(pilot, "enter")
        fill(app, start="7-9")
        await press(pilot, "ctrl+s")
        assert "07:00 to 09:00 or 19:00 to 21:00" in " ".join(screen_text(app).split())
        fill(app, start="1.30–4", minutes="60")
        await press(pilot, "ctrl+s")
        assert "“1.30–4” takes 150: mend one of them." in screen_text(app)
        fill(app, minutes="")
        await press(pilot, "ctrl+s")
        assert held() == ["13:30 120", "13:30 150", "13:30 120"]
        await go_to(pilot, "Thursday 3 December 2026")
        await press(pilot, "enter")
        fill(app, start="9-11")
        await press(pilot, "ctrl+s")
        assert held() == ["13:30 120", "09:00 120", "13:30 120"]


async def test_what_counts_as_known_release_is_the_same_in_money_and_of_one_activity(
    app: NavigatorApp, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    evening = Session("", date(2026, 12, 3), time(16), 60, in_school_hours=False)
    service.records.add(Activity("", "Twilights", fee=Decimal(100), sessions=(evening,)))
    unknown = "NPQ Leading Primary Mathematics"  # it has no session, so nobody knows
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "3")
        assert "Release days aren't known for 1 of 5." in " ".join(screen_text(app).split())
        await press(pilot, "1")
        await go_to(pilot, "Twilights")
        await press(pilot, "enter")
        assert "none, as no session is in school hours" in screen_text(app)
    assert run(["plan", "show", "Twilights"]) == 0
    told = capsys.readouterr().out
    assert "Release: none, as no session is in school hours\n" in told
    assert "Costs: £100\n" in told
    assert run(["plan", "show", unknown]) == 0
    assert "Costs: not known\n" in capsys.readouterr().out


async def test_a_line_that_only_tells_of_an_activity_doesnt_remove_it(
    app: NavigatorApp, service: Service
) -> None:
    held = service.record().activities
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "4")
        await go_to(pilot, "How to teach it")
        await press(pilot, "delete", "backspace", "down", "delete")
        assert service.record().activities == held
        assert "Del Remove" not in screen_text(app)
        await press(pilot, "1")
        assert "Del Remove" in screen_text(app)
        await go_to(pilot, "Mastering Number")
        await press(pilot, "delete")
        assert len(service.record().activities) == len(held) - 1


async def test_e_edits_from_the_list_and_p_plans_with_whom_a_gap_names(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "e")
        fill(app, status="done")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, PlanScreen)
        assert "East Midlands West · done" in screen_text(app)
        await press(pilot, "5")
        await go_to(pilot, "Christmas")
        await press(pilot, "e")
        fill(app, title="Winter")
        await press(pilot, "ctrl+s")
        assert "Winter" in screen_text(app)
        await press(pilot, "4", "greater_than_sign")
        await go_to(pilot, "ask Maths Hub East Midlands West")
        await press(pilot, "p")
        fill(app, title="Next year's")
        await press(pilot, "ctrl+s")
        held = next(a for a in service.record().activities if a.title == "Next year's")
        assert (held.provider, held.year) == (made_plan.HUB, 2027)


async def test_the_landscape_names_what_is_planned_with_its_bodies(app: NavigatorApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await settle(pilot)
        ground = app.screen.query_one(PanelList)
        hub = next(
            n
            for n, option in enumerate(ground.options)
            if isinstance(option, EntryOption) and option.entry.text == "East Midlands West"
        )
        ground.highlighted = hub
        await pilot.pause()
        assert "in your plan: " in screen_text(app)
        place = next(
            n
            for n, option in enumerate(ground.options)
            if isinstance(option, EntryOption) and option.entry.text == "Mastering Number"
        )
        ground.highlighted = place
        await press(pilot, "enter")
        assert isinstance(app.screen, ActivityScreen)
        await press(pilot, "delete")
        assert isinstance(app.screen, LandscapeScreen)
        texts = [o.entry.text for o in ground.options if isinstance(o, EntryOption)]
        assert "Mastering Number" not in texts
        assert "Work group: fractions" in texts


async def test_the_palette_opens_each_tab(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        commands = {c.title: c.callback for c in app.get_system_commands(app.screen)}
        for name, holds in (("money", "MONEY AND COVER"), ("days", "INSET DAYS")):
            commands[f"Plan: {name}"]()
            await settle(pilot)
            assert isinstance(app.screen, PlanScreen)
            assert holds in screen_text(app)
        await press(pilot, "f11")
        assert "INSET DAYS" in screen_text(app)  # it is open already
        await press(pilot, "escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_text_of_the_plan_is_data(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    poison = "".join(f" {text}" for text in HOSTILE)
    title, text = json.dumps(f"Title{poison}"), json.dumps(poison)
    session = f'{{date = 2026-11-17, place = {text}, attends = ["Lead", {text}]}}'
    (config / "plan.toml").write_text(
        f'[[activity]]\nid = "a1"\ntitle = {title}\nprovider_name = {text}\nnotes = {text}\n'
        f'source = {text}\nprogramme = {text}\nparts = ["teaching"]\npractice = {text}\n'
        f"closes = 2026-12-01\nfee = 10\nsessions = [{session}]\n",
        "utf-8",
    )
    app = NavigatorApp(service, Settings(school=SCHOOL), as_at=DAY)
    async with app.run_test(size=(160, 60)) as pilot:
        await settle(pilot)
        await press(pilot, "f11")
        for keys in (["1"], ["2"], ["3"], ["4"], ["2", "enter"], ["escape", "1", "enter"]):
            await press(pilot, *keys)
            shown = screen_text(app)
            assert "[bold]loud[/bold]" in shown, keys
            assert not any(sign in shown for sign in ("\x1b", "\x00", "\u202e", "\u200b")), keys
        assert isinstance(app.screen, ActivityScreen)
        await press(pilot, "e")
        assert isinstance(app.screen, FormScreen)


async def test_the_years_end_where_a_plan_can(app: NavigatorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        screen.view = screen.view._replace(year=2099)
        await press(pilot, "greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert screen.view.year == 2100
        assert "A plan reaches from 1990-91 to 2100-01." in told(app)


@pytest.mark.parametrize(("keys", "key"), [({}, "a"), ({"add": "ctrl+a"}, "Ctrl+A")])
async def test_without_a_plan_it_says_how_to_begin(
    service: Service, keys: dict[str, str], key: str
) -> None:
    """By the head's own key, where they set one."""
    app = NavigatorApp(service, Settings(keys=keys), as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f11")
        assert f"Nothing planned yet: {key} adds an activity" in screen_text(app)
        await press(pilot, "greater_than_sign")
        assert "2027-28" in screen_text(app)
        await press(pilot, "4")
        assert "nothing yet" in screen_text(app)
        assert "Set your school" in " ".join(screen_text(app).split())
        assert told(app) == ""
    assert clock.today() == DAY


async def test_who_is_out_week_by_week_and_its_sheets(
    app: NavigatorApp, service: Service, tmp_path: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "6")
        # It opens on the first week to come in which anybody is out: told is why, where nobody is.
        assert "3 half days out of class (1.5 days)" in screen_text(app)
        assert "3 out" in screen_text(app)
        remarks = [o.prompt for o in app.screen.query_one(EntryList).options]
        said = [one.said for one in remarks if isinstance(one, Remark)]
        assert sum("How many may be out" in text for text in said) == 1, "over the first week alone"
        shown = " ".join(screen_text(app).split())
        assert "is in a holiday (Autumn half term): no class to cover" in shown
        await press(pilot, "x")
        fill(app, file=str(tmp_path / "cover.csv"), form="csv", which="month")
        await press(pilot, "ctrl+s")
        assert "'month' is none of week, term, year" in screen_text(app)
        fill(app, which="week")
        await press(pilot, "ctrl+s")
        written = (tmp_path / "cover.csv").read_text("utf-8-sig")
        assert "2026-12-03" in written
        assert "2026-10-08" not in written
        await press(pilot, "enter")
        assert "Week of 30 November 2026" in screen_text(app)
        assert "WHO IS OUT OF CLASS" in screen_text(app)
        assert "How many may be out of class at once isn't set" in screen_text(app)


async def test_a_budget_has_a_name_and_money_tells_what_each_pays(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "5", "b")
        fill(app, name="Maths", amount="1,200")
        await press(pilot, "ctrl+s", "b")
        fill(app, name="maths", amount="1,300")  # the same, however it is typed
        await press(pilot, "ctrl+s")
        held = [(b.name, b.amount) for b in service.record().budgets]
        assert held == [("", 2000), ("Maths", 1300)]
        await press(pilot, "3")
        assert "BY BUDGET" in screen_text(app)
        assert "£700 of the whole budget has no name." in screen_text(app)
        assert "£300 to be claimed · £300 to be received" in screen_text(app)


async def test_a_budget_takes_no_name_that_another_has(app: NavigatorApp, service: Service) -> None:
    service.records.add(Budget("", 2026, Decimal(100), "maths"))
    pp = service.records.add(Budget("", 2026, Decimal(50), "PP")).id
    before = service.record().budgets
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        PlanForms(app).budget(2026, pp)
        await settle(pilot)
        for name, said in (
            ("Maths", "There is a budget “maths” already"),
            ("", "There is a budget of all already"),
            ("Maths; trust", "can't be a budget's name"),
        ):
            fill(app, name=name)
            await press(pilot, "ctrl+s")
            assert said in " ".join(screen_text(app).split())
        assert service.record().budgets == before
        fill(app, name="pp")  # its own name, in other letters
        await press(pilot, "ctrl+s")
        assert {b.name for b in service.record().budgets} == {"", "maths", "pp"}


async def test_a_budget_as_a_file_has_it_keeps_its_name(
    app: NavigatorApp, service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "config" / "budgets.toml"
    row = '\n[[budget]]\nid = "b-{0}"\nyear = 2026\nname = "{1}"\namount = 50\n'
    more = row.format(1, "maths") + row.format(2, "maths") + row.format(3, "PE; trust")
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        for budget in ("b-2", "b-3"):
            PlanForms(app).budget(2026, budget)
            await settle(pilot)
            fill(app, amount="70")
            await press(pilot, "ctrl+s")
        held = [(b.name, b.amount) for b in service.record().budgets if b.name]
        assert held == [("maths", 50), ("maths", 70), ("PE; trust", 70)]
