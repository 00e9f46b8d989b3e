#!/bin/sh
# The program against the system itself: killed at every system call of one `add`, and on a file
# system that is really full. Needs strace; the second part needs root, for a small tmpfs.
#
#   sh tests/fault/system.sh [BUILD]
#
# Whatever happens, the corpus opens, `check` finds nothing, and the articles committed before are
# there; the new ones are all there or none is. The last run is kept in tests/fault/system.txt.
set -e
build=$(cd "${1:-build}" && pwd)
newsreel=$build/bin/newsreel
work=$(mktemp -d)
trap 'umount "$work/full" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

printf 'date 2025-03-14 Talks resumed in Geneva.\n' > first.txt
printf 'date 2025-03-15 Talks failed.\n' > second.txt
printf 'date 2025-03-16 Talks were moved to Vienna.\n' > third.txt
"$newsreel" add before.reel first.txt 2> /dev/null

# whole CORPUS WHERE: all of the old, and of the new all or nothing.
whole() {
  "$newsreel" check "$1" > check.log 2>&1 || { echo "$2: check finds damage"; cat check.log; exit 1; }
  count=$("$newsreel" -e "print(#newsreel.open('$1'))")
  [ "$count" = 1 ] || [ "$count" = 3 ] || [ "$count" = 301 ] || { echo "$2: $count articles"; exit 1; }
}

# Every call of an undisturbed run, as "name number": the number counts calls of that name.
cp before.reel killed.reel
strace -qq -o calls.log "$newsreel" add killed.reel second.txt third.txt 2> /dev/null
sed -n 's/^\([a-z_0-9]*\)(.*/\1/p' calls.log | awk '$1 != "exit_group" && $1 != "execve" { print $1, ++seen[$1] }' > calls.txt
kept=0 all=0
while read -r name number; do
  cp before.reel killed.reel
  strace -qq -o /dev/null -e "inject=$name:signal=KILL:when=$number" \
    "$newsreel" add killed.reel second.txt third.txt > add.log 2>&1 < /dev/null && { echo "$name $number: not killed"; exit 1; }
  whole killed.reel "killed at $name $number"
  [ "$count" = 1 ] && kept=$((kept + 1)) || all=$((all + 1))
done < calls.txt
echo "killed at each of $((kept + all)) system calls: $kept times nothing new, $all times all, never damaged"

if [ "$(id -u)" != 0 ]; then
  echo "full file system: not tried, needs root"
  exit 0
fi
for number in $(seq 300); do
  printf '{"id":"n%d","date":"2025-04-01","text":"Article %d tells of talks number %d."}\n' "$number" "$number" "$number"
done > many.jsonl
mkdir full
refused=0
for room in 16 24 32 40 48 56 64 80 96 128; do
  mount -t tmpfs -o size=${room}k tmpfs full
  cp before.reel full/corpus.reel 2> /dev/null || { umount full; continue; }
  if "$newsreel" add full/corpus.reel many.jsonl > add.log 2>&1; then
    ended=$room
  else
    refused=$((refused + 1))
    grep -q 'No space left\|no space left' add.log || { echo "$room KiB: $(cat add.log)"; exit 1; }
  fi
  whole full/corpus.reel "full at $room KiB"
  umount full
done
echo "full file system: $refused sizes too small, each said so and lost nothing; ${ended:-none} KiB was enough"
