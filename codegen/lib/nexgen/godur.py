"""Go's duration text ("1m30s", "250ms") as nanoseconds."""

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
