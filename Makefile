# Everything a newcomer needs: `make test`, `make demo`. Both set up what is missing, then run.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
ROOM    = $(shell ! grep -qs ' /dev/shm .*noexec' /proc/mounts && df -Pk /dev/shm 2>/dev/null | awk '$$NF == "/dev/shm" && $$4 > 2000000 {print $$NF}')

# compiled once, not by each of the many processes that tests start, whatever the surroundings say
export PYTHONDONTWRITEBYTECODE :=

.PHONY: test check check-all interop torture demo bench texts lock wheels clean setup

setup: $(STAMP)

$(STAMP): pyproject.toml packaging/requirements.lock packaging/setup.sh
	bash packaging/setup.sh "$(PYTHON)" "$(VENV)"
	touch $@

# style, types, house rules
check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers 2

# the fast tier, five minutes on two cores; in memory where there are 2 GB for it: a store waits for the disk at each
# change. Three at a time: a third of what one takes is waiting for processes, quiet files and time limits
test: check
	PYTEST_DEBUG_TEMPROOT=$(ROOM) QT_QPA_PLATFORM=offscreen OMP_THREAD_LIMIT=1 $(BIN)/python -m pytest -n 3 --dist worksteal -q -m "not slow and not torture"

# the whole proof, 50 minutes; our client on the foreign server is among the slow tests already
check-all: $(STAMP) wheels
	QT_QPA_PLATFORM=offscreen OMP_THREAD_LIMIT=1 $(BIN)/python -m pytest -n 2 --dist worksteal -q -m "slow and not torture" --timeout 1200
	$(BIN)/python -m tests.interop.run --where-possible tck cmislib cmissh cmis
	$(BIN)/clerk-desktop bench

# foreign CMIS software against the embedded server; needs Java 17, Maven, Node.js and npm (see tests/interop/README.md)
interop: $(STAMP)
	$(BIN)/python -m tests.interop.run

# open end: hours, if you like; its report is demo-output/torture.md. CLERK_KILLS, CLERK_LETTERS:
# another size; CLERK_DISASTERS: only some of those in tests/faults, by name
torture: $(STAMP)
	QT_QPA_PLATFORM=offscreen OMP_THREAD_LIMIT=1 $(BIN)/python -m pytest -q -m torture --timeout 36000

demo: $(STAMP)
	$(BIN)/clerk-desktop demo $(if $(DISPLAY),,--headless)

bench: $(STAMP)
	$(BIN)/clerk-desktop bench

# every dependency has a wheel for Windows
wheels: $(STAMP)
	$(BIN)/python packaging/check_wheels.py packaging/requirements.lock

# German catalogue from the English texts in the code
texts: $(STAMP)
	$(BIN)/python packaging/texts.py

lock: $(STAMP)
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --extra server --group dev -q -o packaging/requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist demo-output
