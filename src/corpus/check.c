/* check.c: what of a corpus is damaged, which articles are lost, and saving the rest. Floor 3. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "corpus/writer.h"
#include "text/token.h"
#include "text/utf8.h"

typedef struct checking {
  const nr_disk *disk;
  const nr_memory *memory;
  const char *path;
  const nr_report *report;
  const nr_poll *poll;
  nr_damage damage;
  nr_writer *out;  /* where salvaged articles go, or NULL */
  uint64_t offset; /* of the segment being looked at */
  nr_token_list tokens;
  nr_contents contents;
} checking;

static void damaged(checking *c, const char *message)
{
  size_t path_size = strlen(c->path);
  c->damage.places++;
  if (strncmp(message, c->path, path_size) == 0 && strncmp(message + path_size, ": ", 2) == 0)
    message += path_size + 2; /* a report names the file itself */
  nr_report_to(c->report, NR_WARNING, nr_text_of(c->path), message);
}

static void segment_damaged(void *user, nr_severity severity, nr_text where, const char *message)
{
  checking *c = user;
  char line[640];
  (void)severity;
  (void)where;
  snprintf(line, sizeof line, "in the segment at offset %" PRIu64 ": %s", c->offset, message);
  damaged(c, line);
}

/* ---- the head ---- */

/* A page that no commit has written yet is zero. */
static bool is_blank(const char page[NR_PAGE_SIZE])
{
  for (size_t i = 0; i < NR_PAGE_SIZE; i++)
    if (page[i] != 0)
      return false;
  return true;
}

static nr_status check_head(checking *c, int file, uint64_t size, nr_error *err)
{
  for (uint32_t i = 0; i < NR_SLOTS * NR_COPIES; i++) {
    char page[NR_PAGE_SIZE], line[128];
    nr_superblock ignored;
    uint64_t offset = (uint64_t)i * NR_PAGE_SIZE;
    bool cut = offset + NR_PAGE_SIZE > size;
    if (!cut)
      NR_TRY(nr_disk_read_all(c->disk, file, c->path, page, sizeof page, offset, err));
    if (!cut && (is_blank(page) || nr_superblock_decode(page, &ignored, NULL) == NR_OK))
      continue;
    snprintf(line, sizeof line, "superblock copy %" PRIu32 " at offset %" PRIu64 " is damaged%s", i + 1,
             offset, cut ? ": the file ends before" : "; later commits mend it");
    damaged(c, line);
  }
  return NR_OK;
}

/* ---- articles ---- */

static void lost(checking *c, nr_text id, const char *why)
{
  c->damage.articles_lost++;
  nr_report_to(c->report, NR_REFUSAL, id, why);
}

static nr_text find_lang(const nr_article *article)
{
  for (size_t i = 0; i < article->field_count; i++)
    if (nr_text_equal(article->fields[i].name, NR_TEXT("lang")))
      return article->fields[i].value;
  return (nr_text){0};
}

/* Give an article to the new corpus. Where the columns of tokens are damaged it is tokenized anew. */
static nr_status save_article(checking *c, const nr_segment *segment, uint32_t number, bool whole,
                              nr_arena *arena, nr_error *err)
{
  nr_article article;
  nr_outcome outcome;
  NR_TRY(nr_segment_recover(segment, number, whole, &c->contents, arena, &article, err));
  if (!whole) {
    nr_text_rules rules = {.lang = find_lang(&article)};
    c->tokens.count = 0;
    NR_TRY(nr_tokenize(article.content, article.blocks, article.block_count, &rules, &c->tokens, err));
    article.tokens = c->tokens.items;
    article.token_count = c->tokens.count;
  }
  NR_TRY(nr_writer_add(c->out, &article, true, &outcome, err));
  c->damage.articles_saved += outcome == NR_ADDED;
  return NR_OK;
}

static bool is_dead(const nr_dead *dead, uint32_t article)
{
  return dead != NULL && (dead->bitmap[article / 64] >> (article % 64) & 1) != 0;
}

static bool utf8(const nr_article *a)
{
  return nr_utf8_valid_prefix(a->content) == a->content.size && nr_utf8_valid_prefix(a->id) == a->id.size;
}

/* The content hash, kept apart from the columns, says whether an article came through. */
static nr_status check_article(checking *c, const nr_segment *segment, uint32_t number, bool whole,
                               nr_error *err)
{
  nr_arena arena;
  nr_article article;
  nr_article_view view;
  nr_error why;
  uint32_t found;
  nr_arena_init(&arena, c->memory);
  nr_segment_article(segment, number, &view);
  nr_status status = nr_segment_recover(segment, number, false, &c->contents, &arena, &article, &why);
  if (status == NR_OK) {
    bool named = whole || (nr_segment_find_id(segment, view.id, &found) && found == number);
    if (!named)
      lost(c, view.id, "lost: its id is damaged");
    else if (nr_article_hash(&article) != view.content_hash || !utf8(&article))
      lost(c, view.id, "lost: its text, date or fields are damaged");
    else if (c->out != NULL)
      status = save_article(c, segment, number, whole, &arena, err);
  } else if (status == NR_CORRUPT) {
    lost(c, view.id, "lost: its text is damaged");
    status = NR_OK;
  } else {
    nr_fail(err, status, "%s", why.message);
  }
  nr_arena_clear(&arena);
  return status;
}

