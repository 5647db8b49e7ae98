# The everyday commands. Each installs what it needs by itself; `make help` lists them.
PYTHON ?= python3
RUN := .venv/bin/python
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup generate check accept mock sandbox contract contract-deep proxy evidence test docs build bench lock \
	upstream diff release-check audit clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | awk -F'\t' '{ printf "make %-14s %s\n", $$1, $$2 }'

setup: $(READY) ## Install what the other commands need into .venv and node_modules

$(READY): requirements.txt package.json package-lock.json scripts/setup.py
	@$(PYTHON) scripts/setup.py

generate: $(READY) ## Write generated/ from openapi/, overlays/, scripts/client/, the page's templates and Meta's SDK
	@$(RUN) -m scripts.generate

check: $(READY) ## Lint the document, the overlays and the code; prove that generated/ is up to date
	@$(RUN) -m scripts.check

accept: $(READY) ## Take overlays/de.yaml for up to date with the English texts, once you have read both
	@$(RUN) -m scripts.overlays.translation --accept

mock: $(READY) ## Serve the mock on http://127.0.0.1:4010/v26.0 (PORT=… HOST=… to choose)
	@exec $(RUN) -m scripts.mock

sandbox: $(READY) ## Serve the stateful sandbox on http://127.0.0.1:4020/v26.0 (PORT=… HOST=… DB=… WORLD=… TLS=… ALLOWED_HOSTS=… to choose)
	@exec .venv/bin/meta-b2b-sandbox

contract: $(READY) ## Contract tests of mock and sandbox, or of any server: BASE_URL=http://host:port/v26.0 (WRITES=yes, REPORT=folder)
	@$(RUN) -m scripts.contract $(if $(filter yes,$(WRITES)),--allow-writes)

contract-deep: $(READY) ## The same, longer and with a new seed each time (SEED=… for that of a failure)
	@$(RUN) -m scripts.contract --deep $(if $(filter yes,$(WRITES)),--allow-writes)

proxy: $(READY) ## Pass a program's calls on, and report what differs from the document: UPSTREAM=https://graph.facebook.com (PORT=… WRITES=yes)
	@exec $(RUN) -m scripts.evidence.proxy

evidence: $(READY) ## Show the report of the proxy, or write one from a recording: HAR=file.har
	@$(RUN) -m scripts.evidence

test: check ## Everything: check and all tests
	@$(RUN) -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal

docs: $(READY) ## Write the documentation in English and German into dist/docs/
	@$(RUN) -m scripts.docs.build

build: docs ## Write the wheel and the sdist into dist/, with the documentation, and check them
	@$(RUN) -m scripts.build

bench: $(READY) ## Measure the sandbox against the mock and a bare server, and the client against httpx: about nine minutes
	@$(RUN) -m scripts.bench

lock: $(READY) ## Pin the newest allowed versions in requirements.txt and package-lock.json
	@$(RUN) -m scripts.lock

upstream: $(READY) ## Compare the document with Meta's newest SDK, or with VERSION=… of facebook-business
	@$(RUN) -m scripts.upstream $(if $(VERSION),--version $(VERSION))

diff: $(READY) ## Show which changes since BASE=origin/main break callers or users of the client
	@$(RUN) -m scripts.diff --base $(or $(BASE),origin/main)

release-check: docs ## All of a release but the upload (TAG=v1.2.3): version, changelog, build, documents
	@$(RUN) -m scripts.release $(TAG)

audit: $(READY) ## Look up known vulnerabilities of what both locks pin; asks the network
	@$(RUN) -m scripts.audit

clean: ## Remove what the commands made, except generated/
	rm -rf .venv node_modules dist scripts/sandbox/meta_b2b_sandbox/docs.zip .hypothesis .mypy_cache .pytest_cache .ruff_cache
