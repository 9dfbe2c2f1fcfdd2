"""What admins look after: how much is kept, what goes with an article, what was read long ago, and backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from analysis import ANALYSIS_VERSION
from analysis.links import canonical, link_key
from store.backup import Backups
from store.connections import Connections


@dataclass(frozen=True, slots=True)
class Goes:
    """What goes with an article: ``story`` says that its story has no other one, ``chats`` how many chose that."""

    versions: int
    quotations: int
    corrections: int
    reports: int
    story: bool
    chats: int


class Upkeep:
    """Looks after one store."""

    def __init__(self, connections: Connections) -> None:
        self._db = connections
        self.opened_at = datetime.now(UTC)
        self.backups = Backups(connections.path, connections.patience)

    def goes_with(self, article_id: int) -> Goes | None:
        """What is forgotten with an article, None for one that is not in the store."""
        asked = """
            SELECT (SELECT count(*) FROM versions WHERE article_id = :id) AS versions,
                (SELECT count(*) FROM quotations JOIN versions ON versions.id = version_id
                    WHERE article_id = :id AND newest = 1) AS quotations,
                (SELECT count(*) FROM corrections JOIN versions ON versions.id = version_id
                    WHERE article_id = :id) AS corrections,
                (SELECT count(*) FROM reports JOIN versions ON versions.id = version_id
                    WHERE article_id = :id AND state = 'open') AS reports,
                (SELECT count(*) FROM memberships WHERE story_id = mine.story_id) AS sisters,
                (SELECT count(*) FROM chats WHERE story_id = mine.story_id) AS chats
            FROM memberships AS mine WHERE article_id = :id
        """
        with self._db.reading() as db:
            row = db.execute(asked, {"id": article_id}).fetchone()
        if row is None:
            return None
        return Goes(
            row["versions"], row["quotations"], row["corrections"], row["reports"], row["sisters"] == 1, row["chats"]
        )

    def by_link(self, link: str) -> list[int]:
        """The articles that were found under an address, however it is spelt."""
        asked = """SELECT article_id FROM links WHERE link_key = :key
            UNION SELECT id FROM articles WHERE url IN (:url, :normal)"""
        with self._db.reading() as db:
            rows = db.execute(asked, {"key": link_key(link), "url": link, "normal": canonical(link)}).fetchall()
        return [row["article_id"] for row in rows]

    def older_readings(self) -> int:
        """How many articles were read by an older analysis than today's."""
        asked = "SELECT count(*) AS n FROM versions WHERE newest = 1 AND reading_version < :today"
        with self._db.reading() as db:
            return int(db.execute(asked, {"today": ANALYSIS_VERSION}).fetchone()["n"])

    def waiting_updates(self) -> int:
        """How many updates wait to be handled."""
        with self._db.reading() as db:
            asked = "SELECT count(*) AS n FROM inbox WHERE state IN ('waiting', 'aside')"
            return int(db.execute(asked).fetchone()["n"])
