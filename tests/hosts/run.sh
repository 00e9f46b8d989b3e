#!/bin/sh
# newsreel inside other programs: builds the shared library and the module for stock Lua, installs them into a folder
# outside the tree, and runs every example of a host against the real thing. The last line is "N passed, N failed".
# Wants python3, sqlite3 with its headers, lua5.4, lua-lpeg, lua-unit, xz and a C++ compiler; as root it installs them.
#   sh tests/hosts/run.sh build
build=${1:-build} passed=0 failed=0
CC=${CC:-cc} CXX=${CXX:-c++}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix

check() { # check NAME COMMAND...: it must succeed
  name=$1
  shift
  if "$@" > "$work/log" 2>&1; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    echo "FAILED: $name"
    tail -n 40 "$work/log"
  fi
}

counted() { # counted NAME COMMAND...: adds up what the runner's last lines say
  name=$1
  shift
  "$@" > "$work/log" 2>&1
  status=$?
  set -- $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p
    s/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1 0/p
    s/^Ran \([0-9]*\) tests* in .*/\1 0/p' "$work/log" | tail -n 1)
  good=${1:-0} bad=${2:-0}
  [ $status = 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$good" -gt 0 ] || bad=$((bad + 1))
  passed=$((passed + good)) failed=$((failed + bad))
  echo "$name: $good passed, $bad failed"
  [ "$bad" = 0 ] || tail -n 60 "$work/log"
}

if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null &&
  ! { command -v python3 && command -v sqlite3 && command -v xz && command -v lua5.4 && command -v c++ &&
    [ -f /usr/include/sqlite3ext.h ] && lua5.4 -e 'require "lpeg" require "luaunit"'; } > /dev/null 2>&1; then
  check "tools" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends python3 sqlite3 libsqlite3-dev lua5.4 lua-lpeg lua-unit g++ ca-certificates pkg-config xz-utils'
fi

# ---- building and installing ----

folders=$(sh tests/hosts/sources.sh "$build/sources") || failed=$((failed + 1))
set -- $folders
check "make shared" make shared B="$build" LUA_SRC="$1" LPEG_SRC="$2"
check "make stock" make stock B="$build"
cp -r "$build/lib/lua" "$build-shared/lib/" 2> /dev/null
check "make install" make install B="$build-shared" PREFIX="$prefix" LUA_SRC="$1" LPEG_SRC="$2"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib" PATH="$prefix/bin:$PATH"
export NEWSREEL_LIBRARY="$prefix/lib/libnewsreel.so.0"
newsreel add "$work/demo.reel" seeds/*.txt seeds/*.jsonl > /dev/null 2>&1

only_ours() { # only_ours FILE PATTERN: no name is exported but these
  nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' > "$work/names"
  ! grep -v "$2" "$work/names" && grep -q "$2" "$work/names"
}
check "libnewsreel.so exports newsreel_ alone" only_ours "$prefix/lib/libnewsreel.so" '^newsreel_'
check "the module exports its opener alone" only_ours "$prefix/lib/lua/5.4/newsreel.so" '^luaopen_newsreel$'
check "libnewsreel.so needs no Lua" sh -c '! readelf -d "$1" | grep -i -e "NEEDED.*lua" -e TEXTREL' - "$prefix/lib/libnewsreel.so"

# ---- C and C++ ----

printf '#include <newsreel.h>\nint main(void) { return newsreel_abi() == NEWSREEL_ABI ? 0 : 1; }\n' > "$work/header.c"
cp "$work/header.c" "$work/header.cpp"
flags=$(pkg-config --cflags --libs newsreel)
check "C99 includes the header" $CC -std=c99 -Wall -Wextra -pedantic -Werror -o "$work/c99" "$work/header.c" $flags
check "it runs" "$work/c99"
check "C++17 includes the header" $CXX -std=c++17 -Wall -Wextra -pedantic -Werror -o "$work/cpp" "$work/header.cpp" $flags
check "it runs" "$work/cpp"
cp examples/embed.c examples/pool/pool.c examples/sqlite/newsreel_sqlite.c "$work"
check "embed.c, shared" $CC -o "$work/embed" "$work/embed.c" $flags
check "it runs" sh -c '"$1"/embed "$1/demo.reel" | grep " hits in "' - "$work"
check "embed.c, static" $CC -o "$work/embed-static" "$work/embed.c" -I"$prefix/include" "$prefix/lib/libnewsreel.a" \
  $(pkg-config --static --libs newsreel | sed 's/-lnewsreel//')
check "it runs" sh -c '"$1"/embed-static "$1/demo.reel" | grep " hits in "' - "$work"
check "pool.c" $CC -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -pthread -o "$work/pool" "$work/pool.c" $flags
check "a script without an end stops, the others answer" sh -c '"$1"/pool "$1/demo.reel" 2 examples/pool/scripts/[em]*.lua |
  grep "2 runs, 1 failed"' - "$work"
check "a host with Lua names of its own" $CC -std=c11 -D_GNU_SOURCE -rdynamic -Iinclude -o "$work/fake_lua" \
  tests/hosts/fake_lua.c -ldl
check "it runs" sh -c '"$1"/fake_lua "$2" "$1/demo.reel" | grep "^15 articles"' - "$work" "$prefix/lib/libnewsreel.so"
for test in engine_run_test engine_hostile_test; do
  check "$test against the shared library" $CC -std=c11 -D_GNU_SOURCE -pthread -o "$work/$test" \
    tests/unit/$test.c $flags -lcmocka
  counted "$test" "$work/$test"
done

# ---- stock Lua, Python, SQLite ----

stock() {
  LUA_CPATH="$prefix/lib/lua/5.4/?.so;;" lua5.4 "$@"
}
counted "lua5.4, the specs" stock tests/spec/run.lua tests/spec/*_spec.lua
check "lua5.4, the example" sh -c 'LUA_CPATH="$1/lib/lua/5.4/?.so;;" lua5.4 examples/stock-lua/months.lua "$2" | grep 2025-10' \
  - "$prefix" "$work/demo.reel"
counted "python" python3 -W error examples/python/test_newsreel.py
check "newsreel_sqlite.c" $CC -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -shared -fPIC -o "$work/newsreel_sqlite.so" \
  "$work/newsreel_sqlite.c" $flags -lpthread
counted "sqlite3" sh examples/sqlite/test.sh "$work" "$work/demo.reel"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
