# Every target makes its own environment in .venv; nothing else of the machine is touched.
#   make demo    a recorded day, from feeds to a site you can open
#   make test    all tests
#   make daily   today's edition from the live feeds of site.toml
#   make docs    the documentation as a site, built by ribao: build/docs/public

PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev

.PHONY: demo daily docs judge test lint check bench bench-evidence bench-newsroom serve constraints clean

demo: $(RUN)
	@$(BIN)/python -m tests.demo.run

daily: $(RUN)
	@$(BIN)/ribao daily

serve: $(RUN)
	@$(BIN)/ribao serve

docs: $(RUN)
	@$(BIN)/python -m docs.build

test: $(DEV)
	@$(BIN)/pytest -n auto

lint: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint test

# Built sites below a path, judged by tools nobody here wrote. Needs Node 20, Java, Chromium, xmllint.
JUDGED := build/judge
judge: demo judges/node_modules
	@rm -rf $(JUDGED)/new && $(BIN)/ribao new site $(JUDGED)/new --no-build >/dev/null
	@cd judges && node workflows.mjs ../.github/workflows/*.yml ../$(JUDGED)/new/.github/workflows/*.yml
	@$(BIN)/python judges/prepare.py demo plain posts
	@$(BIN)/python judges/feeds.py $(JUDGED)/*/public
	@$(BIN)/python judges/sarif.py $(JUDGED)/demo
	@cd judges && node judge.mjs ../$(JUDGED)/demo/public
	@cd judges && node judge.mjs ../$(JUDGED)/plain/public --quick
	@test ! -d $(JUDGED)/posts || (cd judges && node judge.mjs ../$(JUDGED)/posts/public --quick)

# Every kind of page as a picture, in build/shots/: phone, desktop, zoomed; light, dark, sepia; and printed.
screenshots: demo judges/node_modules
	@$(BIN)/python judges/prepare.py demo plain zh-Hant en
	@cd judges && for site in demo plain zh-Hant en; do \
	  node shots.mjs ../$(JUDGED)/$$site/public ../build/shots/$$site; done

judges/node_modules: judges/package.json
	@cd judges && npm install --ignore-scripts --no-audit --no-fund --no-package-lock
	@touch $@

# How fast sites are built and previewed, and Hugo's in turn when it is installed: docs/speed.md.
bench: $(RUN)
	@$(BIN)/python -m bench.build --posts 300 --rounds 2 --default-theme
	@$(BIN)/python -m bench.serve --posts 300
	@$(BIN)/python -m bench.markdown

# How well the evidence finds injected faults, and what it says of clean items.
bench-evidence: $(DEV)
	@$(BIN)/python -m bench.evidence

# How well stories are grouped, ranked and kept, on ../shared/data; says so where that is absent.
bench-newsroom: $(DEV)
	@$(BIN)/python -m bench.newsroom

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ribao needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(RUN): pyproject.toml constraints/run.txt | $(BIN)/python
	@echo "installing what ribao needs (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): constraints/dev.txt $(RUN)
	@echo "installing the tools for tests (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/dev.txt
	@touch $@

# Exact versions with hashes for every platform, without the names of hosts. Needs uv.
constraints:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --group run pyproject.toml -o constraints/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --group run --group dev pyproject.toml -c constraints/run.txt -o constraints/dev.txt

clean:
	rm -rf demo public .ribao build dist .mypy_cache .ruff_cache .pytest_cache
