"""Cuts the reporting phrase as it is printed, and finds the agency or paper that is said to have carried the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.attribution.clauses import NOBODY, Clause
from analysis.attribution.phrases import Phrase, named_after, phrase
from analysis.attribution.subjects import leaves_relative
from analysis.model import Span
from analysis.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

CARRIES = frozenset({"report", "according to", "quote", "cite", "write"})
LONGEST = 60  # tokens
ENDS = frozenset({".", "?", "!", ";", ":"})


def attribution(parsed: Parsed, clause: Clause, after: bool, carrier: Clause | None) -> Span | None:
    """The whole reporting phrase, as in "according to Tom Plant at the Royal United Services Institute"."""
    if clause.subject == NOBODY:
        return None
    first, last = _core(parsed, clause)
    if clause.source or after:
        stop = _carrier_start(parsed, carrier, last) if carrier else len(parsed.doc)
        last = max(last, _sentence_end(parsed, last, stop)) if not _leads(parsed, clause) else last
    return parsed.span(first, last) if last - first <= LONGEST else None


def _leads(parsed: Parsed, clause: Clause) -> bool:
    """Whether "According to …" stands at the head of its sentence, before what it reports."""
    return clause.source and clause.verb == parsed.doc[clause.verb].sent.start


def _core(parsed: Parsed, clause: Clause) -> tuple[int, int]:
    head = parsed.doc[clause.subject]
    inside = [token.i for token in head.subtree if parsed.stretch_of(token.i) < 0]
    near = _unbroken(inside, head.i)
    return min(near[0], clause.verb), max(near[-1] if clause.source else (named_after(head) or head).i, clause.verb)


def _unbroken(tokens: Sequence[int], around: int) -> list[int]:
    """The run of neighbouring tokens that holds one of them."""
    run = [around]
    for token in sorted(each for each in tokens if each > around):
        if token == run[-1] + 1:
            run.append(token)
    for token in sorted((each for each in tokens if each < around), reverse=True):
        if token == run[0] - 1:
            run.insert(0, token)
    return run


def _sentence_end(parsed: Parsed, start: int, stop: int) -> int:
    """The last token before the sentence ends, or before the next words in marks begin."""
    last = start
    for token in parsed.doc[start + 1 : stop]:
        if token.text in ENDS or parsed.stretch_of(token.i) >= 0:
            break
        last = token.i
    while last > start and parsed.doc[last].is_punct:
        last -= 1
    return last


def _carrier_start(parsed: Parsed, carrier: Clause, last: int) -> int:
    edge = min(carrier.verb, carrier.subject, *(token.i for token in parsed.doc[carrier.subject].lefts))
    return edge if edge > last else len(parsed.doc)


def carrier_of(parsed: Parsed, clause: Clause, found: Sequence[Clause]) -> Clause | None:
    """The clause "…, Reuters reported" that follows a reporting clause in the same sentence."""
    for other in found:
        if other.lemma not in CARRIES or other.subject in (NOBODY, clause.subject) or other.verb == clause.verb:
            continue
        between = parsed.doc[min(other.verb, clause.verb) : max(other.verb, clause.verb)]
        if other.verb > clause.verb and not any(token.text in ENDS for token in between) and _named(parsed, other):
            return other
    return None


def teller_of(parsed: Parsed, clause: Clause, found: Sequence[Clause]) -> Phrase | None:
    """Who tells that somebody said it: "Ann Lee says Bo Lind told her “…”", "…, Bo Lind told her, Ann Lee said"."""
    strong = {each.verb: each for each in found if each.strong and not each.source and each.subject != NOBODY}
    at = parsed.doc[clause.verb]
    if leaves_relative(at):
        return None
    while at.head.i != at.i:
        at, below = at.head, at
        outer = strong.get(at.i)
        if any(token.text == ";" for token in parsed.doc[min(at.i, clause.verb) : max(at.i, clause.verb)]):
            return None
        if outer is not None and below.dep_ == "ccomp" and outer.subject not in (clause.subject, clause.reporter):
            return phrase(parsed, parsed.doc[outer.subject], joint=False)
    return None


QUOTED_BY = re.compile(r", as (?:quoted|reported|cited|carried|told|recalled|remembered|relayed) (?:by|to) $")


def quoter_of(parsed: Parsed, clause: Clause) -> Phrase | None:
    """The carrier in "…, she said, as quoted by Varna Press"."""
    for token in parsed.doc[clause.verb : parsed.doc[clause.verb].sent.end]:
        if token.dep_ == "pobj" and token.head.lower_ in ("by", "to") and parsed.stretch_of(token.i) < 0:
            before = parsed.doc.text[: token.left_edge.idx]
            if QUOTED_BY.search(before[-40:]):
                return phrase(parsed, token, joint=False)
    return None


def _named(parsed: Parsed, clause: Clause) -> bool:
    head: Token = parsed.doc[clause.subject]
    return head.tag_ in ("NNP", "NNPS") or head.text[:1].isupper() or head.lower_ in BODIES


BODIES = frozenset(
    {"agency", "newspaper", "paper", "network", "broadcaster", "station", "magazine", "media", "website"}
)


def carrier_phrase(parsed: Parsed, carrier: Clause) -> Phrase:
    """The carrier as printed."""
    return phrase(parsed, parsed.doc[carrier.subject], joint=False)