static nr_status check_articles(checking *c, const nr_segment *segment, const nr_dead *dead, bool whole,
                                nr_error *err)
{
  uint32_t count = nr_segment_count(segment)->articles;
  if (whole && c->out == NULL)
    return NR_OK;
  for (uint32_t i = 0; i < count; i++) {
    NR_TRY(nr_poll_at(c->poll, i, count, err));
    if (!is_dead(dead, i))
      NR_TRY(check_article(c, segment, i, whole, err));
  }
  return NR_OK;
}

/* ---- segments ---- */

static nr_status check_segment(checking *c, const nr_reading *r, uint32_t number, nr_error *err)
{
  nr_piece *piece;
  nr_dead *dead = NULL;
  nr_error why;
  nr_report report = {segment_damaged, c};
  c->offset = r->directory.segments[number].segment.offset;
  nr_status status = nr_reading_segment(r, number, &piece, &why);
  if (status == NR_NOMEM)
    return nr_fail_memory(err);
  if (status != NR_OK) {
    damaged(c, why.message);
    damaged(c, "all articles of that segment are lost");
    c->damage.segments_lost++;
    return NR_OK;
  }
  status = nr_reading_dead(r, number, piece, &dead, &why);
  if (status != NR_OK) {
    damaged(c, why.message);
    damaged(c, "articles that were removed from that segment come back");
    dead = NULL;
  }
  status = nr_segment_check_all(piece->segment, &report, c->poll, err);
  if (status == NR_OK || status == NR_CORRUPT)
    status = check_articles(c, piece->segment, dead, status == NR_OK, err);
  nr_dead_release(dead);
  nr_piece_release(piece);
  return status;
}

static void check_layers(checking *c, const nr_reading *r)
{
  for (uint32_t i = 0; i < r->directory.block_count; i++) {
    const nr_block_entry *block = &r->directory.blocks[i];
    nr_text bytes = nr_reading_bytes(r, block->block);
    char line[400];
    if (nr_hash64(bytes.bytes, bytes.size) == block->block.hash || bytes.size == 0)
      continue;
    snprintf(line, sizeof line,
             "the stored layer \"%.*s\" at offset %" PRIu64 " is damaged; it can be made anew",
             (int)block->name.size, block->name.bytes, block->block.offset);
    damaged(c, line);
  }
}

/* Between two stretches of a commit lie fewer than 64 bytes of zeros, or older commits. */
static void check_gap(checking *c, const nr_reading *r, nr_stretch stretch)
{
  uint64_t end = stretch.offset + stretch.size, limit = r->superblock.end;
  uint64_t next = (end + NR_STRETCH_ALIGNMENT - 1) & ~(uint64_t)(NR_STRETCH_ALIGNMENT - 1);
  for (uint64_t at = end; at < next && at < limit && stretch.size > 0; at++)
    if (r->store->map.bytes[at] != 0) {
      char line[96];
      snprintf(line, sizeof line, "padding at offset %" PRIu64 " is damaged", at);
      damaged(c, line);
      return;
    }
}

static void check_gaps(checking *c, const nr_reading *r)
{
  for (uint32_t i = 0; i < r->directory.segment_count; i++) {
    check_gap(c, r, r->directory.segments[i].segment);
    check_gap(c, r, r->directory.segments[i].dead);
  }
  for (uint32_t i = 0; i < r->directory.block_count; i++)
    check_gap(c, r, r->directory.blocks[i].block);
}

static nr_status check_commit(checking *c, const nr_reading *r, nr_error *err)
{
  for (uint32_t i = 0; i < r->directory.segment_count; i++)
    NR_TRY(check_segment(c, r, i, err));
  check_layers(c, r);
  check_gaps(c, r);
  return NR_OK;
}

/* ---- a file whose head or directory is gone ---- */

/* The newest directory that can be found in the bytes themselves. */
static nr_status find_directory(checking *c, nr_reading *r, uint64_t size, nr_error *err)
{
  for (uint64_t at = NR_HEAD_SIZE; at < size; at += NR_STRETCH_ALIGNMENT) {
    nr_directory found;
    nr_text rest = {r->store->map.bytes + at, (size_t)(size - at)};
    if (at % (1 << 20) == 0)
      NR_TRY(nr_poll_at(c->poll, at, size, err));
    rest.size = nr_directory_size(rest);
    if (rest.size == 0 || nr_directory_decode(rest, size, &r->arena, &found, NULL) != NR_OK)
      continue;
    if (found.commit >= r->directory.commit)
      r->directory = found;
  }
  return NR_OK;
}

