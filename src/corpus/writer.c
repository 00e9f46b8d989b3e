/* writer.c: adding, replacing, removing; the commit. Floor 3. */
#include "base/hash.h"
#include "corpus/snapshot.h"
#include "segment/intern.h"
#include "text/utf8.h"

enum { id_size_max = 1024 };

/* Bytes in the builder at which a segment is written before the commit. */
static const uint64_t spill_bytes = (uint64_t)256 << 20;

/* A segment as the next commit will have it. */
typedef struct slot {
  nr_piece *piece;
  nr_dead *dead;    /* as of the last commit, or NULL */
  uint64_t *bitmap; /* dead ones now, NULL where nothing has changed */
} slot;

/* An article that is still in the builder. */
typedef struct pending {
  uint64_t hash, origin;
  size_t index; /* in the builder; SIZE_MAX when dropped */
} pending;

struct nr_writer {
  const nr_disk *disk;
  const nr_memory *memory;
  char *path; /* NULL in memory */
  int file;
  bool broken; /* a write failed: nothing more can be promised */
  uint64_t commit, end;
  nr_snapshot *base;
  slot *slots;
  size_t slot_count, slot_capacity;
  nr_segment_builder *builder;
  nr_intern ids; /* of pending articles */
  pending *pendings;
  size_t pending_capacity;
  uint64_t changes;
};

static nr_status refuse_broken(const nr_writer *w, nr_error *err)
{
  if (!w->broken)
    return NR_OK;
  return nr_fail(err, NR_IO, "%s: an earlier write failed; open the corpus again",
                 w->path == NULL ? "(memory)" : w->path);
}

/* ---- opening ---- */

static nr_status put_superblock(nr_writer *w, const nr_superblock *superblock, nr_error *err)
{
  char page[NR_PAGE_SIZE];
  nr_superblock_encode(superblock, page);
  for (uint32_t copy = 0; copy < NR_COPIES; copy++)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, page, sizeof page,
                             nr_superblock_offset(superblock->commit, copy), err));
  return nr_disk_sync(w->disk, w->file, w->path, err);
}

/* True where the file has no commit yet and nobody's bytes: empty, or cut off while it was made. */
static nr_status is_unborn(nr_writer *w, bool *unborn, nr_error *err)
{
  static const char zeros[8];
  uint64_t size;
  char head[8];
  nr_superblock superblock;
  NR_TRY(nr_disk_size(w->disk, w->file, w->path, &size, err));
  *unborn = size <= NR_HEAD_SIZE;
  for (uint64_t at = 0; at < size && *unborn; at += NR_PAGE_SIZE) {
    char page[NR_PAGE_SIZE] = {0};
    size_t part = size - at < NR_PAGE_SIZE ? (size_t)(size - at) : NR_PAGE_SIZE;
    NR_TRY(nr_disk_read_all(w->disk, w->file, w->path, page, part, at, err));
    memcpy(head, page, sizeof head);
    *unborn = memcmp(head, "newsreel", 8) == 0 ? nr_superblock_decode(page, &superblock, NULL) == NR_CORRUPT
                                               : memcmp(head, zeros, 8) == 0;
  }
  return NR_OK;
}

static nr_status give_birth(nr_writer *w, nr_error *err)
{
  char zeros[NR_PAGE_SIZE] = {0};
  bool unborn;
  NR_TRY(is_unborn(w, &unborn, err));
  if (!unborn)
    return NR_OK;
  for (uint32_t copy = 0; copy < NR_COPIES; copy++)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, zeros, sizeof zeros, nr_superblock_offset(1, copy),
                             err));
  nr_superblock first = {.end = NR_HEAD_SIZE};
  NR_TRY(put_superblock(w, &first, err));
  return nr_disk_sync_folder_of(w->disk, w->path, err);
}

/* Open and lock; when the path has come to name another file meanwhile, start over. */
static nr_status open_locked(nr_writer *w, bool create, nr_error *err)
{
  for (int tries = 0; tries < 100; tries++) {
    NR_TRY(nr_disk_open(w->disk, w->path, create ? NR_DISK_CREATE : NR_DISK_WRITE, &w->file, err));
    NR_TRY(nr_disk_lock(w->disk, w->file, w->path, err));
    if (nr_disk_same(w->disk, w->file, w->path))
      return NR_OK;
    w->disk->close(w->disk->user, w->file);
    w->file = -1;
  }
  return nr_fail(err, NR_LOCKED, "%s: the file is replaced again and again", w->path);
}

