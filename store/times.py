"""Keeps moments as text that sorts."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment, as kept."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """A moment in UTC, in a form that sorts as text; one without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # the first or last day that a datetime can tell
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="microseconds")
