/* processes.c: writers that are killed, readers beside a writer; on the real file system.
 *
 *   processes kill TIMES      kill -9 a writer at a random moment, look what is left, go on
 *   processes readers COUNT   one writer and eight readers until they have refreshed COUNT times
 *
 * Commit n has n articles, each with the word "talks" once, and one article that every commit
 * replaces with n words "gas": so an answer shows which commit it is of, and whether of one only. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "corpus/corpus.h"

static char path[64];

static void fail(const char *what, const char *why)
{
  fprintf(stderr, "processes: %s: %s\n", what, why);
  exit(2);
}

static void add(nr_writer *writer, const char *id, const char *word, uint32_t count)
{
  static char text[1 << 16];
  static nr_token tokens[1 << 12];
  uint32_t size = (uint32_t)strlen(word), at = 0;
  nr_outcome outcome;
  nr_error err;
  for (uint32_t i = 0; i < count; i++) {
    memcpy(text + at, word, size);
    text[at + size] = ' ';
    tokens[i] = (nr_token){at, at + size, NR_TOKEN_WORD, 0};
    at += size + 1;
  }
  nr_article article = {.id = nr_text_of(id),
                        .origin = NR_TEXT("x"),
                        .date = {20000, 20000},
                        .content = {text, at},
                        .tokens = tokens,
                        .token_count = count};
  if (nr_writer_add(writer, &article, true, &outcome, &err) != NR_OK)
    fail("adding", err.message);
}

/* Commit for ever, or until there are `last`; each promise is written to `promises`. */
static void write_commits(int promises, uint64_t last)
{
  nr_writer *writer;
  nr_error err;
  if (nr_writer_open(&nr_disk_system, &nr_memory_default, path, true, &writer, &err) != NR_OK)
    fail("writing", err.message);
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  uint64_t commit = nr_snapshot_count(snapshot)->commit;
  nr_snapshot_release(snapshot);
  while (commit < last) {
    char id[32];
    snprintf(id, sizeof id, "n%" PRIu64, ++commit);
    add(writer, commit == 1 ? "gas" : id, commit == 1 ? "gas" : "talks", 1);
    if (commit > 1)
      add(writer, "gas", "gas", (uint32_t)(commit % 4000));
    if (nr_writer_commit(writer, NULL, &err) != NR_OK)
      fail("committing", err.message);
    if (promises >= 0 && write(promises, &commit, sizeof commit) != sizeof commit)
      fail("promising", "the pipe is gone");
  }
  nr_writer_close(writer);
}

static uint64_t count(nr_snapshot *snapshot, nr_text form)
{
  uint64_t total = 0;
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++) {
    const nr_part *part = nr_snapshot_part(snapshot, i);
    uint32_t number, hits, texts;
    if (!nr_segment_find_form(part->segment, form, &number))
      continue;
    nr_part_form_count(part, number, &hits, &texts);
    total += hits;
  }
  return total;
}

/* The snapshot shows exactly one commit. */
static void check_snapshot(nr_snapshot *snapshot)
{
  uint64_t commit = nr_snapshot_count(snapshot)->commit;
  if (nr_snapshot_count(snapshot)->articles != commit)
    fail("articles", "not those of one commit");
  if (commit > 1 &&
      (count(snapshot, NR_TEXT("talks")) != commit - 1 || count(snapshot, NR_TEXT("gas")) != commit % 4000))
    fail("counts", "not those of one commit");
}

static void look(uint64_t promised)
{
  nr_snapshot *snapshot;
  nr_damage damage;
  nr_error err;
  nr_status status = nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, &err);
  if (status != NR_OK && promised == 0)
    return; /* killed before there was a corpus */
  if (status != NR_OK)
    fail("opening", err.message);
  if (nr_snapshot_count(snapshot)->commit < promised)
    fail("opening", "a promised commit is lost");
  check_snapshot(snapshot);
  nr_snapshot_release(snapshot);
  if (nr_corpus_check(&nr_disk_system, &nr_memory_default, path, NULL, NULL, &damage, &err) != NR_OK)
    fail("checking", err.message);
}

static uint64_t kill_once(uint64_t promised)
{
  int ends[2];
  if (pipe(ends) != 0)
    fail("pipe", "none to be had");
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_commits(ends[1], UINT64_MAX);
    _exit(0);
  }
  close(ends[1]);
  usleep((useconds_t)(rand() % 60000));
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  uint64_t commit;
  while (read(ends[0], &commit, sizeof commit) == sizeof commit)
    promised = commit;
  close(ends[0]);
  look(promised);
  return promised;
}

static int run_kills(unsigned long times)
{
  uint64_t promised = 0;
  srand(7);
  for (unsigned long i = 0; i < times; i++)
    promised = kill_once(promised);
  printf("kill -9 %lu times: %" PRIu64 " commits promised, none lost, none half\n", times, promised);
  return 0;
}

static void read_for(unsigned long refreshes)
{
  nr_snapshot *snapshot, *newer;
  nr_error err;
  uint64_t before = 0;
  while (nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, &err) != NR_OK)
    usleep(1000);
  for (unsigned long i = 0; i < refreshes; i++) {
    if (nr_snapshot_refresh(&nr_disk_system, snapshot, &newer, &err) != NR_OK)
      fail("refreshing", err.message);
    nr_snapshot_release(snapshot);
    snapshot = newer;
    if (nr_snapshot_count(snapshot)->commit < before)
      fail("refreshing", "an older commit came back");
    before = nr_snapshot_count(snapshot)->commit;
    check_snapshot(snapshot);
  }
  nr_snapshot_release(snapshot);
  _exit(0);
}

static int run_readers(unsigned long refreshes)
{
  enum { readers = 8 };
  int failed = 0, status;
  pid_t children[readers], writer = fork();
  if (writer == 0) {
    write_commits(-1, UINT64_MAX);
    _exit(0);
  }
  for (int i = 0; i < readers; i++)
    if ((children[i] = fork()) == 0)
      read_for(refreshes / readers);
  for (int i = 0; i < readers; i++) {
    waitpid(children[i], &status, 0);
    failed |= status != 0;
  }
  kill(writer, SIGKILL);
  waitpid(writer, NULL, 0);
  if (failed)
    return 1;
  look(1);
  printf("%d readers beside a writer: %lu refreshes, each of exactly one commit, none older than the last\n",
         readers, refreshes);
  return 0;
}

int main(int arguments, char **argument)
{
  if (arguments != 3)
    fail("usage", "processes kill|readers COUNT");
  snprintf(path, sizeof path, "/tmp/newsreel-processes-%ld.reel", (long)getpid());
  unsigned long wanted = strtoul(argument[2], NULL, 10);
  int result = strcmp(argument[1], "kill") == 0 ? run_kills(wanted) : run_readers(wanted);
  unlink(path);
  return result;
}