static nr_status take_slots(nr_writer *w, nr_error *err)
{
  void *slots = w->slots;
  uint32_t count = w->base->counts.parts;
  NR_TRY(nr_grow(w->memory, &slots, &w->slot_capacity, count, sizeof *w->slots, err));
  w->slots = slots;
  for (uint32_t i = 0; i < count; i++)
    w->slots[i] = (slot){nr_piece_retain(w->base->pieces[i]), nr_dead_retain(w->base->deads[i]), NULL};
  w->slot_count = count;
  return NR_OK;
}

static nr_status open_file(nr_writer *w, bool create, nr_error *err)
{
  nr_superblock superblock;
  NR_TRY(open_locked(w, create, err));
  if (create)
    NR_TRY(give_birth(w, err));
  NR_TRY(nr_snapshot_read(w->disk, w->memory, w->file, w->path, &w->base, &superblock, err));
  w->commit = superblock.commit;
  w->end = superblock.end;
  return NR_OK;
}

nr_status nr_writer_open(const nr_disk *disk, const nr_memory *memory, const char *path, bool create,
                         nr_writer **writer, nr_error *err)
{
  nr_writer *w = nr_alloc_zeroed(memory, 1, sizeof *w);
  if (w == NULL)
    return nr_fail_memory(err);
  w->disk = disk;
  w->memory = memory;
  w->file = -1;
  nr_intern_init(&w->ids, memory);
  nr_status status = NR_OK;
  if (path != NULL) {
    w->path = nr_alloc(memory, strlen(path) + 1);
    if (w->path == NULL)
      status = nr_fail_memory(err);
    else
      memcpy(w->path, path, strlen(path) + 1);
  }
  if (status == NR_OK)
    status = path != NULL ? open_file(w, create, err)
                          : nr_snapshot_new(memory, "(memory)", 0, 0, NULL, NULL, 0, &w->base, err);
  if (status == NR_OK)
    status = take_slots(w, err);
  if (status == NR_OK)
    status = nr_segment_builder_new(memory, &w->builder, err);
  if (status == NR_OK)
    *writer = w;
  else
    nr_writer_close(w);
  return status;
}

static void clear_slots(nr_writer *w)
{
  for (size_t i = 0; i < w->slot_count; i++) {
    slot *s = &w->slots[i];
    nr_release(w->memory, s->bitmap,
               nr_bitmap_words(nr_segment_count(s->piece->segment)->articles) * sizeof *s->bitmap);
    nr_piece_release(s->piece);
    nr_dead_release(s->dead);
  }
  w->slot_count = 0;
}

void nr_writer_close(nr_writer *w)
{
  if (w == NULL)
    return;
  clear_slots(w);
  nr_release(w->memory, w->slots, w->slot_capacity * sizeof *w->slots);
  nr_segment_builder_free(w->builder);
  nr_intern_clear(&w->ids);
  nr_release(w->memory, w->pendings, w->pending_capacity * sizeof *w->pendings);
  nr_snapshot_release(w->base);
  if (w->file >= 0)
    w->disk->close(w->disk->user, w->file);
  if (w->path != NULL)
    nr_release(w->memory, w->path, strlen(w->path) + 1);
  nr_release(w->memory, w, sizeof *w);
}

nr_snapshot *nr_writer_snapshot(nr_writer *w)
{
  return nr_snapshot_retain(w->base);
}

uint64_t nr_writer_pending(const nr_writer *w)
{
  return w->changes;
}

/* ---- putting bytes behind the last commit ---- */

typedef struct appending {
  nr_writer *w;
  nr_store *store; /* in memory */
  uint64_t at;
} appending;

static nr_status append_bytes(void *user, const void *bytes, size_t size, nr_error *err)
{
  appending *a = user;
  if (a->w->path == NULL)
    return nr_buffer_put(&a->store->buffer, bytes, size, err);
  NR_TRY(nr_disk_write_all(a->w->disk, a->w->file, a->w->path, bytes, size, a->at, err));
  a->at += size;
  return NR_OK;
}

static uint64_t aligned(uint64_t offset)
{
  return (offset + 63) & ~(uint64_t)63;
}

