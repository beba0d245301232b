# Every target does its own set-up in a fresh clone: Python 3.11 or newer and make are all that has to be there.

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell \
  $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/lock.txt
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
RECORD := foedera-demo-record
# Two real pages that are not part of the repository; read too where they stand.
SEEDS := $(or $(FOEDERA_DATA),../shared/data)/../seeds

.DEFAULT_GOAL := help
.PHONY: help venv demo test check eval bench train folds nightly docs wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# An interrupted creation must not leave a folder that looks finished.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Foedera needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

# The stamps say with which pyproject.toml and lock the packages were installed.
$(VENV)/.installed: pyproject.toml $(LOCK) | $(BIN)/python
	$(PIP) install -c $(LOCK) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(LOCK) | $(BIN)/python
	$(PIP) install -c $(LOCK) -e ".[dev]"
	@touch $(VENV)/.installed $@

venv: $(VENV)/.installed-dev ## make .venv with everything that development needs

demo: $(VENV)/.installed ## read the demo corpus into foedera-demo-record and print the brief
	rm -rf $(RECORD)
	$(BIN)/foedera demo --store $(RECORD)
	@if [ -d "$(SEEDS)" ]; then $(BIN)/foedera read --store $(RECORD) "$(SEEDS)"; fi
	$(BIN)/foedera brief --store $(RECORD)

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/pytest -n 2

check: $(VENV)/.installed-dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

eval: $(VENV)/.installed ## measure against gold and hold each figure to its floor (ARGS=--raise raises the floors)
	$(BIN)/python eval/run.py $(ARGS)

bench: $(VENV)/.installed ## measure speed and memory (ARGS="--runs 5 --json FILE")
	$(BIN)/python bench/run.py $(ARGS)

nightly: check test eval bench ## everything above

$(VENV)/.installed-train: pyproject.toml $(LOCK) | $(BIN)/python
	$(PIP) install -c $(LOCK) -e ".[dev,train]"
	@touch $(VENV)/.installed $(VENV)/.installed-dev $@

train: $(VENV)/.installed-train ## train the reader's weights (ARGS="--seed 1 --minutes 140"; again to resume)
	$(BIN)/python -m training.train training/reader.toml $(ARGS)

folds: $(VENV)/.installed-train ## cross-validate the relations from the weights of an earlier stage (ARGS="--seed 1")
	$(BIN)/python -m training.folds training/reader.toml $(ARGS)

docs: $(VENV)/.installed ## write the reference pages that are made from the code
	$(BIN)/python docs/make_reference.py

wheel: $(VENV)/.installed-dev ## build the wheel into dist/
	$(PIP) wheel --no-deps --wheel-dir dist .

clean: ## remove what the other targets made
	rm -rf $(VENV) $(RECORD) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
