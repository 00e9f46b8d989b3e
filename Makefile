# newsreel. Two commands do everything on a fresh machine: make demo, make test. The rest: make help.
CC ?= cc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
B ?= build
VERSION = 0.1.0

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
override CFLAGS += -std=c11 -D_GNU_SOURCE -fPIC -pthread $(SANITIZE)
CPPFLAGS += -Isrc -Iinclude -DNEWSREEL_VERSION_TEXT='"$(VERSION)"' $(LUA_CFLAGS) $(DEFINES) $(if $(EDIT_LIBS),-DNR_HAVE_EDIT)
SANITIZE =

ROOMS = base text date disk segment corpus ingest query frame engine
SOURCES := $(filter-out src/engine/pack.c src/engine/stock.c,$(wildcard $(ROOMS:%=src/%/*.c)))
OBJECTS := $(SOURCES:src/%.c=$B/%.o) $B/packed.o
CLI_OBJECTS := $(patsubst src/%.c,$B/%.o,$(wildcard src/cli/*.c))
LUA_FILES := $(shell find lua -name '*.lua' 2> /dev/null | LC_ALL=C sort)
UNIT_TESTS := $(patsubst tests/unit/%.c,$B/tests/%,$(wildcard tests/unit/*_test.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$B/fuzz/%,$(wildcard tests/fuzz/$(or $(FUZZ),*)_fuzz.c))
BENCHES = query_bench words_bench spawn peer_fts5 peer_xapian
Q = $(if $(V),,@echo "  $@";)# V=1 shows whole commands

.PHONY: all help deps demo test unit check asan fuzz fuzzing proof bench bench-engine shared sharing stock hosts install uninstall dist clean
.DELETE_ON_ERROR:

all: $B/bin/newsreel $B/lib/libnewsreel.a ## build the program and the library (the default)

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 16

# ---- the libraries: what the probe finds; only deps, demo and test may install ----

GOALS := $(or $(MAKECMDGOALS),all)
PROBE = CC="$(CC)" LUA_SRC="$(LUA_SRC)" LPEG_SRC="$(LPEG_SRC)" sh src/probe.sh $(basename $(@F)) > $@
DEPS = CC="$(CC)" LUA_SRC="$(LUA_SRC)" LPEG_SRC="$(LPEG_SRC)" sh src/deps.sh
MISSING = { rm -f $@; echo "make: run 'make deps', or give LUA_SRC and LPEG_SRC (see README.md)" >&2; exit 1; }

ifneq ($(filter-out help deps asan fuzz clean dist uninstall shared,$(GOALS)),)
include $B/config.mk
endif
ifneq ($(filter test unit proof,$(GOALS)),)
include $B/tests.mk
endif

$B/config.mk $B/tests.mk: src/probe.sh
	@mkdir -p $B
	@$(if $(filter deps demo test,$(GOALS)),$(PROBE) 2> /dev/null || { $(DEPS) && $(PROBE); },$(PROBE)) || $(MISSING)

deps: ## install the libraries (needs root or sudo), or say what to type
	@$(DEPS)

# Lua and LPeg from the user's own source trees.
ifneq ($(LUA_FOLDER),)
LUA_LIBS = $B/lua.a
LUA_PARTS := $(filter-out lua luac onelua ltests,$(basename $(notdir $(wildcard $(LUA_FOLDER)/*.c))))
LPEG_PARTS := $(basename $(notdir $(wildcard $(LPEG_FOLDER)/lp*.c)))
FOREIGN = $(CC) -O2 -fPIC -DLUA_USE_POSIX -DLUA_USE_DLOPEN -DNDEBUG -I$(LUA_FOLDER) $(SANITIZE) -w -c -o $@ $<

$B/lua.a: $(LUA_PARTS:%=$B/lua/%.o) $(LPEG_PARTS:%=$B/lua/lpeg-%.o)
	@rm -f $@
	$(Q)ar rcs $@ $^

$B/lua/lpeg-%.o: $(LPEG_FOLDER)/%.c
	@mkdir -p $(@D)
	$(Q)$(FOREIGN)

$B/lua/%.o: $(LUA_FOLDER)/%.c
	@mkdir -p $(@D)
	$(Q)$(FOREIGN)
endif
LUA_ARCHIVE = $(filter $B/%,$(LUA_LIBS))

# ---- the program and the library ----

$B/%.o: src/%.c $B/config.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Links the Lua that the modules will run in; what it leaves allocated at exit is no leak.
$B/pack: src/engine/pack.c $B/config.mk $(LUA_ARCHIVE)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LUA_LIBS) -lm -ldl

$B/packed.c: $B/pack $(LUA_FILES)
	$(Q)ASAN_OPTIONS=detect_leaks=0 $B/pack $(LUA_FILES) > $@

$B/packed.o: $B/packed.c $B/config.mk
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# For tests: every name visible.
$B/internal.a: $(OBJECTS)
	@rm -f $@
	$(Q)ar rcs $@ $^

# For hosts: one object, Lua and LPeg inside and hidden, only newsreel_ names to be seen.
$B/lib/libnewsreel.a: $(OBJECTS) $(LUA_ARCHIVE)
	@mkdir -p $(@D)
	$(Q)$(CC) -r -nostdlib -o $B/newsreel.o $(OBJECTS) $(LUA_LIBS)
	@objcopy --wildcard --keep-global-symbol='newsreel_*' $B/newsreel.o
	@rm -f $@
	@ar rcs $@ $B/newsreel.o

# For hosts that load it: Lua and LPeg inside and hidden, from sources, because archives of systems are
# not position-independent, and a shared Lua meets the host's own.
$B/lib/libnewsreel.so: $(OBJECTS) $(LUA_ARCHIVE) src/engine/shared.map
	@mkdir -p $(@D)
	$(Q)$(CC) -shared $(CFLAGS) $(LDFLAGS) -Wl,--version-script=src/engine/shared.map -Wl,-soname,libnewsreel.so.0 \
	  -Wl,--no-undefined -Wl,--as-needed -o $@ $(OBJECTS) $(LUA_LIBS) $(LIBS)

shared: ## build libnewsreel.so: make shared LUA_SRC=DIR LPEG_SRC=DIR
	@[ -n "$(LUA_SRC)" ] && [ -n "$(LPEG_SRC)" ] || { echo "make shared: give LUA_SRC and LPEG_SRC, the" \
	  "folders of the sources of Lua 5.4 and LPeg (README.md)" >&2; exit 2; }
	@$(MAKE) B=$B-shared sharing

sharing: $B/lib/libnewsreel.so $B/lib/libnewsreel.a $B/bin/newsreel

# For a stock lua5.4: require "newsreel".
$B/lib/lua/newsreel.so: $(filter-out $B/engine/libraries.o,$(OBJECTS)) $B/engine/stock.o src/engine/stock.map
	@mkdir -p $(@D)
	$(Q)$(CC) -shared $(CFLAGS) $(LDFLAGS) -Wl,--version-script=src/engine/stock.map -Wl,--as-needed -o $@ \
	  $(filter %.o,$^) $(LIBS)

stock: $B/lib/lua/newsreel.so ## build the module for a stock lua5.4

$B/bin/newsreel: $(CLI_OBJECTS) $B/lib/libnewsreel.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(PROGRAM_FLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(PROGRAM_LIBS)

# ---- to see it work ----

RUN = $B/bin/newsreel
demo: all ## build, put seeds/ into build/demo.reel, run three scripts on it
	@rm -f $B/demo.reel
	$(RUN) add $B/demo.reel seeds/*.txt seeds/*.jsonl
	$(RUN) run examples/sanctions.lua $B/demo.reel
	$(RUN) run examples/comentions.lua $B/demo.reel
	$(RUN) run examples/tone.lua $B/demo.reel

test: all $(UNIT_TESTS) $B/fault/crash ## run every test: C, crash states, Lua, golden outputs
	@sh tests/run $B $(UNIT_TESTS)

unit: $(UNIT_TESTS) ## run the C tests alone
	@set -e; for t in $(UNIT_TESTS); do $$t; done

check: all ## the rules of the house: floors, doors, names, formats, comments
	@$B/bin/newsreel run tests/check/run.lua $B

asan: ## run every test under the address and undefined-behaviour sanitizers
	@CRASH_STATES=20000 $(MAKE) B=$B-asan SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined" test

fuzz: ## fuzz every decoder of outside bytes for FUZZ_SECONDS (10) each, with clang; see tests/fuzz
	@$(MAKE) B=$B-fuzz$(if $(FUZZ_FAST),-fast) CC=clang SANITIZE="-fsanitize=fuzzer-no-link,address,undefined \
	  -fno-sanitize-recover=undefined $(if $(FUZZ_FAST),-fno-sanitize-coverage=trace-cmp)" fuzzing

fuzzing: $(FUZZERS)
	@sh tests/fuzz/run.sh $(FUZZERS)

hosts: all ## newsreel inside C, C++, stock Lua, Python, SQLite: built, installed, run
	@CC="$(CC)" sh tests/hosts/run.sh $B

proof: unit all $B/fault/crash $B/fault/processes ## crash states, killed writers, readers beside a writer, models: at length
	@sh tests/fault/run.sh $B

bench: all $(BENCHES:%=$B/bench/%) $B/bench/engine_bench ## measure beside other programs; CORPUS=articles.jsonl for your own data
	@sh tests/bench/run.sh $B
	@$B/bench/engine_bench

bench-engine: $B/bench/engine_bench ## measure engines, limits, rows and stops alone
	@$B/bench/engine_bench

# A stop is made to come at every point that looks for one.
$B/tests/engine_sweep_test: override LDFLAGS += -Wl,--wrap=nr_interrupt_asked,--wrap=nr_interrupt_check

$B/tests/%: tests/unit/%.c $B/internal.a $(LUA_ARCHIVE) $B/tests.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS) $(TEST_LIBS)

$B/fault/%: tests/fault/%.c $B/internal.a $(LUA_ARCHIVE)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests/fault $(CFLAGS) -MMD -MP -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS)

# The peers are measured where their libraries are.
OR_WITHOUT = || echo "  (without $(@F): its library is not there)"

$B/bench/query_bench: tests/bench/query_bench.c $B/internal.a $(LUA_ARCHIVE)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS)

$B/bench/words_bench: tests/bench/words_bench.c $B/internal.a $(LUA_ARCHIVE)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS) -licuuc -lunistring $(OR_WITHOUT)

$B/bench/engine_bench: tests/bench/engine_bench.c $B/lib/libnewsreel.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $^ $(LIBS)

$B/bench/spawn: tests/bench/spawn.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -o $@ $<

$B/bench/peer_fts5: tests/bench/peer_fts5.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -o $@ $< -lsqlite3 $(OR_WITHOUT)

$B/bench/peer_xapian: tests/bench/peer_xapian.cc
	@mkdir -p $(@D)
	$(Q)$(CXX) -std=c++17 -O2 -D_GNU_SOURCE -o $@ $< -lxapian $(OR_WITHOUT)

$B/fuzz/%: tests/fuzz/%.c $B/internal.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -fsanitize=fuzzer -o $@ $< $B/internal.a $(LUA_LIBS) $(LIBS)

# ---- to keep it ----

DEST = $(DESTDIR)$(PREFIX)
INSTALLED = bin/newsreel include/newsreel.h lib/libnewsreel.a lib/libnewsreel.so lib/libnewsreel.so.0 lib/lua/5.4/newsreel.so lib/pkgconfig/newsreel.pc share/man/man1/newsreel.1 \
  share/bash-completion/completions/newsreel share/zsh/site-functions/_newsreel

install: all ## copy program, libraries, header, man page and completions below PREFIX (/usr/local)
	install -D -m 755 $B/bin/newsreel $(DEST)/bin/newsreel
	install -D -m 644 include/newsreel.h $(DEST)/include/newsreel.h
	install -D -m 644 $B/lib/libnewsreel.a $(DEST)/lib/libnewsreel.a
	@if [ -f $B/lib/libnewsreel.so ]; then install -D -m 644 $B/lib/libnewsreel.so $(DEST)/lib/libnewsreel.so.0 && \
	  ln -sf libnewsreel.so.0 $(DEST)/lib/libnewsreel.so; fi
	@if [ -f $B/lib/lua/newsreel.so ]; then \
	  install -D -m 644 $B/lib/lua/newsreel.so $(DEST)/lib/lua/5.4/newsreel.so; fi
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(strip $(LIBS) $(SANITIZE))|' \
	  src/cli/newsreel.pc.in > $B/newsreel.pc
	install -D -m 644 $B/newsreel.pc $(DEST)/lib/pkgconfig/newsreel.pc
	install -D -m 644 src/cli/newsreel.1 $(DEST)/share/man/man1/newsreel.1
	install -D -m 644 src/cli/newsreel.bash $(DEST)/share/bash-completion/completions/newsreel
	install -D -m 644 src/cli/_newsreel $(DEST)/share/zsh/site-functions/_newsreel

uninstall: ## remove what install copied
	rm -f $(INSTALLED:%=$(DEST)/%)

dist: ## pack the committed sources into build/newsreel-VERSION.tar.gz
	@mkdir -p $B
	git archive --prefix=newsreel-$(VERSION)/ -o $B/newsreel-$(VERSION).tar.gz HEAD

clean: ## remove what was built
	rm -rf $B $B-asan $B-fuzz $B-fuzz-fast

-include $(OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(FUZZERS:=.d) $(wildcard $B/fault/*.d)