/* Append a blob and say where it lies. */
static nr_status append_stretch(nr_writer *w, nr_text bytes, nr_stretch *stretch, nr_error *err)
{
  uint64_t offset = aligned(w->end);
  if (w->path != NULL)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, bytes.bytes, bytes.size, offset, err));
  *stretch = (nr_stretch){offset, bytes.size, nr_hash64(bytes.bytes, bytes.size)};
  w->end = offset + bytes.size;
  return NR_OK;
}

static nr_status add_slot(nr_writer *w, nr_piece *piece, nr_error *err)
{
  void *slots = w->slots;
  NR_TRY(nr_grow(w->memory, &slots, &w->slot_capacity, w->slot_count + 1, sizeof *w->slots, err));
  w->slots = slots;
  w->slots[w->slot_count++] = (slot){piece, NULL, NULL};
  return NR_OK;
}

/* Open what was appended from `offset` on as a segment and make it a slot. */
static nr_status open_appended(nr_writer *w, appending *a, uint64_t offset, nr_error *err)
{
  nr_piece *piece;
  nr_text bytes = {a->store->buffer.bytes, a->store->buffer.size};
  if (w->path != NULL) {
    NR_TRY(nr_disk_map(w->disk, w->file, w->path, a->at, &a->store->map, err));
    bytes = (nr_text){a->store->map.bytes + offset, (size_t)(a->at - offset)};
  }
  NR_TRY(nr_piece_new(w->memory, a->store, bytes, offset, &piece, err));
  nr_status status = add_slot(w, piece, err);
  if (status != NR_OK)
    nr_piece_release(piece);
  else
    w->end = offset + bytes.size;
  return status;
}

/* Make a segment of the builder's articles. */
static nr_status spill(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  if (nr_segment_builder_live(w->builder) == 0)
    return NR_OK;
  uint64_t offset = aligned(w->end);
  appending a = {.w = w, .at = offset};
  nr_sink sink = {append_bytes, &a};
  NR_TRY(nr_store_new(w->memory, &a.store, err));
  w->broken = true; /* until it is done: the builder is emptied either way */
  nr_status status = nr_segment_builder_write(w->builder, &sink, poll, err);
  if (status == NR_OK)
    status = open_appended(w, &a, offset, err);
  nr_store_release(a.store);
  if (status != NR_OK)
    return status;
  w->broken = false;
  nr_intern_clear(&w->ids);
  return NR_OK;
}

/* ---- changes ---- */

static bool slot_dead(const slot *s, uint32_t article)
{
  const uint64_t *bitmap = s->bitmap != NULL ? s->bitmap : s->dead == NULL ? NULL : s->dead->bitmap;
  return bitmap != NULL && (bitmap[article / 64] >> (article % 64) & 1) != 0;
}

static bool find_in_slots(const nr_writer *w, nr_text id, size_t *number, uint32_t *article)
{
  for (size_t i = w->slot_count; i-- > 0;)
    if (nr_segment_find_id(w->slots[i].piece->segment, id, article) && !slot_dead(&w->slots[i], *article)) {
      *number = i;
      return true;
    }
  return false;
}

static nr_status kill_in_slot(nr_writer *w, slot *s, uint32_t article, nr_error *err)
{
  if (s->bitmap == NULL) {
    uint32_t words = nr_bitmap_words(nr_segment_count(s->piece->segment)->articles);
    s->bitmap = nr_alloc_zeroed(w->memory, words, sizeof *s->bitmap);
    if (s->bitmap == NULL)
      return nr_fail_memory(err);
    if (s->dead != NULL)
      memcpy(s->bitmap, s->dead->bitmap, words * sizeof *s->bitmap);
  }
  s->bitmap[article / 64] |= (uint64_t)1 << (article % 64);
  return NR_OK;
}

/* Where an article is now: in the builder (number below), in a slot, or nowhere. */
typedef struct place {
  enum { NOWHERE, IN_BUILDER, IN_SLOT } kind;
  uint32_t pending; /* number of the id */
  size_t slot;
  uint32_t article;
  uint64_t hash, origin;
} place;

