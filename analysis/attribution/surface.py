"""Finds the reporting clause right after a quotation by the order of words alone, where the parser lost it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from analysis.attribution.clauses import PHRASAL, Clause
from analysis.attribution.phrases import PRONOUNS
from analysis.attribution.speakers import can_speak, might_speak
from analysis.parsing import Parsed
from analysis.roles import is_role
from analysis.verbs import FORMS

if TYPE_CHECKING:
    from spacy.tokens import Token

ADVERBS = frozenset(
    [
        "also",
        "then",
        "later",
        "once",
        "again",
        "now",
        "just",
        "even",
        "simply",
        "only",
        "both",
        "has",
        "have",
        "had",
        "would",
    ]
)
READ = frozenset({"read", "reads"})  # which the tagger takes for a noun: "the email read"
INSIDE = ("NN", "NNP", "NNS", "NNPS", "HYPH", "JJ", "POS", "VBG", "VBN", "CD")
OPENERS = frozenset(["the", "a", "an", "his", "her", "their", "its", "one", "another", "this", "that"])


def clause_after(parsed: Parsed, last: int) -> Clause | None:
    """The clause "said NAME" or "NAME said" that begins right after token ``last``, as words tell it."""
    doc = parsed.doc
    at = last + 1
    while at < len(doc) and doc[at].is_punct and doc[at].text not in (".", ";"):
        at += 1
    if at >= len(doc) or doc[at].text in (".", ";") or parsed.stretch_of(at) >= 0:
        return None
    return _verb_first(parsed, at) or _name_first(parsed, at)


def clause_before(parsed: Parsed, first: int, known_verbs: Set[int]) -> Clause | None:
    """The clause "NAME said" that ends right before token ``first``; "the vicar, NAME, said" where no parse has it."""
    doc = parsed.doc
    verb = first - 1
    while verb > 0 and (doc[verb].text in (",", ":") or doc[verb].lower_ == "that"):
        verb -= 1
    known = FORMS.get(doc[verb].lower_) if verb > 0 and parsed.stretch_of(verb) < 0 else None
    if known is None and (opening := _said_name(parsed, verb)):
        return opening
    if known is None or doc[verb].lower_.endswith("ing") or doc[verb].tag_ in ("VB", "NN", "NNS", "NNP", "NNPS"):
        return None
    end = verb - 1
    while end > 0 and (doc[end].lower_ in ADVERBS or doc[end].lower_.endswith("ly")):
        end -= 1
    if end > 1 and doc[end].text == "," and verb not in known_verbs and known.strong and doc[end - 1].tag_ == "NNP":
        end -= 1
    spoken = doc[end].lower_ in PRONOUNS or (doc[end].tag_.startswith("NN") and doc[end].text[:1].isupper())
    if end < 0 or not spoken or parsed.stretch_of(end) >= 0:
        return None
    return Clause(verb, end, known.lemma, known.strong)


def past_source(parsed: Parsed, first: int, source: Clause | None) -> Clause | None:
    """The clause around a source: "Ortiz, according to a reporter, replied: “…”" are the words of Ortiz."""
    if source is None or not source.source:
        return None
    doc, verb = parsed.doc, first - 1
    while verb > source.subject and doc[verb].text in (",", ":"):
        verb -= 1
    known = FORMS.get(doc[verb].lower_)
    speaker = source.verb - 2
    if known is None or not known.strong or verb <= source.subject or speaker < 0 or doc[source.verb - 1].text != ",":
        return None
    return Clause(verb, speaker, known.lemma, known.strong) if can_speak(doc[speaker]) else None


def _said_name(parsed: Parsed, end: int) -> Clause | None:
    """The clause "Said Ellis" that opens a sentence and ends with token ``end``."""
    doc = parsed.doc
    at = end if can_speak(doc[end]) else 0
    while at > 0 and end - at < 5 and doc[at].text[:1].isupper() and doc[at].is_alpha:
        if doc[at - 1].lower_ in FORMS and doc[at - 1].tag_.startswith("VB"):
            known = FORMS[doc[at - 1].lower_]
            if doc[at - 1].lower_.endswith("ing"):
                return None  # "asking Gwen, “…”"
            return Clause(at - 1, end, known.lemma, known.strong) if known.strong else None
        at -= 1
    return None


def _verb_first(parsed: Parsed, at: int) -> Clause | None:
    doc = parsed.doc
    if doc[at].tag_ == "RB" and at + 1 < len(doc):
        at += 1
    known = FORMS.get(doc[at].lower_)
    if known is None or doc[at].lower_.endswith("ing") or doc[at].text[:1].isupper() or known.lemma in PHRASAL:
        return None
    end = _phrase_end(parsed, at + 1)
    read_from = end is not None and known.lemma == "read" and can_speak(doc[end])
    if end is None or not (known.strong or read_from or doc[end].tag_ in ("NNP", "NNPS", "PRP")):
        return None
    return Clause(at, end, known.lemma, known.strong)


def _name_first(parsed: Parsed, at: int) -> Clause | None:
    doc = parsed.doc
    end = _phrase_end(parsed, at)
    if end is None:
        return None
    if end > at and _taken_for_noun(doc[end]):
        end -= 1
    verb = end + 1
    while verb < len(doc) and (doc[verb].lower_ in ADVERBS or doc[verb].lower_.endswith("ly")):
        verb += 1
    known = FORMS.get(doc[verb].lower_) if verb < len(doc) else None
    if (
        known is None
        or known.lemma in PHRASAL
        or doc[verb].lower_.endswith("ing")
        or not (known.strong or doc[verb].tag_.startswith("VB") or (known.lemma == "read" and can_speak(doc[end])))
    ):
        return None
    if known.lemma == "put" and (verb + 1 == len(doc) or doc[verb + 1].lower_ != "it"):
        return None
    if known.lemma in ("quote", "cite") and (said := _quoted_end(parsed, verb)) is not None:
        return Clause(verb, said, known.lemma, known.strong, reporter=end)
    return Clause(verb, end, known.lemma, known.strong)


def _taken_for_noun(word: Token) -> bool:
    """Whether a verb after a name is a noun to the parser: "Petkov elaborates."."""
    known = FORMS.get(word.lower_)
    return known is not None and known.strong and word.tag_ == "NNS" and word.nbor(-1).tag_ == "NNP"


def _quoted_end(parsed: Parsed, verb: int) -> int | None:
    """The last word of who is quoted in "the agency quoted NAME as saying"."""
    end = _phrase_end(parsed, verb + 1)
    said = [token.lower_ for token in parsed.doc[end + 1 : end + 3]] if end is not None else []
    return end if said == ["as", "saying"] else None


def _phrase_end(parsed: Parsed, at: int) -> int | None:
    """The last word of the noun phrase that begins at a token; None where none does."""
    doc = parsed.doc
    if at >= len(doc):
        return None
    counts = doc[at].lower_ == "one" and at + 1 < len(doc) and doc[at + 1].tag_.startswith("NN")
    if doc[at].lower_ in PRONOUNS and not counts:
        return at
    end = at if _nounlike(doc[at]) or doc[at].lower_ in OPENERS or _titled(doc[at]) else None
    if end is None:
        return None
    while end + 1 < len(doc) and end - at < 9 and _nounlike(doc[end + 1]) and parsed.stretch_of(end + 1) < 0:
        if doc[end + 1].lower_ in READ:
            break
        end += 1
    named = doc[end].text[:1].isupper() and doc[end].is_alpha
    aged = end - at > 2 and doc[end].lower_ == "old" and doc[end - 1].text == "-"
    return end if named or aged or (doc[end].tag_.startswith("NN") and might_speak(doc[end])) else None


def _titled(token: Token) -> bool:
    """Whether a word is a role in front of a name, also where the parser took it for a verb: "says guide Ann Roe"."""
    return is_role(token.lower_) and token.i + 1 < len(token.doc) and token.nbor().text[:1].isupper()


def _nounlike(token: Token) -> bool:
    if token.lower_ in FORMS and not token.text[:1].isupper() and not token.tag_.startswith("NN"):
        return False
    return token.tag_ in INSIDE or (token.text[:1].isupper() and token.is_alpha)
