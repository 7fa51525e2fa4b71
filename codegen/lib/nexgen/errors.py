"""What nexgen says about a document: where, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_POINTER = 200


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a document: file as the user named it, line from 1 (0: none), JSON pointer."""

    file: str
    line: int
    pointer: str

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}" if self.line else self.file
        pointer = self.pointer or "/"
        if len(pointer) > LONGEST_POINTER:
            pointer = pointer[:60] + "/.../" + pointer[-60:].partition("/")[2]
        return f"{head}: {pointer}"


class NexgenError(Exception):
    """One fault of the input. The text says what failed, on what, and what would work."""

    def __init__(self, place: Place | None, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


class NexgenErrors(NexgenError):
    """Several faults found in one go."""

    def __init__(self, faults: Iterable[NexgenError]) -> None:
        self.faults = list(faults)
        super().__init__(None, "\n".join(str(fault) for fault in self.faults))


@dataclass
class Notices:
    """Things a user should know that are no errors; --strict makes them errors."""

    items: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, text: str) -> None:
        if (place, text) not in self.items:
            self.items.append((place, text))