static nr_status find_place(nr_writer *w, nr_text id, place *found, nr_error *err)
{
  size_t before = w->ids.count;
  *found = (place){.kind = NOWHERE};
  NR_TRY(nr_intern_add(&w->ids, id, id.size, &found->pending, err));
  if (w->ids.count > before) {
    void *pendings = w->pendings;
    nr_status status =
        nr_grow(w->memory, &pendings, &w->pending_capacity, w->ids.count, sizeof *w->pendings, err);
    w->pendings = pendings;
    if (status != NR_OK) {
      w->broken = true; /* an id without its entry */
      return status;
    }
    w->pendings[found->pending] = (pending){0, 0, SIZE_MAX};
  }
  const pending *p = &w->pendings[found->pending];
  if (p->index != SIZE_MAX) {
    found->kind = IN_BUILDER;
    found->hash = p->hash;
    found->origin = p->origin;
  } else if (find_in_slots(w, id, &found->slot, &found->article)) {
    nr_article_view view;
    nr_segment_article(w->slots[found->slot].piece->segment, found->article, &view);
    found->kind = IN_SLOT;
    found->hash = view.content_hash;
    found->origin = nr_hash64(view.origin.bytes, view.origin.size);
  }
  return NR_OK;
}

static nr_status take_out(nr_writer *w, const place *found, nr_error *err)
{
  if (found->kind == IN_SLOT)
    return kill_in_slot(w, &w->slots[found->slot], found->article, err);
  if (found->kind == IN_BUILDER) {
    nr_segment_builder_drop(w->builder, w->pendings[found->pending].index);
    w->pendings[found->pending].index = SIZE_MAX;
  }
  return NR_OK;
}

static nr_status check_id(nr_text id, nr_error *err)
{
  if (id.size == 0)
    return nr_fail(err, NR_INVALID, "an article needs an id");
  if (id.size > id_size_max)
    return nr_fail(err, NR_INVALID, "an id of %zu bytes: at most %d", id.size, id_size_max);
  if (memchr(id.bytes, '\0', id.size) != NULL || nr_utf8_valid_prefix(id) != id.size)
    return nr_fail(err, NR_INVALID, "an id must be UTF-8 without NUL");
  return NR_OK;
}

nr_status nr_writer_add(nr_writer *w, const nr_article *article, bool replace, nr_outcome *outcome,
                        nr_error *err)
{
  place found;
  NR_TRY(refuse_broken(w, err));
  NR_TRY(check_id(article->id, err));
  if (nr_segment_builder_memory(w->builder) > spill_bytes)
    NR_TRY(spill(w, NULL, err));
  uint64_t hash = nr_article_hash(article);
  uint64_t origin = nr_hash64(article->origin.bytes, article->origin.size);
  NR_TRY(find_place(w, article->id, &found, err));
  if (found.kind != NOWHERE && found.hash == hash) {
    *outcome = NR_SKIPPED;
    return NR_OK;
  }
  if (found.kind != NOWHERE && found.origin != origin && !replace) {
    *outcome = NR_CONFLICT;
    return NR_OK;
  }
  size_t index = nr_segment_builder_articles(w->builder);
  NR_TRY(nr_segment_builder_add(w->builder, article, err));
  nr_status status = take_out(w, &found, err);
  if (status != NR_OK) {
    nr_segment_builder_drop(w->builder, index);
    return status;
  }
  w->pendings[found.pending] = (pending){hash, origin, index};
  w->changes++;
  *outcome = found.kind == NOWHERE ? NR_ADDED : NR_REPLACED;
  return NR_OK;
}

nr_status nr_writer_remove(nr_writer *w, nr_text id, nr_error *err)
{
  place found;
  NR_TRY(refuse_broken(w, err));
  NR_TRY(check_id(id, err));
  NR_TRY(find_place(w, id, &found, err));
  if (found.kind == NOWHERE)
    return nr_fail(err, NR_NOTFOUND, "no article has the id \"%.*s\"", (int)id.size, id.bytes);
  NR_TRY(take_out(w, &found, err));
  w->changes++;
  return NR_OK;
}

/* ---- the commit ---- */

