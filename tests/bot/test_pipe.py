"""The batch command keeps its promises on good, odd and hostile lines, with real worker processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.pipe_workers import ArticleError, Worker
from tests.bot.steps import obey

ROOT = Path(__file__).parents[2]


def start(workers: str = "1", step: str = "obey") -> subprocess.Popen[bytes]:
    """The batch command with a step of the tests, over real pipes."""
    command = [sys.executable, "-m", "tests.bot.steps", workers, step]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )


def answers(data: bytes, workers: str = "1") -> list[dict[str, Any]]:
    """What comes back for some input, with nothing on the error stream and exit status 0."""
    process = start(workers)
    out, err = process.communicate(data, timeout=60)
    assert (process.returncode, err) == (0, b"")
    return [json.loads(line) for line in out.splitlines()]


def lines(*rows: object) -> bytes:
    """Rows as JSON lines."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.mark.parametrize("workers", ["1", "3"])
def test_order_is_kept(workers: str) -> None:
    """Answers come in the order of the input, however the work is shared out."""
    rows = [{"id": n, "text": "sleep 0.05" if n % 7 == 0 else "a" * n} for n in range(200)]
    assert [row["id"] for row in answers(lines(*rows), workers)] == list(range(200))


def test_bad_lines_are_answered_each() -> None:
    """Each line that cannot be worked on gets its own error, with its id where it has one, and the run goes on."""
    data = b"\n".join(
        [
            b"not json",
            b"",
            b"[1, 2]",
            b'"text"',
            b'{"id": 1}',
            b'{"id": 2, "text": 3}',
            b'{"id": 3, "text": null}',
            b'{"id": 4, "text": "\\ud800"}',
            b'{"id": 5, "text": "a", "x": NaN}',
            b'{"id": 1e999, "text": "a"}',
            b'{"id": 6, "text": "\xff"}',
            b"[" * 100_000,
            b'{"id": ' + b"9" * 5000 + b', "text": "a"}',
            b'{"id": 7, "text": ""}',
        ]
    )
    found = answers(data)
    assert [row.get("id") for row in found] == [None] * 4 + [1, 2, 3, 4] + [None] * 5 + [7]
    assert ["error" in row for row in found] == [True] * 13 + [False]


def test_id_of_any_type_comes_back() -> None:
    """An id is the user's own: it comes back as it was, whatever JSON value it is; none stays none."""
    ids: list[object] = [None, True, -1.5, "", "\ud800", "\0\u2028é", [1, {"a": []}], {"id": {}}, 10**30]
    found = answers(lines(*({"id": value, "text": "abc"} for value in ids), {"text": "abc"}))
    assert [row["id"] for row in found[:-1]] == ids
    assert found[-1] == {"length": 3}


def test_byte_order_mark_and_line_ends() -> None:
    """Files from other systems work: a byte order mark, CRLF, and no line end after the last line."""
    found = answers(b'\xef\xbb\xbf{"id":1,"text":"a\\r\\nb"}\r\n{"id":2,"text":"c"}')
    assert found == [{"id": 1, "length": 4}, {"id": 2, "length": 1}]


def test_dead_failing_and_noisy_readings_cost_only_their_line() -> None:
    """A crash of the process, an exception, and prints of a library leave every other answer whole."""
    texts = ["a", "die", "bb", "fail", "print", "ccc"]
    found = answers(lines(*({"id": n, "text": text} for n, text in enumerate(texts))))
    assert [row.get("length") for row in found] == [1, None, 2, None, 5, 3]
    assert "ended the process" in found[1]["error"]
    assert "as told" in found[3]["error"]


def test_answers_come_while_input_is_still_open() -> None:
    """A slow source sees each answer at once, not when a batch is full."""
    process = start()
    assert process.stdin
    assert process.stdout
    for n in range(3):
        process.stdin.write(lines({"id": n, "text": "a"}))
        assert json.loads(process.stdout.readline())["id"] == n
    process.stdin.close()
    assert process.wait(20) == 0


def test_nobody_reads_on() -> None:
    """`| head -1` ends the run without a word."""
    process = start()
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(lines({"id": 0, "text": "a"}))
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(lines(*({"id": n, "text": "a"} for n in range(50))))
    assert process.wait(20) == 0
    assert process.stderr.read() == b""


def test_interrupt_is_quiet() -> None:
    """Ctrl-C ends the run with the usual status, without a trace and without processes left behind."""
    process = start()
    assert process.stdin
    assert process.stdout
    process.stdin.write(lines({"text": "a"}, {"text": "sleep 60"}))
    process.stdout.readline()
    children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, b"")
    assert children
    assert not any(_alive(int(child)) for child in children)


def _alive(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_memory_stays_constant() -> None:
    """Input is read only as fast as it is answered: more than 200 MB of lines never stand in memory together."""
    process = start()
    assert process.stdin
    assert process.stdout
    process.stdin.write(lines({"text": "a"}))
    process.stdout.readline()
    os.set_blocking(process.stdin.fileno(), False)
    line = memoryview(lines({"text": "sleep 60" + " " * 1_000_000}))
    sent, rest, last = 0, line, time.monotonic()
    while time.monotonic() < last + 1 and sent < 400_000_000:
        try:
            written = os.write(process.stdin.fileno(), rest)
            sent, rest, last = sent + written, rest[written:] or line, time.monotonic()
        except BlockingIOError:
            time.sleep(0.01)
    process.kill()
    process.communicate()
    assert 10_000_000 < sent < 200_000_000


def test_an_article_that_never_ends() -> None:
    """After its time the process is ended, and the next article gets a new one."""
    worker = Worker(obey, seconds=lambda _texts: 0.5)
    with pytest.raises(ArticleError, match="longer than"):
        list(worker.work(["sleep 30"]))
    assert list(worker.work(["a", "bb"])) == [b'{"length": 1}\n', b'{"length": 2}\n']
    worker.end()


def test_no_worker_can_start() -> None:
    """What keeps workers from starting is told once, in one line."""
    process = start(step="stillborn")
    out, err = process.communicate(lines({"text": "a"}, {"text": "b"}), timeout=60)
    assert (process.returncode, out, err.count(b"\n")) == (1, b"", 1)
    assert b"no model" in err


@pytest.mark.parametrize("workers", ["-1", "0", "two", "1.5", "9999", "9" * 5000, ""])
def test_bad_number_of_workers(workers: str) -> None:
    """A number of workers that makes no sense is one plain line."""
    process = start(workers)
    _, err = process.communicate(b"", timeout=60)
    assert process.returncode == 1
    assert err.startswith(b"error: --workers takes a number")
