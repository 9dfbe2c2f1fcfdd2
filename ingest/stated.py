"""Dates and names that a source states, read from its words; nothing is worked out that is not printed there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from analysis import lists
from analysis.line_kinds import AND, dated_outlet, is_outlet

LONGEST_IDEOGRAMS = 8
_MONTH = rf"(?P<month>{lists.either_of(lists.months())})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>\d{4})"
_OF = r"(?: de| d[eo]| של)?"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_DAY},?{_OF} {_MONTH},?{_OF} {_YEAR}\b",
        rf"\b{_YEAR} ?[年년] ?(?P<month>\d{{1,2}}) ?[月월] ?(?P<day>\d{{1,2}}) ?[日일]",
        rf"\b(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./]{_YEAR}\b",
    )
)
_ZONES = {  # hours from UTC of the names that mean one zone
    **{
        "WET": 0,
        "BST": 1,
        "CET": 1,
        "MEZ": 1,
        "CEST": 2,
        "MESZ": 2,
        "EET": 2,
        "SAST": 2,
        "EEST": 3,
        "MSK": 3,
        "HKT": 8,
    },
    **{"SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
    **{"EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8},
}
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.hH時时](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    rf"(?:\s*(?:Uhr|h))?\s*\(?(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d|(?:{'|'.join(_ZONES)})\b)?",
    re.I,
)
_LABEL = re.compile(r"^(?:by|written by|reported by|story by|words by|posted by|authors?)\s*:?\s+", re.I)
_FOREIGN_LABEL = re.compile(rf"^(?:{lists.either('byline_words')})\s*:?\s+(?=[^\W\d_]\S* \S)", re.I)
_DESK = re.compile(r"\(?(?:reporting(?: and writing)? by (?P<names>[^;.)]+)|(?:additional|editing|writing)\b)", re.I)
_OUTLET = re.compile(r"(?:outlet|publication|publisher|newspaper)\s*:\s*(?P<name>\S.*)", re.I)
_LINK = re.compile(r"(?:(?:url|link)\s*:\s*)?(?P<link>https?://\S+)", re.I)
_CONTACT = re.compile(r"\S+@\S+|https?://\S+|@\w+|\b(?:follow|email)\b.*", re.I)
_JOINED = re.compile(r"\s*(?:[,;|•·、，；]|\s/\s|\band\b|&|\bwith\b|\bund\b)\s*", re.I)
_JOINED_FULL = re.compile(rf" (?:{AND}) (?=\S+ \S)")
_PLACE = re.compile(r"\s+(?:in|at|for|from|aus|à)\s+(?=[A-Z]).*?(?=\s(?:and|und|et)\s|[,;&|]|$)")
_TITLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|producer|columnist|journalist|bureau|chief|news|desk|press|"
    r"agency|team|contributor|analyst|photographer|service|media|updated|published|min read|minutes?)s?\b",
    re.I,
)


def date_in(words: str) -> datetime | None:
    """The date that the words state; None without one, or where day and month cannot be told apart.

    It keeps the stated zone, so that its day is the one that was printed. What states no zone is in UTC, and
    a date without a time is midnight.
    """
    found = next((match for form in _FORMS if (match := form.search(words))), None)
    if found is None:
        return None
    day = _day(found)
    return _at(day, _CLOCK.search(words, found.end())) if day else None


def _day(found: re.Match[str]) -> date | None:
    printed = found["month"]
    month = int(printed) if printed.isdigit() else lists.months()[printed.lower()]
    day, numbers = int(found["day"]), printed.isdigit() and not found[0][:4].isdigit()
    if numbers and max(day, month) < 13 and day != month:
        return None
    try:
        return date(int(found["year"]), *((day, month) if numbers and month > 12 else (month, day)))
    except ValueError:
        return None


def _at(day: date, clock: re.Match[str] | None) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if clock is None:
        return midnight
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    half = (clock["half"] or "")[:1].lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if hour > 23 or minute > 59 or second > 59:
        return midnight
    try:
        return midnight.replace(hour=hour, minute=minute, second=second, tzinfo=_zone(clock["zone"]))
    except ValueError:
        return midnight


def _zone(printed: str | None) -> timezone:
    if printed and printed.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[printed.upper()]))
    if not printed or printed[0] not in "+-":
        return UTC
    minutes = int(printed[1:3]) * 60 + int(printed[-2:])
    return timezone(timedelta(minutes=-minutes if printed[0] == "-" else minutes))


def outlet_in(line: str) -> str | None:
    """The outlet that a line names as such ("Publication: Daily Courier"), or prints with nothing but a date."""
    found = _OUTLET.fullmatch(line)
    return found["name"].strip() if found else dated_outlet(line)


def link_in(line: str) -> str | None:
    """The link that is all of a line, a label aside."""
    found = _LINK.fullmatch(line)
    return found["link"] if found else None


def names_in(byline: str) -> tuple[str, ...]:
    """The names of a byline as printed ("By Ana Ruiz and Piotr Nowak in London"), without titles and places.

    Of an agency's note at the end ("Reporting by …; editing by …") it is who reported.
    """
    if outlet_in(byline) or link_in(byline):
        return ()
    desk = _DESK.match(byline)
    if desk:
        return names_in(f"By {desk['names']}") if desk["names"] else ()
    bare = _PLACE.sub("", _CONTACT.sub("", without_label(byline.strip().strip("|•–— "))))
    names = (piece.strip(" .()|–—-") for part in _JOINED.split(bare) for piece in _full_names(part))
    return tuple(dict.fromkeys(_cased(name) for name in names if _is_person(name)))


def without_label(byline: str) -> str:
    """The byline without the word that opens it ("By", "Von", "Par")."""
    bare = _LABEL.sub("", byline)
    return bare if bare != byline else _FOREIGN_LABEL.sub("", byline)


def _full_names(part: str) -> list[str]:
    """The names that a short word joins ("Ana Ruiz y Piotr Nowak"), where each is a first and a last name."""
    pieces = _JOINED_FULL.split(part)
    return pieces if all(" " in piece.strip() for piece in pieces) else [part]


def _is_person(name: str) -> bool:
    """A place or a title after a comma is no author; an author has a first and a last name, at most five words.

    In writing without spaces a name is one short word.
    """
    parts = name.split()
    if len(parts) == 1 and name.isalpha() and name[0] >= lists.FIRST_IDEOGRAM:
        return 2 <= len(name) <= LONGEST_IDEOGRAMS
    if name.casefold() in lists.words("places"):
        return False
    return (
        2 <= len(parts) <= 5
        and parts[0][0] == parts[0][0].upper()
        and not _TITLE.search(name)
        and not is_outlet(name)
        and not any(map(str.isdigit, name))
    )


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name
