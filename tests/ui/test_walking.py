"""Walking from body to body: Enter follows, Esc comes back, the trail shows the way."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Input

from navigator.service import Service
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from navigator.ui.widgets.panels import PanelList
from navigator.view.cards import about
from tests.ui.conftest import SCHOOL, AppMaker
from tests.ui.steps import go_to, screen_text, settle


async def test_a_card_of_the_register_before_goes_once_the_help_over_it_is_closed(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = app.screen
        assert isinstance(before, LandscapeScreen)
        app.show(about(before.landscape), None)
        await settle(pilot)
        card = app.screen
        assert isinstance(card, DetailScreen)
        await pilot.press("f1")
        await settle(pilot)
        helping = app.screen
        card.reload()  # as an update does
        await settle(pilot)
        assert app.screen is helping, "what is read isn't taken away"
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is before


async def test_from_a_hub_to_its_lead_and_back(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "East Midlands West")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        text = screen_text(app)
        assert "Sneinton St Stephen's CofE Primary School › East Midlands West" in text
        assert "Maths Hub" in text
        await go_to(pilot, "Nottinghamshire")
        await pilot.press("enter")
        await settle(pilot)
        assert "East Midlands West › Nottinghamshire" in screen_text(app)
        for _ in range(2):
            await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_a_trust_shows_where_its_schools_are(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("2", "down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        text = screen_text(app)
        assert "Transform Trust" in text
        assert "WHERE THEY ARE" in text
        assert "26 open schools" in text
        assert "all primary" not in text  # only 13 of them are in the sample
        assert "12 of its 26" in text


async def test_a_trusts_map_shows_your_school_by_a_sign(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("2", "down", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert text.index("Widest") < text.index("MAP") < text.index("WHERE THEY ARE")
        assert "◆ your school" in text
        assert text.count("◆") == 2
        assert "13 of its 26 schools are on this register." in text
        assert " mi\n" in "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
        # The cursor passes over the map, from the last fact to the first authority.
        await go_to(pilot, "Where this is from")
        await pilot.press("down")
        entries = app.screen.query_one(EntryList)
        assert entries.entry
        assert entries.entry.text == "Nottingham"


async def test_a_console_without_braille_gets_ascii(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("2", "down", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "@ your school" in text
        assert not any("\u2800" <= c <= "\u28ff" for c in text)


async def test_from_a_hub_to_all_its_schools_and_into_one(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "East Midlands West")
        await pilot.press("enter")
        await settle(pilot)
        await go_to(pilot, "All ")
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "East Midlands West › Schools of East Midlands West" in text
        assert "open schools of its phases on this register" in text
        await go_to(pilot, "Sneinton St Stephen")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == SCHOOL


async def test_an_authority_shows_governance_hubs_and_neighbours(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 80)) as pilot:
        await pilot.press("2", "enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        text = screen_text(app)
        assert "WHO RUNS ITS SCHOOLS" in text
        assert "█ council-maintained 31 (29%)" in text
        assert "East Midlands West" in text
        assert "STATISTICAL NEIGHBOURS" in text


async def test_a_page_answers_first_and_folds_where_that_is_from(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await go_to(pilot, "East Midlands West")
        await pilot.press("enter")
        await settle(pilot)
        entries = app.screen.query_one(EntryList)

        def labels() -> list[str]:
            return [o.entry.label for o in entries.options if isinstance(o, EntryOption)]

        text = screen_text(app)
        headings = ("WHY THEM", "WHAT IT OFFERS", "WHOM IT COVERS", "WHO LEADS IT", "MAP")
        found = [text.index(heading) for heading in headings]
        assert found == sorted(found)
        assert "It covers Nottingham, where this school is." in text
        assert labels().count("Why") == labels().count("Website") == 1
        assert not {"Key", "Source", "Confidence", "Claim"} & set(labels())
        await go_to(pilot, "Where this is from")
        await pilot.press("enter")
        await pilot.pause()
        assert {"Key", "Source", "Confidence"} <= set(labels())
        assert "hub:maths-hub/east-midlands-west" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Key" not in labels()


async def test_every_line_that_names_a_body_leads_to_its_page(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        home = app.screen
        entries = home.query_one(PanelList)
        for number, option in enumerate(entries.options):
            if not isinstance(option, EntryOption) or not option.entry.card:
                continue
            if not option.entry.card.key or option.entry.marks or option.entry.card.urn:
                continue
            entries.highlighted = number
            await pilot.press("enter")
            await settle(pilot)
            assert isinstance(app.screen, BodyScreen), option.entry
            assert app.screen.page.sections
            await pilot.press("escape")
            assert app.screen is home


@pytest.mark.parametrize(
    "key",
    [
        "hub:x/y",
        "hub-schools:maths-hub/none",
        "network-schools:no",
        "trust:0",
        "la:000",
        "network:no",
        "nothing:at-all",
    ],
)
async def test_a_body_that_is_not_there_is_one_sentence(make_app: AppMaker, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(key, None)
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert len(app._notifications) == 1


async def test_another_day_by_key(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a")
        box = app.screen.query_one(Input)
        box.value = "the past"
        await pilot.press("enter")
        assert "isn't a date" in screen_text(app)
        box.value = "8 Oct"
        await settle(pilot)
        assert "could be Thu 8 October 2026, or Fri 8 October 2027" in screen_text(app)
        box.value = "25/5/22"
        await settle(pilot)
        assert "Wed 25 May 2022" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert "As at 25 May 2022" in screen_text(app)
        assert "Computing" in screen_text(app)
        assert app.day == date(2022, 5, 25)
        assert len(app.screen_stack) == 1


async def test_the_directory_filters_counts_and_opens(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await settle(pilot)
        text = screen_text(app)
        assert "PROGRAMMES (18)" in text
        assert "40 of 40 named" in text
        await pilot.press(*"flying high")
        await settle(pilot)
        text = screen_text(app)
        assert "HUBS (2)" in text
        assert "TRUSTS (1)" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        assert "Flying High" in app.screen.page.title
        assert "Directory › " in screen_text(app)


async def test_the_programme_list_of_may_2022_has_the_counts_of_equalls(service: Service) -> None:
    sections = service.index(date(2022, 5, 25), "", by_size=False)
    programmes = {e.text: e.right for e in sections[0].entries}
    assert programmes["Maths Hub"].endswith("of 40 named")
    assert programmes["English Hub"].endswith("of 34 named")
    assert programmes["Computing Hub"].endswith("of 34 named")
    assert programmes["Teaching School Hub"].endswith("of 87 named")


def test_an_authority_tells_of_areas_that_were_chosen_in_it(service: Service) -> None:
    def about(code: str, day: date) -> dict[str, str]:
        page = service.page(f"la:{code}", None, day, "miles")
        return {e.label: e.text for e in page.sections[0].entries}

    today = date(2026, 11, 22)
    assert about("873", today)["History"] == (
        "Education Investment Area, February 2022 to March 2025: Cambridgeshire (priority area: "
        "Fenlands and East Cambridgeshire, part of LA); Opportunity Area, January 2017 to "
        "August 2022: Fenland and East Cambridgeshire"
    )
    assert "History" not in about("884", today)
    assert "History" not in about("892", date(2023, 1, 1))  # it wasn't history yet


def test_a_programme_lists_its_hubs_by_how_far_they_are_from_your_school(service: Service) -> None:
    day = date(2026, 11, 22)
    page = service.page("programme:english-hub", service.landscape(139217, day), day, "miles")
    [hubs] = [s for s in page.sections if s.title.startswith("Hubs we know of: ")]
    assert hubs.title.endswith(", nearest first")
    told = [e.right.partition(" · ")[0] for e in hubs.entries]
    known = [float(right.removesuffix(" mi")) for right in told if right]
    assert known == sorted(known)
    assert len(known) > 20
    assert not any(told[len(known) :]), "those of which no lead school is known stand last"
    [plain] = [
        s
        for s in service.page("programme:english-hub", None, day, "miles").sections
        if s.title.startswith("Hubs we know of: ")
    ]
    names = [e.text.casefold() for e in plain.entries]
    assert names == sorted(names)


def test_a_hub_that_schools_choose_is_said_to_cover_none(service: Service) -> None:
    page = service.page(
        "hub:research-school/bradford-research-school", None, date(2026, 11, 22), "miles"
    )
    [where] = [s for s in page.sections if s.title == "Where it has worked"]
    assert [(e.text, e.right) for e in where.entries] == [("Bradford", "")]


def test_a_chosen_area_is_shown_as_no_hub(service: Service) -> None:
    then = date(2023, 1, 1)
    titles = [
        s.title for s in service.page("programme:opportunity-area", None, then, "miles").sections
    ]
    assert any(title.startswith("Areas") for title in titles)
    assert not any(title.startswith("Hubs we know of") for title in titles)
    page = service.page("hub:education-investment-area/nottingham", None, then, "miles")
    assert "Who leads it" not in [section.title for section in page.sections]
    listed = service.index(then, "bedford", by_size=False)
    assert "Bedford" not in [
        e.text for s in listed if s.title.startswith("Hubs") for e in s.entries
    ]


def test_the_index_tells_when_a_programme_ended_and_not_before(service: Service) -> None:
    def said(day: date) -> dict[str, str]:
        return {e.text: e.detail for e in service.index(day, "", by_size=False)[0].entries}

    assert said(date(2026, 11, 22))["Behaviour Hub"] == "ended March 2025"
    assert said(date(2020, 1, 1))["Behaviour Hub"].startswith("Partnership with")


async def test_the_sources_screen_tells_how_far_the_facts_reach(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        app.open("sources:", None)
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        text = screen_text(app)
        assert "MATHS HUB" in text
        assert "89 high, 55 medium, 5 low, 4 none" in text
