# vouch: `make demo` audits the example month, `make check` proves the program; `make help` lists the rest.

CC      ?= cc
PREFIX  ?= /usr/local
VARIANT ?= release
BUILD   := build/$(VARIANT)

PACKAGES := lua5.4 jansson libcrypto zlib libutf8proc smartcols libseccomp
ifneq ($(filter-out deps help clean format lint,$(or $(MAKECMDGOALS),all)),)
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcsv
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
CFLAGS   ?= -O2 -g
ifeq ($(VARIANT),asan)
SANITIZE := -fsanitize=address -fno-omit-frame-pointer
else ifeq ($(VARIANT),ubsan)
SANITIZE := -fsanitize=undefined -fno-sanitize-recover=all
else ifeq ($(VARIANT),coverage)
SANITIZE := --coverage
endif
ALL_CFLAGS = -std=gnu17 -D_GNU_SOURCE -I. -pthread $(WARNINGS) $(if $(CI),-Werror) $(CFLAGS) \
             $(SANITIZE) $(PACKAGE_CFLAGS) -DVOUCH_RULES='"$(abspath rules)"' -MMD -MP
ALL_LIBS   = $(LDFLAGS) $(SANITIZE) $(PACKAGE_LIBS) -pthread

LIBRARY_SOURCES := $(wildcard engine/*.c adapters/*.c reports/*.c)
CLI_SOURCES     := $(wildcard cli/*.c)
UNIT_SOURCES    := $(wildcard tests/unit/test_*.c)
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS     := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
UNIT_TESTS      := $(UNIT_SOURCES:%.c=$(BUILD)/%)

.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/vouch build/vouch ## build build/vouch

build/vouch: build/release/vouch
	@ln -sf release/vouch $@

$(BUILD)/vouch: $(CLI_OBJECTS) $(BUILD)/libvouch.a
	$(CC) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libvouch.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libvouch.a
	$(CC) -o $@ $^ $(ALL_LIBS) -lcmocka

unit: $(UNIT_TESTS) ## the cmocka tests of each module
	@for t in $(UNIT_TESTS); do $$t || exit 1; done

clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: all unit clean help

-include $(LIBRARY_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
