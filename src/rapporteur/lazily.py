"""A property that is worked out once per object, without a lock.

``functools.cached_property`` does the same, but before Python 3.12 holds one lock for all objects of a class meanwhile: requests
that each ask the record for theirs would wait for one another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazily(Generic[T]):
    """Decorator. The value stands in the object's ``__dict__`` from then on; two threads may both work it out."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, held: None, owner: type) -> Self: ...
    @overload
    def __get__(self, held: object, owner: type) -> T: ...
    def __get__(self, held: object | None, owner: type) -> Self | T:
        if held is None:
            return self
        value = held.__dict__[self._make.__name__] = self._make(held)
        return value
