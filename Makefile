# Each target works on a fresh machine: it makes the environment it needs first.
.PHONY: run test check bench race reports torture
.DEFAULT_GOAL := run

PYTHON ?= python3
PY := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi
PORT ?= 8000

# Made again only when the requirements change; a second start finds it done.
.venv/run: requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/run
	@$(FLASK) serve --demo --port $(PORT)

# A Chromium: the machine's own, else Debian's as root, else Playwright's download.
.PHONY: chromium
chromium: .venv/dev
	@$(PY) -m tests.chromium

test: .venv/dev chromium
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: .venv/dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/djlint --lint --quiet app/templates
	@$(PY) -m course check

bench: .venv/dev
	@$(PY) -m bench

# Each permission check taken away in turn: does a test notice? ARGS="owner 1/10" for a part.
.PHONY: mutate
mutate: .venv/dev
	@$(PY) -m tests.mutation $(ARGS)

# Everybody at one moment for the last seats, twenty times on each database. ARGS=sqlite for one.
race: .venv/dev
	@$(PY) -m bench.burst $(ARGS)

# Five hundred learners at once on the server as it is shipped, on each database. ARGS="60 sqlite" for a short run.
.PHONY: load slow many
load: .venv/dev
	@$(PY) -m bench.learners $(ARGS)

# Whether clients that send a byte a second hold the others up. ARGS="10 sqlite" for a short run.
slow: .venv/dev
	@$(PY) -m bench.slow $(ARGS)

# Pages in an installation of a thousand cohorts and two million entries, against one cohort. ARGS="1000 sqlite" for one.
many: .venv/dev
	@$(PY) -m bench.many $(ARGS)

# A trainer's reports over a thousand learners and over ten thousand, on each database. ARGS="1000 1 sqlite" for less.
reports: .venv/dev
	@$(PY) -m bench.reports $(ARGS)

# Servers killed, disks filled, PostgreSQL restarted, migrations cut short, many times over. Needs root for the disk.
# ARGS=sqlite for one database.
torture: .venv/dev
	@$(PY) -m bench.torture $(ARGS)
