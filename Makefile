# newsreel. Two commands do everything on a fresh machine: make demo, make test. The rest: make help.
CC ?= cc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
B ?= build
VERSION = 0.1.0

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
override CFLAGS += -std=c11 -D_GNU_SOURCE -fPIC -pthread $(SANITIZE)
CPPFLAGS += -Isrc -Iinclude -DNEWSREEL_VERSION_TEXT='"$(VERSION)"'
SANITIZE =

ROOMS = base text date disk segment corpus ingest query frame engine
SOURCES := $(filter-out src/engine/pack.c,$(wildcard $(ROOMS:%=src/%/*.c)))
OBJECTS := $(SOURCES:src/%.c=$B/%.o) $B/packed.o
CLI_OBJECTS := $(patsubst src/%.c,$B/%.o,$(wildcard src/cli/*.c))
LUA_FILES := $(shell find lua -name '*.lua' | LC_ALL=C sort)
UNIT_TESTS := $(patsubst tests/unit/%.c,$B/tests/%,$(wildcard tests/unit/*_test.c))

ifeq ($(filter help deps clean dist,$(MAKECMDGOALS)),)
-include $B/config.mk
endif
CPPFLAGS += $(LUA_CFLAGS) $(DEFINES)

.PHONY: all help deps demo test unit check asan proof fuzz bench shared install uninstall dist clean
.DELETE_ON_ERROR:

all: $B/bin/newsreel $B/lib/libnewsreel.a ## build the program and the library (the default)

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 14

deps: ## install the libraries (needs root or sudo), or say what to type
	@sh src/deps.sh

$B/config.mk: src/probe.sh
	@mkdir -p $B
	@CC="$(CC)" LUA_SRC="$(LUA_SRC)" LPEG_SRC="$(LPEG_SRC)" sh src/probe.sh > $@ || \
	  { rm -f $@; echo "make: run 'make deps', or give LUA_SRC and LPEG_SRC (see README)" >&2; exit 1; }

$B/%.o: src/%.c $B/config.mk
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$B/pack: src/engine/pack.c
	@mkdir -p $B
	$(CC) -std=c11 -O1 -o $@ $<

$B/packed.c: $B/pack $(LUA_FILES)
	$B/pack $(LUA_FILES) > $@

$B/packed.o: $B/packed.c $B/config.mk
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# For tests: every name visible.
$B/internal.a: $(OBJECTS)
	@rm -f $@
	ar rcs $@ $^

# For hosts: one object, Lua and LPeg inside and hidden, only newsreel_ names to be seen.
$B/lib/libnewsreel.a: $(OBJECTS)
	@mkdir -p $(@D)
	$(LD) -r -o $B/newsreel.o $^ $(LUA_LIBS)
	objcopy --wildcard --keep-global-symbol='newsreel_*' $B/newsreel.o
	@rm -f $@
	ar rcs $@ $B/newsreel.o

$B/bin/newsreel: $(CLI_OBJECTS) $B/lib/libnewsreel.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(EDIT_LIBS)

$B/tests/%: tests/unit/%.c $B/internal.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) -MMD -MP -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS) -lcmocka

unit: $(UNIT_TESTS) ## run the C tests alone
	@set -e; for t in $(UNIT_TESTS); do $$t; done

clean: ## remove what was built
	rm -rf $B

-include $(OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
