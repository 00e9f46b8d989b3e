/* crash.c: every state in which a crash may leave a corpus, and what can be read of it.
 *
 *   crash [STATES]
 *
 * Each workload runs once on a file system in memory that records every write, sync, rename and
 * truncation. Then crash states are made: all changes up to a point, of which those not yet synced
 * are kept, dropped or torn at 512 bytes at random, one page of the head flipped or not. Each state
 * is opened; it must show exactly one commit, none older than the last one that was promised, and
 * take a new commit. Then the protocol is broken on purpose, in five ways: a bad state must be found of each.
 * `make test` makes 200,000 states, `make proof` more. The last line is "N passed, N failed". */
#include <inttypes.h>
#include <time.h>

#include "ram_disk.h"
#include "walk.h"

enum { sector = 512, commits_max = 64 };

typedef enum variant {
  SOUND,
  NO_FIRST_SYNC,
  ONE_SLOT,
  ONE_COPY,
  NO_CHECKSUM,
  DIRECTORY_LATE,
  VARIANTS
} variant;

static const char *const variant_names[VARIANTS] = {
    "sound", "no first sync", "one slot", "one copy", "no checksum", "directory after superblock"};

static uint64_t seed = 1;

static uint32_t below(uint32_t limit)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

static void need(nr_status status, const nr_error *err, const char *doing)
{
  if (status == NR_OK)
    return;
  fprintf(stderr, "crash: %s: %s\n", doing, err->message);
  exit(2);
}

/* ---- workloads ---- */

typedef struct history {
  ram_disk disk;
  uint64_t digests[commits_max]; /* by number of the commit */
  uint32_t commits;
} history;

static void promise(history *h, nr_writer *writer)
{
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  uint64_t commit = nr_snapshot_count(snapshot)->commit;
  h->digests[commit] = digest_snapshot(snapshot);
  h->commits = (uint32_t)commit + 1;
  nr_snapshot_release(snapshot);
  ram_record(&h->disk, CHANGE_MARK, -1)->mark = commit + 1;
}

static nr_writer *open_writer(history *h, bool create)
{
  nr_writer *writer;
  nr_error err;
  need(nr_writer_open(&h->disk.disk, &nr_memory_default, "a.reel", create, &writer, &err), &err, "opening");
  return writer;
}

static void add(nr_writer *writer, uint32_t number, uint32_t size)
{
  static const char *const words[] = {"talks ", "paused ", "gas ", "The ", "deal. ", "aid "};
  char text[4096] = "", id[16];
  nr_token tokens[512];
  uint32_t count = 0, at = 0;
  nr_outcome outcome;
  nr_error err;
  snprintf(id, sizeof id, "n%" PRIu32, number);
  for (uint32_t i = 0; i < size && i < 500; i++) {
    const char *word = words[below(6)];
    uint32_t letters = (uint32_t)strcspn(word, " .");
    tokens[count++] = (nr_token){at, at + letters, NR_TOKEN_WORD, 0};
    at += (uint32_t)strlen(word);
    strcat(text, word);
  }
  nr_article article = {.id = nr_text_of(id),
                        .origin = NR_TEXT("x"),
                        .date = {20000 + (nr_day)number, 20000 + (nr_day)number},
                        .content = {text, at},
                        .tokens = tokens,
                        .token_count = count};
  need(nr_writer_add(writer, &article, true, &outcome, &err), &err, "adding");
}

static void commit(history *h, nr_writer *writer)
{
  nr_error err;
  need(nr_writer_commit(writer, NULL, &err), &err, "committing");
  promise(h, writer);
}

static void compact(history *h)
{
  nr_layer_carrier none = {0};
  nr_error err;
  need(nr_corpus_compact(&h->disk.disk, &nr_memory_default, "a.reel", NR_COMPRESS_AS_IT_IS, none, NULL, &err),
       &err, "compacting");
  nr_writer *writer = open_writer(h, false);
  promise(h, writer);
  nr_writer_close(writer);
}

