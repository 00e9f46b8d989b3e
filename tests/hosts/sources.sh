#!/bin/sh
# Fetches the sources of Lua 5.4 and LPeg as the distribution builds them, patches applied, into a folder; prints
# their two folders. Debian and its kin, as root or with lists of its own: the system's lists are not touched.
#   sh tests/hosts/sources.sh build/sources
set -e
mkdir -p "$1/parts" "$1/lists/partial" "$1/cache/archives/partial"
cd "$1"
if [ ! -d lpeg ]; then
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -f "$file" ] || sed -n 's/^deb /deb-src /p' "$file" | grep debian > "parts/$(basename "$file" .list).list" || true
  done
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
    [ ! -f "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" > "parts/$(basename "$file")"
  done
  find parts -empty -delete
  mkdir -p parts
  own="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=$PWD/parts -o Dir::State::lists=$PWD/lists
    -o Dir::Cache=$PWD/cache -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0"
  apt-get $own -qq update > /dev/null
  apt-get $own -qq source --download-only lua5.4 lua-lpeg > /dev/null 2>&1
  unpack() { # unpack FOLDER ARCHIVE PATCHES
    mkdir -p "$1.new"
    tar -xf "$2" -C "$1.new" --strip-components=1
    tar -xf "$3" -C "$1.new"
    (cd "$1.new" && grep -v '^#' debian/patches/series | while read -r patch; do
      [ -z "$patch" ] || GIT_CEILING_DIRECTORIES=$OLDPWD git apply -p1 --whitespace=nowarn "debian/patches/${patch%% *}"
    done)
    mv "$1.new" "$1"
  }
  unpack lua lua5.4_*.orig.tar.* lua5.4_*.debian.tar.*
  unpack lpeg lua-lpeg_*.orig.tar.* lua-lpeg_*.debian.tar.*
fi
echo "$PWD/lua $PWD/lpeg"
