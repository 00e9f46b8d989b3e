#!/bin/sh
# Finds the libraries by compiling three-line programs (pkg-config files lie) and writes what was
# found, as make variables, to standard output. With LUA_SRC and LPEG_SRC set, Lua and LPeg are
# built from those source trees and not looked for. Exits 1 and names what is missing on stderr,
# by its Debian package.
#
#   CC=cc sh src/probe.sh build > build/config.mk      what the program and the library need
#   CC=cc sh src/probe.sh tests > build/tests.mk       what only the tests need
CC=${CC:-cc}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
libs= defines= missing=

# try HEADER EXPRESSION FLAGS...: does a program that uses EXPRESSION compile, link and say yes?
try() {
  header=$1 expression=$2
  shift 2
  printf '#include <stddef.h>\n#include <stdio.h>\n#include <%s>\nint main(void) { return (%s) ? 0 : 1; }\n' \
    "$header" "$expression" > "$work/probe.c"
  $CC $CPPFLAGS $CFLAGS -o "$work/probe" "$work/probe.c" $LDFLAGS "$@" > /dev/null 2>&1 && "$work/probe"
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

finish() { # name what is missing, or let the caller print what was found
  [ -z "$missing" ] && return
  echo "missing:$missing" >&2
  exit 1
}

if ! try stdio.h 'printf("") == 0'; then
  echo "missing: gcc libc6-dev (no working C compiler '$CC')" >&2
  exit 1
fi

if [ "$1" = tests ]; then
  # cmocka.h wants these three before it.
  CPPFLAGS="$CPPFLAGS -include stdarg.h -include setjmp.h -include stdint.h"
  need libcmocka-dev cmocka.h 'cmocka_set_message_output != NULL' -lcmocka
  need libjson-c-dev json-c/json.h 'json_c_version() != NULL' -ljson-c
  # The program opens these two at their first use.
  need libxml2 dlfcn.h 'dlopen("libxml2.so.2", 1) || dlopen("libxml2.so.16", 1) || dlopen("libxml2.dylib", 1)' -ldl
  need libarchive13 dlfcn.h 'dlopen("libarchive.so.13", 1) || dlopen("libarchive.dylib", 1)' -ldl
  [ -f /usr/share/lua/5.4/luaunit.lua ] || [ -f /usr/local/share/lua/5.4/luaunit.lua ] || missing="$missing lua-unit"
  finish
  echo "TEST_LIBS =$libs"
  exit
fi

# Both archives must be static: they go into the library as one hidden piece. The name of the
# folder and of the archive differs per system.
lua_cflags= lua_libs= lua_folder=
if [ -n "$LUA_SRC" ] && [ -n "$LPEG_SRC" ]; then
  lua_folder=$LUA_SRC
  [ -f "$LUA_SRC/lua.h" ] || lua_folder=$LUA_SRC/src
  [ -f "$lua_folder/lua.h" ] || missing="$missing LUA_SRC(no lua.h in $LUA_SRC)"
  [ -f "$LPEG_SRC/lptree.c" ] || missing="$missing LPEG_SRC(no lptree.c in $LPEG_SRC)"
  lua_cflags="-I$lua_folder"
else
  for name in lua5.4 lua-5.4 lua54 lua; do
    for flags in "-I/usr/include/$name" "-I/usr/local/include/$name" ""; do
      [ -n "$lua_libs" ] && continue
      try lua.h 'LUA_VERSION_NUM == 504 && lua_newstate != NULL' $flags "-l:lib$name.a" -lm -ldl &&
        lua_cflags=$flags lua_libs="-l:lib$name.a" lua_name=$name
    done
  done
  [ -n "$lua_libs" ] || missing="$missing liblua5.4-dev"
  lpeg= # its header is called differently everywhere, so the one function is declared by hand
  CPPFLAGS_BEFORE=$CPPFLAGS
  printf 'int luaopen_lpeg(void *);\n' > "$work/lpeg.h"
  CPPFLAGS="$CPPFLAGS -I$work"
  for archive in "-l:lib${lua_name:-lua5.4}-lpeg.a" -l:liblpeg.a; do
    [ -z "$lpeg" ] && try lpeg.h 'luaopen_lpeg != NULL' $archive $lua_libs -lm -ldl && lpeg=$archive
  done
  CPPFLAGS=$CPPFLAGS_BEFORE
  if [ -n "$lpeg" ]; then lua_libs="$lpeg $lua_libs"; else missing="$missing lua-lpeg-dev"; fi
fi
need libutf8proc-dev utf8proc.h 'utf8proc_version() != NULL' -lutf8proc
need libstemmer-dev libstemmer.h 'sb_stemmer_list() != NULL' -lstemmer
need libxxhash-dev xxhash.h 'XXH_VERSION_NUMBER >= 800'
want NR_HAVE_ZSTD zstd.h 'ZSTD_versionNumber() >= 10400' -lzstd
want NR_HAVE_ZLIB zlib.h 'zlibVersion() != NULL' -lz
edit=
try editline/readline.h 'readline != NULL' -ledit && edit=-ledit
CPPFLAGS="$CPPFLAGS -DPCRE2_CODE_UNIT_WIDTH=8"
want NR_HAVE_PCRE2 pcre2.h 'pcre2_config(PCRE2_CONFIG_JIT, NULL) >= 0' -lpcre2-8
finish

# What the program itself links: archives where they are there, and at a fixed address. Opening a dozen shared
# libraries and moving their tables takes longer than most answers. The library for hosts is not touched by this.
program= program_edit=$edit
for lib in $libs; do
  archive=-l:lib${lib#-l}.a
  if try stdio.h 'printf("") == 0' "$archive"; then program="$program $archive"; else program="$program $lib"; fi
done
for archives in "-l:libedit.a -l:libtinfo.a -l:libbsd.a -l:libmd.a" "-l:libedit.a -l:libtinfo.a -l:libbsd.a" \
  "-l:libedit.a -l:libtinfo.a"; do
  [ "$program_edit" = -ledit ] && try editline/readline.h 'readline != NULL' $archives && program_edit=$archives
done
fixed=
try stdio.h 'printf("") == 0' -no-pie && fixed=-no-pie
echo "PROGRAM_LIBS =$program -lm -lpthread -ldl $program_edit"
echo "PROGRAM_FLAGS = $fixed"
echo "LUA_CFLAGS = $lua_cflags"
echo "LUA_LIBS = $lua_libs"
echo "LUA_FOLDER = $lua_folder"
echo "LPEG_FOLDER = $LPEG_SRC"
echo "LIBS =$libs -lm -lpthread -ldl"
echo "DEFINES =$defines"
echo "EDIT_LIBS = $edit"
