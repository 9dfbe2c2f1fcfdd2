"""Tells questions that only point at a message ("who said this?") from those that have words of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from analysis.lists import words as listed
from handlers.intents import Wanted, intent_of


class Points(Enum):
    """What of a message is pointed at."""

    MESSAGE = auto()  # "what is this?"
    WORDS = auto()  # "who said this?", "is that true?", "source?"
    PERSON = auto()  # "who is he?"
    CONTEXT = auto()  # "context?"


@dataclass(frozen=True, slots=True)
class Pointed:
    """``by`` is whom the question names for the words: "did Trump say this?"."""

    at: Points
    by: str = ""


POINTERS = frozenset(["this", "that", "it", "these", "those", "so"])

_SAYING = frozenset(
    {
        *("say", "says", "said", "saying", "tell", "tells", "told", "claim", "claims", "claimed", "state"),
        *("stated", "write", "writes", "wrote", "written", "print", "prints", "printed", "publish"),
        *("published", "report", "reports", "reported", "mean", "means"),
    }
)
_OF_WORDS = frozenset(
    {
        *("true", "false", "real", "right", "correct", "accurate", "fake", "legit", "check", "verify"),
        *("confirm", "fact", "source", "sources", "quote", "quoted", "quotes", "quotation", "exact"),
        *("exactly", "verbatim", "really", "actually", "word", "words", "original", "wording"),
    }
)
_BESIDE = frozenset(
    {
        *("please", "thanks", "hey", "ok", "okay", "wait", "ever", "person", "one", "outlet", "paper"),
        *("newspaper", "article", "articles"),
    }
)
_WHO = re.compile(
    r"(?:and |but |so )?who(?:'s| is| are| was| were) (?:this|that|he|she|they|it)(?: (?:person|guy|man|woman|people))?"
)
_ASKS_WHETHER = frozenset(["did", "does", "has", "have"])
_FROM = re.compile(
    r"(?:is|was) (?:this|that|it) (?:(?:really|actually|ever) )?(?:by|(?:said|written|a quote|words) (?:by|of|from))"
    r" (?P<by>\S.{0,80})",
    re.IGNORECASE,
)
_THEY = frozenset(
    {
        *("he", "she", "they", "i", "you", "we", "it", "this", "that", "who", "anyone", "anybody"),
        *("someone", "somebody", "him", "her", "them", "everyone", "everybody", "people", "where"),
    }
)


def pointed(words: str) -> Pointed | None:
    """What the words point at; None where they have something of their own to look up."""
    plain = words.lower().replace("’", "'").strip(" ?!.…")
    every = [word.removesuffix("'s") for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain)]
    if (by := _named(words)) is not None:
        return Pointed(Points.WORDS, by)
    if _WHO.fullmatch(plain):
        return Pointed(Points.PERSON)
    if not every or not all(map(_is_empty, every)):
        return None
    if "context" in every:
        return Pointed(Points.CONTEXT)
    points = not POINTERS.isdisjoint(every)
    if not _OF_WORDS.isdisjoint(every) or (points and (not _SAYING.isdisjoint(every) or "from" in every)):
        return Pointed(Points.WORDS)
    return Pointed(Points.MESSAGE) if points else None


def _is_empty(word: str) -> bool:
    """Whether a word says nothing of what is to be looked up."""
    return word in listed("stop_words") or word in _SAYING | _OF_WORDS | _BESIDE | _THEY or word == "context"


def _named(words: str) -> str | None:
    """Whom a question names that asks whether they said something which it only points at."""
    typed = words.strip(" ?!.…")
    found = _FROM.fullmatch(typed)
    if found is not None:
        return _name(found["by"])
    intent = intent_of(typed)
    asks = intent is not None and intent.wanted is Wanted.SAID_BY and typed.split()[0].lower() in _ASKS_WHETHER
    if intent is None or not asks or not {*intent.about.lower().split()} <= POINTERS:
        return None
    return _name(intent.name)


def _name(words: str) -> str | None:
    return words if words.lower() not in _THEY and not all(map(_is_empty, words.lower().split())) else None
