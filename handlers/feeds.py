"""/feeds: which feeds are followed and how they are; begins, pauses and ends that. Nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from handlers import feed_list
from handlers.answer import Answer, Entry, File, Next, Note
from handlers.current import follow
from handlers.load import LONGEST_LINK, Refused
from handlers.paging import page_of, turns
from handlers.question import Question
from handlers.typed import count, number, short, tidy
from store import Store
from store.feed_rows import FeedState, Followed
from store.limits import LARGEST_FILE_BYTES

FOLLOW, LIST = "follow", "feed list"
KINDS = frozenset({FOLLOW, LIST})
"""The kinds of items of its jobs: an address to follow, and a list of feeds (OPML)."""

MOST = 1_000
"""Most feeds that are followed."""

USAGE = (
    "/feeds, /feeds add link, or /feeds with remove, pause, resume or poll and a number; /feeds import, /feeds export."
)
_SIZES = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"))
_SHELL = "python -m bot feeds add LINK, or /feeds add LINK in a chat,"
NONE = "No feeds are followed."
NO_SUCH = "There is no such feed."

Action = Callable[[Followed, Question, Store], Answer]


def answer(question: Question, store: Store) -> Answer:
    """The list, one feed, or what became of what was asked."""
    verb, _, rest = tidy(question.words).partition(" ")
    verb = verb.lower()
    if verb in _ALL:
        return _ALL[verb](rest.strip(), question, store)
    if verb in _EACH or number(verb) is not None:
        action = _EACH.get(verb, _shown)
        found = _meant(rest if verb in _EACH else verb, question, store)
        return _unknown(question, store) if found is None else action(found, question, store)
    if question.attachments:
        return _import("", question, store)
    if verb.startswith(("http://", "https://", "www.")):
        return _add(question.words, question, store)
    return _list(question, store) if not verb else _wrong(question)


def _list(question: Question, store: Store) -> Answer:
    """Every feed with how it is, those that fail first."""
    found = store.feeds.every(question.now)
    if not found:
        how = _SHELL if question.local else "/feeds add link"
        return Answer(NONE, (Note(f"{how} follows one: the link of a feed, or of a site that has one."),))
    page = page_of(found, question.page, size=10)
    entries = [Entry(_name(each), _health(each, question.now), _ask(question, str(each.id))) for each in page.items]
    a_day = sum(each.a_day for each in found)
    heading = ", ".join(filter(None, (count(len(found), "feed"), f"{_rate(a_day)} a day", page.label)))
    export = (Next("Export", _ask(question, "export")),)
    return Answer(heading, tuple(entries), (*turns(question, page), *export))


def _shown(feed: Followed, question: Question, store: Store) -> Answer:
    """All that is known of one feed, and what can be done about it."""
    lines = [
        f"Its number is {feed.id}. It is {_state(feed)}.",
        f"Last success: {_when(feed.succeeded_at, question.now)}.",
        f"Last error: {feed.error}" if feed.error else "The last poll found no error.",
        f"{_rate(feed.a_day)} a day; {count(feed.not_loaded, 'item')} of the last week could not be loaded.",
    ]
    if feed.state is FeedState.FOLLOWED:
        lines.append(f"Next poll: {_when(feed.next_at, question.now)}.")
    if feed.renamed:
        lines.append("It gives old items new names at each poll; those whose titles are known are not loaded again.")
    on = feed.state is FeedState.FOLLOWED
    ways = (
        Next(
            *(("Pause", _ask(question, f"pause {feed.id}")) if on else ("Resume", _ask(question, f"resume {feed.id}")))
        ),
        Next("Poll now", _ask(question, f"poll {feed.id}")),
        Next("Remove", _ask(question, f"remove {feed.id}")),
        Next("All feeds", _ask(question)),
    )
    entry = Entry(short(feed.url, 300), short(feed.site or "", 300), link=feed.site or feed.url)
    return Answer(_name(feed), (entry, *map(Note, lines)), ways)


def _add(words: str, question: Question, store: Store) -> Answer:
    try:
        found = list(dict.fromkeys(map(_link, words.split())))
    except Refused as why:
        return Answer(str(why), (Note("/feeds add link"),))
    if not found:
        return Answer("Which feed?", (Note("/feeds add link: the link of a feed, or of a site that has one."),))
    room = MOST - len(store.feeds.every(question.now))
    if len(found) > room:
        return Answer(f"At most {MOST:,} feeds can be followed.", (Note("Remove some with /feeds remove N."),))
    items = [(FOLLOW, short(link.partition("//")[2], 120), link.encode(errors="replace")) for link in found]
    job = store.new_job(question.chat, question.asker, items, question.key)
    return Answer(f"Looking for {count(len(items), 'feed')}.", tuple(Note(label) for _, label, _ in items[:5]), job=job)


def _link(piece: str) -> str:
    """A link as it was typed, with or without its scheme. Raises Refused."""
    link = re.sub("^feed:(?://)?(?=https?://)|^feed:", "", piece.strip("<>()[],;\"'"), flags=re.IGNORECASE)
    link = link.lstrip("/") if link.startswith("//") else link
    link = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(link)
        known = parts.scheme.lower() in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        known = False
    if not known or len(link) > LONGEST_LINK:
        raise Refused(f"That is not a link: {short(piece, 80)}")
    return link


def _import(words: str, question: Question, store: Store) -> Answer:
    """The feeds of lists that were handed in."""
    files = [each for each in question.attachments if len(each.content) <= LARGEST_FILE_BYTES]
    if not files:
        how = Note("Send the list (an OPML file) with the caption /feeds import, or reply to it with /feeds import.")
        at_machine = (Note("On the command line: python -m bot feeds import FILE"),) if question.local else ()
        return Answer("There is no list to import.", (how, *at_machine))
    items = [(LIST, short(tidy(each.name), 120) or "list", each.content) for each in files]
    job = store.new_job(question.chat, question.asker, items, question.key)
    return Answer("Reading the list.", tuple(Note(label) for _, label, _ in items[:5]), job=job)


def _export(words: str, question: Question, store: Store) -> Answer:
    """All feeds as a list that any reader of feeds takes."""
    found = store.feeds.every(question.now)
    if not found:
        return Answer(NONE)
    note = f"{count(len(found), 'feed')}, for any reader of feeds."
    return Answer("The feeds as a list", (Note(note),), files=(File("feeds.opml", feed_list.file(found), note),))


def _pause(feed: Followed, question: Question, store: Store) -> Answer:
    store.feeds.pause(feed.id)
    again = (Next("Resume", _ask(question, f"resume {feed.id}")), Next("All feeds", _ask(question)))
    return Answer(f"Paused: {_name(feed)}", (Note("Its articles stay."),), again)


def _resume(feed: Followed, question: Question, store: Store) -> Answer:
    store.feeds.resume(feed.id, question.now)
    return Answer(f"Followed again: {_name(feed)}", (Note(_soon(question)),), (Next("All feeds", _ask(question)),))


def _poll(feed: Followed, question: Question, store: Store) -> Answer:
    """As soon as it may be: not within a minute of the last poll, nor before a pause that the site asked for."""
    if feed.failures and feed.next_at > question.now:
        when = Note(f"Its last poll failed, so it is polled again {_when(feed.next_at, question.now)}.")
        return Answer("It is not polled now.", (when, Note("/feeds resume N polls it anyway.")))
    if feed.polled_at is not None and question.now - feed.polled_at < timedelta(minutes=1):
        return Answer("It was polled within the last minute.")
    store.feeds.resume(feed.id, question.now)
    return Answer(f"To be polled now: {_name(feed)}", (Note(_soon(question)),), (Next("All feeds", _ask(question)),))


def _remove(feed: Followed, question: Question, store: Store) -> Answer:
    if not question.confirmed:
        note = Note("Its articles stay. Followed again, it begins anew.")
        return Answer(f"Follow {_name(feed)} no longer?", (note,), confirm=_ask(question, f"remove {feed.id}"))
    store.feeds.drop(feed.id)
    return Answer(f"Followed no longer: {_name(feed)}", (Note("Its articles stay."),))


_ALL: Mapping[str, Callable[[str, Question, Store], Answer]] = {"add": _add, "import": _import, "export": _export}
_EACH: Mapping[str, Action] = {"remove": _remove, "pause": _pause, "resume": _resume, "poll": _poll}


def _meant(words: str, question: Question, store: Store) -> Followed | None:
    """The feed of a number or an address, or the one whose name has the words."""
    if (chosen := number(words)) is not None:
        return store.feeds.one(chosen, question.now)
    wanted = words.strip().casefold()
    every = store.feeds.every(question.now)
    exact = [each for each in every if wanted and wanted in (each.url.casefold(), each.name.casefold())]
    named = exact or [each for each in every if wanted and wanted in each.name.casefold()]
    return named[0] if len(named) == 1 else None


def _unknown(question: Question, store: Store) -> Answer:
    found = store.feeds.every(question.now)
    choices = tuple(Entry(_name(each), f"number {each.id}", _ask(question, str(each.id))) for each in found[:10])
    return Answer(NO_SUCH if found else NONE, (*choices, Note("/feeds lists them all.")))


def _wrong(question: Question) -> Answer:
    return Answer("That is not understood.", (Note(USAGE),), (Next("All feeds", _ask(question)),))


def _ask(question: Question, words: str = "") -> Question:
    return follow(question, "feeds", words)


def _soon(question: Question) -> str:
    return "python -m bot feeds poll polls what is due." if question.local else "It is polled within a minute."


def _name(feed: Followed) -> str:
    return short(feed.name, 120)


def _state(feed: Followed) -> str:
    return {"followed": "followed", "paused": "paused", "gone": "gone for good"}[feed.state.value]


def _health(feed: Followed, now: datetime) -> str:
    """One line: state, last success, last error, articles a day, next poll."""
    state = feed.state.value if feed.state is not FeedState.FOLLOWED else ""
    error = f"error: {short(feed.error, 160).removesuffix('.')}" if feed.error else ""
    success = f"last success {_when(feed.succeeded_at, now)}"
    due = f"next poll {_when(feed.next_at, now)}" if feed.state is FeedState.FOLLOWED else ""
    return " · ".join(filter(None, (f"number {feed.id}", state, error, success, f"{_rate(feed.a_day)} a day", due)))


def _rate(a_day: float) -> str:
    amount = f"{a_day:,.0f}" if a_day >= 10 or a_day == int(a_day) else f"{a_day:.1f}"
    return f"{amount} {'article' if amount == '1' else 'articles'}"


def _when(moment: datetime | None, now: datetime) -> str:
    """As in "5 minutes ago", "in 2 hours", "never"."""
    if moment is None:
        return "never"
    away = abs((moment - now).total_seconds())
    if away < 57:
        return "just now" if moment <= now else "within a minute"
    size, noun = next((size, noun) for size, noun in _SIZES if away >= 0.95 * size)
    amount = count(round(away / size), noun)
    return f"{amount} ago" if moment < now else f"in {amount}"
