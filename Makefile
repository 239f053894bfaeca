# Two commands for a newcomer: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
VERRE_HOME ?= var
export VERRE_HOME

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
SELF := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .

# What browsers load beside HTML; built again where a source of it is newer. Nothing is fetched where nothing changed.
WEB := api/pages/static/built/sparql.js
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help run test coverage screening stores check format bench evaluate soak lock docs clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: $(VENV)/run.stamp $(WEB) ## build the graph from data/ and serve it; HOST=, PORT= and VERRE_HOME= override
	$(BIN)/verre build
	$(BIN)/verre serve --host "$(HOST)" --port "$(PORT)"

test: $(VENV)/dev.stamp $(WEB) ## every test; what had to be left out is listed at the end
	$(BIN)/python web/build.py test
	$(BIN)/python -m pytest $(SHARED_OUT) $(ARGS)

coverage: $(VENV)/dev.stamp $(WEB) ## the same with branch coverage, which takes longer
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest $(SHARED_OUT) --cov --cov-report=term $(ARGS)

# A process that dies ends the run: xdist waits for ever for the group of tests that it was at.
SHARED_OUT := --numprocesses 2 --dist loadgroup --max-worker-restart 0

screening: $(VENV)/screening.stamp ## what screening needs beside the rest; builds PyICU, see docs/screening.md

stores: $(VENV)/dev.stamp ## the tests of the API on oxigraph serve and on Virtuoso in place of the embedded store
	$(BIN)/python -m pytest tests/api $(SHARED_OUT) --store oxigraph $(ARGS)
	$(BIN)/python -m pytest tests/api $(SHARED_OUT) --store virtuoso $(ARGS)

check: $(VENV)/dev.stamp ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python web/build.py check

format: $(VENV)/dev.stamp ## format and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python web/build.py format

docs: $(VENV)/dev.stamp ## make again the pages of docs/ that are made from code
	$(BIN)/python -m graph.cli.documents

bench: $(VENV)/dev.stamp ## Verre beside its peers on a synthetic graph; SIZE=100k, 1m or 10m, and ARGS=
	$(BIN)/python -m tests.bench --size "$(or $(SIZE),100k)" $(ARGS)

evaluate: $(VENV)/dev.stamp ## how well matches find known facts that are hidden, beside baselines; ARGS=--write
	$(BIN)/python -m tests.evaluate $(ARGS)

soak: $(VENV)/dev.stamp ## ten minutes of mixed load, then fifty kills; ARGS=
	$(BIN)/python -m tests.soak $(ARGS)

lock: $(VENV)/dev.stamp ## pin every dependency again, with hashes and without addresses
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK) --output-file requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) --output-file requirements/dev.txt
	$(BIN)/uv pip compile --group web --constraints requirements/dev.txt $(LOCK) --output-file requirements/web.txt
	$(BIN)/uv pip compile pyproject.toml --extra screening --group build --constraints requirements/dev.txt $(LOCK) --output-file requirements/screening.txt

LOCK := --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

clean: ## remove the virtual environment, the releases and every cache
	rm -rf $(VENV) var dist web/node_modules api/pages/static/built .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Verre needs Python 3.11: install it, or say PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verre needs Python 3.11 or later, and $(PYTHON) is older: say PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install the package python3-venv (Debian: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --requirement requirements/run.txt
	$(SELF)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --requirement requirements/dev.txt
	$(SELF)
	@touch $@ $(VENV)/run.stamp

$(WEB): $(WEB_SOURCES) | $(VENV)/run.stamp
	$(BIN)/python web/build.py
	@touch $@

# PyICU comes as source only; setuptools, which builds it, is pinned with the rest and already there.
$(VENV)/screening.stamp: requirements/screening.txt pyproject.toml | $(VENV)/run.stamp
	@command -v pkg-config >/dev/null && command -v c++ >/dev/null && pkg-config --exists icu-i18n || { echo "Screening builds PyICU, which needs the packages libicu-dev, pkg-config and g++ (Debian: apt-get install libicu-dev pkg-config g++)" >&2; exit 1; }
	$(PIP) --no-build-isolation --requirement requirements/screening.txt
	@touch $@
