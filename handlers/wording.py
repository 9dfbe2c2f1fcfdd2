"""Compares what was typed with what is printed, by the words that tell something."""

from __future__ import annotations

from analysis import sentences
from analysis.lists import words as listed
from analysis.model import QuoteKind
from analysis.stemming import stem
from analysis.words import key
from store.model import StoredQuotation

MARKS = "\"'“”„‟«»‹›「」『』‘’‚`"


def telling(words: str) -> frozenset[str]:
    """The stems of the words that are not mere function words; of all words where none is left."""
    every = key(words).split()
    content = [word for word in every if word not in listed("stop_words")]
    return frozenset(map(stem, content or every))


def has_all(wanted: frozenset[str], text: str) -> bool:
    """Whether each wanted word stands somewhere in the text."""
    return bool(wanted) and wanted <= frozenset(map(stem, key(text).split()))


def shared(words: str, text: str) -> frozenset[str]:
    """The stems of words that tell something and stand in the text too."""
    return telling(words) & frozenset(map(stem, key(text).split()))


def without_article(words: str) -> str:
    """The comparison key of a description or a role without its article: "the president" is "president"."""
    return key(words).removeprefix("the ").removeprefix("a ").removeprefix("an ")


def stands_in(words: str, text: str) -> bool:
    """Whether the words stand in the text in the same order without a gap; both are comparison keys."""
    return bool(words) and f" {words} " in f" {text} "


def wholes(said: StoredQuotation) -> set[str]:
    """Comparison keys of what is no part of a longer quotation: the quotation, each printed part, each sentence."""
    texts = [part.text for part in said.parts]
    cut = [span.cut(text) for text in texts for span in sentences.split(text)]
    return {said.words, *map(key, texts), *map(key, cut)}


def is_report(said: StoredQuotation) -> bool:
    """Whether the outlet's own words are part of it: indirect speech, with some words in marks or with none."""
    if said.kind is not QuoteKind.MIXED:
        return said.kind is QuoteKind.INDIRECT
    texts = [part.text.strip().rstrip(".,;:!?") for part in said.parts]
    return not all(text and text[0] in MARKS and text[-1] in MARKS for text in texts)
