# Everything happens in .venv; the first target that needs it makes it. Needs only Python 3.11+ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready-$(shell cat requirements.lock pyproject.toml | cksum | cut -d ' ' -f 1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV_VERSION := 0.13.8
PYTEST_ARGS ?= -n auto --dist loadgroup

OMP_NUM_THREADS ?= 1
export OMP_NUM_THREADS

.PHONY: help setup demo test check format bench lock clean

help:
	@echo "make demo    the main job on the example: writes account.html and schedules.html"
	@echo "make test    all tests"
	@echo "make check   ruff, mypy, import contracts"
	@echo "make format  put the code into the house format"
	@echo "make bench   side-by-side runs against peers"
	@echo "make lock    work out requirements.lock anew"
	@echo "make clean   remove the environment and all caches"

setup: $(READY)

demo: $(READY)
	$(BIN)/rapporteur demo --out account.html

test: $(READY)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python benchmarks/run.py

# The lock pins every package by version and hash for every system and Python from 3.11 on.
lock:
	$(PYTHON) tools/make_environment.py build/lock
	build/lock/bin/python -m pip --quiet install uv==$(UV_VERSION)
	build/lock/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --upgrade --no-header \
	  --extra dev --output-file requirements.lock pyproject.toml
	rm -rf build/lock

$(READY):
	$(PYTHON) tools/make_environment.py $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) build dist account.html schedules.html .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
