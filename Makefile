# Every command of the project. `make` alone says what there is.

# The pinned tools first: npm's (wasm-opt) and cargo's (trunk, wasm-bindgen).
export PATH := $(CURDIR)/.ci/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

CARGO := cargo
WASM := --target wasm32-unknown-unknown

.DEFAULT_GOAL := help
.PHONY: help serve build test lint bench lives mutants clean tools browsers

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: build ## build Footing and serve it on localhost; says how to get it onto a phone
	$(CARGO) run --quiet --locked --example serve -- dist

build: tools ## the release, in dist/, ready for any static host
	trunk --quiet build --release

test: lint build browsers ## everything: lints, unit tests, scenarios, the release in three real browsers
	$(CARGO) test --locked --no-fail-fast

lint: tools ## formatting, and clippy on both targets
	$(CARGO) fmt --check
	$(CARGO) clippy --quiet --locked --all-targets -- -D warnings
# In the release profile, whose proc macros the build needs anyway.
	$(CARGO) clippy --quiet --locked --release $(WASM) --lib --bin footing -- -D warnings

bench: build ## the diary at ten years; the release's size, and its speed where a measure is at hand
	$(CARGO) bench --locked
	@if [ -d ../shared/measure ]; then .ci/measure ../shared/measure; fi

LIVES ?= 10000
lives: ## random lives by the thousand: each has a way on, and walking it moves the runner (minutes; LIVES=… for how many)
	PROPTEST_CASES=$(LIVES) $(CARGO) test --locked --test rules everyone_has_a_way_on

# Slow, and not for CI: FILE=src/rules/rows.rs tries one file alone.
MUTANTS := 25.3.1
mutants: ## break the rules one by one and see a test fail each time (hours; FILE=… for one file)
	@cargo mutants --version 2>/dev/null | grep -qF $(MUTANTS) || (cd / && cargo install --quiet --locked cargo-mutants --version $(MUTANTS))
	nice $(CARGO) mutants -j1 $(if $(FILE),--file $(FILE))

clean: ## remove what was built (the installed tools stay)
	$(CARGO) clean
	rm -rf dist screenshots

tools: ## install the pinned build tools where missing
	@.ci/tools

browsers: ## install the test browsers where missing (Debian's packages)
	@.ci/browsers
