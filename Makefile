# Two commands for a newcomer: `make demo` and `make test`. Each makes its own environment first.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.rehearse-env
OUT    ?= out/demo
SENTENCE ?= put the black bowl on the plate

.PHONY: env demo test lint check clean

env: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Rehearse needs Python 3.11 (its physics engine has no wheels beyond it); found: $(PYTHON)." >&2; \
		  echo "Install it and say: make $(firstword $(MAKECMDGOALS) env) PYTHON=/path/to/python3.11" >&2; exit 2; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

demo: env
	$(BIN)/rehearse run "$(SENTENCE)" --scene kitchen --out $(OUT)

test: env
	$(BIN)/python -m pytest -q

lint: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
