#!/bin/sh
# Installs the libraries that newsreel is built from and tested with: prints its one command, then
# runs it as root or with `sudo -n`. Where it may not, it exits 2 and says what to type.
# Does nothing when the probes succeed. The dnf and brew names have not been tried by us.
#
#   CC=cc sh src/deps.sh
here=$(dirname "$0")
found=$( { sh "$here/probe.sh" build && sh "$here/probe.sh" tests; } 2>&1 > /dev/null) && {
  echo "deps: everything is there"
  exit 0
}
echo "deps: $found"

if command -v apt-get > /dev/null; then
  command="apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev pkg-config \
liblua5.4-dev lua-lpeg-dev libutf8proc-dev libstemmer-dev libjson-c-dev libxxhash-dev libzstd-dev zlib1g-dev \
libpcre2-dev libedit-dev libxml2 libarchive13 libcmocka-dev lua-unit unicode-data"
elif command -v dnf > /dev/null; then # has no static LPeg: give LUA_SRC and LPEG_SRC
  command="dnf install -y gcc pkgconf lua-devel utf8proc-devel libstemmer-devel json-c-devel xxhash-devel \
libzstd-devel zlib-devel pcre2-devel libedit-devel libxml2 libarchive libcmocka-devel unicode-ucd"
elif command -v brew > /dev/null; then # refuses to run as root; has no LPeg: give LUA_SRC and LPEG_SRC
  echo "+ brew install utf8proc snowball json-c xxhash zstd pcre2 libxml2 libarchive cmocka"
  exec brew install utf8proc snowball json-c xxhash zstd pcre2 libxml2 libarchive cmocka
else
  echo "deps: no apt-get, dnf or brew here; install the libraries named above by hand" >&2
  exit 2
fi

echo "+ $command"
export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" = 0 ]; then
  exec sh -c "$command"
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
  exec sudo -n sh -c "$command"
fi
cat >&2 << END
deps: this needs root. Type:

  sudo sh -c '$command'

or, without root, fetch the sources of Lua 5.4 and LPeg and give their folders:

  make LUA_SRC=DIR LPEG_SRC=DIR
END
exit 2
