# `make run` and `make test` do everything on a fresh machine with Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := tracker/labels/translations
WORDS := --keyword=text --keyword=N_ --keyword=plural:1,2 --sort-output --add-location=file --no-wrap --project=parole-tenue

unexport PYTHONDONTWRITEBYTECODE  # else each of the processes that the tests start would compile the package anew

.DEFAULT_GOAL := help
.PHONY: help run install test thorough check types shape fix measure bench catalogues lock browser office validator

help: ## Say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

run: $(VENV)/runtime ## Build, load the demonstration and serve it on http://127.0.0.1:5000
	@$(BIN)/tracker init --demo
	@$(BIN)/tracker run

install: $(VENV)/runtime ## Build .venv with the locked dependencies and the package (editable)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tools: requirements-dev.lock $(VENV)/runtime | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

browser: ## Install Debian's Chromium without its windows when no browser is there (needs root)
	@command -v "$${CHROMIUM:-chromium-headless-shell}" >/dev/null \
		|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; } \
		|| command -v chromium >/dev/null

office: ## Install the LibreOffice that the tests open our workbooks and documents with (needs root)
	@command -v localc >/dev/null && command -v lowriter >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc libreoffice-writer >/dev/null; }

validator: ## Install the Java that the reference checker of HTML runs on when there is none (needs root)
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; }

test: $(VENV)/tools browser office validator check ## Install what the tests need and run them all
	$(BIN)/python -m pytest -n auto --ignore=tests/architecture

thorough: $(VENV)/tools browser ## The calculations on 10,000 cases each, everything on both databases, the pages in every way of looking
	PROFILE=thorough $(BIN)/python -m pytest -n auto tests

check: $(VENV)/tools ## Linters, types, import contracts, catalogues: in seconds
	@$(MAKE) --no-print-directory -j2 types shape

types: $(VENV)/tools ## The types alone
	$(BIN)/mypy

shape: $(VENV)/tools ## Linters, import contracts and the tests of architecture, without the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q -p no:xdist tests/architecture

fix: $(VENV)/tools ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogues: $(VENV)/tools ## Bring the English catalogue up to date with the French of the code
	$(BIN)/pybabel -q extract -F pyproject.toml $(WORDS) -o $(CATALOGUE)/messages.pot .
	$(BIN)/pybabel -q update -i $(CATALOGUE)/messages.pot -o $(CATALOGUE)/en.po -l en --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap
	@rm $(CATALOGUE)/messages.pot

measure: $(VENV)/tools browser ## Serve the demonstration and measure its pages in Chromium: one JSON line a page; STORE=yes keeps the figures
	$(BIN)/python -m benchmarks.pages $(if $(STORE),--store)

bench: $(VENV)/tools ## The benchmarks: one JSON line each
	$(BIN)/python -m benchmarks.run

lock: ## Lock the dependencies again, with hashes and without a registry's address (needs uv)
	uv pip compile pyproject.toml --all-extras --group build --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements-dev.lock
