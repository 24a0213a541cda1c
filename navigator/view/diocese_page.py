"""The page of a diocese: its board for education, how to reach it, its schools."""

from __future__ import annotations

from navigator.core import wording
from navigator.core.model import RegisterInfo
from navigator.core.wording import Units
from navigator.domain.details import DioceseDetail
from navigator.view import cards
from navigator.view.body_pages import members, of_each
from navigator.view.parts import fact_section
from navigator.view.sections import Fact, Page

NO_DIOCESES = "The register in use names no school's diocese: an update brings them."


def diocese_page(detail: DioceseDetail, register: RegisterInfo, units: Units) -> Page:
    here = detail.diocese
    board = here.board
    number = len(detail.members)
    facts: list[Fact] = [
        ("Board", here.body or wording.NO_BOARD),
        ("Church", here.church),
        ("Schools", of_each(wording.count(number, "open school"), detail.phases) if number else ""),
        *(cards.diocese_facts(board) if board else ()),
        ("Register", f"{register.name}, {wording.day(register.day)}"),
    ]
    none = wording.NONE_ON_REGISTER if detail.told else NO_DIOCESES
    sections = (fact_section(facts, "In short"), *members(detail, units, none))
    title = f"Diocese of {here.name}"
    return Page(here.key, f"Diocese, {here.church}", title, sections, reach=here.reach)