/* Segments found by their footers, in the order of their writing: later ones replace. */
static nr_status find_segments(checking *c, nr_reading *r, uint64_t size, nr_error *err)
{
  nr_segment_entry *found = NULL;
  size_t capacity = 0, count = 0;
  nr_status status = NR_OK;
  for (uint64_t at = NR_HEAD_SIZE; at < size && status == NR_OK; at += NR_STRETCH_ALIGNMENT) {
    uint64_t taken = nr_segment_size_before((nr_text){r->store->map.bytes, (size_t)size}, at);
    if (taken == 0 || taken > at - NR_HEAD_SIZE)
      continue;
    status = nr_grow(c->memory, &found, &capacity, count + 1, sizeof(nr_segment_entry), err);
    if (status == NR_OK)
      found[count++] =
          (nr_segment_entry){{at - taken, taken, nr_load_u64(r->store->map.bytes + at - 8)}, {0}};
  }
  r->directory.segments = nr_arena_take_array(&r->arena, count, sizeof(nr_segment_entry));
  if (status == NR_OK && r->directory.segments == NULL)
    status = nr_fail_memory(err);
  if (status == NR_OK && count > 0)
    memcpy(r->directory.segments, found, count * sizeof(nr_segment_entry));
  nr_release(c->memory, found, capacity * sizeof(nr_segment_entry));
  r->directory.segment_count = (uint32_t)count;
  return status;
}

static nr_status find_commit(checking *c, int file, uint64_t size, nr_reading *r, nr_error *err)
{
  char line[128];
  *r = (nr_reading){.memory = c->memory, .path = c->path};
  nr_arena_init(&r->arena, c->memory);
  NR_TRY(nr_store_new(c->memory, &r->store, err));
  NR_TRY(nr_disk_map(c->disk, file, c->path, size, &r->store->map, err));
  r->superblock.end = size;
  NR_TRY(find_directory(c, r, size, err));
  if (r->directory.commit > 0) {
    snprintf(line, sizeof line, "commit %" PRIu64 " is the newest that can be found", r->directory.commit);
    damaged(c, line);
    return NR_OK;
  }
  NR_TRY(find_segments(c, r, size, err));
  if (r->directory.segment_count == 0)
    return nr_fail(err, NR_CORRUPT, "%s: nothing can be read any more", c->path);
  damaged(c, "no commit can be read: removed articles of the segments found come back");
  return NR_OK;
}

/* ---- both ---- */

static nr_status check_open_file(checking *c, int file, nr_error *err)
{
  uint64_t size;
  nr_reading r;
  nr_error why;
  NR_TRY(nr_disk_size(c->disk, file, c->path, &size, err));
  nr_status status = nr_reading_open(c->disk, c->memory, file, c->path, &r, &why);
  if (status == NR_OK || status == NR_CORRUPT) {
    nr_status head = check_head(c, file, size, err);
    if (head != NR_OK)
      status = head;
  } else {
    nr_fail(err, status, "%s", why.message);
  }
  if (status == NR_CORRUPT) {
    damaged(c, why.message);
    nr_reading_clear(&r);
    status = find_commit(c, file, size, &r, err);
  }
  if (status == NR_OK && c->out != NULL && r.superblock.compress)
    status = nr_writer_set_compress(c->out, true, err);
  if (status == NR_OK)
    status = check_commit(c, &r, err);
  nr_reading_clear(&r);
  return status;
}

static nr_status check_file(checking *c, nr_error *err)
{
  int file;
  NR_TRY(nr_disk_open(c->disk, c->path, NR_DISK_READ, &file, err));
  nr_token_list_init(&c->tokens, c->memory);
  nr_contents_init(&c->contents, c->memory);
  nr_status status = check_open_file(c, file, err);
  nr_token_list_clear(&c->tokens);
  nr_contents_clear(&c->contents);
  c->disk->close(c->disk->user, file);
  return status;
}

nr_status nr_corpus_check(const nr_disk *disk, const nr_memory *memory, const char *path,
                          const nr_report *report, const nr_poll *poll, nr_damage *damage, nr_error *err)
{
  checking c = {.disk = disk, .memory = memory, .path = path, .report = report, .poll = poll};
  nr_status status = check_file(&c, err);
  *damage = c.damage;
  if (status == NR_OK && c.damage.places > 0)
    return nr_fail(err, NR_CORRUPT, "%s: %" PRIu64 " damaged %s, %" PRIu64 " %s lost", path, c.damage.places,
                   c.damage.places == 1 ? "place" : "places", c.damage.articles_lost,
                   c.damage.articles_lost == 1 ? "article" : "articles");
  return status;
}

nr_status nr_corpus_salvage(const nr_disk *disk, const nr_memory *memory, const char *path, const char *out,
                            const nr_report *report, const nr_poll *poll, nr_damage *damage, nr_error *err)
{
  checking c = {.disk = disk, .memory = memory, .path = path, .report = report, .poll = poll};
  int there;
  if (nr_disk_open(disk, out, NR_DISK_READ, &there, NULL) == NR_OK) {
    disk->close(disk->user, there);
    return nr_fail(err, NR_EXISTS, "%s: there already; name a new file to salvage to", out);
  }
  NR_TRY(nr_writer_open(disk, memory, out, true, &c.out, err));
  nr_status status = check_file(&c, err);
  if (status == NR_OK)
    status = nr_writer_commit(c.out, poll, err);
  nr_writer_close(c.out);
  *damage = c.damage;
  return status;
}
