# Everything a reader, an author or CI runs, by one name each. Needs Python 3.11 to 3.13 and make.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := .venv-bench
AUDITORS := tests/audits/node_modules
GENERATORS := .venv-generators
NEWEST := .venv-newest
MUTMUT := build/mutmut
COVERAGE = COVERAGE_FILE="$(abspath $(VENV))/coverage/data" $(BIN)/coverage
SAMPLE := 400
SUITS := import sys; (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.exit(1)
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c '$(SUITS)' 2>/dev/null && echo $$p && break; done)
UV = $(shell command -v uv || echo $(BIN)/uv)
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet
LOCK = $(COMPILE) pyproject.toml --all-extras --group lint --group build
LOCK_BENCH = $(COMPILE) pyproject.toml --extra plots --extra tensorflow --extra dask --extra site \
  --group bench --group build --constraints requirements.lock
LOCK_GENERATORS = $(COMPILE) --group generators --constraints requirements.lock
LOCK_MUTANTS = $(COMPILE) --group mutants --constraints requirements.lock

# Material announces MkDocs 2 at every build; pyproject.toml keeps us on 1.
export NO_MKDOCS_2_WARNING := 1

# Where it is set, each process would compile the tests and all that it imports again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve build test audit faults coverage mutants bench fonts lint format lock check-lock \
  lowest newest dist screenshots export generators clean clean-cache

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## Set everything up and serve the live site
	$(BIN)/mkdocs serve

build: $(READY) ## Build the site into site/, any warning an error
	$(BIN)/mkdocs build --strict

test: $(READY) ## Set everything up and run the tests
	$(BIN)/pytest --numprocesses auto

audit: $(READY) $(AUDITORS) ## Look at all cases of which the tests have a sample, but for the faults
	$(BIN)/pytest --numprocesses auto -m audit --ignore tests/faults

coverage: $(READY) ## Run the tests that need no browser, and measure what code they reach
	rm -rf $(VENV)/coverage
	PYTHONPATH="$(CURDIR)/tests/measured" $(COVERAGE) run -m pytest --numprocesses auto -m "not browser and not audit"
	$(COVERAGE) combine --quiet
	$(COVERAGE) report

mutants: $(READY) $(MUTMUT)/.ready ## Break the code in SAMPLE=400 places (SAMPLE= for all): tests should fail
	mkdir -p mutants # which must be there before Python looks for modules in it
	PATH="$(MUTMUT)/bin:$$PATH" PYTHONPATH="$(CURDIR)/mutants:$(CURDIR)/$(MUTMUT)" \
	  $(BIN)/python tests/mutation/sample.py $(SAMPLE)

screenshots: build ## Take pictures of every page, and those of the README
	$(BIN)/python tests/browser/screenshots.py site build/screenshots
	cp build/screenshots/readme-*.png docs/assets/screenshots/

faults: $(READY) ## Kill builds, damage caches and build in pairs, some 400 times
	$(BIN)/pytest --numprocesses auto -m "audit or not audit" tests/faults

export: $(READY) ## Write the executed course into build/export, for other generators
	$(BIN)/python -m xordocs.site.export --strict build/export

generators: export $(GENERATORS)/.ready ## Compare the site with what other generators build
	$(BIN)/python tests/generators/run.py $(GENERATORS)/bin/python build/export build/generators

bench: $(BENCH)/.ready $(AUDITORS) ## Measure beside the peers, and write docs/benchmarks.json
	$(BENCH)/bin/python tests/benchmarks/run.py

fonts: $(READY) ## Cut the site's fonts out of the whole ones again
	$(UV) run --quiet tests/fonts/cut.py

lint: $(READY) ## Check style, types and workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --quiet --offline .github

format: $(READY) ## Put the code into the house format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(READY) ## Resolve the dependencies again, within pyproject.toml
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK_BENCH) --upgrade -o requirements-bench.lock
	$(LOCK_GENERATORS) --upgrade -o requirements-generators.lock
	$(LOCK_MUTANTS) --upgrade -o requirements-mutants.lock

check-lock: $(READY) ## Check that the locks are what pyproject.toml asks for
	mkdir -p build && cp requirements*.lock build/
	$(LOCK) -o build/requirements.lock && diff requirements.lock build/requirements.lock
	$(LOCK_BENCH) -o build/requirements-bench.lock && diff requirements-bench.lock build/requirements-bench.lock
	$(LOCK_GENERATORS) -o build/requirements-generators.lock && \
	  diff requirements-generators.lock build/requirements-generators.lock
	$(LOCK_MUTANTS) -o build/requirements-mutants.lock && \
	  diff requirements-mutants.lock build/requirements-mutants.lock

lowest: $(READY) ## Build the site and test the package with the lowest versions that pyproject.toml allows
	rm -rf build/lowest && $(UV) venv --quiet --seed --python $(BIN)/python build/lowest # a notebook calls its pip
	$(UV) pip install --quiet --python build/lowest --resolution lowest-direct --editable ".[all]"
	build/lowest/bin/mkdocs build --strict --site-dir build/lowest/site
	build/lowest/bin/pytest --numprocesses auto -m "not browser and not audit" tests/nn tests/experiments tests/plots tests/site

newest: $(READY) ## Test with the newest MkDocs and mkdocs-jupyter that are allowed
	mkdir -p build && cp requirements.lock build/newest.lock
	$(LOCK) --upgrade-package mkdocs --upgrade-package mkdocs-jupyter -o build/newest.lock
	test -x $(NEWEST)/bin/python || $(BIN)/python -m venv $(NEWEST)
	$(UV) pip sync --quiet --python $(NEWEST)/bin/python --require-hashes build/newest.lock
	$(UV) pip install --quiet --python $(NEWEST)/bin/python --no-build-isolation --no-deps --editable .
	$(NEWEST)/bin/mkdocs build --strict --site-dir build/newest
	$(NEWEST)/bin/pytest --numprocesses auto -m "not browser and not audit" tests/site

dist: $(READY) ## Build the source distribution and the wheel into dist/
	rm -rf dist
	$(BIN)/hatchling build

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
	@echo "Installing what requirements.lock lists; TensorFlow is the largest, and takes the longest." >&2
	$(UV) pip sync --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@

$(AUDITORS): tests/audits/package-lock.json
	npm ci --prefix tests/audits --silent
	@touch $@

$(BENCH)/.ready: $(READY) requirements-bench.lock
	test -x $(BENCH)/bin/python || $(BIN)/python -m venv $(BENCH)
	$(UV) pip sync --quiet --python $(BENCH)/bin/python --require-hashes --compile-bytecode \
	  requirements-bench.lock
	$(UV) pip install --quiet --python $(BENCH)/bin/python --no-build-isolation --no-deps --editable .
	@touch $@

# ProperDocs runs the project's own plugins, so it finds what is in $(VENV), too.
$(GENERATORS)/.ready: $(READY) requirements-generators.lock
	test -x $(GENERATORS)/bin/python || $(BIN)/python -m venv --without-pip $(GENERATORS)
	$(UV) pip sync --quiet --python $(GENERATORS)/bin/python --require-hashes \
	  requirements-generators.lock
	where='import sysconfig; print(sysconfig.get_path("purelib"))'; \
	  echo "import site; site.addsitedir('$$($(BIN)/python -c "$$where")')" \
	  > "$$($(GENERATORS)/bin/python -c "$$where")/project.pth"
	@touch $@

$(MUTMUT)/.ready: $(READY) requirements-mutants.lock
	$(UV) pip sync --quiet --python $(BIN)/python --target $(MUTMUT) --require-hashes \
	  requirements-mutants.lock
	@touch $@
