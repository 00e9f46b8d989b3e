#!/bin/sh
# Finds the libraries by compiling three-line programs (pkg-config files lie) and writes what was
# found, as make variables, to standard output. With LUA_SRC and LPEG_SRC set, Lua and LPeg are
# built from those source trees and not looked for. Exits 1 and names what is missing on stderr.
#
#   CC=cc sh src/probe.sh > build/config.mk
CC=${CC:-cc}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
missing=

# try NAME HEADER EXPRESSION FLAGS...: does a program that uses EXPRESSION compile, link and run?
try() {
  header=$1 expression=$2
  shift 2
  printf '#include <stdio.h>\n#include <stdint.h>\n#include <%s>\nint main(void) { return (%s) ? 0 : 1; }\n' \
    "$header" "$expression" > "$work/probe.c"
  $CC $CPPFLAGS $CFLAGS -o "$work/probe" "$work/probe.c" $LDFLAGS "$@" > "$work/log" 2>&1 && "$work/probe"
}

need() { # need DEBIAN-PACKAGE HEADER EXPRESSION FLAGS...: required
  package=$1
  shift
  if try "$@"; then shift 2; libs="$libs $*"; else missing="$missing $package"; fi
}

want() { # want MACRO HEADER EXPRESSION FLAGS...: used when found
  macro=$1
  shift
  if try "$@"; then shift 2; libs="$libs $*"; defines="$defines -D$macro"; fi
}

libs= defines= lua_cflags= lua_libs=
if [ -n "$LUA_SRC" ] && [ -n "$LPEG_SRC" ]; then
  lua_cflags="-I$LUA_SRC -I$LUA_SRC/src"
else
  # The name of the folder and of the archive differs per system.
  for name in lua5.4 lua-5.4 lua54 lua; do
    for flags in "-I/usr/include/$name" "-I/usr/local/include/$name" ""; do
      [ -n "$lua_libs" ] && continue
      for archive in "-l:lib$name.a" "-l$name"; do
        [ -n "$lua_libs" ] && continue
        try lua.h 'LUA_VERSION_NUM == 504 && lua_newstate != 0' $flags $archive -lm -ldl &&
          lua_cflags=$flags lua_libs="$archive" lua_name=$name
      done
    done
  done
  [ -n "$lua_libs" ] || missing="$missing liblua5.4-dev"
  lpeg=
  for archive in "-l:lib${lua_name:-lua5.4}-lpeg.a" -l:liblpeg.a; do
    [ -n "$lpeg" ] && continue
    printf 'int luaopen_lpeg(void *); int main(void) { return luaopen_lpeg == 0; }\n' > "$work/probe.c"
    $CC $CFLAGS -o "$work/probe" "$work/probe.c" $LDFLAGS $archive $lua_libs -lm -ldl > "$work/log" 2>&1 && lpeg=$archive
  done
  [ -n "$lpeg" ] && lua_libs="$lpeg $lua_libs" || missing="$missing lua-lpeg-dev"
fi
need libutf8proc-dev utf8proc.h 'utf8proc_version() != 0' -lutf8proc
need libstemmer-dev libstemmer.h 'sb_stemmer_list() != 0' -lstemmer
need libjson-c-dev json-c/json.h 'json_c_version() != 0' -ljson-c
need libxxhash-dev xxhash.h "XXH_VERSION_NUMBER >= 800"
want NR_HAVE_ZSTD zstd.h 'ZSTD_versionNumber() >= 10400' -lzstd
want NR_HAVE_ZLIB zlib.h 'zlibVersion() != 0' -lz
CPPFLAGS="$CPPFLAGS -DPCRE2_CODE_UNIT_WIDTH=8" want NR_HAVE_PCRE2 pcre2.h 'pcre2_config(PCRE2_CONFIG_JIT, 0) >= 0' -lpcre2-8
edit=
try editline/readline.h 'readline != 0' -ledit && edit=-ledit

if [ -n "$missing" ]; then
  echo "missing:$missing" >&2
  exit 1
fi
echo "LUA_CFLAGS = $lua_cflags"
echo "LUA_LIBS = $lua_libs"
echo "LIBS =$libs -lm -lpthread -ldl"
echo "DEFINES =$defines"
echo "EDIT_LIBS = $edit"
