"""A load that is being run is not taken up by another process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot import opening
from bot.settings import Settings
from handlers.question import TERMINAL
from store import Store
from store.model import JobState

HOLD = "import sys; from pathlib import Path; from store.runners import Runners; runners = Runners(Path(sys.argv[1]))"
RUN = f"{HOLD}; print(runners.join(), flush=True); sys.stdin.read()"


def test_several_processes(tmp_path: Path) -> None:
    """Only whoever is alone is told so, until the others end, however they do."""
    path = tmp_path / "bot.db"
    with Store.open(path) as store:
        assert store.runners.join()
        assert store.runners.join()
        other = subprocess.Popen([sys.executable, "-c", RUN, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"False\n"
            assert not store.runners.join()
            other.kill()
        assert store.runners.join()


def test_what_another_process_loads_is_left_to_it(tmp_path: Path) -> None:
    """A command beside a long load does not run that load, too; one after it goes on with what was left."""
    settings = Settings(store=tmp_path / "bot.db")
    with Store.open(settings.store) as loading:
        loading.runners.join()
        job = loading.new_job(TERMINAL, TERMINAL, [("text", "x", b"no article")])
        with opening.opened(settings, seeded=False):
            assert loading.job_state(job) is JobState.WAITING
    with opening.opened(settings, seeded=False) as (store, _):
        assert store.job_state(job) not in {JobState.WAITING, JobState.RUNNING}
