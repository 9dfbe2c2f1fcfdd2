"""How a chat wants its answers: the table of settings as data, and what is set for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat has set, else what holds at first.

    ``page`` is the number of passages on a page. ``short`` cuts quotations after their first sentences, ``indirect``
    shows what is reported without marks, ``anybody`` lets everybody in a group choose its story.
    """

    page: int = 5
    short: bool = False
    indirect: bool = True
    anybody: bool = False


AT_FIRST = Preferences()
"""What holds where nothing is set."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its values as they are typed, each with how it is told; the first holds at first.

    ``hint`` is what the button says that sets a value.
    """

    name: str
    label: str
    values: Mapping[str, str]
    hint: str
    groups_only: bool = False

    def now(self, kept: Mapping[str, str]) -> str:
        """The value that holds."""
        found = kept.get(self.name, "")
        return found if found in self.values else next(iter(self.values))

    def next(self, kept: Mapping[str, str]) -> str:
        """The value after the one that holds; after the last the first."""
        every = list(self.values)
        return every[(every.index(self.now(kept)) + 1) % len(every)]


SETTINGS = (
    Setting("page", "Passages on a page", {"5": "5", "8": "8", "10": "10", "3": "3"}, "{} on a page"),
    Setting("quotes", "Quotations", {"full": "in full", "short": "short"}, "Quotations {}"),
    Setting("reported", "Reported speech", {"shown": "shown", "hidden": "hidden"}, "Reported speech {}"),
    Setting(
        "story",
        "The story of this group is chosen by",
        {"admins": "admins of the group", "everybody": "everybody"},
        "Chosen by {}",
        groups_only=True,
    ),
)


def of(kept: Mapping[str, str]) -> Preferences:
    """What is set; a value that is none (any more) is passed over."""
    page, quotes, reported, story = (setting.now(kept) for setting in SETTINGS)
    return Preferences(int(page), quotes == "short", reported == "shown", story == "everybody")
