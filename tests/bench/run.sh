#!/bin/sh
# run.sh BUILD: measure beside other programs; `make bench` calls it. CORPUS=articles.jsonl takes your own
# data (id, date, title, text: in this order), else ARTICLES (20000) are made from a seed. ROWS names rows,
# PEERS=no leaves the others out, GROWTH is how many articles growth is measured with ("1000 10000 100000";
# GROWTH= leaves it out). What was seen is kept in BUILD/bench/raw, a line a measurement.
set -e
here=$(dirname "$0")
build=$1
work=$build/bench
raw=$work/raw
newsreel=$build/bin/newsreel
limit=${LIMIT:-10000} # milliseconds a peer may take for all questions of a row
mkdir -p "$raw"
rm -f "$raw"/*

say() { echo "  $(date +%T) $*" >&2; }
have() { [ "$PEERS" != no ] && [ -x "$work/$1" ]; }
spawn() { "$work/spawn" "$@"; }
make_articles() { "$newsreel" run "$here/make_articles.lua" "$@"; }

articles=${CORPUS:-$work/articles.jsonl}
if [ -z "$CORPUS" ]; then
  say "making ${ARTICLES:-20000} articles"
  make_articles "${ARTICLES:-20000}" > "$articles"
fi
megabytes=$(($(wc -c < "$articles") / 1000000))

if [ -x "$work/words_bench" ]; then
  say "words"
  make_articles 2500 cyrillic > "$work/cyrillic.jsonl"
  { "$work/words_bench" "$articles" 20; "$work/words_bench" "$work/cyrillic.jsonl" 20 -cyrillic; } > "$raw/words.tsv"
fi

# Indexing, in turns: the machine's other work disturbs all alike.
say "indexing $megabytes MB"
for turn in 1 2 3; do
  rm -rf "$work"/*.reel
  spawn index-2 1 "$newsreel" add --workers 2 "$work/ours.reel" "$articles"
  rm -f "$work/ours.reel"
  spawn index 1 "$newsreel" add --workers 1 "$work/ours.reel" "$articles"
  spawn index-no-clean 1 "$newsreel" add --workers 1 --no-clean "$work/plain.reel" "$articles"
done > "$raw/index.tsv"
spawn index-compressed 1 "$newsreel" add --workers 1 --compress "$work/small.reel" "$articles" >> "$raw/index.tsv"
if have peer_fts5; then
  say "  SQLite FTS5"
  rm -f "$work/fts5.db"
  spawn index 1 "$work/peer_fts5" load "$articles" "$work/fts5.db" > "$raw/fts5.index.tsv"
fi
if have peer_xapian && [ ! -d "$work/xapian" -o -z "$KEEP" ]; then
  say "  Xapian"
  rm -rf "$work/xapian"
  spawn index 1 "$work/peer_xapian" load "$articles" "$work/xapian" > "$raw/xapian.index.tsv"
fi
for index in ours.reel plain.reel small.reel fts5.db xapian; do
  [ ! -e "$work/$index" ] || printf '%s\t%s\n' "$index" "$(du -sb "$work/$index" | cut -f1)"
done > "$raw/sizes.tsv"
printf 'input\t%s\n' "$(wc -c < "$articles")" >> "$raw/sizes.tsv"

say "questions"
terms=$work/terms.tsv
"$work/query_bench" terms "$work/plain.reel" > "$terms"
for index in ours plain small; do
  "$work/query_bench" ask "$work/$index.reel" "$terms" $ROWS > "$raw/$index.tsv"
done
have peer_fts5 && "$work/peer_fts5" ask "$work/fts5.db" "$terms" "$limit" > "$raw/fts5.tsv"
have peer_xapian && "$work/peer_xapian" ask "$work/xapian" "$terms" "$limit" > "$raw/xapian.tsv"

say "whole processes"
word=$(awk -F'\t' '$1 == "count" { print $2; exit }' "$terms")
phrase=$(awk -F'\t' '$1 == "phrase" { print $2; exit }' "$terms")
prefix=$(awk -F'\t' '$1 == "prefix" { print $2; exit }' "$terms")
line=$(awk -F'\t' '$1 == "kwic" { print $2; exit }' "$terms")
{
  spawn process 41 "$newsreel" find "$work/ours.reel" "$word" --count
  spawn process-script 41 "$newsreel" -e "print(#newsreel.open(\"$work/ours.reel\")(\"$word\"))"
  spawn process-nothing 41 "$newsreel" -e ""
} > "$raw/process.tsv"
spawn process 41 /bin/true > "$raw/true.process.tsv"
if [ "$PEERS" != no ]; then
  ! command -v sqlite3 > /dev/null || [ ! -e "$work/fts5.db" ] ||
    spawn process 41 sqlite3 "$work/fts5.db" "SELECT count(*) FROM fts WHERE fts MATCH '$word'" > "$raw/fts5.process.tsv"
  ! command -v rg > /dev/null || {
    spawn process 5 rg -j1 -c -w "$word" "$articles" > "$raw/ripgrep.process.tsv"
    sed 's/^process/count/' "$raw/ripgrep.process.tsv"
    spawn phrase-article 5 rg -j1 -c -w -i "$phrase" "$articles"
    spawn prefix 5 rg -j1 -c "\\b$prefix" "$articles"
    spawn kwic 3 rg -j1 -o ".{0,40}\\b$line\\b.{0,40}" "$articles"
  } > "$raw/ripgrep.tsv"
  ! command -v lua5.4 > /dev/null || {
    lua5.4 "$here/peer_scan.lua" "$articles" "$terms" > "$raw/lpeg.tsv" || rm -f "$raw/lpeg.tsv"
  }
fi

# A million articles are ten times the same 100,000 under other names: making them would take longer than all else.
grow() {
  say "growth: $1 articles"
  rm -f "$work/growth.reel"
  { if [ "$1" -gt 100000 ]; then
      for turn in $(seq $(($1 / 100000))); do sed "s/^{\"id\": /&$turn/" "$work/growth.jsonl"; done
    else
      head -n "$1" "$work/growth.jsonl"
    fi; } > "$work/growing.jsonl"
  {
    spawn index 1 "$newsreel" add "$work/growth.reel" "$work/growing.jsonl"
    printf 'bytes\t%s\t%s\n' "$(wc -c < "$work/growth.reel")" "$(wc -c < "$work/growing.jsonl")"
    "$work/query_bench" ask "$work/growth.reel" "$work/growth.terms.tsv" count phrase near month
    "$newsreel" run "$here/growth.lua" "$work/growth.reel"
  } > "$raw/growth-$1.tsv"
}
: "${GROWTH=1000 10000 100000}"
if [ -n "$GROWTH" ]; then
  most=$(for n in $GROWTH; do [ "$n" -gt 100000 ] && echo 100000 || echo "$n"; done | sort -n | tail -1)
  say "growth: making $most articles"
  make_articles "$most" > "$work/growth.jsonl"
  rm -f "$work/growth.reel"
  "$newsreel" add "$work/growth.reel" "$work/growth.jsonl" > "$work/growth.log" 2>&1
  "$work/query_bench" terms "$work/growth.reel" count phrase near month > "$work/growth.terms.tsv"
  for n in $GROWTH; do grow "$n"; done
  rm -f "$work/growing.jsonl"
fi

"$newsreel" run "$here/table.lua" "$raw"
