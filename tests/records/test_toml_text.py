"""Cutting a file of records: one record changes, all else stays byte for byte."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.records import toml_text

TRICKY = '''\
# About the file.

title = "mine"

# Above the first.
[[note]]
id = "n-1"
text = """
[[note]]
# not a comment
[other]
four quotes: """"
grid = [
  [1],
  [["[[note]]"]], # [[note]]
  [
    [2, 3]
  ]
]
empty = ""
path = 'C:\\"[[note]]'  # a path
[note.more]
deep = {a = [1, {b = "]"}]}
# Right beneath the first.

# Apart from it.

[[ note ]] # spaces
text = """a
# the last line of this looks like a comment"""
[[note]]
text = \'\'\'
# so does this\'\'\'
["other"]
x = "not one of ours"
[[other.note]]
x = 1
# The end.
'''


def test_text_that_looks_like_a_header_fools_nobody() -> None:
    pieces = toml_text.cut(TRICKY, "note")
    assert "".join(p.text for p in pieces) == TRICKY
    records = [p.text for p in pieces if p.record]
    assert [toml_text.read_one(r, "note") for r in records] == tomllib.loads(TRICKY)["note"]
    assert records[0].startswith("# Above the first.")
    assert records[0].rstrip().endswith("# Right beneath the first.")
    assert not any("Apart from it" in r or "The end" in r for r in records)


def test_a_part_of_a_record_standing_apart_is_refused() -> None:
    text = '[[note]]\ntext = "a"\n[other]\nx = 1\n[note.more]\ny = 2\n'
    assert tomllib.loads(text)["note"] == [{"text": "a", "more": {"y": 2}}]
    with pytest.raises(ValueError, match="stands apart"):
        toml_text.cut(text, "note")


KEYS = st.sampled_from(["id", "about", "text", "tags", "own_key", "a b"])
TEXTS = st.text(
    st.sampled_from("ab[]\"'#\\\n\r\t={}é☃🎉\u200f\u2028")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)
VALUES = TEXTS | st.integers(-(2**63), 2**63 - 1) | st.dates() | st.lists(TEXTS, max_size=3)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=5)


@given(st.lists(RECORDS, max_size=5), st.lists(st.sampled_from(["\n", "# [[note]]\n", "# \"'\n"])))
def test_any_records_are_cut_into_themselves(
    records: list[dict[str, Any]], between: list[str]
) -> None:
    text = "".join(between) + "".join(
        toml_text.fresh("note", record) + "".join(between) for record in records
    )
    pieces = toml_text.cut(text, "note")
    assert "".join(p.text for p in pieces) == text
    assert [toml_text.read_one(p.text, "note") for p in pieces if p.record] == records


@given(RECORDS, RECORDS, st.sets(KEYS))
def test_a_change_is_the_change_asked_for(
    before: dict[str, Any], values: dict[str, Any], gone: set[str]
) -> None:
    wanted = {**before, **values}
    changes = {**values, **dict.fromkeys(gone)}
    text = "# mine\n" + toml_text.fresh("note", before)
    after = toml_text.changed(text, "note", changes)
    assert after.startswith("# mine\n")
    assert toml_text.read_one(after, "note") == {k: v for k, v in wanted.items() if k not in gone}


def test_a_change_keeps_comments_order_and_unknown_keys() -> None:
    text = (
        '# above\n[[note]]\nid = "n-1" # my id\n# within\ntext = "old" # why\n'
        "mine = [1, # one\n  2]\n[note.more]\nx = 1 # deep\n# beneath\n"
    )
    after = toml_text.changed(text, "note", {"text": "new", "again": None, "changed": "today"})
    assert after.replace('"new"', '"old"').replace('changed = "today"\n\n', "") == text
    assert toml_text.read_one(after, "note")["changed"] == "today"
