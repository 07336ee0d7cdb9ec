# make ask    set everything up, index corpus/, print the cited answer to the sample question
# make chat   the same, then serve the web chat on 127.0.0.1:7860
# make test   install what the tests need and run all of them
# make eval   measure everything and print the README's tables; EVAL_FLAGS="--questions 20" for a quick look
#
# PIP_FLAGS hands further options to pip, such as PyTorch's CPU index on ordinary Linux (see README).

PYTHON ?= python3
PIP_FLAGS ?=
EVAL_FLAGS ?=
Q ?= What did Nazarbayev say about Baikonur?
QA_INDEX ?= .qa
export QA_INDEX

VENV := .venv
QA := $(VENV)/bin/qa
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check

.PHONY: ask chat index test check eval clean
.DEFAULT_GOAL := ask

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v else "Python 3.11 or newer is needed, this is %d.%d. Name another: make PYTHON=python3.11" % v)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet $(PIP_FLAGS) -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(PIP) install --quiet $(PIP_FLAGS) -c constraints.txt -r requirements-dev.txt
	@touch $@

index: $(VENV)/.installed
	@$(QA) index corpus

ask: index
	@$(QA) ask $(if $(value Q),"$$Q")
ask: export Q := $(value Q)

chat: index
	@QA_EXAMPLES=evaluation/examples.txt $(VENV)/bin/python app.py || [ $$? -eq 130 ]

test: $(VENV)/.installed-dev
	$(VENV)/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy

eval: $(VENV)/.installed
	@$(VENV)/bin/python -m benchmarks.measure --misses $(EVAL_FLAGS)

clean:
	rm -rf $(VENV) .qa .qa-invented .qa-bench
