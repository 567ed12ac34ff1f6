# SPDX-License-Identifier: MIT
# vouch: `make demo` audits the example month, `make check` proves the program; `make help` lists the rest.
#
# Everything that is built lies in build/<variant>/. A variant is only a name, but for sanitize, coverage,
# fuzz, install and deb, which are compiled in their own way. V=1 shows whole commands.

CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
VARIANT ?= release
RULES   ?= $(CURDIR)/rules
JAVASCRIPT ?= /usr/share/javascript
JOBS    ?= $(shell nproc 2>/dev/null || echo 1)
BUILD   := build/$(VARIANT)
Q       := $(if $(V),,@)
say      = $(if $(V),@:,@printf '  %-6s %s\n')

# ---- how to compile

PACKAGES       := lua5.4 jansson libcrypto zlib libutf8proc smartcols libpq xlsxwriter libzip expat freexl mpfr gmp
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
ifeq ($(VARIANT),sanitize)
SANITIZE := -DVOUCH_WATCHED -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),coverage)
SANITIZE := -DVOUCH_WATCHED --coverage -fprofile-update=atomic
else ifeq ($(VARIANT),fuzz)
SANITIZE := -DVOUCH_WATCHED -fsanitize=address,undefined,fuzzer-no-link -DFUZZ_ENGINE
FUZZER   := -fsanitize=fuzzer
endif
# Hidden: a name of ours must not stand in for one of a library (libkrb5 has a profile_init, too).
ALL_CFLAGS = -std=gnu17 -D_GNU_SOURCE -I. -pthread -fvisibility=hidden $(WARNINGS) $(if $(CI),-Werror) $(CFLAGS) \
             $(SANITIZE) $(PACKAGE_CFLAGS)
ALL_LIBS   = $(LDFLAGS) $(SANITIZE) $(PACKAGE_LIBS) -pthread

# A report of a sanitizer must never pass for one of vouch's own exit codes.
export ASAN_OPTIONS  ?= exitcode=99:detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export LSAN_OPTIONS  ?= exitcode=99
export UBSAN_OPTIONS ?= exitcode=99:print_stacktrace=1

