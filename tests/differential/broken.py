#!/usr/bin/env python3
"""Every operator broken on purpose, once: the comparison with the naive scan must notice each.

  make unit && python3 tests/differential/broken.py [OPERATOR...] > tests/differential/broken.txt

First the sound program answers 20,000 random questions, each over 1, 2 and 7 segments, with dead articles and lists
that nest and overlap (tests/unit/query_naive_test.c; the scan is query_naive.h, which shares nothing with src/query).
Then each line below is changed in a copy of the sources, and the questions are asked again until one is answered
wrong. The exit status is 1 where the sound program fails or a broken one does not.
"""
import os, re, shutil, subprocess, sys, tempfile

BROKEN = [  # operator, file, what stands there, what is put in its place
    ("within", "relate.c", "nr_region_holds(&region, a->first[i], a->last[i]) == wanted",
     "nr_region_holds(&region, a->first[i], a->first[i]) == wanted"),
    ("outside", "relate.c", "bool wanted = relation == NR_WITHIN ||",
     "bool wanted = relation == NR_WITHIN || relation == NR_OUTSIDE ||"),
    ("containing", "relate.c", "least[at] <= a->last[i]", "least[at] < a->last[i]"),
    ("lacking", "relate.c", "bool wanted = relation == NR_WITHIN ||",
     "bool wanted = relation == NR_WITHIN || relation == NR_LACKING ||"),
    ("&", "relate.c", "reach[behind - 1] >= a->first[i]", "reach[behind - 1] > a->first[i]"),
    ("-", "relate.c", "bool wanted = relation == NR_WITHIN ||",
     "bool wanted = relation == NR_WITHIN || relation == NR_CLEAR_OF ||"),
    ("|", "select.c", "row == UINT32_MAX ? row : row + shift", "row"),
    ("| (equal spans)", "select.c", "    if (same)\n      continue;\n", ""),
    ("near", "near.c", "last + beside->distance : UINT32_MAX", "last + beside->distance + 1 : UINT32_MAX"),
    ("before", "near.c", "near->side != NR_AFTER &&", "near->side == NR_NEAR &&"),
    ("after", "near.c", "near->side != NR_BEFORE &&", "near->side == NR_NEAR &&"),
    ("followed_by", "near.c", "keep[i] = p->spans.last[i] < least_behind;", "keep[i] = 1;"),
    ("joined", "near.c", "(distance == p->nearest && (behind || p->found_behind))", "(distance == p->nearest && behind)"),
    ("days_after", "days.c", "(int64_t)day - after->from", "(int64_t)day - after->from + 1"),
    ("expand", "region.c", "    if (region->spans.last[i] >= last) {", "    if (region->spans.last[i] > last) {"),
    ("window", "move.c", "last + window->right : high", "last + window->right - (window->right > 1) : high"),
    ("where", "select.c", "? nr_value_is_text(value, table->columns[column].texts[row])",
     "? !nr_value_is_text(value, table->columns[column].texts[row])"),
    ("label", "select.c", "labels[i].bytes == NULL && behind > 0", "behind > 0"),
    ("flip", "near.c", ".layer = NR_LAYER_CLAUSES", ".layer = NR_LAYER_SENTENCES"),
    ("pair", "pair.c", "for (uint32_t j = i + 1; j < p->a.found_count; j++)",
     "for (uint32_t j = i; j < p->a.found_count; j++)"),
    ("phrase: sentences", "match.c", "nr_segment_mark_after(run->segment, NR_SENTENCE_STARTS, start) < start + size",
     "nr_segment_mark_after(run->segment, NR_PARAGRAPH_STARTS, start) < start + size"),
    ("phrase: on after the end", "match.c", "free = overlap ? 0 : start + size;", "free = overlap ? 0 : start + 1;"),
    ("pattern: joined", "match.c", "n->children[i].joined && !nr_segment_marked(run->segment, NR_JOINED_NEXT, start + i)",
     "n->children[i].joined && !nr_segment_marked(run->segment, NR_JOINED_NEXT, start)"),
    ("pattern: gap", "match.c", "length <= n->max && length", "length < n->max && length"),
    ("pattern: longest", "match.c", "list->items[i].cost <= found->cost", "list->items[i].cost < found->cost"),
    ("dictionary: longest", "dictionary.c", "if (!same && list->first[i] < free)", "if (!same && list->first[i] < free - (free > 0))"),
    ("dictionary: longest_each", "dictionary.c", "if (list->first[i] < free[row])", "if (list->first[i] + 1 < free[row])"),
    ("dictionary: second word", "dictionary.c", "block[i] + e->second - e->anchor - w->from", "block[i] + 1 - w->from"),
    ("dictionary: sentences", "dictionary.c", "next <= list->last[i]", "next < list->last[i]"),
    ("during", "view.c", "view->period.last + 1);", "view->period.last);"),
    ("only, where of views", "view.c", "if (has(bits, nr_walk_to(&walk, a.first[i], run->on)))", "if (i > 0 || has(bits, nr_walk_to(&walk, a.first[i], run->on)))"),
    ("dead articles", "words.c", "  if (run->part->dead == NULL)", "  if (run->part->dead == NULL || run->part_number > 0)"),
]
ROUNDS = "1000"  # of 20 questions

root = os.getcwd()
build = os.path.join(root, "build")
copy = tempfile.mkdtemp()
for name in ("src", "include", "tests", "lua", "Makefile", "build"):
    source = os.path.join(root, name)
    (shutil.copytree if os.path.isdir(source) else shutil.copy2)(source, os.path.join(copy, name))
libraries = re.search(r"^TEST_LIBS\s*:?=\s*(.*)$", open(os.path.join(build, "tests.mk")).read(), re.M).group(1)


def ask():
    made = subprocess.run(["make", "-s", "build/tests/query_naive_test", "TEST_LIBS=" + libraries], cwd=copy,
                          capture_output=True, text=True)
    if made.returncode != 0:
        return None, made.stderr
    run = subprocess.run(["build/tests/query_naive_test"], cwd=copy, capture_output=True, text=True,
                         env={**os.environ, "NEWSREEL_ROUNDS": ROUNDS}, timeout=300)
    return run.returncode, run.stdout + run.stderr


bad = 0
status, told = ask()
summary = re.search(r"\d+ questions, \d+ with hits", told)
print(__doc__.splitlines()[0])
print(f"\nsound: {'every answer is that of the naive scan' if status == 0 else 'WRONG'}, "
      f"{summary.group() if summary else told[-400:]}, each over 1, 2 and 7 segments\n")
bad += status != 0
chosen = [one for one in BROKEN if len(sys.argv) == 1 or one[0] in sys.argv[1:]]
for operator, file, old, new in chosen:
    path = os.path.join(copy, "src/query", file)
    sound = open(path).read()
    if sound.count(old) < 1:
        print(f"NOT BROKEN  {operator:26} {file}: no such line")
        bad += 1
        continue
    open(path, "w").write(sound.replace(old, new, 1))
    status, told = ask()
    caught = status not in (0, None)
    bad += not caught
    first = next((line for line in told.splitlines() if line and not line.startswith("[")), "")
    print(f"{'caught' if caught else 'MISSED':11} {operator:26} {file}: {' '.join(old.split())[:60]}")
    print(f"            {'first at: ' + first[:100] if caught else told[-200:]}")
    sys.stdout.flush()
    open(path, "w").write(sound)
shutil.rmtree(copy)
print(f"\n{len(chosen)} broken, {bad} not noticed or wrong")
sys.exit(bad > 0)
