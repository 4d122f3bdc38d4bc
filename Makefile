# Everything one does with a checkout. It keeps to .venv and var/, and asks for nothing but Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
LOCK := uv pip compile --generate-hashes --universal --python-version 3.11 --no-header --quiet --upgrade
CATALOGUES := $(wildcard zvonok/locale/*/LC_MESSAGES/*.po)
ACCEPTANCE := -o addopts="-ra --strict-markers --import-mode=importlib -p tests.cluster" tests/acceptance

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-data test lint bench format docs lock messages acceptance screenshots \
	.base .dev .words

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .base .words ## Run the demo school on http://127.0.0.1:8000 (PORT=8001 to change)
	@$(BIN)/zvonok demo

demo-reset: .base .words ## Run the demo school afresh: its data are thrown away
	@$(BIN)/zvonok demo --reset

demo-data: .base ## Write the demo schools' files in demo/ anew
	@$(BIN)/python -m demo.generator

test: .dev .words ## Run every test (ARGS="-k marks" for some)
	@$(BIN)/python scripts/system.py
	@$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report= $(ARGS)

acceptance: .dev .words ## Import the real files of ZVONOK_ACCEPTANCE_DATA (default: ../shared/data)
	@$(BIN)/pytest $(ACCEPTANCE) $(ARGS)

lint: .dev ## Check form, types, layers, templates and migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/djlint --check --quiet zvonok
	@DJANGO_SETTINGS_MODULE=zvonok.config.settings $(BIN)/python scripts/migrations.py

format: .dev ## Put code and templates into shape
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@$(BIN)/djlint --reformat --quiet zvonok

bench: .dev .words ## Measure the main pages into benchmarks/results/latest.json
	@$(BIN)/python -m benchmarks

docs: .dev ## Check that the documentation is whole
	@$(BIN)/pytest tests/test_docs.py

screenshots: .dev .words ## Take the README's pictures from the running demo
	@$(BIN)/python scripts/screenshots.py

lock: .dev ## Look for newer versions of all dependencies and lock them
	@$(BIN)/$(LOCK) requirements/base.in --output-file requirements/base.txt
	@$(BIN)/$(LOCK) requirements/dev.in --output-file requirements/dev.txt

messages: .dev ## Gather the texts to translate into zvonok/locale
	@$(BIN)/python scripts/messages.py
	@$(MAKE) --no-print-directory .words

.base:
	@$(PYTHON) scripts/bootstrap.py base

.dev:
	@$(PYTHON) scripts/bootstrap.py dev

.words: $(CATALOGUES:.po=.mo)

%.mo: %.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
