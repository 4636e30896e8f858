# Everything is set up in .venv by itself, once; a changed lock or pyproject.toml sets up again.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps
LOCKED := $(PIP) --require-hashes --no-build-isolation --use-pep517
RUN_READY := .venv/ready-run
TEST_READY := .venv/ready-test
COMPARE := .venv/compare
COMPARED := jionlp recognizers
LOCK := uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

.PHONY: run test bench bench-batch fuzz check-deps rules compare docs lock clean

run: $(RUN_READY)
	$(BIN)/gongwen run data/raw -o data/processed

test: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(RUN_READY)
	$(BIN)/python -m pipelines.measure.bench data/raw
	$(BIN)/python -m pipelines.measure.bench_pages data/raw

# What each rule and word matches, also in papers of your own: make rules PAPERS=folder TABLE=name
rules: $(TEST_READY)
	$(BIN)/python -m pipelines.measure.rules_report $(PAPERS) $(if $(TABLE),--table $(TABLE))

# Other systems over the banks, each in an environment of its own; docs/compare.md says what is counted.
compare: $(RUN_READY) $(COMPARED:%=$(COMPARE)/%/ready)
	$(BIN)/python tests/compare/compare.py $(BIN)/python $(COMPARED:%=$(COMPARE)/%/bin/python)

$(COMPARE)/%/ready: tests/compare/%.txt
	$(BIN)/python -m venv --clear $(@D)
	$(@D)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps -r $<
	touch $@

# Ten thousand files, then growth to a hundred thousand: half an hour. FILES and MOST make it smaller.
bench-batch: $(TEST_READY)
	$(BIN)/python tests/bench/batch.py $(or $(FILES),10000) $(or $(MOST),100000)

# Ten thousand mutated files of all formats through the whole pipeline.
fuzz: $(TEST_READY)
	$(BIN)/python -W ignore tests/bench/fuzz.py

# Needs the network: the advisory database of the package index.
check-deps: $(TEST_READY)
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements/run.txt

docs: $(RUN_READY)
	$(BIN)/python -m pipelines.docs docs/tables.md

# Needs uv (https://pypi.org/project/uv): one lock for Linux, macOS and Windows, Python 3.11 and up.
lock:
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) pyproject.toml -c requirements/held.in -o requirements/run.txt
	$(LOCK) pyproject.toml --extra dev -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info

$(RUN_READY): requirements/build.txt requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "gongwen needs Python 3.11 or later with venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(LOCKED) -r requirements/build.txt
	$(LOCKED) -r requirements/run.txt
	$(PIP) --no-build-isolation --editable .
	touch $@

$(TEST_READY): $(RUN_READY) requirements/test.txt
	$(LOCKED) -r requirements/test.txt
	touch $@
