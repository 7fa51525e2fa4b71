"""The texts of durations: Go's ("1m30s", "250ms") and ISO 8601's ("P1DT2H")."""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9,
          "m": 60 * 10**9, "h": 3600 * 10**9}  # fmt: skip
_PART = re.compile(r"([0-9]*\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)")


def duration_ns(text: str) -> int | None:
    """The span, or None when the text is none or does not fit 64 bits."""
    sign = -1 if text.startswith("-") else 1
    rest = text.lstrip("+-") if text[:1] in ("+", "-") else text
    if rest == "0":
        return 0
    total, at = Fraction(0), 0
    while at < len(rest):
        match = _PART.match(rest, at)
        if match is None or match.group(1) in ("", "."):
            return None
        total += (
            Fraction(match.group(1) if match.group(1)[0] != "." else "0" + match.group(1))
            * _UNITS[match.group(2)]
        )
        at = match.end()
    span = sign * int(total)
    return span if at and abs(span) < 2**63 else None


# RFC 3339, appendix A: a unit is followed by the next smaller one only.
_ISO = re.compile(
    r"P(?!\Z)(?![0-9]+Y[0-9]+D)(?:(?P<W>[0-9]+)W|"
    r"(?:(?P<Y>[0-9]+)Y)?(?:(?P<M>[0-9]+)M)?(?:(?P<D>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?![0-9]+H[0-9]+S)(?:(?P<h>[0-9]+)H)?(?:(?P<m>[0-9]+)M)?(?:(?P<s>[0-9]+)S)?)?)"
)


def iso_parts(text: str) -> tuple[int, int, int] | None:
    """Months, days and seconds; None when the text is no ISO 8601 duration."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    n = {name: int(held or 0) for name, held in match.groupdict().items()}
    return n["Y"] * 12 + n["M"], n["W"] * 7 + n["D"], n["h"] * 3600 + n["m"] * 60 + n["s"]
