#!/bin/sh
# Runs fuzz targets one after the other, a line of result each; fails where one has found something.
#
#   sh tests/fuzz/run.sh BUILD/fuzz/x_fuzz ...     what `make fuzz` does
#
# FUZZ_CORPUS   folder of the corpora, one a target, kept and added to (default: beside the programs)
# FUZZ_FAST     leaks are looked for at the end of a slice, not after each input
# FUZZ_RUNS     runs a target in all; those of earlier calls count, from CORPUS/TARGET.done
# FUZZ_LENGTH   bytes an input at most (default 4096); the shorter, the more runs
# FUZZ_SECONDS  with FUZZ_RUNS: seconds a target in all; without: seconds of this call (default 10)
#
# Work is done in slices of a minute, each counted when it is over: a killed call loses a minute at most.
corpora=${FUZZ_CORPUS:-$(dirname "$1")/corpus}
mkdir -p "$corpora" || exit 1
found=0

# Small files to begin with: samples, and inputs that found something once. Archives are made, as far as the
# packers are there.
plant() { # plant TARGET
  mkdir "$corpora/$1" 2> /dev/null || return
  case $1 in
    archive_fuzz)
      sample=seeds/geneva.txt
      gzip -c $sample > "$corpora/$1/a.gz"
      tar -cf "$corpora/$1/a.tar" $sample
      tar -czf "$corpora/$1/a.tgz" $sample seeds/wire.jsonl
      xz -c $sample > "$corpora/$1/a.xz"
      bzip2 -c $sample > "$corpora/$1/a.bz2"
      zstd -qc $sample > "$corpora/$1/a.zst"
      zip -q - $sample > "$corpora/$1/a.zip" ;;
    text_fuzz | clean_fuzz | plain_fuzz) cat seeds/*.txt | split -a 3 -l 1 - "$corpora/$1/" ;;
  esac 2> /dev/null
  cp tests/fuzz/seed/"${1%_fuzz}".* "$corpora/$1" 2> /dev/null
}

number() { sed -n "s/^stat::$1: *//p" "$log" | tail -n 1; }

slice() { # slice PROGRAM TARGET RUNS SECONDS: adds to runs, seconds
  from=$(date +%s)
  "$1" -artifact_prefix="$corpora/$2." -runs="$3" -max_total_time="$4" -timeout=60 -rss_limit_mb=2048 -max_len="${FUZZ_LENGTH:-4096}" \
    -entropic=0 -verbosity=0 -print_final_stats=1 ${FUZZ_FAST:+-detect_leaks=0} "$corpora/$2" > "$log" 2>&1
  status=$?
  ran=$(number number_of_executed_units)
  runs=$((runs + ${ran:-0})) seconds=$((seconds + $(date +%s) - from))
  echo "$runs $seconds" > "$corpora/$2.done"
  return $status
}

# One target as far as asked; "found" where it crashed, hung or leaked.
run() { # run PROGRAM
  target=$(basename "$1") runs=0 seconds=0 state="nothing found"
  log=$corpora/$target.log # one a target: several may run at once
  plant "$target"
  [ -n "$FUZZ_RUNS" ] && [ -f "$corpora/$target.done" ] && read -r runs seconds < "$corpora/$target.done"
  most_runs=${FUZZ_RUNS:-4000000000} most_seconds=${FUZZ_SECONDS:-${FUZZ_RUNS:+4000000000}}
  most_seconds=${most_seconds:-10}
  while [ "$runs" -lt "$most_runs" ] && [ "$seconds" -lt "$most_seconds" ]; do
    left=$((most_seconds - seconds))
    slice "$1" "$target" $((most_runs - runs)) $((left < 60 ? left : 60)) && continue
    state="FOUND: $(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)"
    [ "$state" != "FOUND: " ] || state="FOUND: $(tail -n 1 "$log")"
    found=1
    break
  done
  printf '%-16s %10d runs %6d s %7d a second %6d inputs kept, %s\n' "$target" "$runs" "$seconds" \
    $((runs / (seconds > 0 ? seconds : 1))) "$(ls "$corpora/$target" | wc -l)" "$state"
}

for program in "$@"; do
  run "$program"
done
exit $found
