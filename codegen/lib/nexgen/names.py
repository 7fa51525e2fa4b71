"""Text to C identifiers."""

from __future__ import annotations

import re
import unicodedata

C_WORDS = frozenset(
    """alignas alignof and and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bitand bitor
    bool break case catch char char8_t char16_t char32_t class compl concept const consteval
    constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do
    double dynamic_cast else enum explicit export extern false float for friend goto if inline int
    long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected
    public reflexpr register reinterpret_cast requires restrict return short signed sizeof static
    static_assert static_cast struct switch synchronized template this thread_local throw true try
    typedef typeid typename typeof typeof_unqual union unsigned using virtual void volatile wchar_t
    while xor xor_eq linux unix errno stdin stdout stderr assert offsetof""".split()
)

# Names of the C library and the compiler that a short schema title could hit.
C_LIBRARY = frozenset(
    """abs accept access alarm bind clock close connect div dup exit exp fork free getpid index ino
    kill link listen log main malloc memory nice open pause pipe poll pow printf putenv raise rand
    read remove rename send setenv shutdown signal sleep socket stat stop sync system time times
    tm tmpfile wait write y0 y1 j0 j1""".split()
)

_SPLITS = (
    re.compile(r"([A-Z]+)([A-Z][a-z])"),
    re.compile(r"([a-z0-9])([A-Z])"),
)


def _ascii(text: str) -> str:
    """Letters of other scripts and signs by their Unicode names; marks are dropped."""
    parts: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        if char.casefold().isascii():
            parts.append(char if char.isascii() else char.casefold())
        elif unicodedata.category(char)[0] != "M":
            parts.append(" " + unicodedata.name(char, f"u{ord(char):04x}") + " ")
    return "".join(parts)


_SIGNS = {"+": " plus ", "*": " star ", "%": " percent ", "#": " sharp ", "=": " eq ",
          "<": " lt ", ">": " gt ", "!": " not ", "&": " and ", "|": " or "}  # fmt: skip


def snake(text: str) -> str:
    """ "NodePingRequest" and "node-ping request" to node_ping_request; never empty."""
    plain = _ascii(text)
    if not re.search(r"[A-Za-z0-9]", plain):
        plain = "".join(_SIGNS.get(char, char) for char in plain)
    for split in _SPLITS:
        plain = split.sub(r"\1_\2", plain)
    plain = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_").lower()
    return plain or "empty"


def identifier(text: str) -> str:
    """A snake name that may stand alone in C and C++."""
    name = snake(text)
    if name[0].isdigit():
        name = "n" + name
    return name + "_" if name in C_WORDS else name


def join(parent: str, child: str) -> str:
    """parent_child, without saying nex_ twice in a row."""
    return f"{parent}_{snake(child)}"


class Scope:
    """Names already taken; a second of the same name gets a number.

    `derived` are endings under which further names are made of each: these are kept free, so
    that a member called "type" does not hide the descriptor of its struct.
    """

    def __init__(self, taken: frozenset[str] = frozenset(), derived: tuple[str, ...] = ()) -> None:
        self.taken: dict[str, str] = dict.fromkeys(taken, "C")
        self.derived = derived
        self.kept: set[str] = set()
        self.clashes: list[tuple[str, str, str]] = []

    def _free(self, name: str) -> bool:
        made = (f"{name}_{end}" for end in self.derived)
        return name not in self.taken and not any(other in self.taken for other in made)

    def take(self, name: str, owner: str) -> str:
        """Reserves a name for an owner; notes a clash with another."""
        if name in self.kept:
            name += "_value"
        free, i = name, 2
        while not self._free(free) or free in self.kept:
            free, i = f"{name}_{i}", i + 1
        if free != name:
            self.clashes.append((name, self.taken.get(name, owner), owner))
        self.taken[free] = owner
        self.kept.update(f"{free}_{end}" for end in self.derived)
        return free

    def quietly(self, name: str, owner: str) -> str:
        """The same for a name that nobody but nexgen sees: a clash is no news."""
        before = len(self.clashes)
        taken = self.take(name, owner)
        del self.clashes[before:]
        return taken
