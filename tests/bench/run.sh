#!/bin/sh
# run.sh BUILD: measure beside other programs; `make bench` calls it. CORPUS=articles.jsonl takes your own
# data (id, date, title, text: in this order), else ARTICLES (20000) are made from a seed. ROWS names rows,
# PEERS=no leaves the others out. What was seen is kept in BUILD/bench/raw, a line a measurement.
set -e
here=$(dirname "$0")
build=$1
work=$build/bench
raw=$work/raw
newsreel=$build/bin/newsreel
limit=${LIMIT:-10000} # milliseconds a peer may take for all questions of a row
mkdir -p "$raw"
rm -f "$raw"/*

say() { echo "  $*" >&2; }
have() { [ "$PEERS" != no ] && [ -x "$work/$1" ]; }
spawn() { "$work/spawn" "$@"; }

articles=${CORPUS:-$work/articles.jsonl}
if [ -z "$CORPUS" ]; then
  say "making ${ARTICLES:-20000} articles"
  "$newsreel" run "$here/make_articles.lua" "${ARTICLES:-20000}" > "$articles"
fi
megabytes=$(($(wc -c < "$articles") / 1000000))

say "words"
[ ! -x "$work/words_bench" ] || "$work/words_bench" "$articles" 20 > "$raw/words.tsv"

# Indexing, in turns: the machine's other work disturbs all alike.
say "indexing $megabytes MB"
for turn in 1 2 3; do
  rm -rf "$work"/*.reel
  spawn index 1 "$newsreel" add "$work/ours.reel" "$articles"
  spawn index-no-clean 1 "$newsreel" add --no-clean "$work/plain.reel" "$articles"
done > "$raw/index.tsv"
if "$newsreel" add --help | grep -q -e --compress; then
  spawn index-compressed 1 "$newsreel" add --compress "$work/small.reel" "$articles" >> "$raw/index.tsv"
fi
if have peer_fts5; then
  rm -f "$work/fts5.db"
  spawn index 1 "$work/peer_fts5" load "$articles" "$work/fts5.db" > "$raw/fts5.index.tsv"
fi
if have peer_xapian && [ ! -d "$work/xapian" -o -z "$KEEP" ]; then
  rm -rf "$work/xapian"
  spawn index 1 "$work/peer_xapian" load "$articles" "$work/xapian" > "$raw/xapian.index.tsv"
fi
for index in ours.reel plain.reel small.reel fts5.db xapian; do
  [ ! -e "$work/$index" ] || printf '%s\t%s\n' "$index" "$(du -sb "$work/$index" | cut -f1)"
done > "$raw/sizes.tsv"
printf 'input\t%s\n' "$(wc -c < "$articles")" >> "$raw/sizes.tsv"

say "questions"
"$work/query_bench" terms "$work/plain.reel" > "$work/terms.tsv"
"$work/query_bench" ask "$work/ours.reel" "$work/terms.tsv" $ROWS > "$raw/ours.tsv"
"$work/query_bench" ask "$work/plain.reel" "$work/terms.tsv" $ROWS > "$raw/plain.tsv"
[ ! -e "$work/small.reel" ] || "$work/query_bench" ask "$work/small.reel" "$work/terms.tsv" $ROWS > "$raw/small.tsv"
have peer_fts5 && "$work/peer_fts5" ask "$work/fts5.db" "$work/terms.tsv" "$limit" > "$raw/fts5.tsv"
have peer_xapian && "$work/peer_xapian" ask "$work/xapian" "$work/terms.tsv" "$limit" > "$raw/xapian.tsv"

say "whole processes"
word=$(awk -F'\t' '$1 == "count" { print $2; exit }' "$work/terms.tsv")
{
  spawn process 41 "$newsreel" find "$work/ours.reel" "$word" --count
  spawn process-script 41 "$newsreel" -e "print(#newsreel.open(\"$work/ours.reel\")(\"$word\"))"
} > "$raw/process.tsv"
spawn process 41 /bin/true > "$raw/true.process.tsv"
if [ "$PEERS" != no ]; then
  ! command -v sqlite3 > /dev/null || [ ! -e "$work/fts5.db" ] ||
    spawn process 41 sqlite3 "$work/fts5.db" "SELECT count(*) FROM fts WHERE fts MATCH '$word'" > "$raw/fts5.process.tsv"
  ! command -v rg > /dev/null || spawn process 9 rg -j1 -c -w "$word" "$articles" > "$raw/ripgrep.process.tsv"
  ! command -v lua5.4 > /dev/null || {
    lua5.4 "$here/peer_scan.lua" "$articles" "$work/terms.tsv" > "$raw/lpeg.tsv" || rm -f "$raw/lpeg.tsv"
  }
fi

"$newsreel" run "$here/table.lua" "$raw"
