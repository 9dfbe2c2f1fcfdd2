"""Which words of a message are looked up, and how each of them stands in the loaded articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.asserted import MOST, Asserted, asserted, unmarked
from analysis.model import Span
from analysis.words import find, key, tokens
from handlers.checking import LEAST_WORDS, Found, Verdict, check
from handlers.credited import Judged
from handlers.current import current
from handlers.intents import Wanted, intent_of
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import WORDS_LIMIT, tidy
from handlers.wording import stands_in, wholes
from store import Store
from store.model import StoredQuotation

NEARLY = 0.85
"""How alike several sentences without marks have to be to be told of as one."""

LEAST_WITHIN = 6
"""Fewer words of a sentence without marks are not taken out of it."""


def judge(text: str, question: Question, store: Store, by: str = "") -> list[Judged]:
    """Each quotation of a text; those that are found in the same printed quotation count once.

    ``by`` is whom the asker names for all of them. Raises LookupError where there is no story.
    """
    found = _judged(text, replace(question, story=current(question, store).id, reply=None), store)
    return [_asked_of(each, by) for each in found] if by else found


def _asked_of(judged: Judged, by: str) -> Judged:
    """The same, said to be somebody's; a name without capitals is one only where the story has such a person."""
    capital = any(word[:1].isupper() for word in by.split())
    claim = replace(judged.claim, speaker=by if capital else None, perhaps="" if capital else by)
    return replace(judged, claim=claim, asked=True)


def _judged(text: str, question: Question, store: Store) -> list[Judged]:
    claims = asserted(text)
    if not claims:
        return [Judged(Asserted(text, Span(0, len(text)), False), Found(Verdict.SHORT, text))]
    if not claims[0].marked:
        return [_within(each, question, store) for each in _unmarked(text, claims, question, store)]
    found = [Judged(each, check(tidy(each.words), question, store)) for each in claims]
    longer = [each for each in found if each.found.verdict is not Verdict.SHORT]
    if longer:
        return _once(longer)
    around = _unmarked(text, unmarked(text), question, store)
    return found[:1] if all(_little_around(each, claims) for each in around) else around


def _little_around(judged: Judged, claims: Sequence[Asserted]) -> bool:
    """Whether a sentence that is not printed has hardly more than the marked words: nothing can be told of those."""
    within = [each for each in claims if judged.claim.span.holds(each.span)]
    more = len(tokens(judged.claim.words)) - sum(len(tokens(each.words)) for each in within)
    return judged.found.verdict is Verdict.ABSENT and bool(within) and more < LEAST_WORDS


def _once(judged: Sequence[Judged]) -> list[Judged]:
    seen: dict[object, Judged] = {}
    for at, each in enumerate(judged):
        said = each.found.said if each.found.verdict is Verdict.EXACT else None
        seen.setdefault((said.parts, each.claim.speaker) if said else at, each)
    return list(seen.values())


def _unmarked(text: str, claims: Sequence[Asserted], question: Question, store: Store) -> list[Judged]:
    """Words without marks: the whole of them, else each sentence, with or without who is said to say it."""
    whole = Asserted(text, Span(0, len(text)), False)
    tries = [whole, *_asked_for(text)]
    if len(claims) == 1 and tidy(claims[0].words) != tidy(text):
        tries += [claims[0]]
    best = min((Judged(each, check(tidy(each.words), question, store)) for each in tries), key=_rank)
    if best.found.verdict is Verdict.ABSENT and (few := _too_few(claims)):
        return [few]
    if len(claims) == 1 or best.found.verdict < Verdict.ALTERED or _nearly(best.found):
        return [best]
    found = [Judged(each, check(tidy(each.words), question, store)) for each in claims]
    there = _once([each for each in found if each.found.verdict < Verdict.ABSENT])
    return [*there, *(each for each in found if each.found.verdict is Verdict.ABSENT)][:MOST] or [best]


def _too_few(claims: Sequence[Asserted]) -> Judged | None:
    """The one thing that somebody is said to say, where it has too few words to tell that it is not printed."""
    words = tidy(claims[0].words)
    few = len(claims) == 1 and len(tokens(words)) < LEAST_WORDS
    return Judged(claims[0], Found(Verdict.SHORT, words)) if few else None


def _within(judged: Judged, question: Question, store: Store) -> Judged:
    """Of a sentence that has a whole quoted sentence in it, word for word, that one: nothing of it is altered."""
    claim, found = judged.claim, judged.found
    story = question.story if found.story is None else found.story.id
    if found.verdict not in {Verdict.ALTERED, Verdict.ABSENT} or story is None:
        return judged
    written = key(claim.words)
    whole = {each for said in _alike(written, story, store) for each in wholes(said) if stands_in(each, written)}
    longest = max(whole, key=len, default="")
    if len(longest.split()) < LEAST_WITHIN:
        return judged
    words = next(find(tokens(longest), tokens(claim.words))).cut(claim.words)
    inner = check(words, replace(question, story=story), store)
    return Judged(replace(claim, words=words, whole=claim.whole or claim.words), inner)


def _alike(written: str, story: int, store: Store) -> Iterator[StoredQuotation]:
    """The quotations that share enough words with what is written to be in it."""
    words = {*written.split()}
    return (said for said in said_in(story, store) if len(words & {*said.words.split()}) >= LEAST_WITHIN - 1)


def _nearly(found: Found) -> bool:
    return found.alignment is not None and found.alignment.similarity >= NEARLY


def _rank(judged: Judged) -> tuple[int, float, bool]:
    return judged.found.rank


def _asked_for(text: str) -> Iterator[Asserted]:
    """The words of a question such as "did Putin say there are no secrets?"."""
    intent = intent_of(tidy(text)[:WORDS_LIMIT])
    if intent is not None and intent.about and intent.wanted is not Wanted.PERSON:
        name = intent.name or None
        yield Asserted(intent.about, Span(0, len(text)), False, None, perhaps=name or "")
