# demo   the whole thing with a made-up company     make demo ARGS=--no-serve builds and ends
# test   lint, types, arrows and all tests, with a real browser
# bench  what it costs, as ratios within one run
.PHONY: demo test bench lint docs clean
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

demo: .venv/demo
	$(BIN)/python -m tests.support.demo $(ARGS)

test: .venv/test browser lint
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

bench: .venv/test
	$(BIN)/python -m pytest -s -m bench $(ARGS)

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/test
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -f docs/handbook.yml

.venv/demo: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -e '.[collect,report,desk]'
	@touch $@

.venv/test: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -e '.[collect,report,desk,test]'
	@touch .venv/demo $@

# Debian's Chromium runs the tests in a real browser; root can install it, others skip those tests.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || test "$$(id -u)" != 0 || \
	  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium; }

clean:
	rm -rf .venv build