/* Count what the newly dead of a slot take with them and append it. */
static nr_status settle_slot(nr_writer *w, slot *s, nr_error *err)
{
  nr_dead *dead;
  if (s->bitmap == NULL)
    return NR_OK;
  NR_TRY(nr_dead_new(w->memory, s->piece->segment, s->dead, s->bitmap, &dead, err));
  nr_buffer bytes;
  nr_buffer_init(&bytes, w->memory);
  nr_status status = nr_dead_encode(dead, s->piece->segment, &bytes, err);
  if (status == NR_OK)
    status = append_stretch(w, (nr_text){bytes.bytes, bytes.size}, &dead->stored, err);
  nr_buffer_clear(&bytes);
  if (status != NR_OK) {
    nr_dead_release(dead);
    return status;
  }
  nr_dead_release(s->dead);
  s->dead = dead;
  nr_release(w->memory, s->bitmap,
             nr_bitmap_words(nr_segment_count(s->piece->segment)->articles) * sizeof *s->bitmap);
  s->bitmap = NULL;
  return NR_OK;
}

/* Segments without a living article are left out of the commit. */
static void drop_empty_slots(nr_writer *w)
{
  size_t kept = 0;
  for (size_t i = 0; i < w->slot_count; i++) {
    slot s = w->slots[i];
    if (s.dead != NULL && s.dead->articles == nr_segment_count(s.piece->segment)->articles) {
      nr_piece_release(s.piece);
      nr_dead_release(s.dead);
    } else {
      w->slots[kept++] = s;
    }
  }
  w->slot_count = kept;
}

static nr_status put_directory(nr_writer *w, nr_arena *arena, nr_stretch *stretch, nr_error *err)
{
  nr_directory directory = {.segment_count = (uint32_t)w->slot_count};
  directory.segments = nr_arena_take_array(arena, w->slot_count, sizeof *directory.segments);
  if (directory.segments == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < w->slot_count; i++)
    directory.segments[i] = (nr_segment_entry){
        w->slots[i].piece->stored, w->slots[i].dead == NULL ? (nr_stretch){0} : w->slots[i].dead->stored};
  nr_buffer bytes;
  nr_buffer_init(&bytes, w->memory);
  nr_status status = nr_directory_encode(&directory, &bytes, err);
  if (status == NR_OK)
    status = append_stretch(w, (nr_text){bytes.bytes, bytes.size}, stretch, err);
  nr_buffer_clear(&bytes);
  return status;
}

static nr_status make_durable(nr_writer *w, nr_arena *arena, nr_error *err)
{
  nr_superblock superblock = {.commit = w->commit + 1};
  if (w->path == NULL)
    return NR_OK;
  NR_TRY(put_directory(w, arena, &superblock.directory, err));
  superblock.end = w->end;
  NR_TRY(nr_disk_sync(w->disk, w->file, w->path, err));
  return put_superblock(w, &superblock, err);
}

static nr_status new_base(nr_writer *w, nr_arena *arena, nr_snapshot **base, nr_error *err)
{
  nr_piece **pieces = nr_arena_take_array(arena, w->slot_count, sizeof(nr_piece *));
  nr_dead **deads = nr_arena_take_array(arena, w->slot_count, sizeof(nr_dead *));
  if (pieces == NULL || deads == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < w->slot_count; i++) {
    pieces[i] = w->slots[i].piece;
    deads[i] = w->slots[i].dead;
  }
  return nr_snapshot_new(w->memory, w->base->path, w->commit + 1, w->path == NULL ? 0 : w->end, pieces, deads,
                         (uint32_t)w->slot_count, base, err);
}

static nr_status commit_changes(nr_writer *w, nr_arena *arena, const nr_poll *poll, nr_snapshot **base,
                                nr_error *err)
{
  NR_TRY(spill(w, poll, err));
  for (size_t i = 0; i < w->slot_count; i++)
    NR_TRY(settle_slot(w, &w->slots[i], err));
  drop_empty_slots(w);
  NR_TRY(make_durable(w, arena, err));
  return new_base(w, arena, base, err);
}

nr_status nr_writer_commit(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  nr_snapshot *base = NULL;
  nr_arena arena;
  NR_TRY(refuse_broken(w, err));
  if (w->changes == 0)
    return NR_OK;
  nr_arena_init(&arena, w->memory);
  nr_status status = commit_changes(w, &arena, poll, &base, err);
  nr_arena_clear(&arena);
  if (status != NR_OK) {
    w->broken = true;
    return status;
  }
  nr_snapshot_release(w->base);
  w->base = base;
  w->commit++;
  w->changes = 0;
  return NR_OK;
}