static void run_one_add(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  add(w, 1, 20);
  commit(h, w);
  nr_writer_close(w);
}

static void run_small_commits(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  for (uint32_t i = 0; i < 5; i++) {
    add(w, i, 10);
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_replacements(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  for (uint32_t i = 0; i < 4; i++) {
    add(w, 1, 10 + i);
    add(w, 2, 5);
    add(w, 3 + i, 5);
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_removals(history *h)
{
  nr_writer *w = open_writer(h, true);
  nr_error err;
  promise(h, w);
  for (uint32_t i = 0; i < 4; i++)
    add(w, i, 12);
  commit(h, w);
  for (uint32_t i = 0; i < 4; i++) {
    char id[8];
    snprintf(id, sizeof id, "n%" PRIu32, i);
    need(nr_writer_remove(w, nr_text_of(id), &err), &err, "removing");
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_merge(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  for (uint32_t i = 0; i < 9; i++) { /* the eighth merges */
    add(w, i, 6);
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_large_articles(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  for (uint32_t i = 0; i < 3; i++) {
    for (uint32_t k = 0; k < 12; k++)
      add(w, i * 12 + k, 400);
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_reopenings(history *h)
{
  for (uint32_t i = 0; i < 4; i++) {
    nr_writer *w = open_writer(h, true);
    promise(h, w);
    add(w, i, 15);
    commit(h, w);
    add(w, 100, 15); /* dropped at close */
    nr_writer_close(w);
  }
}

static void run_layers(history *h)
{
  nr_writer *w = open_writer(h, true);
  nr_error err;
  promise(h, w);
  add(w, 1, 20);
  commit(h, w);
  for (uint32_t i = 0; i < 3; i++) {
    char bytes[700];
    memset(bytes, 'a' + (int)i, sizeof bytes);
    need(nr_writer_put_layer(w, 0, NR_TEXT("dates"), i, (nr_text){bytes, sizeof bytes}, &err), &err,
         "a layer");
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_compression(history *h)
{
  nr_writer *w = open_writer(h, true);
  nr_error err;
  promise(h, w);
  for (uint32_t i = 0; i < 9; i++) { /* the eighth merges */
    need(nr_writer_set_compress(w, i % 4 != 0 && nr_compression_there(), &err), &err, "compressing");
    add(w, i, 30);
    commit(h, w);
  }
  nr_writer_close(w);
}

static void run_compaction(history *h)
{
  nr_writer *w = open_writer(h, true);
  promise(h, w);
  for (uint32_t i = 0; i < 3; i++) {
    add(w, 1, 10 + i);
    add(w, i + 5, 10);
    commit(h, w);
  }
  nr_writer_close(w);
  compact(h);
  w = open_writer(h, false);
  add(w, 77, 10);
  commit(h, w);
  nr_writer_close(w);
}

/* A writer that opened the old file and waited must end up in the new one. */
static void run_compaction_against_a_waiting_writer(history *h)
{
  nr_writer *w = open_writer(h, true), *second;
  nr_error err;
  int waiting;
  promise(h, w);
  add(w, 1, 10);
  commit(h, w);
  add(w, 1, 11);
  commit(h, w);
  need(nr_disk_open(&h->disk.disk, "a.reel", NR_DISK_WRITE, &waiting, &err), &err, "waiting");
  nr_writer_close(w);
  compact(h);
  need(nr_disk_lock(&h->disk.disk, waiting, "a.reel", &err), &err, "locking");
  if (nr_disk_same(&h->disk.disk, waiting, "a.reel")) {
    fprintf(stderr, "crash: the waiting writer got the old file\n");
    exit(2);
  }
  h->disk.disk.close(&h->disk, waiting);
  second = open_writer(h, false);
  add(second, 2, 10);
  commit(h, second);
  nr_writer_close(second);
}

static const struct {
  const char *name;
  void (*run)(history *h);
} workloads[] = {
    {"one add", run_one_add},
    {"small commits", run_small_commits},
    {"replacements", run_replacements},
    {"removals", run_removals},
    {"merge", run_merge},
    {"large articles", run_large_articles},
    {"reopenings", run_reopenings},
    {"layers", run_layers},
    {"compression", run_compression},
    {"compaction", run_compaction},
    {"compaction against a waiting writer", run_compaction_against_a_waiting_writer},
};

enum { workload_count = sizeof workloads / sizeof workloads[0] };

/* ---- protocols broken on purpose: the record is changed ---- */

static bool in_head(const ram_change *c)
{
  return c->kind == CHANGE_WRITE && c->offset < 16384;
}

/* The k-th sync before a mark: 1 is the one of the superblock, 2 that of the data. */
static void drop_first_syncs(ram_disk *d)
{
  for (size_t i = 0; i < d->change_count; i++)
    if (d->changes[i].kind == CHANGE_SYNC && i + 1 < d->change_count && in_head(&d->changes[i + 1]))
      d->changes[i].kind = CHANGE_MARK; /* promises nothing: mark 0 */
}

static void use_one_slot(ram_disk *d)
{
  for (size_t i = 0; i < d->change_count; i++)
    if (in_head(&d->changes[i]))
      d->changes[i].offset %= 8192;
}

static void drop_second_copies(ram_disk *d)
{
  for (size_t i = 0; i < d->change_count; i++)
    if (in_head(&d->changes[i]) && d->changes[i].offset % 8192 == 4096)
      d->changes[i].kind = CHANGE_MARK;
}

/* The last write before the first sync of a commit moves behind its second sync. */
static void delay_directories(ram_disk *d)
{
  for (size_t i = 0; i + 4 < d->change_count; i++) {
    ram_change *c = d->changes + i;
    if (c[0].kind != CHANGE_WRITE || in_head(&c[0]) || c[1].kind != CHANGE_SYNC || !in_head(&c[2]) ||
        !in_head(&c[3]) || c[4].kind != CHANGE_SYNC)
      continue;
    ram_change directory = c[0];
    memmove(c, c + 1, 4 * sizeof *c);
    c[4] = directory;
    i += 4;
  }
}

static void break_protocol(ram_disk *d, variant v)
{
  if (v == NO_FIRST_SYNC)
    drop_first_syncs(d);
  else if (v == ONE_SLOT)
    use_one_slot(d);
  else if (v == ONE_COPY)
    drop_second_copies(d);
  else if (v == DIRECTORY_LATE)
    delay_directories(d);
}

/* ---- crash states ---- */

typedef struct state {
  ram_disk disk;
  uint64_t promised; /* commit + 1; 0: not even the corpus */
  uint64_t hash;
} state;

static void put_sectors(ram_inode *inode, const ram_change *c, uint64_t *hash, bool torn)
{
  for (uint64_t at = 0; at < c->size;) {
    uint64_t next = (c->offset + at) / sector * sector + sector - c->offset;
    uint64_t end = next < c->size ? next : c->size;
    bool kept = !torn || below(2) == 0;
    if (kept)
      ram_put(inode, c->bytes + at, (size_t)(end - at), c->offset + at);
    *hash = *hash * 31 + kept;
    at = end;
  }
}

/* Was the change synced before `crash`? Names by a sync of the folder, bytes by one of their file. */
static bool is_synced(const ram_disk *d, size_t i, size_t crash)
{
  const ram_change *c = &d->changes[i];
  bool name = c->kind == CHANGE_CREATE || c->kind == CHANGE_RENAME || c->kind == CHANGE_UNLINK;
  for (size_t k = i + 1; k < crash; k++) {
    if (name && d->changes[k].kind == CHANGE_FOLDER)
      return true;
    if (!name && d->changes[k].kind == CHANGE_SYNC && d->changes[k].file == c->file)
      return true;
  }
  return false;
}

static void apply(state *s, const ram_change *c, bool torn)
{
  switch (c->kind) {
  case CHANGE_CREATE:
    ram_name(&s->disk, c->to, c->file);
    break;
  case CHANGE_TRUNCATE:
    s->disk.inodes[c->file].size = 0;
    break;
  case CHANGE_WRITE:
    put_sectors(&s->disk.inodes[c->file], c, &s->hash, torn);
    break;
  case CHANGE_RENAME: {
    int from = ram_find(&s->disk, c->from);
    if (from >= 0)
      s->disk.names[from].inode = -1;
    ram_name(&s->disk, c->to, c->file);
    break;
  }
  case CHANGE_UNLINK: {
    int name = ram_find(&s->disk, c->from);
    if (name >= 0)
      s->disk.names[name].inode = -1;
    break;
  }
  default:
    break;
  }
}

static void make_state(const history *h, size_t crash, state *s)
{
  const ram_disk *d = &h->disk;
  bool names_go_on = true;  /* a file system keeps the order of names */
  uint32_t mood = below(4); /* how much of what was not synced is lost: nothing, some, most, all */
  s->promised = 0;
  s->hash = crash;
  ram_empty(&s->disk);
  while (s->disk.inode_count < d->inode_count)
    ram_new_inode(&s->disk);
  for (size_t i = 0; i < crash; i++) {
    const ram_change *c = &d->changes[i];
    if (c->kind == CHANGE_MARK && c->mark > s->promised)
      s->promised = c->mark;
    if (c->kind == CHANGE_MARK || c->kind == CHANGE_SYNC || c->kind == CHANGE_FOLDER)
      continue;
    uint32_t fate = is_synced(d, i, crash) ? 0 : mood == 0 ? 0 : mood == 3 ? 2 : below(mood == 1 ? 3 : 6);
    bool name = c->kind != CHANGE_WRITE && c->kind != CHANGE_TRUNCATE;
    s->hash = s->hash * 31 + fate;
    if (name && fate != 0)
      names_go_on = false;
    if (name ? names_go_on || fate == 0 : fate < 2)
      apply(s, c, fate == 1);
  }
}

/* One page of the head of a corpus may rot: the other copy must do. */
static void flip(state *s)
{
  ram_inode *inode = ram_file(&s->disk, "a.reel");
  if (inode == NULL || s->promised == 0 || below(4) != 0)
    return;
  uint32_t at = below(2) == 0 ? below(64) : below(4096), page = below(4);
  inode->bytes[page * 4096 + at] ^= (char)(1 << below(8));
  s->hash = s->hash * 31 + page * 4096 + at + 1;
}

static const char *check_snapshot(const history *h, const state *s, nr_snapshot *snapshot)
{
  uint64_t commit = nr_snapshot_count(snapshot)->commit;
  nr_error err;
  if (commit >= h->commits)
    return "a commit that never was";
  if (commit + 1 < s->promised)
    return "a promised commit is lost";
  for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts; p++)
    if (nr_segment_verify(nr_snapshot_part(snapshot, p)->segment, NULL, &err) != NR_OK)
      return "a segment is damaged";
  for (uint32_t i = 0; i < nr_snapshot_layers(snapshot); i++) {
    nr_layer_block block;
    nr_text bytes;
    nr_snapshot_layer(snapshot, i, &block);
    if (nr_snapshot_find_layer(snapshot, block.part, block.name, block.rules, &bytes, &err) != NR_OK)
      return "a layer is damaged";
  }
  return digest_snapshot(snapshot) == h->digests[commit] ? NULL : "half a commit";
}

/* After a crash the corpus is written on. */
static const char *write_on(state *s)
{
  nr_writer *writer;
  nr_snapshot *snapshot;
  nr_error err;
  if (nr_writer_open(&s->disk.disk, &nr_memory_default, "a.reel", true, &writer, &err) != NR_OK)
    return "no writer can open it";
  nr_snapshot *before = nr_writer_snapshot(writer);
  uint64_t articles = nr_snapshot_count(before)->articles;
  nr_snapshot_release(before);
  add(writer, 999, 5);
  nr_status status = nr_writer_commit(writer, NULL, &err);
  nr_writer_close(writer);
  if (status != NR_OK ||
      nr_snapshot_open(&s->disk.disk, &nr_memory_default, "a.reel", &snapshot, &err) != NR_OK)
    return "it can't be written on";
  bool right = nr_snapshot_count(snapshot)->articles == articles + 1;
  nr_snapshot_release(snapshot);
  return right ? NULL : "the next commit is wrong";
}

static const char *check_state(const history *h, state *s)
{
  nr_snapshot *snapshot;
  nr_error err;
  nr_status status = nr_snapshot_open(&s->disk.disk, &nr_memory_default, "a.reel", &snapshot, &err);
  if (status != NR_OK && s->promised > 0)
    return "a promised corpus can't be opened";
  const char *wrong = NULL;
  if (status == NR_OK) {
    wrong = check_snapshot(h, s, snapshot);
    nr_snapshot_release(snapshot);
  }
  return wrong != NULL || below(8) != 0 ? wrong : write_on(s);
}

/* ---- the count ---- */

static uint64_t *distinct; /* hashes of states seen, open addressing */
static size_t distinct_size;

static bool is_new(uint64_t hash)
{
  hash = hash * 0x9E3779B97F4A7C15u | 1;
  for (size_t at = (size_t)(hash >> 32) & (distinct_size - 1);; at = (at + 1) & (distinct_size - 1)) {
    if (distinct[at] == hash)
      return false;
    if (distinct[at] == 0) {
      distinct[at] = hash;
      return true;
    }
  }
}

static uint64_t run_variant(variant v, uint64_t wanted, bool until_found, uint64_t *states)
{
  static history histories[workload_count];
  static state s;
  uint64_t bad = 0, tried = 0;
  uint64_t told = 0;
  *states = 0;
  memset(distinct, 0, distinct_size * sizeof *distinct);
  for (size_t i = 0; i < workload_count; i++) {
    ram_init(&histories[i].disk);
    histories[i].disk.recording = true;
    workloads[i].run(&histories[i]);
    break_protocol(&histories[i].disk, v);
  }
  ram_init(&s.disk);
  s.disk.no_checksum = v == NO_CHECKSUM;
  while (*states < wanted && tried < 50 * wanted && !(until_found && bad > 0)) {
    uint32_t w = below(workload_count);
    make_state(&histories[w], below((uint32_t)histories[w].disk.change_count + 1), &s);
    flip(&s);
    tried++;
    if (!is_new(s.hash * workload_count + w))
      continue;
    ++*states;
    const char *wrong = check_state(&histories[w], &s);
    if (wrong == NULL)
      continue;
    bad++;
    if (v == SOUND && told++ < 10)
      printf("  %s: %s\n", workloads[w].name, wrong);
  }
  ram_clear(&s.disk);
  for (size_t i = 0; i < workload_count; i++)
    ram_clear(&histories[i].disk);
  return bad;
}

int main(int count, char **arguments)
{
  uint64_t wanted = count > 1 ? strtoull(arguments[1], NULL, 10) : 200000, states;
  int failed = 0;
  for (distinct_size = 1 << 18; distinct_size < 4 * wanted; distinct_size *= 2)
    ;
  distinct = ram_need(calloc(distinct_size, sizeof *distinct));
  clock_t start = clock();
  uint64_t bad = run_variant(SOUND, wanted, false, &states);
  printf("%-28s %" PRIu64 " distinct states of %d workloads, %" PRIu64 " bad, %.0f s\n", "sound", states,
         workload_count, bad, (double)(clock() - start) / CLOCKS_PER_SEC);
  failed += bad > 0;
  for (int v = SOUND + 1; v < VARIANTS; v++) {
    bad = run_variant((variant)v, 100000, true, &states);
    printf("%-28s %s after %" PRIu64 " states\n", variant_names[v], bad > 0 ? "caught" : "NOT CAUGHT",
           states);
    failed += bad == 0;
  }
  free(distinct);
  printf("%d passed, %d failed\n", VARIANTS - failed, failed);
  return failed > 0;
}
