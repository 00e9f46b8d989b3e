#!/bin/sh
# Tests of newsreel_sqlite against the sqlite3 shell; the last line is "N passed, N failed".
#   sh test.sh FOLDER-OF-newsreel_sqlite.so CORPUS-of-seeds
folder=$1 corpus=$2
passed=0 failed=0
ask() { # ask SQL: what the shell says to it
  sqlite3 -batch :memory: ".load $folder/newsreel_sqlite" ".output /dev/null" \
    "SELECT newsreel_attach('talks', '$corpus');" ".output stdout" "$1" 2>&1
}
check() { # check NAME WANTED GOT
  case $3 in
    $2) passed=$((passed + 1)) && echo "ok: $1" ;;
    *) failed=$((failed + 1)) && printf 'FAILED: %s\n wanted %s\n got %s\n' "$1" "$2" "$3" ;;
  esac
}
check "values are a row" "7|x|2.5||{\"a\":1}" \
  "$(ask "SELECT c1, c2, c3, c4, c5 FROM newsreel_rows('return 7, \"x\", 2.5, nil, {a = 1}')")"
check "arguments are a JSON list" "3|b" \
  "$(ask "SELECT c1, c2 FROM newsreel_rows('local x, y = ... return x + y.z, \"b\"', '[1, {\"z\": 2}]')")"
check "a frame is as many rows, with names in json" "15|15" \
  "$(ask "SELECT count(*), sum(json ->> 'count') FROM newsreel_rows('return newsreel.open().articles:by(\"article\"):count()')")"
check "rows join with the user's own tables" "hit" \
  "$(ask "WITH own(id, note) AS (VALUES ('alaska', 'hit')) SELECT note FROM newsreel_rows('return newsreel.open().articles:frame{\"article\"}') JOIN own ON c1 = id")"
check "each row of another table is asked" "2" \
  "$(ask "WITH s(code) AS (VALUES ('return 1'), ('return 2')) SELECT max(c1) FROM s, newsreel_rows(s.code)")"
check "a script's error is SQL's" "*sql:1: there is nothing called 'prnt' (did you mean 'print'?)*" \
  "$(ask "SELECT * FROM newsreel_rows('prnt(1)')")"
check "it is a sandbox" "*nothing called 'io'*" "$(ask "SELECT * FROM newsreel_rows('return io')")"
check "a corpus that is not there" "*no such file*" "$(ask "SELECT newsreel_attach('x', '/nowhere.reel')")"
check "arguments that are no JSON" "*no JSON*" "$(ask "SELECT * FROM newsreel_rows('return 1', '{')")"
check "views may not use it" "*unsafe use*" \
  "$(ask "CREATE VIEW v AS SELECT * FROM newsreel_rows('return 1'); SELECT * FROM v;")"
check "nothing asked gives nothing" "0" "$(ask "SELECT count(*) FROM newsreel_rows")"
python=python3 # Debian's own loads extensions
[ ! -x /usr/bin/python3 ] || python=/usr/bin/python3
if got=$($python - "$folder" 2>&1 << 'END'
import sqlite3, sys, threading, time
db = sqlite3.connect(":memory:", check_same_thread=False)
if not hasattr(db, "enable_load_extension"):
    print("skipped")
    raise SystemExit
db.enable_load_extension(True)
db.load_extension(sys.argv[1] + "/newsreel_sqlite")
stop = threading.Event()
def ask():
    while not stop.wait(0.05):
        db.interrupt()
thread = threading.Thread(target=ask)
thread.start()
began = time.monotonic()
try:
    db.execute("SELECT * FROM newsreel_rows('while true do end')").fetchall()
except sqlite3.OperationalError as error:
    print("stopped:", error, "soon" if time.monotonic() - began < 2 else "late")
stop.set()
thread.join()
print(db.execute("SELECT c1 FROM newsreel_rows('return 5')").fetchone())
END
); then :; fi
case $got in skipped*) echo "skipped: python's sqlite3 loads no extensions" ;;
*) check "sqlite3_interrupt stops a script" "stopped: *interrupted soon
(5,)" "$got" ;; esac
echo "$passed passed, $failed failed"
[ $failed = 0 ]
