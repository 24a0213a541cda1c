"""The answer to the line under the cursor: a strip beneath the list, or a pane at its right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.core.record import Marks
from navigator.ui.widgets.lines import MUTED, OWN, Lines
from navigator.view.answers import BodyAnswer
from navigator.view.sections import Fact

STRIP_LABEL = 6
KEY = "bold $accent"


class AnswerStrip(Lines):
    """A few lines under a rule: why them, how to reach them, what is yours."""

    def __init__(self, answer: BodyAnswer, why_lines: int) -> None:
        super().__init__()
        self._answer, self._why = answer, why_lines

    def lay_out(self, width: int) -> list[Content]:
        answer = self._answer
        title = Content.styled(f"─── {answer.name} ", "bold")
        if answer.kind and answer.kind not in answer.name:
            title = Content.assemble(title, (f"{plain(answer.kind)} ", MUTED))
        title = title.truncate(width, ellipsis=True)
        rule = Content.styled("─" * max(width - title.cell_length, 0), "$border-blurred")
        room = width - STRIP_LABEL
        why = Content(plain(answer.briefly)).wrap(room)
        if len(why) > self._why:
            rest = Content(" ").join(line.rstrip() for line in why[self._why - 1 :])
            why = [*why[: self._why - 1], rest.truncate(room, ellipsis=True)]
        lines = [Content.assemble(title, rule), _line("Why", why[0], width)]
        lines += [line.pad_left(STRIP_LABEL) for line in why[1:]]
        if answer.is_body:
            yours = answer.yours or (("", "nothing yet: n notes, c adds a contact, b marks it"),)
            lines.append(_line("Reach", _signs(answer.reach), width))
            lines.append(_line("Yours", _signs(yours, OWN), width))
        return lines


def _line(label: str, text: Content, width: int) -> Content:
    head = Content.styled(label, MUTED).pad_right(STRIP_LABEL - len(label))
    return (head + text).truncate(width, ellipsis=True)


def _signs(told: Iterable[Fact], style: str = KEY) -> Content:
    line = Content("")
    for sign, text in told:
        if line:
            line += Content("   ")
        line += _sign(sign, text, style)
    return line


def _sign(sign: str, text: str, style: str) -> Content:
    if not sign:
        return Content.styled(plain(text), MUTED)
    return Content.assemble((sign, _sign_style(sign, style)), " ", plain(text))


def _sign_style(sign: str, style: str) -> str:
    """Keys alone look as keys do: `t` stands for a telephone."""
    return MUTED if sign == "t" else style


class AnswerPane(Lines):
    """The same as a page: what they offer, why, reach, yours."""

    def __init__(self, answer: BodyAnswer, own: Marks) -> None:
        super().__init__()
        self._answer, self._own = answer, wording.marks(own)

    def lay_out(self, width: int) -> list[Content]:
        answer = self._answer
        lines = Content.styled(plain(answer.kind).upper(), MUTED).wrap(width)
        name = Content.styled(answer.name, "bold")
        if self._own:
            name = Content.assemble(name, " ", (self._own, OWN))
        lines += name.wrap(width)
        lines += Content.styled(answer.offers, MUTED).wrap(width) if answer.offers else []
        why = (*answer.why, *([answer.grounds] if answer.grounds else []))
        title = "Why them" if answer.is_body else "About"
        lines += self._part(title, (("", text) for text in why), width, "")
        if not answer.is_body:
            return lines
        lines += self._part("Reach them", answer.reach, width, KEY)
        none = (("", "Nothing yet."),)
        lines += self._part("Yours", answer.yours or none, width, OWN)
        return lines

    def _part(
        self, title: str, told: Iterable[Fact] | Sequence[Fact], width: int, style: str
    ) -> Iterable[Content]:
        yield Content("")
        yield Content.styled(title.upper(), "bold")
        for sign, text in told:
            if not sign:
                said = plain(text)
                yield from Content(said[:1].upper() + said[1:]).wrap(width)
                continue
            first, *others = Content(plain(text)).wrap(width - 3)
            yield Content.assemble((sign, _sign_style(sign, style)), "  ", first)
            yield from (line.pad_left(3) for line in others)
