"""Gets what feeds name into a load: the items of a feed, and each item's page or, where that fails, the feed's text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from ingest import entries, feed_files, feeds
from ingest.errors import IngestError
from ingest.fetch import Fetched
from ingest.visits import Visits
from ingest.worker import Loaded, Work, Worker

Named = tuple[str, Work | IngestError]


async def opened(works: Iterator[Named], visits: Visits) -> AsyncIterator[Named]:
    """The same with each feed that is still to be fetched in the place of its newest items."""
    for name, work in works:
        if isinstance(work, Work) and work.kind == "feed":
            async for each in _newest(name, work, visits):
                yield each
        else:
            yield name, work


async def _newest(name: str, work: Work, visits: Visits) -> AsyncIterator[Named]:
    try:
        page = (await visits.feed(work.url or "")).checked()
        feed = feeds.read(page.content, url=page.url, media_type=page.media_type, charset=page.charset)
        for place, each in feed_files.works_in(feed, page.url, feed_files.MOST_OF_A_LISTED):
            if not isinstance(each, feed_files.Remark):
                yield place, each
    except IngestError as error:
        yield name, error


def works_of(page: Fetched) -> Iterator[Named] | None:
    """What there is to load in a page that turned out to be a feed, or a list of feeds; None where it is none."""
    if not feed_files.is_one(page.content):
        return None
    return feed_files.works_of(page.content, url=page.url, media_type=page.media_type, charset=page.charset)


async def read(item: entries.Item, visits: Visits, worker: Worker) -> Loaded:
    """The article of an item and its reading. Raises IngestError where neither page nor feed gives one."""
    try:
        if item.entry.link is None:
            raise IngestError("The item has no link.")
        loaded = await worker.arun(_page_work(await visits.page(item.entry.link)))
        if entries.is_richer(item, loaded.article):
            loaded = await _carried(item, worker, loaded)
    except IngestError:
        if not item.entry.full:
            raise
        loaded = await worker.arun(item.work())
    return loaded._replace(article=entries.completed(loaded.article, item))


async def _carried(item: entries.Item, worker: Worker, shown: Loaded) -> Loaded:
    """What the feed itself has of an article, with what its page states of it; what the page shows where that fails."""
    try:
        carried = await worker.arun(item.work())
    except IngestError:
        return shown
    page = shown.article
    article = replace(carried.article, outlet=page.outlet, authors=page.authors, published=page.published, url=page.url)
    return carried._replace(article=article)


def _page_work(page: Fetched) -> Work:
    if feeds.kind_of(page.content) not in (None, "html"):
        raise IngestError("The link of the item leads to a feed, not to an article.")
    return page.work()
