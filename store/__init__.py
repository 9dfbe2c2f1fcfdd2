"""The one Store: everything that is kept, behind plain methods that return frozen data."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from analysis.document import Field
from analysis.model import Reading, Span, SpeakerKind
from store import (
    acts,
    articles,
    carriers,
    cast,
    chats,
    corrections,
    derived,
    files,
    jobs,
    passages,
    quotations,
    reports,
    rereading,
    schema,
    search,
    sketches,
    stories,
    verify,
)
from store.access import Access
from store.connections import Connections
from store.copies import Copies
from store.derived import Derived
from store.feeds import Feeds
from store.inbox import Inbox
from store.model import (
    Added,
    Article,
    ArticleRow,
    CastMember,
    Correction,
    Difference,
    Hit,
    Job,
    JobItem,
    JobState,
    OpenReport,
    Passage,
    Reported,
    StoredQuotation,
    Story,
    Verdict,
)
from store.prepared import prepare
from store.progress import Progress, Step
from store.reach import Reach
from store.robots import Robots
from store.runners import Runners
from store.upkeep import Upkeep

PATIENCE = 5.0  # seconds to wait for another process that holds the file


class Store:
    """One file; safe to use from many threads. Whatever the file refuses is a StoreError of one plain sentence."""

    def __init__(self, path: Path, connections: Connections, was_new: bool) -> None:
        self.path, self.was_new = path, was_new
        self._db, self._derived = connections, Derived(connections)
        self._adding = threading.Lock()
        self.chats = chats.Chats(connections)
        self.access = Access(connections)
        self.upkeep = Upkeep(connections)
        self.inbox = Inbox(connections)
        self.reach = Reach(connections)
        self.feeds = Feeds(connections)
        self.robots = Robots(connections)
        self.copies = Copies(connections)
        self.progress = Progress(connections)
        self.runners = Runners(path)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, patience: float = PATIENCE) -> Store:
        """Open a store, or make a new one. ``patience`` is in seconds.

        Raises TooNew, Locked, ReadOnly, NotAStore, Damaged or another StoreError.
        """
        files.check(path, create)
        connections = Connections(path, patience)
        try:
            with connections.using() as db:
                schema.prepare(db, path, patience)
                was_new = schema.unused(db)
            jobs.sweep(connections)
            return cls(path, connections, was_new)
        except BaseException:
            connections.close()
            raise

    def close(self) -> None:
        """Close the file for every thread; a backup that is being made is broken off."""
        self.upkeep.backups.stop()
        self.runners.leave()
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, article: Article, reading: Reading, step: Step | None = None) -> Added:
        """Keep an article with the reading of its text, whole or not at all; ``step`` is kept of its load with it.

        Raises ValueError, before anything is written, for a reading that is not of this text.
        """
        new = prepare(article, reading)
        with self._adding:  # one story is chosen at a time, or two sisters would open two stories
            added = articles.add(self._db, new, step)
            self._derived.grown(added.story_id)
            sketches.late(self._db)
        return added

    def unload(self, article_id: int) -> None:
        """Forget an article with all its versions."""
        with self._db.writing() as db:
            story_id = articles.unload(db, article_id)
        if story_id is not None:
            self._derived.grown(story_id)

    def loaded(self, version_id: int) -> Article | None:
        """A version as it was handed to ``add``, None for one that is not in the store."""
        with self._db.reading() as db:
            return rereading.article(db, version_id)

    def reread(self, version_id: int, reading: Reading) -> bool:
        """Put a new reading in the place of a newest version's; False where it is not the newest, or gone.

        Its article stays in its story, and corrections stay as they are. Raises ValueError, before anything is
        written, for a reading that is not of this text.
        """
        article = self.loaded(version_id)
        if article is None:
            return False
        new = prepare(article, reading)
        with self._adding, self._db.writing() as db:
            story_id = rereading.put(db, version_id, new)
        if story_id is not None:
            self._derived.grown(story_id)
        return story_id is not None

    def verify(self, progress: Callable[[int, int], None] | None = None) -> list[Difference]:
        """Re-cut every passage of every version; nothing is returned when all is as stored."""
        return verify.verify(self._db, progress)

    def stories(self) -> list[Story]:
        """All stories, newest first."""
        with self._derived.reading(derived.EVERY) as db:
            return stories.all_stories(db)

    def newest_stories(self, most: int) -> list[Story]:
        """The newest stories, newest first, at most so many."""
        with self._derived.reading(derived.NEWEST, most) as db:
            return stories.newest_stories(db, most)

    def story(self, story_id: int) -> Story | None:
        """One story."""
        with self._derived.reading(derived.ONE, story_id) as db:
            return stories.story(db, story_id)

    def story_of(self, article_id: int) -> int | None:
        """The story of an article, None for an article that is not in the store."""
        with self._db.reading() as db:
            return stories.membership(db, article_id)

    def articles(self, story_id: int) -> list[ArticleRow]:
        """The newest version of each article of a story, in order of loading."""
        with self._db.reading() as db:
            return articles.of_story(db, story_id)

    def newest(self) -> list[ArticleRow]:
        """The newest version of every article, in order of loading."""
        with self._db.reading() as db:
            return articles.newest(db)

    def article(self, article_id: int) -> ArticleRow | None:
        """The newest version of an article."""
        with self._db.reading() as db:
            return articles.article(db, article_id)

    def version(self, version_id: int) -> ArticleRow | None:
        """One version; ``newest`` tells whether a newer one was loaded since."""
        with self._db.reading() as db:
            return articles.version(db, version_id)

    def versions(self, article_id: int) -> list[ArticleRow]:
        """All versions of an article, the oldest first."""
        with self._db.reading() as db:
            return articles.versions(db, article_id)

    def at_link(self, url: str) -> int | None:
        """The article that a link leads to, None for a link that was not loaded; tracking parameters are aside."""
        with self._db.reading() as db:
            return articles.at_link(db, url)

    def text(self, version_id: int, field: Field) -> str:
        """One field, as printed. Raises ValueError for a version that is not in the store."""
        with self._db.reading() as db:
            return passages.text(db, version_id, field)

    def passage(self, version_id: int, field: Field, span: Span) -> Passage:
        """Cut a passage. Raises ValueError for a span that is empty or out of range, or an unknown version."""
        with self._db.reading() as db:
            return passages.passage(db, version_id, field, span)

    def sentences(self, version_id: int) -> list[Passage]:
        """Headline and body sentences in order, captions after."""
        with self._db.reading() as db:
            return passages.sentences(db, version_id)

    def around(self, passage: Passage, sentences: int = 2) -> tuple[Passage | None, Passage, Passage | None]:
        """The text before, the passage, the text after: the rest of its own sentences and ``sentences`` more."""
        with self._db.reading() as db:
            return passages.around(db, passage, sentences)

    def quotations(self, story_id: int) -> list[StoredQuotation]:
        """The quotations of a story's newest versions, in order of article and place."""
        with self._derived.reading(derived.ONE, story_id) as db:
            return quotations.of_story(db, story_id)

    def quotations_of(self, cast_id: int) -> list[StoredQuotation]:
        """What one member of a cast said."""
        with self._derived.reading(derived.OF_CAST, cast_id) as db:
            return quotations.of_cast(db, cast_id)

    def quotation_at(self, place: Passage, *, as_read: bool = False) -> StoredQuotation | None:
        """The quotation of a place in any version, else the one with most of it; ``as_read``: without corrections."""
        with self._derived.reading(derived.OF_VERSION, place.version_id) as db:
            return quotations.at(db, place, as_read=as_read)

    def report(self, said: StoredQuotation, reader: str, key: str = "") -> Reported:
        """Keep that a reader calls a quotation wrong, once for a ``key``.

        Raises ValueError for a quotation that is not in the store.
        """
        with self._db.writing() as db:
            return Reported(acts.once(db, key, "report", lambda: reports.add(db, said, reader).value))

    def reports(self) -> list[OpenReport]:
        """The passages that readers call wrong and no admin decided on, those of most readers first."""
        with self._db.reading() as db:
            return reports.open_reports(db)

    def close_reports(self, place: Passage) -> None:
        """Let the reports of a place wait no longer."""
        with self._db.writing() as db:
            reports.close(db, place.version_id, place.field, place.span)

    def correct(
        self,
        read: StoredQuotation,
        verdict: Verdict,
        speaker: str | None = None,
        speaker_kind: SpeakerKind | None = None,
        *,
        set_by: str,
    ) -> None:
        """Say what is right about a quotation as it was read, and close the reports of it.

        Raises ValueError for a verdict without its speaker, and for a quotation that is not in the store.
        """
        with self._db.writing() as db:
            corrections.put(db, read, verdict, speaker, speaker_kind, set_by)
            reports.close_same(db, read)

    def uncorrect(self, read: StoredQuotation) -> None:
        """Forget what admins said about a quotation, and close the reports of it."""
        with self._db.writing() as db:
            corrections.remove(db, [each.id for each in quotations.holding(db, read)])
            reports.close_same(db, read)

    def corrections(self) -> list[Correction]:
        """All that admins said about quotations, oldest first."""
        with self._db.reading() as db:
            return corrections.every(db)

    def cast(self, story_id: int) -> list[CastMember]:
        """The people of a story, by weight."""
        with self._derived.reading(derived.ONE, story_id) as db:
            return cast.of_story(db, story_id)

    def carriers(self, story_id: int, parts: Sequence[Passage]) -> list[tuple[ArticleRow, tuple[Passage, ...]]]:
        """Each newest version in the story that prints the same words in the same order, with its own spans."""
        with self._db.reading() as db:
            return carriers.carriers(db, story_id, parts)

    def search(self, words: str, story_id: int | None = None, limit: int = 50) -> list[Hit]:
        """Windows of sentences that hold any of the words, in one story or in all."""
        with self._db.reading() as db:
            return search.search(db, words, story_id, limit)

    def current_story(self, chat: str) -> int | None:
        """The story a chat chose, else the newest."""
        with self._db.reading() as db:
            return chats.current_story(db, chat)

    def choose_story(self, chat: str, story_id: int) -> None:
        """Make a story the chat's current one. Raises ValueError for one that is not in the store."""
        with self._db.writing() as db:
            chats.choose_story(db, chat, story_id)

    def keep(self, chat: str, payload: str) -> str:
        """Keep a payload for 30 days under a random key of 16 url-safe characters."""
        return chats.keep(self._db, chat, payload)

    def kept(self, key: str) -> str | None:
        """The payload of a key, None for one that is unknown or over."""
        with self._db.reading() as db:
            return chats.kept(db, key)

    def new_job(
        self,
        chat: str,
        asked_by: str,
        items: Sequence[tuple[str, str, bytes]],
        key: str = "",
        joins: int | None = None,
    ) -> int:
        """Make a load of (kind, label, payload) items, once for a ``key``; ``joins`` is one to add them to."""
        return jobs.new(self._db, chat, asked_by, items, key, joins)

    def job(self, job_id: int) -> Job | None:
        """One load with its items."""
        with self._db.reading() as db:
            return jobs.job(db, job_id)

    def job_state(self, job_id: int) -> JobState | None:
        """Where a load stands, None for one that is not there; cheaper than ``job`` where there are many items."""
        with self._db.reading() as db:
            return jobs.state(db, job_id)

    def show_job(self, job_id: int, message_id: int) -> None:
        """Keep which message of its chat shows how far a load is."""
        jobs.show(self._db, job_id, message_id)

    def next_item(self, job_id: int) -> JobItem | None:
        """The first item of a load that is not over."""
        with self._db.reading() as db:
            return jobs.next_item(db, job_id)

    def open_jobs(self) -> list[Job]:
        """Loads that are not over, oldest first."""
        with self._db.reading() as db:
            return jobs.open_jobs(db)

    def payload(self, item_id: int) -> bytes:
        """What an item is to load. Raises ValueError when it is over and its payload erased."""
        with self._db.reading() as db:
            return jobs.payload(db, item_id)

    def set_item(self, item_id: int, state: JobState, message: str = "", article_id: int | None = None) -> None:
        """Tell where an item stands; its payload is erased when it is over."""
        jobs.set_item(self._db, item_id, state, message, article_id)

    def cancel_job(self, job_id: int) -> None:
        """End a load: what was loaded stays, what waits is not loaded."""
        jobs.cancel(self._db, job_id)

    def cancel_jobs(self, chat: str, key: str = "") -> list[Job]:
        """The same for all loads of a chat that are not over, once for a ``key``; those that were ended."""
        return jobs.cancel_all(self._db, chat, key)

    def finish_job(self, job_id: int) -> None:
        """End a load whose items are over."""
        jobs.finish(self._db, job_id)

    def stats(self) -> dict[str, int]:
        """How much is kept: counts of articles, versions, stories, quotations, people, open jobs, and bytes."""
        with self._derived.reading(derived.EVERY) as db:
            return articles.counts(db)
