#!/bin/sh
# The long proofs of the corpus file, built from the sources and run one after the other:
# crash states, killed writers, readers beside a writer, the model, every damaged byte, and the program
# killed at every system call and on a full file system.
#
#   sh tests/fault/run.sh [BUILD]      after `make unit`; BUILD is the folder it built in
#
# Each prints one line or a few; the last runs are kept in tests/fault/*.txt.
set -e
build=${1:-build}
libraries=$(sed -n 's/^LIBS = *//p' "$build/config.mk")
for program in crash processes; do
  ${CC:-cc} -std=c11 -D_GNU_SOURCE -O2 -Isrc -o "$build/$program" "tests/fault/$program.c" \
    src/base/*.c src/disk/*.c src/segment/*.c src/corpus/*.c src/text/*.c src/date/*.c $libraries
done
"$build/crash" "${STATES:-200000}" | tee "$build/crash.txt"
"$build/processes" kill "${KILLS:-100}"
"$build/processes" readers "${REFRESHES:-100000}"
NEWSREEL_SEQUENCES=${SEQUENCES:-10000} "$build/tests/corpus_model_test"
NEWSREEL_STEP=1 "$build/tests/corpus_damage_test"
if command -v strace > /dev/null; then
  sh tests/fault/system.sh "$build"
else
  echo "killed at every system call, full file system: not tried, there is no strace"
fi
