# Thin on purpose: every target calls config/make.py, which also runs without make.
PYTHON ?= python3
RUN = @command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing (Debian: python3)." >&2; exit 1; }; \
	exec $(PYTHON) config/make.py

.PHONY: demo test check bench soak env stop help
.DEFAULT_GOAL := help

demo: ## start everything with the demo story; PORT=8123 chooses the port, Ctrl-C stops it
	$(RUN) demo $(if $(PORT),--port $(PORT))

test: ## run all tests, browser tests included; ARGS="-k word" is passed to pytest
	$(RUN) test $(ARGS)

check: ## format, lint, types, import contracts, missing migrations, templates
	$(RUN) check

bench: ## measure speed and weight as ratios; ARGS="page --format json" chooses cases and form
	$(RUN) bench $(ARGS)

soak: ## the long drills: hours, hundreds of kills; ARGS="-k kill" chooses
	$(RUN) soak $(ARGS)

env: ## make or update .venv with all packages
	$(RUN) env

stop: ## stop a demo and an embedded database server that are still running
	$(RUN) stop

help: ## list these targets
	$(RUN) help
