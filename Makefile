# make run     sets everything up and opens the page          make test    sets everything up and passes
# make quick   the laws alone, tests/laws
# make check   format, lint, types, import contracts          make bench   timings, medians of one run
# make coverage  which lines of the page's scripts their tests run: 60 % at least
# make scores  scores every checkpoint anew and writes them into pretrained/manifest.json
# make referee   2,000 random pairs of mixtures on the line against an independent referee, as a table (SEED=0);
#                then forty learned generators of the plane against root enumeration
#
# DATA         the folder with MNIST's four files, for make scores; without it they are downloaded
# PYTHON       the interpreter the environment is built with (3.11); the scripts are checked by Node.js, 20 or later
# TORCH_INDEX  where torch comes from, e.g. https://download.pytorch.org/whl/cpu for the small CPU build

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.dev-ready
NODE_READY := node_modules/.ready
COVERAGE := $(CURDIR)/.script_coverage

.PHONY: setup run test quick check coverage referee bench scores format browser clean

setup: $(DEV_READY) $(NODE_READY)

$(READY): requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not on the path: install Python 3.11, or name one with PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "$(VENV) is not Python 3.11: remove it, or name another with PYTHON=..."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet --index-url $(TORCH_INDEX) $$(grep '^torch==' requirements.txt))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_READY): $(READY) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(NODE_READY): package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is not on the path: install Node.js 20 or later, which checks and tests the page's scripts."; exit 1; }
	npm ci --silent --no-audit --no-fund
	@touch $@

run: $(READY)
	$(BIN)/python app.py

test: $(DEV_READY) $(NODE_READY) browser
	$(BIN)/python -m gan_playground.engine.compile_updates  # once, where each worker would
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

quick: $(DEV_READY) $(NODE_READY)
	$(BIN)/python -m gan_playground.engine.compile_updates
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/laws

check: $(DEV_READY) $(NODE_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	node_modules/.bin/tsc --project .

# What V8 counted in node's tests and in the browser's, as lines of the page's scripts.
coverage: $(DEV_READY) $(NODE_READY) browser
	rm -rf $(COVERAGE) && mkdir -p $(COVERAGE)
	NODE_V8_COVERAGE=$(COVERAGE) node --test tests/web/
	SCRIPT_COVERAGE=$(COVERAGE) $(BIN)/python -m pytest tests/browser
	$(BIN)/python -m benchmarks.script_coverage $(COVERAGE) 60

referee: $(DEV_READY)
	PYTHONPATH=. $(BIN)/python tests/line_pairs.py --pairs 2000 --seed $(or $(SEED),0)
	$(BIN)/python -m benchmarks.plane_referee --check

bench: $(DEV_READY)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.classroom

scores: $(READY)
	$(BIN)/python -m gan_playground evaluate all --write $(if $(DATA),--data "$(DATA)")

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A Chromium for the browser tests: one that is installed, else Debian's, else Playwright's own.
browser: $(DEV_READY)
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && apt-get -qq install -y chromium >/dev/null; } \
	  || $(BIN)/python -m playwright install chromium \
	  || { echo "No Chromium is to be had here: install one, e.g. apt-get install chromium."; exit 1; }

clean:
	rm -rf $(VENV) node_modules .pytest_cache .ruff_cache .import_linter_cache
