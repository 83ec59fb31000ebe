# make run   start everything           make test  the whole suite
# make setup install for development    make lint  style, format and types only
# make lock  refresh requirements/      make clean throw away caches (never var/, which holds the data)
# make bench measure                    make tck   run the DMN conformance kit: make tck TCK=folder
# make fault-month  play a month whose site and workers are killed at each kind of write: AGENCY= DOSSIERS= KILL= SEED=
# make docs  write the generated pages of docs/ anew
# make pictures  take the pictures of docs/images anew: the demonstration, walked as scripts/pictures.yaml says
# make mutations  spoil good definitions a thousand times and see how many mistakes the checks catch
# make import-samples  fetch Form.io's own example forms from npm and try the importer on them

.PHONY: run test setup lint docs bench tck import-samples mutations fault-month pictures clean lock
.DEFAULT_GOAL := run
UV ?= uv

run:
	@scripts/setup run
	@exec .venv/bin/tthc run

setup:
	@scripts/setup dev

test: setup
	@scripts/test

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy

docs: setup
	@for page in lint_docs language_reference shared_reference feel_reference field_types requirements_map branches; do \
		.venv/bin/python -m scripts.$$page || exit 1; done

bench: setup
	@scripts/setup bench
	@.venv/bin/python -m scripts.bench
	@.venv/bin/python -m scripts.bench_lists
	@.venv/bin/python -m scripts.bench_system
	@.venv/bin/python -m scripts.bench_line

tck: setup
	@.venv/bin/python -m scripts.tck "$(TCK)"

pictures: setup
	@.venv/bin/python -m scripts.pictures

mutations: setup
	@.venv/bin/python scripts/mutations.py

fault-month: setup
	@.venv/bin/tthc simulate month --agency $(or $(AGENCY),phuong-to-hieu) --seed $(or $(SEED),7) \
		--dossiers $(or $(DOSSIERS),40) --kill $(or $(KILL),4)

import-samples: setup
	@.venv/bin/python -m scripts.formio_samples .venv/formio-samples
	@.venv/bin/pytest -q tests/definitions/importing/test_samples.py

clean:
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	@find . -path ./.venv -prune -o -path ./var -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf

lock:
	@$(UV) pip compile pyproject.toml --group build --universal --generate-hashes --no-header -p 3.11 --quiet -o requirements/run.txt
	@$(UV) pip compile pyproject.toml --group build --group test --group lint --universal --generate-hashes --no-header -p 3.11 --quiet -o requirements/dev.txt
	@$(UV) pip compile --group bench --constraint requirements/dev.txt --universal --generate-hashes --no-header -p 3.11 --quiet -o requirements/bench.txt
