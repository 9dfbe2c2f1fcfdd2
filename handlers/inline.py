"""Passages to be put into any chat, from every story: an inline query says neither its chat nor a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest

from analysis.model import QuoteKind
from analysis.words import key
from handlers import ask, check, links, places, showing
from handlers.answer import Answer, Block, Group, Note, Quoted
from handlers.choosing import Chosen, by_intent, by_words, printed
from handlers.current import heading, title
from handlers.evidence import FOUND, best
from handlers.grouping import once
from handlers.intents import Wanted, intent_of, is_negated
from handlers.people import meant
from handlers.plain import NOT_SAID, no_articles
from handlers.pointing import pointed
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import REPLY_LIMIT, WORDS_LIMIT, tidy
from handlers.wording import stands_in
from store import Store
from store.model import Hit, Passage, StoredQuotation, Story

PAGE = 20
"""Passages that are offered at once."""

MOST = 100
"""Passages that are offered in all; whoever wants others has to say more."""

LONGEST = 3_000
"""Most code points of a quotation that is offered; of longer ones the sentences are."""

_STORIES = 8  # that are looked through
_NEWEST = 5  # stories that are offered from where nothing is asked
_TELLING = range(30, 400)  # code points of a quotation that stands for its story


@dataclass(frozen=True, slots=True)
class Offer:
    """One passage to choose. ``key`` is the same each time it is offered; ``link`` leads to its context."""

    key: str
    title: str
    words: str
    answer: Answer
    link: str


@dataclass(frozen=True, slots=True)
class Offers:
    """One page; ``more`` says that another one follows."""

    items: tuple[Offer, ...] = ()
    more: bool = False


def offers(typed: str, start: int, store: Store) -> Offers:
    """The passages from number ``start`` on: quotations first, then sentences that hold the words.

    With no words, one quotation after the other of each of the newest stories.
    """
    words = tidy(typed)[:WORDS_LIMIT]
    start = min(max(start, 0), MOST)
    found = _about(words, store) if words else _newest(store)
    page = list(islice(_once(found), start, min(start + PAGE + 1, MOST)))
    return Offers(tuple(page[:PAGE]), len(page) > PAGE and start + PAGE < MOST)


def guest(question: Question, store: Store) -> Answer:
    """The best passage for a question in a chat that the bot is not in, or plainly that there is none.

    A message that is replied to without words is checked.
    """
    stories = store.newest_stories(_NEWEST)
    if not stories:
        return Answer(no_articles(question, store).heading)
    words = tidy(question.words)[:WORDS_LIMIT]
    reply, at = question.reply[:REPLY_LIMIT] if question.reply else None, pointed(words)
    if question.command == "check" or (reply and (not words or at is not None)):
        spoken = "" if at is not None and reply else words
        asked = replace(question, command="check", words=spoken, reply=reply, story=stories[0].id)
        return _alone(check.answer(asked, store, at.by if at is not None else ""))
    if not words:
        return Answer("What would you like to know?", (Note("Call the bot by its name with a question."),))
    for story in _likely(words, store):
        asked = replace(question, command="ask", words=words, reply=None, story=story.id)
        found = next(_quoted(ask.answer(asked, store).blocks), None)
        if found is not None:
            return Answer(_above(words, story, store), (_bare(found),), link=_link(found))
    return Answer(NOT_SAID)


def _above(words: str, story: Story, store: Store) -> str:
    """The story, after the name of whoever is asked about: a role that is shown ("harbour master") has none."""
    intent = intent_of(words)
    if intent is None or intent.wanted is not Wanted.PERSON:
        return title(story)
    person = meant(intent.name, store.cast(story.id)).clear
    return title(story) if person is None else heading(person.name, story)


def _alone(answer: Answer) -> Answer:
    """The answer without its buttons, for where nobody can tap them."""
    return Answer(answer.heading, tuple(_without_buttons(answer.blocks)))


def _without_buttons(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Group):
            yield replace(block, blocks=tuple(_without_buttons(block.blocks)))
        else:
            yield _bare(block) if isinstance(block, Quoted) else block


def _bare(quoted: Quoted) -> Quoted:
    return replace(quoted, context=None, wrong=None)


def _likely(words: str, store: Store) -> list[Story]:
    """The stories that print the words, the best first, then the newest ones: a name may be misspelt."""
    homes = (store.story_of(hit.article_id) for hit in _ranked(store.search(words, None, FOUND), words, store))
    found = islice(dict.fromkeys(each for each in homes if each is not None), _STORIES)
    printed_in = [story for each in found if (story := store.story(each)) is not None]
    known = {story.id for story in printed_in}
    return [*printed_in, *(story for story in store.newest_stories(_NEWEST) if story.id not in known)]


def _ranked(hits: Sequence[Hit], words: str, store: Store) -> list[Hit]:
    """The windows with the best sentences first, then the others as they were found."""
    good = [each.version_id for each in best(words, hits, store, FOUND)]
    order = {version: at for at, version in reversed(list(enumerate(good)))}
    return sorted(hits, key=lambda hit: order.get(hit.window.version_id, len(order)))


def _quoted(blocks: Iterable[Block]) -> Iterator[Quoted]:
    for block in blocks:
        if isinstance(block, Group):
            yield from _quoted(block.blocks)
        elif isinstance(block, Quoted):
            yield block


def _about(words: str, store: Store) -> Iterator[Offer]:
    """What the words ask for: quotations of each likely story, then sentences of all."""
    if is_negated(words):
        return
    hits = store.search(words, None, FOUND)
    for story in _likely(words, store):
        for said in once(_chosen(words, story, store).quotations):
            yield _spoken(said, story, store)
    for sentence in best(words, hits, store, MOST):
        yield from _sentence(sentence, store)


def _chosen(words: str, story: Story, store: Store) -> Chosen:
    """The quotations that the words name: by speaker, by words in them, or by both."""
    said, cast = said_in(story.id, store), store.cast(story.id)
    intent = intent_of(words)
    if intent is None or intent.wanted is Wanted.PERSON:
        return by_words(words if intent is None else intent.name, said, cast)
    if intent.wanted is Wanted.SAID_BY:
        return by_intent(intent, said, cast)
    return by_words(intent.about, said, cast)


def _sentence(sentence: Passage, store: Store) -> Iterator[Offer]:
    """A sentence; the quotation where it is mostly speech."""
    article = store.version(sentence.version_id)
    home = store.story_of(article.id) if article else None
    story = store.story(home) if home is not None else None
    if story is None:
        return
    said = showing.spoken_at(sentence, said_in(story.id, store))
    if said is not None and len(printed(said)) <= LONGEST:
        yield _spoken(said, story, store)
    else:
        yield _offer(showing.passage(sentence, _asking(story), story, store), story)


def _newest(store: Store) -> Iterator[Offer]:
    """The quotations of the newest stories that stand best alone, one story after the other."""
    stories = store.newest_stories(_NEWEST)
    each = [[(said, story) for said in _telling(story, store)] for story in stories]
    for pair in chain.from_iterable(zip_longest(*each)):
        if pair is not None:
            said, story = pair
            yield _spoken(said, story, store)


def _telling(story: Story, store: Store) -> list[StoredQuotation]:
    """Whole clauses of people who are named, the surest speakers first."""
    said = [each for each in once(said_in(story.id, store)) if each.speaker and each.kind is QuoteKind.DIRECT]
    fitting = [each for each in said if len(printed(each)) in _TELLING]
    return sorted(fitting, key=_doubt)


def _doubt(said: StoredQuotation) -> float:
    return -said.confidence


def _spoken(said: StoredQuotation, story: Story, store: Store) -> Offer:
    return _offer(showing.quotation(said, _asking(story), story, store), story)


def _asking(story: Story) -> Question:
    return Question(command="quotes", story=story.id, chat="", asker="")


def _offer(quoted: Quoted, story: Story) -> Offer:
    words = " ".join(part.text for part in quoted.parts)
    who = quoted.speaker or ("Unattributed" if quoted.spoken else quoted.carriers[0].article.name)
    shown = replace(quoted, context=None, wrong=None)
    return Offer(
        links.to_passage(places.written(quoted.parts)), who, words, Answer(title(story), (shown,)), _link(quoted)
    )


def _link(quoted: Quoted) -> str:
    return links.to_passage(places.written(quoted.parts))


def _once(found: Iterable[Offer]) -> Iterator[Offer]:
    """Each passage once, none that is a part of one before, and none that fits no message."""
    seen: dict[str, str] = {}
    for offer in found:
        words = key(offer.words)
        if len(offer.words) > LONGEST or offer.key in seen or any(stands_in(words, other) for other in seen.values()):
            continue
        seen[offer.key] = words
        yield offer
