"""Formats and patterns as libnex checks them, near enough to judge instances by."""

from __future__ import annotations

import datetime
import functools
import ipaddress
import re
import warnings
from collections.abc import Callable

from .durations import duration_ns, iso_parts

_NAME = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:"
_PLAIN_URI = r"[^\s<>\"{}|\\^`]*"
_HALF_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATTERNS = {
    "hostname": rf"(?=.{{1,253}}\Z){_NAME}(\.{_NAME})*",
    "email": rf"[^@\s\"(),:;<>\[\]\\]+@{_NAME}(\.{_NAME})*",
    "uri": _SCHEME + _PLAIN_URI,
    "uri-reference": _PLAIN_URI,
    "iri": _SCHEME + _PLAIN_URI,
    "iri-reference": _PLAIN_URI,
    "uuid": r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "uri-template": r"([^\s<>\"{}|\\^`]|\{[^{}\s]+\})*",
    "json-pointer": r"(/([^~/]|~[01])*)*",
    "relative-json-pointer": r"(0|[1-9][0-9]*)(#|(/([^~/]|~[01])*)*)",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|z|[+-][0-9]{2}:[0-9]{2})",
}


@functools.cache
def compiled(pattern: str) -> re.Pattern[str] | None:
    """An ECMA-262 pattern as Python has it; None where Python cannot."""
    text = re.sub(r"\(\?<([A-Za-z_])", r"(?P<\1", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(text, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None


def _date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _time(text: str) -> bool:
    if not re.fullmatch(_PATTERNS["time"], text):
        return False
    return int(text[:2]) < 24 and int(text[3:5]) < 60 and int(text[6:8]) < 60


def _date_time(text: str) -> bool:
    return _date(text[:10]) and text[10:11] in ("T", "t", " ") and _time(text[11:])


def _address(version: int) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            return ipaddress.ip_address(text).version == version and "%" not in text
        except ValueError:
            return False

    return check


_CHECKS: dict[str, Callable[[str], bool]] = {
    "date": _date,
    "time": _time,
    "date-time": _date_time,
    "duration": lambda text: iso_parts(text) is not None,
    "go-duration": lambda text: duration_ns(text) is not None,
    "ipv4": _address(4),
    "ipv6": _address(6),
    "regex": lambda text: compiled(text) is not None,
    "idn-email": lambda text: "@" in text[1:-1],
    "idn-hostname": lambda text: bool(text) and not re.search(r"\s", text),
}


def has_format(name: str, text: str) -> bool:
    """Whether a text is of a format; of a format that is not checked any text is."""
    if name in _CHECKS:
        return _CHECKS[name](text)
    if name not in _PATTERNS:
        return True
    fits = re.fullmatch(_PATTERNS[name], text) is not None
    return fits and not (name.startswith(("uri", "iri")) and _HALF_PERCENT.search(text))
