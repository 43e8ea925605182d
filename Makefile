# Commands for people. `make` alone prints them. Every check is a session of nox: noxfile.py.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Values on the command line may come from outside, such as the input of a workflow. They reach the
# sessions through the environment as they are: make does not expand a `$(shell …)` in them.
$(foreach v,$(.VARIABLES),$(if $(findstring command line,$(origin $v)),$(eval override $v := $$(value $v))))
override URL := $(value URL)
override GITHUB_OUTPUT := $(value GITHUB_OUTPUT)
export URL GITHUB_OUTPUT

.DEFAULT_GOAL := help
.PHONY: help demo sandbox test check docs regenerate setup benchmarks examples tests

help: ## Print this list
	@echo "actuallycare: async Python SDK for the ActuallyCare API"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / && $$1 != "help" {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "All checks and tools: make setup, then $(BIN)/nox --list"

demo: $(VENV)/.demo ## Watch the SDK work against a local ActuallyCare
	@$(BIN)/python examples/demo.py

sandbox: $(VENV)/.demo ## Run the local ActuallyCare until Ctrl-C
	@$(BIN)/python -m actuallycare_sandbox

test: $(VENV)/.dev ## Run the test suite
	@$(BIN)/nox -s test

check: $(VENV)/.dev ## Check style, types, workflow files and that generated code is up to date
	@$(BIN)/nox -t check

docs: $(VENV)/.dev ## Build the documentation site in build/docs
	@$(BIN)/nox -s docs

regenerate: $(VENV)/.dev ## Pull the vendor's document (URL=… for another source), generate, test
	@$(BIN)/nox -s regenerate

setup: $(VENV)/.dev ## Create the development environment in .venv, or update it

.DEFAULT:
	@echo "make has no such command; \`make\` lists those it has. Other checks are sessions of nox:" >&2
	@echo "make setup, then $(BIN)/nox --list" >&2
	@exit 2

# Folders with these names exist: without a rule make would report them as up to date.
benchmarks examples tests: no-such-command

# Environments are created when needed, and updated when their requirements change.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is required; found $$($(PYTHON) --version 2>&1)."; \
	  echo "Choose another one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements/demo.txt pyproject.toml | $(BIN)/python
	@echo "Installing the packages of the demo …"
	@$(PIP) install --require-hashes -r requirements/demo.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing the development packages …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
