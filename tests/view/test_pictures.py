"""Figures as pictures: a bar that is as long as its whole, columns that keep their numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from navigator.core.governance import FIGURES, GOVERNANCE
from navigator.view import pictures
from navigator.view.pictures import WIDEST, YearColumns
from tests.view.drawn import drawn_text

NOTTINGHAM = {"maintained": 27, "sat": 2, "mat_small": 0, "mat_medium": 10, "mat_large": 36}

counts = st.fixed_dictionaries({id: st.integers(0, 3000) for id in FIGURES}).filter(
    lambda of: any(of.values())
)
years = st.lists(st.integers(0, 1500), min_size=1, max_size=30).filter(lambda n: n[0] > 0)


def test_a_bar_says_its_parts_in_words_and_draws_each_otherwise() -> None:
    bar = pictures.who_runs(NOTTINGHAM)
    assert bar.said == (
        "council-maintained 27 (36%), single-academy trusts 2 (3%), trusts of 6–15 10 (13%), "
        "trusts of 16 and more 36 (48%)"
    )
    drawn, *legend = drawn_text(bar.lines(60))
    assert drawn == "█" * 22 + "╱" + "▒" * 8 + "▓" * 29
    assert " ".join(" ".join(legend).split()) == (
        "█ council-maintained 27 (36%) ╱ single-academy trusts 2 (3%) ▒ trusts of 6–15 10 (13%) "
        "▓ trusts of 16 and more 36 (48%)"
    )


@given(counts, st.integers(8, 160))
def test_a_bar_is_whole_and_leaves_out_no_part(counted: dict[str, int], columns: int) -> None:
    bar = pictures.who_runs(counted)
    fills = [GOVERNANCE[id].fill for id in FIGURES if counted[id]]
    for plain in (False, True):
        drawn, *legend = drawn_text(bar.lines(columns, plain=plain))
        assert len(drawn) == min(columns, WIDEST)
        signs = list(dict.fromkeys(drawn))
        assert len(signs) == len(fills)
        assert plain or signs == fills
        assert drawn.isascii() == plain
        for id in FIGURES:
            said = f"{GOVERNANCE[id].runs} {counted[id]:,} ("
            assert (sum(said in line for line in legend) == 1) == bool(counted[id])


@given(years, st.integers(20, 160))
def test_every_year_has_its_number_and_its_name(numbers: list[int], columns: int) -> None:
    shown = tuple((2002 + n, number) for n, number in enumerate(numbers))
    for plain in (False, True):
        drawn = YearColumns(shown).lines(columns, plain=plain)
        assert max(map(len, drawn_text(drawn))) <= columns + 1
        told, names = (
            [
                word
                for line in drawn
                for run in line
                if run.role == role
                for word in run.text.split()
            ]
            for role in ("number", "label")
        )
        assert sorted(told) == sorted(f"{n:,}" for n in numbers)
        assert names in ([str(y) for y, _ in shown], [f"'{y % 100:02}" for y, _ in shown])


def test_the_highest_column_is_as_tall_as_the_chart_and_little_still_shows() -> None:
    *rows, names = drawn_text(YearColumns(((2011, 1), (2012, 200))).lines(40))
    assert names.split() == ["2011", "2012"]
    assert sum("████" in row for row in rows) == pictures.TALL
    assert rows[-1].startswith("▁▁▁▁ ")
