"""Questions in plain words that ask for a person or for somebody's quotations are told from all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

LONGEST_NAME = 8
"""Most words of a name or role in a question."""


class Wanted(Enum):
    """What a question asks for."""

    PERSON = auto()  # "who is Tom Plant?"
    SAID_BY = auto()  # "what did Putin say about sanctions?"
    SPEAKER_OF = auto()  # "who said there are no secrets?"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked for, of whom, and about what; both are the asker's words."""

    wanted: Wanted
    name: str = ""
    about: str = ""


_SAY = frozenset(
    {
        *("say", "says", "said", "saying", "tell", "told", "think", "thinks", "thought", "talk", "talked", "speak"),
        *("spoke", "claim", "claims", "claimed", "state", "stated", "announce", "announced", "comment", "commented"),
        *(
            "argue",
            "argues",
            "argued",
            "suggest",
            "suggested",
            "add",
            "added",
            "warn",
            "warned",
            "mention",
            "mentioned",
        ),
    }
)
_DO = frozenset(["did", "does", "do", "has", "have", "had", "was", "is", "are", "were", "would"])
_BE = frozenset(["is", "are", "was", "were"])
_ABOUT = frozenset(["about", "on", "of", "regarding", "concerning", "that", "to"])
_ADVERBS = frozenset(["exactly", "actually", "really", "ever", "just", "precisely"])
_ARTICLES = frozenset(["the", "this", "that", "a", "an"])
_QUOTES = frozenset(["quote", "quotes", "quotation", "quotations", "words", "statement", "statements"])


def is_negated(words: str) -> bool:
    """Whether it is asked what somebody did not say: "what did Kelly not say?", "didn't Kelly say so?"."""
    plain = words.lower().replace("’", "'").strip(" ?.!").split()[: LONGEST_NAME + 3]
    verb = next((at for at, word in enumerate(plain) if word in _SAY), 0)
    before = plain[:verb]
    asks = bool(before) and (before[0] in ("what", "who") or before[0].removesuffix("n't") in _DO - _BE)
    return asks and any(word in ("not", "never") or word.endswith("n't") for word in before)


def intent_of(words: str) -> Intent | None:
    """What the words ask for; None for any other question. Linear in the number of words."""
    typed = words.strip(" ?.!").replace("who's ", "who is ").replace("Who's ", "who is ").split()
    plain = [word.lower() for word in typed]
    kept = [word for word, low in zip(typed, plain, strict=True) if low not in _ADVERBS]
    match [word.lower() for word in kept]:
        case ["what", do, *_] if do in _DO:
            return _said_by(kept[2:])
        case [do, *_] if do in _DO - _BE:
            return _said_by(kept[1:])
        case ["who", say, *_] if say in _SAY:
            return Intent(Wanted.SPEAKER_OF, about=_about(kept[2:])) if len(kept) > 2 else None
        case ["who", be, *_] if be in _BE:
            return _person(kept[2:])
        case ["tell", "me", "about", *_]:
            return _person(kept[3:])
        case ["tell", "me", "more", "about", *_]:
            return _person(kept[4:])
        case [quotes, "by" | "of" | "from", *_] if quotes in _QUOTES:
            return _quotes_of(kept[2:])
    return None


def _said_by(rest: Sequence[str]) -> Intent | None:
    """The name up to the verb of saying, and the words after it."""
    verb = next((at for at, word in enumerate(rest[: LONGEST_NAME + 1]) if word.lower() in _SAY), 0)
    return Intent(Wanted.SAID_BY, " ".join(rest[:verb]), _about(rest[verb + 1 :])) if verb else None


def _quotes_of(rest: Sequence[str]) -> Intent | None:
    at = next((at for at, word in enumerate(rest) if word.lower() in ("about", "on")), len(rest))
    return Intent(Wanted.SAID_BY, " ".join(rest[:at]), _about(rest[at:])) if 0 < at <= LONGEST_NAME else None


def _person(rest: Sequence[str]) -> Intent | None:
    name = rest[1:] if rest and rest[0].lower() in _ARTICLES else rest
    return Intent(Wanted.PERSON, " ".join(name)) if 0 < len(name) <= LONGEST_NAME else None


def _about(rest: Sequence[str]) -> str:
    return " ".join(rest[1:] if rest and rest[0].lower() in _ABOUT else rest)
