# What can be done here: `make help`. Nothing but Python 3.11 or newer and make is needed beforehand.

PORT ?= 8000
POSTS ?=
JOBS ?= auto
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
PYTEST := $(PY) -m pytest -q -n $(JOBS) --maxprocesses 4 --dist worksteal
LOCK := $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 \
	--no-header --no-emit-index-url --no-emit-find-links
PUBLIC := DEBUG= ALLOWED_HOSTS= DATABASE_URL= SITE_URL=https://notes.example.org \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))')

# What Python compiles is kept even where the machine says not to: each process of a test run would compile it again.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run test quick checks lint types test-sqlite test-postgres test-browser format lock fuzz crash stories bench clean
.DELETE_ON_ERROR:

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: .venv/run.stamp ## import the samples (or POSTS=path/to/my/notes) and serve on 127.0.0.1 (PORT=8000)
	@$(PY) -c 'import socket; socket.create_server(("127.0.0.1", int("$(PORT)")))' 2>/dev/null || \
		{ echo "Port $(PORT) cannot be had; choose another: make run PORT=8001" >&2; exit 1; }
	@$(PY) manage.py migrate -v 0
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(PY) manage.py first_run $(if $(POSTS),"$(POSTS:~/%=$(HOME)/%)")
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} DJANGO_RUNSERVER_HIDE_WARNING=true \
		$(PY) manage.py runserver --noreload --skip-checks 127.0.0.1:$(PORT)

test: checks test-sqlite test-postgres ## check and test everything, on SQLite and on PostgreSQL

quick: checks ## check style and types, and run the tests on SQLite but the slow ones and those in the browser
	DATABASE_URL= $(PYTEST) -m "not browser and not slow"

checks: .venv/dev.stamp
	@$(MAKE) --no-print-directory -j 2 types lint

lint: .venv/dev.stamp ## check style, imports, templates, migrations, deployment and the Dockerfile
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(PY) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, as in production"
	@$(PUBLIC) $(PY) manage.py check --deploy --fail-level WARNING
	$(BIN)/hadolint Dockerfile
	@if command -v docker-compose >/dev/null; then echo "docker-compose config"; SECRET_KEY=x POSTGRES_PASSWORD=x docker-compose config -q; fi

types: .venv/dev.stamp ## check types
	$(BIN)/mypy .

test-sqlite: .venv/dev.stamp ## run all tests on SQLite, those in the browser too
	DATABASE_URL= $(PYTEST)

test-postgres: .venv/dev.stamp ## run the tests that touch the database on PostgreSQL
	$(PY) -m tests.postgres $(PYTEST) -m "(database or postgresql) and not browser"

test-browser: .venv/dev.stamp ## run the tests in the browser alone
	DATABASE_URL= $(PYTEST) -m browser

format: .venv/dev.stamp ## format code and templates
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

lock: .venv/dev.stamp ## write requirements*.txt anew from requirements*.in
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

fuzz: .venv/dev.stamp ## look for inputs that break what holds for any input, for some minutes
	$(PY) -m tests.parsing.fuzz 100000
	HYPOTHESIS_PROFILE=fuzz DATABASE_URL= $(PYTEST) -m hypothesis

crash: .venv/dev.stamp ## kill imports (200), write-backs and removals, on SQLite and on PostgreSQL: all must stay whole
	DATABASE_URL= $(PY) -m tests.crash
	$(PY) -m tests.postgres $(PY) -m tests.crash

stories: .venv/dev.stamp ## let writers, editors and commands work at random, on SQLite and on PostgreSQL: nothing may be lost
	DATABASE_URL= $(PY) -m tests.stories
	$(PY) -m tests.postgres $(PY) -m tests.stories 10

bench: .venv/dev.stamp ## measure speed
	@for script in bench/*.py; do echo "$$script"; $(PY) "$$script" || exit 1; done

clean: ## remove all that can be made again; data/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build staticfiles test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@test -n "$(PYTHON)" || { echo "confnotes needs Python 3.11 or newer, and none was found." \
		"Install it, or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python has no venv module here; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

.venv/run.stamp: requirements.txt | $(PY)
	@echo "Installing what confnotes needs (once)"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | $(PY)
	@echo "Installing what the tests need (once)"
	@$(PIP) -r requirements-dev.txt
	@touch .venv/run.stamp $@
