# Everything here works on a fresh machine with python3 (3.11 or later) and make.
PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 10
RUN = .venv/bin/python

.PHONY: demo test fuzz check bench lock messages clean

demo: .venv/runtime  ## Set up, load the demo, print who can sign in, serve on PORT
	@PORT=$(PORT) RESET=$(RESET) bin/demo

test: .venv/dev  ## All tests: on SQLite and PostgreSQL, and in Chromium where it is found
	@bin/test $(ARGS)

fuzz: .venv/dev  ## Property-based tests with fresh examples, for MINUTES
	@MINUTES=$(MINUTES) bin/fuzz

check: .venv/dev  ## Linters, types, import contracts, migrations, settings
	@bin/check

bench: .venv/dev  ## Requests per second as ratios, in one run
	@bin/bench

lock: .venv/dev  ## Make the hashed lock files anew from pyproject.toml; UPGRADE=1 takes newer versions too
	.venv/bin/uv pip compile -q $(if $(UPGRADE),--upgrade) --universal --generate-hashes --no-annotate --custom-compile-command "make lock" --python-version 3.11 pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile -q $(if $(UPGRADE),--upgrade) --universal --generate-hashes --no-annotate --custom-compile-command "make lock" --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt

messages: .venv/dev  ## Collect and compile the interface's Chinese words (needs gettext)
	$(RUN) manage.py makemessages -l zh --no-location --no-obsolete -i .venv -i var -i tests
	$(RUN) manage.py compilemessages -l zh

clean:  ## Remove the environment and everything that was made
	rm -rf .venv var

.venv/runtime: requirements.txt
	@$(PYTHON) bin/environment.py requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt
	@$(PYTHON) bin/environment.py requirements-dev.txt
	@touch $@ .venv/runtime