ROOMS           := $(wildcard engine/*/) adapters/ guess/ reports/ $(wildcard reports/*/)
LIBRARY_SOURCES := $(wildcard $(ROOMS:%=%*.c))
CLI_SOURCES     := $(wildcard cli/*.c)
TEST_SOURCES    := $(wildcard tests/*/test_*.c tests/unit/*/test_*.c tests/unit/*/*/test_*.c)
FUZZ_SOURCES    := $(wildcard tests/fuzz/fuzz_*.c)
TOOL_SOURCES    := $(wildcard tools/*.c)
SOURCES         := $(sort $(LIBRARY_SOURCES) $(CLI_SOURCES) $(TEST_SOURCES) $(wildcard tests/*/*.c bench/*.c) $(TOOL_SOURCES))
HEADERS         := $(wildcard $(ROOMS:%=%*.h) cli/*.h tests/*/*.h bench/*.h)

LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS     := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
TEST_PROGRAMS   := $(TEST_SOURCES:%.c=$(BUILD)/%)
FUZZ_PROGRAMS   := $(FUZZ_SOURCES:%.c=$(BUILD)/%)
TOOL_PROGRAMS   := $(TOOL_SOURCES:%.c=$(BUILD)/%)

.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/vouch $(if $(filter release,$(VARIANT)),build/vouch) ## build build/vouch

build/vouch: $(BUILD)/vouch
	@ln -sf release/vouch $@

$(BUILD)/vouch: $(CLI_OBJECTS) $(BUILD)/libvouch.a
	$(say) LINK $@
	$(Q)$(CC) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libvouch.a: $(LIBRARY_OBJECTS)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# What tests may use of the command line, and the main that fuzz programs take when they have none.
$(BUILD)/libcli.a: $(filter-out %/main.o,$(CLI_OBJECTS))
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/libreplay.a: $(BUILD)/tests/fuzz/replay.o
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags | ready
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(CC) $(ALL_CFLAGS) $(PLACES) -MMD -MP -c -o $@ $<

# Where files lie: only for those that say so, so that the others are the same wherever the tree stands.
RULES_PLACE      = -DVOUCH_RULES='"$(RULES)"'
JAVASCRIPT_PLACE = -DVOUCH_JAVASCRIPT='"$(JAVASCRIPT)"'
$(BUILD)/cli/%.o $(BUILD)/tests/%.o $(BUILD)/bench/%.o: PLACES = $(RULES_PLACE)
$(BUILD)/reports/html/html_assets.o: PLACES = $(JAVASCRIPT_PLACE)

# What these two carry inside.
$(BUILD)/reports/html/html_assets.o: $(addprefix reports/html/,html_page.css html_page.js html_licences.txt) \
    $(wildcard $(JAVASCRIPT)/jquery/jquery.min.js $(JAVASCRIPT)/jquery-datatables/jquery.dataTables.min.js)
$(BUILD)/reports/figures/family.o: docs/catalogue/families.csv

# Everything is compiled again when the compiler or its flags change.
$(BUILD)/flags: export FLAGS_NOW = $(CC) $(ALL_CFLAGS) $(RULES_PLACE) $(JAVASCRIPT_PLACE)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$FLAGS_NOW" | cmp -s - $@ || printf '%s\n' "$$FLAGS_NOW" >$@

$(TEST_SOURCES:%.c=$(BUILD)/%.o): | ready-check

$(TEST_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libcli.a $(BUILD)/libvouch.a
	$(say) LINK $@
	$(Q)$(CC) -o $@ $^ $(ALL_LIBS) -lcmocka

$(FUZZ_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(if $(FUZZER),,$(BUILD)/libreplay.a) $(BUILD)/libvouch.a
	$(say) LINK $@
	$(Q)$(CC) -o $@ $^ $(FUZZER) $(ALL_LIBS)

$(TOOL_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libvouch.a
	$(say) LINK $@
	$(Q)$(CC) -o $@ $^ $(ALL_LIBS)

programs: $(BUILD)/vouch $(TEST_PROGRAMS) $(FUZZ_PROGRAMS) $(TOOL_PROGRAMS)

# ---- the demo

demo: ensure ## audit the example month into build/demo
	@$(MAKE) --no-print-directory VARIANT=release -j$(JOBS) run-demo

run-demo: all
	@tools/demo.sh build/vouch build/demo

demo-postgres: ensure-postgres ## the same month from and into a PostgreSQL server of its own
	@$(MAKE) --no-print-directory VARIANT=release -j$(JOBS) all
	@python3 examples/postgres/demo.py build/vouch build/demo-postgres

# ---- tests: each suite is a list of commands that tools/suite.sh runs and counts

SUITES := unit rules golden property sandbox fuzz-replay fault-sample absence-sample oracle-sample manual
OTHERS := $(filter-out unit property golden sandbox manual fuzz fault absence oracle mutants office,\
            $(patsubst tests/%/,%,$(sort $(dir $(wildcard tests/*/run.sh tests/*/run.py)))))
CHECK_SUITES ?= $(SUITES) $(OTHERS) $(if $(shell command -v soffice 2>/dev/null),office)
NO_MAKE := MAKEFLAGS= MAKELEVEL=
suite    = $(NO_MAKE) BUILD=$(BUILD) CC='$(CC)' exec tools/suite.sh
programs_of = $(filter $(BUILD)/tests/$(1)/%,$(TEST_PROGRAMS))
script_of   = $(patsubst %,'sh % $(BUILD)/vouch$(2)',$(wildcard tests/$(1)/run.sh)) \
              $(patsubst %,'python3 % $(BUILD)/vouch$(2)',$(wildcard tests/$(1)/run.py))
corpus_of   = $(firstword $(wildcard tests/fuzz/corpus/$(1) tests/fuzz/$(1)))

check: ensure-check ## all tests; the last line is their total
	@$(MAKE) --no-print-directory check-suites

# No shell stands between this make and those that it starts, which would not pass on that they are to stop.
check-suites:
	@rm -rf $(BUILD)/results
	-@$(MAKE) --no-print-directory -k -j$(JOBS) programs
	-@$(MAKE) --no-print-directory -k -j$(JOBS) $(CHECK_SUITES)
	@BUILD=$(BUILD) tools/tally.sh $(CHECK_SUITES)

unit property sandbox $(OTHERS): %: $(BUILD)/vouch $(TEST_PROGRAMS)
	@$(suite) $@ $(call programs_of,$@) $(call script_of,$@)

unit: ## the cmocka tests of each module
property: ## what must hold for any input
sandbox: ## rule files that attack the program

rules: $(BUILD)/vouch ## the cases that the controls carry, and those of their library
	@$(suite) $@ '$(BUILD)/vouch test' $(patsubst %,'$(BUILD)/vouch test %',$(wildcard tests/library/*.lua)) \
	    $(foreach file,$(wildcard examples/*/controls/*.lua),'cd $(dir $(file)).. && "$(CURDIR)/$(BUILD)/vouch" test controls/$(notdir $(file))')

catalogue: $(BUILD)/tools/controls ## the controls against the catalogue, and what each must carry

# A heavy package: part of `make check` where it is there already.
office: $(BUILD)/vouch ## report.xlsx as LibreOffice reads it
	@tools/deps.sh ensure office
	@$(suite) $@ $(call script_of,$@)

browser: ## the HTML report in a browser

golden: $(BUILD)/vouch ## whole runs, compared with what is expected
	@$(suite) $@ $(call script_of,$@)

golden-update: $(BUILD)/vouch ## write what golden runs print now; then read the difference
	@UPDATE=1 sh tests/golden/run.sh $(BUILD)/vouch

fuzz-replay: $(FUZZ_PROGRAMS) ## the corpus of the fuzz programs, and variations of it
	@$(suite) $@ $(foreach program,$(FUZZ_PROGRAMS),'$(program) $(call corpus_of,$(patsubst fuzz_%,%,$(notdir $(program))))/*')

fault-sample: $(BUILD)/vouch $(TEST_PROGRAMS)
	@$(suite) $@ $(call programs_of,fault) $(call script_of,fault, sample)

fault: $(BUILD)/vouch $(TEST_PROGRAMS) ## every allocation, read and write fails once; check takes a sample
	@$(suite) $@ $(call programs_of,fault) $(call script_of,fault, every)

oracle-sample: $(BUILD)/vouch
	@$(suite) $@ $(call script_of,oracle)

ORACLE_MONTHS ?= 300
oracle: $(BUILD)/vouch ## controls computed again in SQL on ORACLE_MONTHS random months; check takes ten
	@$(suite) $@ $(call script_of,oracle, --months $(ORACLE_MONTHS))

absence-sample: $(BUILD)/vouch
	@$(suite) $@ $(call script_of,absence, sample) 'python3 tests/absence/reads.py $(BUILD)/vouch sample'

absence: $(BUILD)/vouch ## the example month without each table and column; writes docs/absence.md; check takes a sample
	@$(suite) $@ $(call script_of,absence, every) 'python3 tests/absence/reads.py $(BUILD)/vouch every'

MUTANTS ?= 0
SEED    ?= 1
mutants: $(BUILD)/vouch ## controls that the oracle computes, broken in one place: who notices; MUTANTS of them drawn by SEED, or all
	@nice python3 -u tests/mutants/run.py $(BUILD)/vouch --jobs $(JOBS) --sample $(MUTANTS) --seed $(SEED) $(if $(ONLY),--only $(ONLY))

manual: $(BUILD)/vouch $(TOOL_PROGRAMS) ## are generated pages of the manual current, and do its examples run?
	@$(suite) $@ '$(BUILD)/tools/reference rules/library | diff -u docs/functions.md -' \
	    'python3 tools/matrix.py $(BUILD)/tools/controls | diff -u docs/controls.md -' \
	    '$(BUILD)/tools/columns | diff -u docs/columns.md -' \
	    'python3 tools/man.py $(BUILD)/vouch check' \
	    'python3 tools/commands.py $(BUILD)/vouch | diff -u docs/commands.md -' \
	    $(call script_of,$@)

manual-update: $(BUILD)/vouch $(TOOL_PROGRAMS) ## write what the manual's commands print now; then read the difference
	@UPDATE=1 python3 tests/manual/run.py $(BUILD)/vouch

FUZZ_SECONDS ?= 60
fuzz: ## search for inputs that break the readers, FUZZ_SECONDS each (clang)
	@tools/deps.sh ensure fuzz
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang CFLAGS='-O1 -g' -j$(JOBS) run-fuzz

run-fuzz: $(FUZZ_PROGRAMS)
	@for program in $(FUZZ_PROGRAMS); do tools/fuzz.sh $$program $(FUZZ_SECONDS) || exit 1; done

bench: ensure-check ## measure against peers, and every control; writes docs/benchmarks*.md
	@$(MAKE) --no-print-directory VARIANT=release -j$(JOBS) all
	@CC='$(CC)' sh bench/run.sh build/release
	@python3 bench/library.py build/release

bench-controls: ensure-check ## the second half of it: every control on 500,000 and 1,000,000 order lines
	@$(MAKE) --no-print-directory VARIANT=release -j$(JOBS) all
	@python3 bench/library.py build/release

# ---- the same tests, watched

WATCHED := unit property golden sandbox fuzz-replay
sanitize: ensure-check ## tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory VARIANT=sanitize CFLAGS='-O1 -g' CHECK_SUITES='$(WATCHED)' check-suites

valgrind: ## unit tests and a small run under valgrind
	@tools/deps.sh ensure valgrind
	@$(MAKE) --no-print-directory -j$(JOBS) all $(TEST_PROGRAMS)
	@BUILD=$(BUILD) tools/valgrind.sh $(call programs_of,unit)

coverage: ensure-check ## lines executed by the tests, file by file
	@rm -rf build/coverage
	@$(MAKE) --no-print-directory VARIANT=coverage CFLAGS='-O0 -g' CHECK_SUITES='unit rules property golden' check-suites || true
	@tools/coverage.sh build/coverage

# ---- the sources

lint: ## dependencies, forbidden functions, sizes, licences, blanks
	@python3 tools/lint.py

headers: | ready ## each header compiles alone
	@CC='$(CC)' tools/headers.sh "$$HEADER_FLAGS" $(HEADERS)
headers: export HEADER_FLAGS = $(ALL_CFLAGS) $(RULES_PLACE)

format: ## clang-format 14 on all C files
	@tools/deps.sh ensure format
	@tools/format.sh write $(SOURCES) $(HEADERS)

format-check: ## name the files that clang-format would change
	@tools/deps.sh ensure format
	@tools/format.sh check $(SOURCES) $(HEADERS)

tidy: ## clang-tidy; what it finds is advice
	@tools/deps.sh ensure tidy
	@clang-tidy --quiet $(LIBRARY_SOURCES) $(CLI_SOURCES) -- $(ALL_CFLAGS) $(RULES_PLACE) $(JAVASCRIPT_PLACE)

docs: $(BUILD)/vouch $(BUILD)/tools/reference $(BUILD)/tools/controls $(BUILD)/tools/columns ## write the generated pages of the manual
	$(Q)$(BUILD)/tools/reference rules/library >docs/functions.md.new
	$(Q)mv docs/functions.md.new docs/functions.md
	$(Q)python3 tools/matrix.py $(BUILD)/tools/controls >docs/controls.md.new
	$(Q)mv docs/controls.md.new docs/controls.md
	$(Q)$(BUILD)/tools/columns >docs/columns.md.new
	$(Q)mv docs/columns.md.new docs/columns.md
	$(Q)python3 tools/man.py $(BUILD)/vouch write
	$(Q)python3 tools/commands.py $(BUILD)/vouch >docs/commands.md.new
	$(Q)mv docs/commands.md.new docs/commands.md

# ---- the machine

SHARE = $(PREFIX)/share/vouch
install: ## program, rules, manual pages, completions and documents into $(DESTDIR)$(PREFIX)
	@$(MAKE) --no-print-directory VARIANT=install RULES='$(SHARE)/rules' -j$(JOBS) all
	@tools/install.sh install build/install/vouch '$(DESTDIR)$(PREFIX)'

uninstall: ## remove what install has put there
	@tools/install.sh uninstall build/install/vouch '$(DESTDIR)$(PREFIX)'

# Paths of this machine stand in no program that others install.
deb: ## a package for Debian, build/vouch_VERSION_ARCHITECTURE.deb; the same tree gives the same bytes
	@$(DEPS) ensure deb
	@$(MAKE) --no-print-directory VARIANT=deb PREFIX=/usr RULES=/usr/share/vouch/rules \
	    CFLAGS='-O2 -g -ffile-prefix-map=$(CURDIR)=.' -j$(JOBS) all
	@tools/deb.sh build/deb/vouch build

deps: ## install what building needs (Debian); `make check` installs what it needs besides
	@$(DEPS) install

deps-check: ## what building and testing need
	@$(DEPS) install check

deps-all: ## the same, and what format, tidy, fuzz, valgrind and office need
	@$(DEPS) install check format tidy fuzz valgrind office

DEPS = CC='$(CC)' JAVASCRIPT='$(JAVASCRIPT)' tools/deps.sh
ensure:
	@$(DEPS) ensure

ensure-check ensure-postgres: ensure-%:
	@$(DEPS) ensure $*

ready:
	@$(DEPS) check

ready-check:
	@$(DEPS) check cmocka

clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | sort | expand -t 16

FORCE:
.PHONY: all programs oracle mutants demo run-demo demo-postgres check check-suites $(SUITES) $(OTHERS) office golden-update fault absence fuzz run-fuzz bench bench-controls \
        sanitize valgrind coverage lint headers format format-check tidy docs install uninstall deb deps deps-check deps-all \
        ensure ensure-check ensure-postgres ready ready-check clean help FORCE

-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES))
