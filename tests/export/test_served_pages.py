"""The plain pages of `navigator serve`: what they show, and that their links lead on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.core.landscape import Landscape
from navigator.core.paths import facts_dir
from navigator.directory import packs
from navigator.directory.packs import FactsInUse
from navigator.export.served_pages import ROOT, WAYS, PlainPages
from navigator.service import Service
from tests.export.test_page import ALLOWED, ON_A_PAGE, Page
from tests.tools import made_plan

DAY = date(2026, 11, 22)
SCHOOL = 139217
SECRET = "They share their planning"
LONG = f"{'Their teams change in spring. ' * 9}It ends here.\nAsk about cover."
FORM = {"link", "form", "label", "input", "button"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPages]:
    """The pages over the sample, with a record that has a note and a plan."""
    folder = tmp_path_factory.mktemp("plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: DAY)
        patch.setenv("NAVIGATOR_DATA_DIR", str(folder / "data"))
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(folder / "config"))
        assert run(["note", str(SCHOOL), SECRET]) == 0
        assert run(["note", "la:892", LONG, "--again", "1/11/26"]) == 0
        made_plan.write(folder / "config")
        service = Service()
        yield PlainPages(service)
        service.close()


def shown(plain: PlainPages, address: str, *, found: bool = True) -> Page:
    """The page at an address as a reader meets it."""
    parts = urlsplit(address)
    answer = plain.answer(parts.path.removeprefix(ROOT), dict(parse_qsl(parts.query)))
    assert answer.found is found, address
    page = Page(answer.page)
    assert {tag for tag, _ in page.tags} <= ALLOWED | FORM
    assert [len(page.all(tag)) for tag in ("h1", "main")] == [1, 1]
    return page


def text(page: Page) -> str:
    return " ".join("".join(page.texts[0]).split())


def led(page: Page) -> set[str]:
    return {a["href"] for a, _ in page.all("a") if a["href"].startswith(ROOT)}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "These pages show"),
        ("?q=sneinton", "Sneinton St Stephen's"),
        ("?q=maths+hub+east+midlands", "East Midlands West"),
        ("all", "Local authorities"),
        (f"at?body=school:{SCHOOL}", "Who helps with"),
        ("at?body=hub:maths-hub/east-midlands-west", "Whom it covers"),
        ("at?body=la:892", "Its open schools"),
        ("at?body=place:la:892", "Who runs its schools"),
        (f"at?body=overlap:{SCHOOL}", "share your Maths Hub"),
        ("plan", "Mastering Number"),
        ("record", SECRET),
    ],
)
def test_each_page_says_what_the_screen_does_and_leads_to_the_others(
    plain: PlainPages, address: str, said: str
) -> None:
    page = shown(plain, ROOT + address)
    assert said in text(page)
    assert {way for way, _ in WAYS if way != "/"} <= led(page)
    assert any(a["href"] == "/" for a, _ in page.all("a")), "the way back to the terminal"


@pytest.mark.parametrize("address", ["", "record", "at?body=la:892"])
def test_a_note_is_there_to_its_last_word(plain: PlainPages, address: str) -> None:
    said = text(shown(plain, ROOT + address))
    assert "It ends here." in said
    assert "Ask about cover." in said


def test_the_links_of_a_landscape_lead_to_pages_of_every_kind(plain: PlainPages) -> None:
    landscape = shown(plain, f"{ROOT}at?body=school:{SCHOOL}")
    assert SECRET in text(landscape), "the head's own note, for their own eyes"
    links = led(landscape)
    assert len(links) > 30
    kinds = {address.partition("%3A")[0].partition("body=")[2]: address for address in links}
    assert {"hub", "la", "trust", "school", "programme", "place", "overlap"} <= kinds.keys()
    for address in kinds.values():
        shown(plain, address)


@pytest.mark.parametrize(
    "address", ["no", "at", "at?body=hub:x/y", "at?body=school:100", "at?body=overlap:x", "../.."]
)
def test_what_isnt_there_is_one_sentence(plain: PlainPages, address: str) -> None:
    page = shown(plain, ROOT + address, found=False)
    assert [t for _, t in page.all("h1")] == ["Not found"]


@pytest.mark.parametrize("words", ON_A_PAGE)
def test_what_is_asked_stays_text(plain: PlainPages, words: str) -> None:
    answer = plain.answer("", {"q": words})
    ((box, _),) = Page(answer.page).all("input")
    assert box["value"] == " ".join(words.split())
    assert {tag for tag, _ in Page(answer.page).tags} <= ALLOWED | FORM
    Page(plain.answer("at", {"body": words}).page)


@pytest.mark.parametrize(
    "address",
    [
        *(f"at?body=overlap:{odd}" for odd in ("²", "9" * 20, "", "-1")),
        *(f"at?body=pair:{odd}" for odd in ("9" * 20 + "|100000", "100000|²", "100000")),
        *(f"at?body=plan-week:{odd}" for odd in ("9999-12-31", "0001-01-01", "x")),
        *(f"plan?year={odd}" for odd in ("0000", "9999", "²")),
    ],
)
def test_what_cannot_be_is_no_page(plain: PlainPages, address: str) -> None:
    assert "Not found" in text(shown(plain, ROOT + address, found=False))


def test_the_last_year_of_a_plan_leads_to_the_one_before(plain: PlainPages) -> None:
    links = led(shown(plain, f"{ROOT}plan?year=2100"))
    assert f"{ROOT}plan?year=2099" in links
    assert f"{ROOT}plan?year=2101" not in links


def test_a_register_found_damaged_is_left(
    plain: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, find = plain._service, plain._service.landscape
    left: list[int] = []

    def landscape(urn: int, day: date) -> Landscape:
        if not left:
            raise ValueError("a page of the file is no page")
        return find(urn, day)

    monkeypatch.setattr(service, "landscape", landscape)
    follow = service.follow_disk

    def followed() -> None:
        if len(left) == 1:
            left.append(2)
            raise ValueError("nor is the first")
        follow()

    monkeypatch.setattr(service, "follow_disk", followed)

    def leave() -> bool:
        left.append(1)
        return True

    monkeypatch.setattr(service, "leave_damaged", leave)
    for left_so_far in (1, 3):  # found on the page; found when another register is looked for
        assert "Who helps with" in text(shown(plain, f"{ROOT}at?body=school:{SCHOOL}"))
        assert len(left) == left_so_far


def test_a_new_register_is_followed(plain: PlainPages, monkeypatch: pytest.MonkeyPatch) -> None:
    reloaded: list[int] = []
    service = plain._service
    monkeypatch.setattr(service, "reload", lambda: reloaded.append(1))
    service.follow_disk()
    assert not reloaded
    monkeypatch.setattr("navigator.register.opening.current_name", lambda _: "newer.sqlite")
    service.follow_disk()
    assert reloaded


def test_what_is_not_there_says_what_to_do_in_a_browser(plain: PlainPages) -> None:
    for address in ("at", "at?body=rubbish", "at?body=school:999999", "at?body=trust:0"):
        page = shown(plain, ROOT + address, found=False)
        assert "Search by name or postcode in the box at the top." in text(page)
        assert "navigator find" not in text(page)
        assert page.all("form")
    said = text(shown(plain, f"{ROOT}?q=zzqq"))
    assert "No school has these words. Try fewer words" in said
    assert "the nearest" not in said


def test_facts_that_were_taken_meanwhile_are_followed(
    plain: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = plain._service
    before = service.directory
    service.follow_disk()
    assert service.directory is before
    monkeypatch.setattr(
        packs, "in_use", lambda *_: FactsInUse(facts_dir() / ".." / "data", "2099-01-01", True)
    )
    service.follow_disk()
    assert service.directory is not before


TERMINAL_KEYS = re.compile(
    r"[Pp]ress [A-Za-z]\b|Ctrl|\bF\d+\b|[:.] ([a-zA-Z=]|Enter|Esc|Tab) [a-z]+s\b|cursor|type to"
)


@pytest.mark.parametrize(
    "address",
    [
        *("", "all", "plan", "plan?year=2025-26", "plan?year=2027-28", "record", "?q=academy"),
        *(f"at?body={key}" for key in ("place%3Ala%3A892", "alike%3A892", "overlap%3A139217")),
        *(f"at?body={key}" for key in ("place%3Adistrict%3AE07000008", "plan-week%3A2026-10-05")),
    ],
)
def test_a_page_in_a_browser_names_no_key_of_the_terminal(plain: PlainPages, address: str) -> None:
    page = shown(plain, f"{ROOT}{address}")
    assert not TERMINAL_KEYS.search(text(page))
    for link in led(page):
        if "body=activity" in link:
            assert not TERMINAL_KEYS.search(text(shown(plain, link)))
