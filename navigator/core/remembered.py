"""Methods that answer the same question once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MethodType
from typing import Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])


class _Remembered:
    def __init__(self, method: Callable[..., Any]) -> None:
        self._method, self._name = method, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Callable[..., Any]:
        if instance is None:
            return self._method
        # In the object itself, so that the answers go with it, and the next call comes there first.
        made = instance.__dict__[self._name] = cache(MethodType(self._method, instance))
        return made


def remembered(method: Method) -> Method:
    """A method of which each answer is kept, by its arguments, as long as its object lives.

    The arguments must be hashable. What is raised isn't kept.
    """
    return cast(Method, _Remembered(method))
