"""/cancel: stops what is being loaded for this chat."""

from __future__ import annotations

from handlers.answer import Answer, Note
from handlers.question import Question
from handlers.typed import count
from store import Store
from store.model import Job, JobState


def answer(question: Question, store: Store) -> Answer:
    """Cancels every open load of the chat; what is already in stays in."""
    ended = store.cancel_jobs(question.chat, question.key)
    if not ended:
        return Answer("Nothing is being loaded in this chat.")
    loaded = sum(_done(job, store) for job in ended)
    kept = (Note(f"Already done, and kept: {count(loaded, 'item')}."),) if loaded else ()
    return Answer("Loading is stopped.", kept)


def _done(job: Job, store: Store) -> int:
    return sum(item.state is JobState.DONE or store.progress.of(item.id).loaded for item in job.items)
