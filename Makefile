# make build   environment, then raw/ -> out/
# make test    environment, then style, types and tests
# make docs    the tables of the manual and the examples of README and cookbook anew, from code and sample
# make open    the list of what the sample corpus shows to be wrong still: tests/sample/open.tsv
# make bench   figures on a development set: make bench BENCH=path/to/run.py
# make lock    requirements.lock anew, for all supported versions of Python (needs uv)

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: build test docs open bench lock clean

build: $(READY)
	$(BIN)/jiaokan build raw -o out

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

docs: $(READY)
	$(BIN)/python -m pipeline.manual docs
	DOCS=write $(BIN)/pytest tests/test_docs.py tests/test_cookbook.py

open: $(READY)
	OPEN=write $(BIN)/pytest tests/test_sample.py -k test_write_what_is_open

bench: $(READY)
	@test -n "$(BENCH)" || { echo "say where the scorer is: make bench BENCH=path/to/run.py"; exit 2; }
	$(BIN)/python $(BENCH) --jiaokan $(BIN)/jiaokan

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra test --extra dev --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
