# Two commands do everything: `make run` and `make test`. `make help` lists the others.
SHELL := /bin/sh
PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# The system's certificate authorities, as pip does: a network with an authority of its own must work too.
export UV_SYSTEM_CERTS ?= true
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/jalon/locale/*/LC_MESSAGES/django.po))

.PHONY: help run install test test-quick lint bench fuzz browser softhsm peers lock messages clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.ready $(CATALOGUES) ## install, prepare the database, serve on http://localhost:8000 with a demonstration territory
	@JALON_DEMO=$${JALON_DEMO:-1} $(VENV)/bin/jalon serve

install: $(VENV)/.ready $(CATALOGUES) ## prepare the environment; leaves the command at .venv/bin/jalon

test: $(VENV)/.ready-dev $(CATALOGUES) browser softhsm peers ## everything: SQLite, PostgreSQL, a real browser
	@$(VENV)/bin/python tools/test.py

test-quick: $(VENV)/.ready-dev $(CATALOGUES) ## without browser and PostgreSQL
	@$(VENV)/bin/pytest -q -n 2 -m "not browser and not postgresql and not slow"

lint: $(VENV)/.ready-dev ## linter, formatter, types, import rules
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

bench: $(VENV)/.ready-dev peers ## measurements, as ratios
	@for f in benchmarks/bench_*.py; do $(VENV)/bin/python $$f || exit 1; done

fuzz: $(VENV)/.ready-dev ## each parser of the engine under a coverage-guided fuzzer, FUZZ_SECONDS long (60)
	@$(VENV)/bin/python -m fuzz

browser: $(VENV)/.ready-dev
	@$(VENV)/bin/python tools/browser.py --install

softhsm: $(VENV)/.ready-dev
	@$(VENV)/bin/python tools/softhsm.py --install

peers: $(VENV)/.ready-dev ## the Node libraries that the tests ask for a second opinion, where Node is there
	@$(VENV)/bin/python tools/node.py --install

lock: .tools/uv ## renew the lock files
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --group test --group lint --group translation -o requirements/dev.txt
	$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 requirements/build.in -o requirements/build.txt

messages: $(VENV)/.ready-dev ## renew the translation catalogues from code and templates
	@$(VENV)/bin/python tools/messages.py update

clean: ## remove what was installed here; the data in var/ stay
	rm -rf $(VENV) .tools build dist

# uv: the one on PATH, else one of our own beside the project (Debian's pip refuses a plain install).
.tools/uv:
	@mkdir -p .tools
	@command -v uv >/dev/null 2>&1 || test -x .tools/bin/uv || { \
	  echo "Installing uv beside the project…"; \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action ignore --target .tools uv; }
	@touch .tools/uv

$(VENV)/bin/python: .tools/uv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Jalon needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(VENV)/bin/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@touch $(VENV)/bin/python

$(VENV)/.ready: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing Jalon in $(VENV)…"
	@$(UV) pip install --quiet --python $(VENV)/bin/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(VENV)/bin/python --no-deps --build-constraints requirements/build.txt -e .
	@touch $@

%.mo: %.po tools/messages.py | $(VENV)/.ready
	@$(VENV)/bin/python tools/messages.py compile
	@touch $(CATALOGUES)

$(VENV)/.ready-dev: requirements/dev.txt $(VENV)/.ready
	@echo "Installing what the tests need…"
	@$(UV) pip install --quiet --python $(VENV)/bin/python --require-hashes -r requirements/dev.txt
	@touch $@
