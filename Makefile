# Växtkraft needs Python 3.11 or newer and make; everything else is installed into .venv/, node_modules/ and var/.
# What each target does is in portal/embedded/bootstrap.py.

PYTHON ?= python3
ROLE ?= web
BOOTSTRAP = @exec $(PYTHON) -m portal.embedded.bootstrap

.PHONY: help run test reset setup lint servers manage shell backup restore
.NOTPARALLEL:

help:
	@echo "make run      start Växtkraft with its demo (PORT=8080 chooses a port); Ctrl-C stops it"
	@echo "make test     run the whole suite (ARGS='tests/unit -k cube' runs some of it)"
	@echo "make reset    remove all data, secrets and logs"
	@echo "make setup    install everything, start nothing"
	@echo "make lint     ruff, import-linter, mypy, djlint, deptry"
	@echo "make servers  PostgreSQL and Valkey alone"
	@echo "make manage   manage.py against running servers (ROLE=migrator ARGS='showmigrations')"
	@echo "make backup   write the database of running servers to a file (FILE=vaxtkraft.dump)"
	@echo "make restore  fill an empty database from such a file (FILE=vaxtkraft.dump)"
	@echo "make shell    Python with Django against running servers (ROLE=worker)"

run test reset setup lint servers:
	$(BOOTSTRAP) $@ $(ARGS)

manage:
	$(BOOTSTRAP) manage $(ROLE) $(ARGS)

backup restore:
	$(BOOTSTRAP) $@ $(or $(FILE),$(error Name the file: make $@ FILE=vaxtkraft.dump))

shell:
	$(BOOTSTRAP) manage $(ROLE) shell
