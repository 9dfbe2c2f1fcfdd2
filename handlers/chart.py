"""/chart: who is quoted how often, and by which outlets, as a picture and as a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from handlers.answer import Answer, Bar, Chart, Entry, Note
from handlers.current import current, follow, heading, title, ways_on
from handlers.grouping import once
from handlers.people import pointer
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import count, short
from store import Store
from store.model import ArticleRow, CastMember, StoredQuotation, Story

MOST_SPEAKERS = 10
MOST_OUTLETS = 6
OTHERS = "Others"
UNATTRIBUTED = "Unattributed"
UNIT = "quotations printed"

Counts = dict[str, Counter[str]]  # by speaker, then by outlet


def answer(question: Question, store: Store) -> Answer:
    """One line a speaker, the most quoted first; what nobody is named for comes last."""
    story = current(question, store)
    articles = {article.id: article for article in store.articles(story.id)}
    cast = store.cast(story.id)
    counts = _counts(said_in(story.id, store), articles, cast)
    if not counts:
        return Answer(heading("Who is quoted", story), (Note("No quotation was found."),), ways_on(question))
    outlets = _outlets(counts)
    speakers = _speakers(counts)
    asked = follow(question, "who", story=story.id)
    known = {pointer(member, cast) for member in cast}
    lines = tuple(
        Entry(each, _detail(counts[each], outlets), follow(asked, "who", each) if each in known else None)
        for each in speakers
    )
    left_out = _left_out(counts, speakers)
    return Answer(
        heading("Who is quoted", story),
        (Note(f"How many quotations {_printed_by(articles.values())} of each speaker."), *lines, *left_out),
        ways_on(asked),
        picture=_chart(story, counts, speakers, outlets),
    )


def _counts(said: Iterable[StoredQuotation], articles: dict[int, ArticleRow], cast: Sequence[CastMember]) -> Counts:
    """How often each speaker is quoted by each outlet, each saying once an article; two who speak together both."""
    names = {member.id: pointer(member, cast) for member in cast}
    by_article: dict[int, list[StoredQuotation]] = defaultdict(list)
    for each in said:
        by_article[each.article_id].append(each)
    found: Counts = defaultdict(Counter)
    for article_id, quotations in by_article.items():
        for each in once(quotations) if article_id in articles else ():
            speakers = [names[person] for person in each.people if person in names] or [each.speaker or UNATTRIBUTED]
            for speaker in dict.fromkeys(speakers):
                found[speaker][short(articles[article_id].name, 40)] += 1
    return found


def _outlets(counts: Counts) -> list[str]:
    """Those that print most, by name in the same order each time; the rest are one."""
    totals: Counter[str] = Counter()
    for by_outlet in counts.values():
        totals.update(by_outlet)
    most = [outlet for outlet, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))]
    return most if len(most) <= MOST_OUTLETS else [*most[: MOST_OUTLETS - 1], OTHERS]


def _speakers(counts: Counts) -> list[str]:
    """The most quoted, with the unattributed quotations at the end."""
    named = [speaker for speaker in counts if speaker != UNATTRIBUTED]
    most = sorted(named, key=lambda speaker: (-counts[speaker].total(), speaker))[:MOST_SPEAKERS]
    return [*most, *([UNATTRIBUTED] if UNATTRIBUTED in counts else [])]


def _left_out(counts: Counts, shown: Sequence[str]) -> tuple[Note, ...]:
    rest = [speaker for speaker in counts if speaker not in shown]
    if not rest:
        return ()
    said = sum(counts[speaker].total() for speaker in rest)
    return (Note(f"Not shown: {count(len(rest), 'more speaker')} with {count(said, 'quotation')}."),)


def _detail(by_outlet: Counter[str], outlets: Sequence[str]) -> str:
    parts = zip(outlets, _stretches(by_outlet, outlets), strict=True)
    return f"{by_outlet.total()}: " + "; ".join(f"{number} in {outlet}" for outlet, number in parts if number)


def _stretches(by_outlet: Counter[str], outlets: Sequence[str]) -> tuple[int, ...]:
    rest = by_outlet.total() - sum(by_outlet[outlet] for outlet in outlets if outlet != OTHERS)
    return tuple(rest if outlet == OTHERS else by_outlet[outlet] for outlet in outlets)


def _printed_by(articles: Iterable[ArticleRow]) -> str:
    number = len(list(articles))
    return "the loaded article prints" if number == 1 else f"the {number:,} loaded articles print"


def _chart(story: Story, counts: Counts, speakers: Sequence[str], outlets: Sequence[str]) -> Chart:
    bars = tuple(Bar(each, _stretches(counts[each], outlets)) for each in speakers)
    return Chart(title(story), UNIT, tuple(outlets), bars)
