"""All checks in one command: what `make test` and continuous integration run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS: dict[str, list[Path | str]] = {
    "ruff": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "import-linter": [BIN / "lint-imports"],
    "mypy": [BIN / "mypy"],
    "pytest": [sys.executable, "-m", "pytest"],
}


def main() -> int:
    """Run every check, even after one failed, and exit with 1 when any did."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        if subprocess.run([str(part) for part in command], check=False).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - began:.0f} s", flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
