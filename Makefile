# Two commands: `make run` talks to the bot, `make test` checks everything. Both set up what they need.

VENV = .venv
BIN = $(VENV)/bin
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(p))))
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help run install test lock clean

help:
	@echo 'make run      the bot: in Telegram when .env has BOT_TOKEN, else as a chat in this terminal'
	@echo 'make test     tests, ruff, mypy, import-linter'
	@echo 'make install  only the environment in $(VENV)'
	@echo 'make lock     renew the locked requirements (needs uv)'
	@echo 'make clean    remove the environment'

run: $(VENV)/.installed
	@$(BIN)/python -m bot

install: $(VENV)/.installed

test: $(VENV)/.installed-test
	@$(BIN)/python -m tests

$(VENV)/.installed: requirements.txt
	@test -n '$(PYTHON)' || { echo 'error: Python 3.11 or newer is needed and was not found; install it, or name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'error: $(PYTHON) is not Python 3.11 or newer; name another one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo 'error: $(PYTHON) has no venv module; install it (on Debian and Ubuntu: apt install python3-venv) and run this again' >&2; exit 1; }
	@echo 'Setting up $(VENV), once; this takes about a minute …' >&2
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) -r requirements.txt || { echo 'error: the packages could not be installed; the line above says why. Run the command again to go on.' >&2; exit 1; }
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.txt
	@$(PIP) -r requirements-test.txt || { echo 'error: the test tools could not be installed; the line above says why. Run the command again to go on.' >&2; exit 1; }
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group test -c requirements.txt -o requirements-test.txt

clean:
	rm -rf $(VENV)
