"""Stored passages and quotations become blocks of an answer, with everybody who printed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis import sentences
from analysis.model import Span
from analysis.words import key, tokens
from handlers.answer import Carrier, Quoted
from handlers.current import follow
from handlers.places import written
from handlers.question import Question
from handlers.wording import is_report, shared
from store import Store
from store.model import Passage, StoredQuotation, Story

SHORT = 160
"""Most code points of a quotation that a chat wants short, unless its first sentence is longer."""

FEW_WORDS = 4
"""Words that may be anybody's, so that printing them is not printing the quotation."""


def quotation(said: StoredQuotation, question: Question, story: Story, store: Store) -> Quoted:
    """A quotation with its speaker, the attribution as its own article prints it, and its carriers."""
    return Quoted(
        parts=said.parts,
        carriers=_printed_by(said, story, store),
        of=len(story.articles),
        spoken=True,
        indirect=is_report(said),
        speaker=said.speaker,
        attribution=said.attribution,
        reported_by=said.reported_by,
        context=follow(question, "context", written(said.parts), story=story.id),
        wrong=follow(question, "wrong", written(said.parts), story=story.id),
        set_by_admin=said.set_by_admin,
    )


def listed(said: StoredQuotation, question: Question, story: Story, store: Store) -> Quoted:
    """The same among others: where the chat wants quotations short, less is shown, and it says so.

    What has words of the question that would be left out is shown in full.
    """
    shown = quotation(said, question, story, store)
    if not question.preferences.short:
        return shown
    parts = _shortened(said.parts)
    whole, cut = (" ".join(part.text for part in each) for each in (said.parts, parts))
    if parts == said.parts or shared(question.words, whole) - shared(question.words, cut):
        return shown
    return replace(shown, parts=parts, shortened=True)


def _shortened(parts: Sequence[Passage]) -> tuple[Passage, ...]:
    """The first sentence of a quotation, and those after it that have room."""
    first = parts[0]
    ends = [span.end for span in sentences.split(first.text)]
    fitting = [end for end in ends if end <= SHORT] or ends[:1] or [len(first.text)]
    if fitting[-1] == len(first.text.rstrip()):
        return (first,)
    span = Span(first.span.start, first.span.start + fitting[-1])
    return (replace(first, span=span, text=first.text[: fitting[-1]]),)


def passage(words: Passage, question: Question, story: Story, store: Store) -> Quoted:
    """An outlet's own words, with the articles that carry them."""
    return Quoted(
        parts=(words,),
        carriers=carriers((words,), story, store),
        of=len(story.articles),
        context=follow(question, "context", written((words,)), story=story.id),
    )


def first_printed(words: Passage, question: Question, story: Story, store: Store) -> Quoted:
    """The same as ``passage``, cut from the article that was loaded first of those that print the words."""
    shown = passage(words, question, story, store)
    first = min(shown.carriers, key=lambda carrier: carrier.article.id)
    return shown if first is shown.carriers[0] else passage(first.parts[0], question, story, store)


def carriers(parts: Sequence[Passage], story: Story, store: Store) -> tuple[Carrier, ...]:
    """Each loaded article that prints the words, the one that the parts are cut from first, each once."""
    found = [Carrier(article, spans) for article, spans in store.carriers(story.id, parts)]
    own = store.version(parts[0].version_id)
    if own is None:
        return tuple(found)
    return (Carrier(own, tuple(parts)), *(carrier for carrier in found if carrier.article.id != own.id))


def _printed_by(said: StoredQuotation, story: Story, store: Store) -> tuple[Carrier, ...]:
    """Who carries a quotation: very few words may be anybody's, and count only where the same speaker says them."""
    own, *others = carriers(said.parts, story, store)
    if sum(len(tokens(part.text)) for part in said.parts) <= FEW_WORDS:
        others = [each for each in others if _same_voice(said, store.quotation_at(each.parts[0]))]
    return own, *others


def _same_voice(said: StoredQuotation, other: StoredQuotation | None) -> bool:
    if other is None:
        return False
    return bool({*said.people} & {*other.people}) or key(said.speaker or "") == key(other.speaker or "")


def is_inside(words: Passage, said: StoredQuotation) -> bool:
    """Whether the passage lies wholly in one part of the quotation."""
    return any(_shared(words, part) == len(words.text) for part in said.parts)


def spoken_at(words: Passage, quotations: Sequence[StoredQuotation]) -> StoredQuotation | None:
    """The quotation that the passage is mostly part of: at least half of its length is that quotation's words.

    A few words in marks inside the outlet's own sentence do not make the sentence anybody's speech.
    """
    best, most = None, len(words.text) / 2
    for said in quotations:
        covered = sum(_shared(words, part) for part in said.parts)
        if covered > most or (best is None and covered == most):
            best, most = said, covered
    return best


def _shared(one: Passage, other: Passage) -> int:
    """Code points that two passages have in common."""
    if one.version_id != other.version_id or one.field is not other.field:
        return 0
    return max(0, min(one.span.end, other.span.end) - max(one.span.start, other.span.start))
