"""Tells what kind of thing a question asks for, so that "when" is not answered by a passage without a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_KINDS = (
    (
        "number",
        r"\bhow (?:many|much|old|long|far|tall|big|large|often|fast|high|deep)\b|"
        r"\b(?:what|which) (?:percent|percentage|number|age|price|amount|share|score)\b",
    ),
    ("time", r"\bwhen\b|\b(?:what|which) (?:year|date|day|time|month|decade|week)\b"),
    ("name", r"^\W*(?:who|whom|whose|where)\b|\b(?:what|which) (?:city|country|state|town|place|person|man|woman)\b"),
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|dozens?|hundreds?|thousands?|[mbtr]+illions?|half|third|quarter|both|twice|once|pair|"
    r"couple|several|few|many|most|all|no|none|nobody|single)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|ago|last|next|later|earlier|"
    r"recent(?:ly)?|early|late|since|until|after|before|during|when|while|as|now|soon|once|"
    r"(?:morning|afternoon|evening|night|weekend|week|month|year|decade|century|hour|minute|day|spring|summer|"
    r"autumn|fall|winter)s?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:\"“”\n])\s[\"“‘(]?([^\W\d_a-z][\w’'-]+)")


class Kind(StrEnum):
    """What a question asks for, where its words tell."""

    NUMBER = "number"
    TIME = "time"
    NAME = "name"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question asks for, and the words it gives itself, which are no answer."""

    kind: Kind
    given: frozenset[str]

    @classmethod
    def of(cls, question: str) -> Expected:
        """Judge a question by its question word."""
        kind = next((Kind(name) for name, pattern in _KINDS if re.search(pattern, question.lower())), Kind.ANYTHING)
        return cls(kind, frozenset(_bare(word) for word in re.findall(r"[\w’'-]+", question)))

    def stands_in(self, text: str) -> bool:
        """Whether the text has a number, a time, or a name that the question does not give itself."""
        if self.kind is Kind.NUMBER:
            return _NUMBER.search(text) is not None
        if self.kind is Kind.TIME:
            return _TIME.search(text) is not None
        if self.kind is Kind.NAME:
            return any(_bare(found[1]) not in self.given for found in _NAME.finditer(text))
        return True


def _bare(word: str) -> str:
    return word.lower().strip("'’").removesuffix("'s").removesuffix("’s")
