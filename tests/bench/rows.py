"""rows.py [ROWS]: a million rows out of a script into Python, through Arrow and as JSON Lines.

    PYTHONPATH=examples/python NEWSREEL_LIBRARY=build-shared/lib/libnewsreel.so python3 tests/bench/rows.py

Milliseconds of the processor, the least of five rounds; JSON Lines are made once for a result. `buffers` are
the library's columns as memoryviews; `columns` and `parsed` end in Python values, the same ones."""
import json
import sys
import time

import newsreel

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
SCRIPT = """
local c, words = newsreel.memory(), ("word "):rep(1000)
for i = 1, ... // 1000 do c:add{ id = "a" .. i, date = "2025-09-24", text = words } end
return c "word":frame{ "article", "day", "start", "end" }
"""


def least(name, call, rounds=5):
    best = 1e9
    for _ in range(rounds):
        began = time.process_time()
        value = call()
        best = min(best, time.process_time() - began)
    print(f"{name}\t{best * 1000:.2f} ms")
    return value


def rows_of(text):
    return [json.loads(line) for line in text.splitlines()]


with newsreel.Engine() as engine:
    frame, = engine.run(SCRIPT, ROWS)
    buffers = least("arrow, buffers", frame.buffers)
    columns = least("arrow, columns of Python values", frame.columns)
    text = least("json lines, made", frame.jsonl, 1)
    least("json lines, text", frame.jsonl)
    parsed = least("json lines, parsed", lambda: rows_of(frame.jsonl()))
    assert list(buffers) == list(columns) == list(parsed[0])
    assert len(parsed) == ROWS and all([row[name] for row in parsed] == columns[name] for name in columns)
    print(f"{ROWS} rows, {len(text)} bytes of JSON Lines: the same values both ways")
