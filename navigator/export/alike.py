"""What is made of a claim, made once for all schools that are told the same but for distances.

There are some 2,000 such kinds of claim in England, told 400,000 times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from navigator.core.model import HubClaim

Form = TypeVar("Form")
Made = TypeVar("Made")

REMEMBERED = 50_000
"""So many are remembered at the most."""


class MadeOfClaims(Generic[Form, Made]):
    """Makes things of claims.

    Args:
        form: makes of a claim what is the same for all that are told alike (`HubClaim.alike`).
        fill: makes the thing, of that and of the claim's own distances.
    """

    def __init__(
        self, form: Callable[[HubClaim], Form], fill: Callable[[Form, HubClaim], Made]
    ) -> None:
        self._form, self._fill = form, fill
        # With their claims: as long as those are kept, nothing else has their ids
        self._forms: dict[object, tuple[HubClaim, Form]] = {}
        self._whole: dict[int, tuple[HubClaim, Made]] = {}

    def of(self, claim: HubClaim) -> Made:
        """The thing made of a claim; whoever gets it doesn't change it."""
        whole = self._whole.get(id(claim))
        if whole and whole[0] is claim:
            return whole[1]
        alike = claim.alike
        held = self._forms.get(alike)
        if held is None:
            if len(self._forms) >= REMEMBERED:
                self._forms.clear()
            held = self._forms[alike] = claim, self._form(claim)
        made = self._fill(held[1], claim)
        if not claim.measured:  # then it is the very same claim for many schools
            if len(self._whole) >= REMEMBERED:
                self._whole.clear()
            self._whole[id(claim)] = claim, made
        return made
