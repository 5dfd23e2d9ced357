# Every command there is. From a bare checkout only Python 3.11 or newer, pip and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
# Compiled modules are kept: every command and every process of a test starts a second or more sooner.
unexport PYTHONDONTWRITEBYTECODE

# Further words for pytest, as in make test PYTEST=--durations=20.
PYTEST ?=

.PHONY: audit demo test test-records test-running check house bench docs install

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "需要 Python 3.11 或更新的版本；可用 make PYTHON=python3.11" && exit 1)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/.installed
	@$(BIN)/python tools/compile_messages.py

demo: install
	@$(BIN)/shanhai demo examples
ifneq ($(SERVE),0)
	@$(BIN)/shanhai serve
endif

# Two processes at once, each with a database of its own; those of the second run servers and browsers.
RUNNING := tests/operations tests/site
test: install
	@$(MAKE) --no-print-directory -j2 test-records test-running

test-records: install
	@$(BIN)/python -m pytest $(PYTEST) src tests $(RUNNING:%=--ignore=%)

test-running: install
	@$(BIN)/python -m pytest $(PYTEST) $(RUNNING)

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@SHANHAI_HOME=build/check $(BIN)/python -m django check --settings shanhai.settings
	@SHANHAI_HOME=build/check $(BIN)/python -m django makemigrations --check --dry-run --settings shanhai.settings
	@$(BIN)/python tools/audit.py
	@$(BIN)/python tools/messages.py --check
	@$(BIN)/python tools/docs.py --check

house: install
	@$(BIN)/python tools/house.py

audit: install
	@$(BIN)/python tools/audit.py --index

docs: install
	@$(BIN)/python tools/messages.py
	@$(BIN)/python tools/docs.py

bench: install
	@for name in figures intake check site matching overlaps; do $(BIN)/shanhai bench $$name; done
