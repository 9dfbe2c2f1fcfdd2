"""What one item of a load holds: where a restart goes on, and what is told of it at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot import job_run
from bot.job_run import Named, Run
from ingest.errors import IngestError
from ingest.worker import Work
from store import Store
from store.model import Added, JobState, Outcome
from store.progress import Over, Reached, Tally


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one load of one item."""
    with Store.open(tmp_path / "news.db") as opened:
        opened.new_job("terminal", "terminal", [("path", "a", b"a")])
        yield opened


def sources(names: Sequence[str]) -> Iterator[Named]:
    """A source for each name; "feed" is one that holds several."""
    for name in names:
        yield name, Work(kind="feed" if name == "feed" else "text", content=b"")


def begun(store: Store, *names: str) -> Run:
    """A run of the item over some sources."""
    run = Run(store.progress, 1, lambda: sources(names))
    run.begin()
    return run


def added(story: int = 1) -> Added:
    """An article that is stored."""
    return Added(Outcome.NEW, 1, 1, story)


def loaded(store: Store, run: Run, most: int = 99) -> list[str]:
    """Load the sources of a run, some at most; their names."""
    names = list[str]()
    for name, _ in run.sources():
        if len(names) == most:
            break
        names.append(name)
        if name == "bad":
            run.failed(name, "It is bad.")
            continue
        step = run.step(added(), f"{name}: loaded")
        if isinstance(step, Reached):
            store.progress.put(step.item_id, step.tally)
    return names


def test_a_restart_goes_on_after_the_last_source(store: Store) -> None:
    """What was reached is not done again, and what failed before is told at the end."""
    names = ("a", "bad", "b", "c")
    assert loaded(store, begun(store, *names), 3) == ["a", "bad", "b"]
    assert store.progress.of(1).reached == 3
    run = begun(store, *names)
    assert loaded(store, run) == ["c"]
    assert run.ended() == (JobState.DONE, "3 of 4 articles are loaded; bad: It is bad.", 1)
    item = store.next_item(1)
    assert item is not None
    assert (item.done, item.total) == (4, 4)


def test_sources_that_changed_are_begun_anew(store: Store) -> None:
    """A place in other sources says nothing; what is known of them stays in the store anyway."""
    loaded(store, begun(store, "a", "b", "c"), 2)
    assert loaded(store, begun(store, "new", "a", "b", "c")) == ["new", "a", "b", "c"]


def test_a_feed_is_over_with_its_last_article(store: Store) -> None:
    """A source with articles of its own is begun again after a restart."""
    run = begun(store, "a", "feed", "b")
    assert run.tally.total == 2
    loaded(store, run, 2)
    assert loaded(store, begun(store, "a", "feed", "b")) == ["feed", "b"]


def test_the_only_article_of_an_item_ends_it(store: Store) -> None:
    """One write for the article and the end of its item."""
    run = begun(store, "a")
    assert len(list(run.sources())) == 1
    step = run.step(added(), "A: loaded")
    assert isinstance(step, Over)
    assert (run.is_over, step.state, step.message, step.article_id) == (True, JobState.DONE, "A: loaded", 1)


def test_many_failures_are_counted_by_reason(store: Store) -> None:
    """The first are named, the others counted, however many there are."""
    run = begun(store, *["x"] * 2_000)
    for at, (name, _) in enumerate(run.sources()):
        run.failed(f"{name} {at}", "It is bad." if at % 2 else f"It is odd ({at % 14}).")
    state, told, _ = run.ended()
    assert state is JobState.FAILED
    assert told.startswith(
        "x 0: It is odd (0); x 1: It is bad; x 2: It is odd (2); and 1,997 more (999 times: It is bad. "
    )
    assert told.endswith(" …)")
    assert len(told) < 400


def test_failures_are_kept_after_a_while(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long run of bad lines is seen in the progress, and not begun again."""
    monkeypatch.setattr(job_run, "KEPT_SECONDS", 0.0)
    run = begun(store, "bad", "bad", "a")
    loaded(store, run, 2)
    assert (store.progress.of(1).failed, store.progress.of(1).reached) == (2, 2)


def test_articles_of_several_stories_lead_to_none(store: Store) -> None:
    """An item leads to a story only where it is one, and remarks are told with it."""
    run = begun(store, "a", "b", "c")
    for at, _ in enumerate(run.sources()):
        if at < 2:
            run.step(added(story=at), "x")
    run.remarked("1 hidden file was passed over.")
    assert run.ended() == (JobState.DONE, "2 of 2 articles are loaded; 1 hidden file was passed over.", None)


def test_nothing_in_it(store: Store) -> None:
    """An item without sources says so, and one with one bad source says why."""
    assert begun(store).ended() == (JobState.FAILED, "There is no article in it.", None)
    run = begun(store, "a")
    for name, _ in run.sources():
        run.failed(name, str(IngestError("It is bad.")))
    assert run.ended() == (JobState.FAILED, "It is bad.", None)
    assert store.progress.of(99) == Tally()


def test_sentences_are_joined_without_their_stops() -> None:
    """No line of a load has a full stop right before a semicolon, and none is empty."""
    assert job_run.joined(("2 of 4 are loaded", "a: It is bad.", "", "b: It is bad.")) == (
        "2 of 4 are loaded; a: It is bad; b: It is bad."
    )
    assert job_run.joined(("", "")) == ""
