"""A school's review for others: as pages, and as JSON.

The head's words are the point of it and are always in; notes and contacts in full only where the
review was made with them (`LocalReview.held`), and then the file says so at its top.
"""

from __future__ import annotations

from typing import NamedTuple

from navigator.export.contract import SCHEMA, line, register_dict
from navigator.view import review
from navigator.view.documents import Documents, held_words
from navigator.view.review import LocalReview
from navigator.view.sections import Entry


class ReviewExport(NamedTuple):
    """A review, as it was made with what of the head's was named."""

    shown: LocalReview

    @property
    def held(self) -> str:
        return held_words(self.shown.held)

    @property
    def private(self) -> bool:
        return True

    def documents(self) -> Documents:
        return Documents([review.document(self.shown)], review.TITLE, self.held)

    def data(self, form: str) -> bytes:
        """The review on one line of JSON, as docs/json.md tells."""
        del form
        shown, school = self.shown, self.shown.landscape.school
        return line(
            {
                "schema": SCHEMA,
                "register": register_dict(shown.landscape.register),
                "urn": school.urn,
                "name": school.name,
                "as_at": shown.landscape.as_at.isoformat(),
                "begun": shown.day.isoformat() if shown.day else None,
                "id": shown.id,
                "features": [
                    {
                        "id": part.feature.id,
                        "title": part.feature.title,
                        "question": part.feature.question,
                        "facts": [_fact(label, e) for label, row in review.rows(part) for e in row],
                        "words": part.words,
                        "before": [{"when": when, "words": text} for when, text in part.before],
                    }
                    for part in shown.parts
                ],
            }
        )


def _fact(label: str, entry: Entry) -> dict[str, str]:
    return {
        "label": label,
        "text": entry.text,
        "right": entry.right,
        "detail": entry.detail,
        "key": entry.card.key if entry.card else "",
    }
