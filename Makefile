# The two commands that matter: `make run` and `make test`. Both install what they need.
.PHONY: run test slow check bench docs install clean bootstrap bootstrap-tests
.DEFAULT_GOAL := run

bootstrap:
	@scripts/bootstrap.sh

# The same with the Debian packages that only the tests need.
bootstrap-tests:
	@scripts/bootstrap.sh --tests

# Opens the window; without a display it indexes the samples, asks two questions (the first time) and
# saves a screenshot of the window under .sabun/.
run: bootstrap
	@scripts/run.sh

# Format, lint, types, contracts (make check) and the fast tests: under ten minutes once installed.
test: bootstrap-tests check
	@.venv/bin/python -m pytest -m "not slow" --ignore tests/contracts -n logical --maxprocesses 4 --dist loadfile

# Journeys with the real models in a real window, kill and resume, quality on the golden questions.
slow: bootstrap-tests
	-@.venv/bin/python -m pip install -qq --no-deps --require-hashes -r locks/cuda-compiler.lock
	@.venv/bin/sabun models optimise
	@.venv/bin/python -m pytest -m slow

check: bootstrap
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python -m pytest -q tests/contracts

bench: bootstrap
	@scripts/bench.sh

# The pages of docs/ as a site: .sabun/site/index.html, to be read without a network.
docs: bootstrap
	@.venv/bin/python -m pip install -qq --no-deps --require-hashes -r locks/docs.lock
	@.venv/bin/python -m engine.cli.docs docs/cli.md
	@.venv/bin/python -m engine.cli.reference docs/reference.md
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build -q --strict

# Adds the program to the desktop's menu (scripts/install_launcher.sh --remove takes it out).
install: bootstrap
	@scripts/install_launcher.sh

clean:
	rm -rf .venv build .sabun
