#!/bin/sh
# The long proofs of the corpus file, one after the other:
# crash states, killed writers, readers beside a writer, the model, every damaged byte, and the program
# killed at every system call and on a full file system.
#
#   sh tests/fault/run.sh [BUILD]      what `make proof` does; BUILD is the folder it built in
#
# Each prints one line or a few; the last runs are kept in tests/fault/*.txt.
set -e
build=${1:-build}
"$build/fault/crash" "${STATES:-2000000}"
"$build/fault/processes" kill "${KILLS:-100}"
"$build/fault/processes" readers "${REFRESHES:-100000}"
NEWSREEL_SEQUENCES=${SEQUENCES:-10000} "$build/tests/corpus_model_test"
NEWSREEL_STEP=1 "$build/tests/corpus_damage_test"
if command -v strace > /dev/null; then
  sh tests/fault/system.sh "$build"
else
  echo "killed at every system call, full file system: not tried, there is no strace"
fi
