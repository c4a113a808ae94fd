# Everything a reader, an author or CI runs, by one name each. Needs Python 3.11 to 3.13 and make.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := .venv-bench
MUTMUT := build/mutmut
SAMPLE := 400
SUITS := import sys; (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.exit(1)
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c '$(SUITS)' 2>/dev/null && echo $$p && break; done)
UV = $(shell command -v uv || echo $(BIN)/uv)

# Material announces MkDocs 2 at every build; pyproject.toml keeps us on 1.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build test coverage mutants bench lint format lock screenshots clean clean-cache

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## Set everything up and serve the live site
	$(BIN)/mkdocs serve

build: $(READY) ## Build the site into site/, any warning an error
	$(BIN)/mkdocs build --strict

test: $(READY) ## Set everything up and run the tests
	$(BIN)/pytest --numprocesses auto

coverage: $(READY) ## Run the tests that need no browser, and measure what code they reach
	rm -rf build/coverage
	$(BIN)/coverage run -m pytest --numprocesses auto -m "not browser"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: $(READY) $(MUTMUT)/.ready ## Break the code in SAMPLE=400 places (SAMPLE= for all): tests should fail
	PATH="$(MUTMUT)/bin:$$PATH" PYTHONPATH="$(CURDIR)/mutants:$(CURDIR)/$(MUTMUT)" \
	  $(BIN)/python tests/mutation/sample.py $(SAMPLE)

screenshots: build ## Take pictures of every page, and those of the README
	$(BIN)/python tests/browser/screenshots.py site build/screenshots
	cp build/screenshots/readme-*.png docs/assets/screenshots/

bench: $(BENCH)/.ready ## Measure beside the peers, and write docs/benchmarks.json
	$(BENCH)/bin/python tests/benchmarks/run.py

lint: $(READY) ## Check style, types and workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --quiet --offline .github

format: $(READY) ## Put the code into the house format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(READY) ## Resolve the dependencies again, within pyproject.toml
	$(UV) pip compile pyproject.toml --all-extras --group lint --group build \
	  --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock
	$(UV) pip compile pyproject.toml --extra plots --extra tensorflow --extra dask --extra site \
	  --group bench --group build \
	  --universal --python-version 3.11 --generate-hashes --upgrade --constraints requirements.lock \
	  --no-emit-index-url --no-header --no-annotate --quiet -o requirements-bench.lock
	$(UV) pip compile --group mutants \
	  --universal --python-version 3.11 --generate-hashes --upgrade --constraints requirements.lock \
	  --no-emit-index-url --no-header --no-annotate --quiet -o requirements-mutants.lock

clean: ## Remove what was built and cached, and keep .venv
	rm -rf site build dist mutants .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

clean-cache: $(READY) ## Forget the executed pages
	$(BIN)/python -m xordocs.site.cache .cache/pages forget

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "xordocs needs Python 3.11, 3.12 or 3.13 on the PATH" >&2; exit 1; }
	@test -x $(BIN)/pip && $(BIN)/python -c '$(SUITS); import pip' 2>/dev/null || rm -rf $(VENV) # of no use
	test -d $(VENV) || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	command -v uv >/dev/null || test -x $(BIN)/uv || { \
	  awk '/^[^ ]/ { mine = /^uv==/ } mine' requirements.lock > $(VENV)/uv.txt && \
	  $(BIN)/pip install --quiet --require-hashes -r $(VENV)/uv.txt; }
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@

$(BENCH)/.ready: $(READY) requirements-bench.lock
	test -x $(BENCH)/bin/python || $(BIN)/python -m venv $(BENCH)
	$(UV) pip sync --quiet --python $(BENCH)/bin/python --require-hashes --compile-bytecode \
	  requirements-bench.lock
	$(UV) pip install --quiet --python $(BENCH)/bin/python --no-build-isolation --no-deps --editable .
	@touch $@

$(MUTMUT)/.ready: $(READY) requirements-mutants.lock
	$(UV) pip sync --quiet --python $(BIN)/python --target $(MUTMUT) --require-hashes \
	  requirements-mutants.lock
	@touch $@
