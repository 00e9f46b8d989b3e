/* writer.c: opening for writing; adding, replacing, removing. Floor 3. */
#include "corpus/writer.h"

#include "base/hash.h"
#include "text/utf8.h"

enum { id_size_max = 1024 };

/* Bytes in the builder at which a segment is written before the commit. */
static const uint64_t spill_bytes = (uint64_t)448 << 20;

nr_status nr_writer_usable(const nr_writer *w, nr_error *err)
{
  if (!w->broken)
    return NR_OK;
  return nr_fail(err, NR_IO, "%s: an earlier write failed; open the corpus again",
                 w->path == NULL ? "(memory)" : w->path);
}

/* ---- opening ---- */

nr_status nr_writer_put_superblock(nr_writer *w, const nr_superblock *superblock, nr_error *err)
{
  char page[NR_PAGE_SIZE];
  nr_superblock_encode(superblock, page);
  for (uint32_t copy = 0; copy < NR_COPIES; copy++)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, page, sizeof page,
                             nr_superblock_offset(superblock->commit, copy), err));
  return nr_disk_sync(w->disk, w->file, w->path, err);
}

/* A page that the making of a corpus may have left when it was cut off: blank, torn, or the superblock
 * of commit 0 in a file that is still too short. */
static bool is_unborn_page(const char page[NR_PAGE_SIZE], uint64_t size)
{
  static const char zeros[8];
  nr_superblock superblock;
  if (memcmp(page, zeros, sizeof zeros) == 0)
    return true;
  nr_status status = nr_superblock_decode(page, &superblock, NULL);
  return status == NR_CORRUPT || (status == NR_OK && superblock.commit == 0 && size < NR_HEAD_SIZE);
}

/* True where the file has no commit yet and nobody's bytes: empty, or cut off while it was made. */
static nr_status is_unborn(nr_writer *w, bool *unborn, nr_error *err)
{
  uint64_t size;
  NR_TRY(nr_disk_size(w->disk, w->file, w->path, &size, err));
  *unborn = size <= NR_HEAD_SIZE;
  for (uint64_t at = 0; at < size && *unborn; at += NR_PAGE_SIZE) {
    char page[NR_PAGE_SIZE] = {0};
    size_t part = size - at < NR_PAGE_SIZE ? (size_t)(size - at) : NR_PAGE_SIZE;
    NR_TRY(nr_disk_read_all(w->disk, w->file, w->path, page, part, at, err));
    *unborn = is_unborn_page(page, size);
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
  NR_TRY(nr_writer_put_superblock(w, &first, err));
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

nr_status nr_writer_take_slots(nr_writer *w, nr_error *err)
{
  uint32_t count = w->base->counts.parts;
  NR_TRY(nr_grow(w->memory, &w->slots, &w->slot_capacity, count, sizeof *w->slots, err));
  for (uint32_t i = 0; i < count; i++)
    w->slots[i] = (nr_slot){nr_piece_retain(w->base->pieces[i]), nr_dead_retain(w->base->deads[i]), NULL};
  w->slot_count = count;
  for (uint32_t i = 0; i < w->base->layer_count; i++) {
    nr_placed_layer placed = w->base->layers[i];
    NR_TRY(nr_writer_keep_layer(w, w->slots[placed.part].piece, nr_layer_retain(placed.layer), err));
  }
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
  w->compress = superblock.compress;
  w->end = superblock.end;
  w->directory = superblock.directory.hash;
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
                          : nr_snapshot_new(memory, &(nr_snapshot_plan){.path = "(memory)"}, &w->base, err);
  if (status == NR_OK)
    status = nr_writer_take_slots(w, err);
  if (status == NR_OK)
    status = nr_segment_builder_new(memory, &w->builder, err);
  if (status == NR_OK)
    *writer = w;
  else
    nr_writer_close(w);
  return status;
}

void nr_slot_clear(const nr_memory *memory, nr_slot *slot)
{
  uint32_t words = nr_bitmap_words(nr_segment_count(slot->piece->segment)->articles);
  nr_release(memory, slot->bitmap, words * sizeof *slot->bitmap);
  nr_piece_release(slot->piece);
  nr_dead_release(slot->dead);
}

void nr_writer_clear_slots(nr_writer *w)
{
  for (size_t i = 0; i < w->slot_count; i++)
    nr_slot_clear(w->memory, &w->slots[i]);
  for (size_t i = 0; i < w->layer_count; i++) {
    nr_piece_release(w->layers[i].piece);
    nr_layer_release(w->layers[i].layer);
  }
  nr_release(w->memory, w->layers, w->layer_capacity * sizeof *w->layers);
  nr_release(w->memory, w->slots, w->slot_capacity * sizeof *w->slots);
}

void nr_writer_close(nr_writer *w)
{
  if (w == NULL)
    return;
  nr_writer_clear_slots(w);
  nr_segment_builder_free(w->builder);
  nr_intern_clear(&w->ids);
  nr_release(w->memory, w->pendings, w->pending_capacity * sizeof *w->pendings);
  nr_snapshot_release(w->base);
  if (w->file >= 0) {
    nr_disk_unlock(w->disk, w->file);
    w->disk->close(w->disk->user, w->file);
  }
  if (w->path != NULL)
    nr_release(w->memory, w->path, strlen(w->path) + 1);
  nr_release(w->memory, w, sizeof *w);
}

nr_snapshot *nr_writer_snapshot(nr_writer *w)
{
  return nr_snapshot_retain(w->base);
}

nr_status nr_writer_set_compress(nr_writer *w, bool compress, nr_error *err)
{
  if (compress && !nr_compression_there())
    return nr_fail(err, NR_INVALID, "this newsreel was built without zstd: texts can't be compressed");
  w->compress = compress;
  return NR_OK;
}

void nr_writer_share(nr_writer *w, const nr_memory *memory)
{
  nr_segment_builder_share(w->builder, memory);
}

uint64_t nr_writer_pending(const nr_writer *w)
{
  return w->changes;
}

/* ---- changes ---- */

static bool slot_dead(const nr_slot *s, uint32_t article)
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

static nr_status kill_in_slot(nr_writer *w, nr_slot *s, uint32_t article, nr_error *err)
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
    nr_status status =
        nr_grow(w->memory, &w->pendings, &w->pending_capacity, w->ids.count, sizeof *w->pendings, err);
    if (status != NR_OK) {
      w->broken = true; /* an id without its entry */
      return status;
    }
    w->pendings[found->pending] = (nr_pending){0, 0, SIZE_MAX};
  }
  const nr_pending *p = &w->pendings[found->pending];
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
  NR_TRY(nr_writer_usable(w, err));
  NR_TRY(check_id(article->id, err));
  if (nr_segment_builder_memory(w->builder) > spill_bytes)
    NR_TRY(nr_writer_spill(w, NULL, err));
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
  w->pendings[found.pending] = (nr_pending){hash, origin, index};
  w->changes++;
  *outcome = found.kind == NOWHERE ? NR_ADDED : NR_REPLACED;
  return NR_OK;
}

nr_status nr_writer_remove(nr_writer *w, nr_text id, nr_error *err)
{
  place found;
  NR_TRY(nr_writer_usable(w, err));
  NR_TRY(check_id(id, err));
  NR_TRY(find_place(w, id, &found, err));
  if (found.kind == NOWHERE)
    return nr_fail(err, NR_NOTFOUND, "no article has the id \"%.*s\"", (int)id.size, id.bytes);
  NR_TRY(take_out(w, &found, err));
  w->changes++;
  return NR_OK;
}

/* ---- fields of an article that is there ---- */

static const nr_field *find_change(const nr_field *changes, size_t count, nr_text name)
{
  for (size_t i = 0; i < count; i++)
    if (nr_text_equal(changes[i].name, name))
      return &changes[i];
  return NULL;
}

static nr_status change_fields(nr_article *article, const nr_field *changes, size_t count, nr_arena *arena,
                               nr_error *err)
{
  nr_field *fields = nr_arena_take_array(arena, article->field_count + count, sizeof *fields);
  size_t kept = 0;
  if (fields == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < article->field_count; i++)
    if (find_change(changes, count, article->fields[i].name) == NULL)
      fields[kept++] = article->fields[i];
  for (size_t i = 0; i < count; i++)
    if (changes[i].value.bytes != NULL && find_change(changes, i, changes[i].name) == NULL)
      fields[kept++] = changes[i];
  article->fields = fields;
  article->field_count = kept;
  return NR_OK;
}

static nr_status set_in_slot(nr_writer *w, const place *found, const nr_change *change, nr_contents *contents,
                             nr_arena *arena, nr_outcome *outcome, nr_error *err)
{
  nr_article article;
  NR_TRY(nr_segment_recover(w->slots[found->slot].piece->segment, found->article, true, contents, arena,
                            &article, err));
  NR_TRY(change_fields(&article, change->fields, change->field_count, arena, err));
  if (change->date != NULL) {
    article.date = *change->date;
    article.date_source = change->date->first == NR_DAY_NONE ? NR_DATE_FROM_NOWHERE : NR_DATE_GIVEN;
    article.date_evidence = (nr_text){0};
  }
  return nr_writer_add(w, &article, true, outcome, err);
}

nr_status nr_writer_set(nr_writer *w, nr_text id, const nr_change *change, nr_outcome *outcome, nr_error *err)
{
  place found;
  nr_arena arena;
  nr_contents contents;
  NR_TRY(nr_writer_usable(w, err));
  NR_TRY(check_id(id, err));
  NR_TRY(find_place(w, id, &found, err));
  if (found.kind == IN_BUILDER) {
    NR_TRY(nr_writer_spill(w, NULL, err));
    NR_TRY(find_place(w, id, &found, err));
  }
  if (found.kind == NOWHERE)
    return nr_fail(err, NR_NOTFOUND, "no article has the id \"%.*s\"", (int)id.size, id.bytes);
  nr_arena_init(&arena, w->memory);
  nr_contents_init(&contents, w->memory);
  nr_status status = set_in_slot(w, &found, change, &contents, &arena, outcome, err);
  nr_contents_clear(&contents);
  nr_arena_clear(&arena);
  return status;
}

/* ---- layers ---- */

nr_status nr_writer_keep_layer(nr_writer *w, nr_piece *piece, nr_layer *layer, nr_error *err)
{
  size_t at = 0;
  while (at < w->layer_count &&
         !(w->layers[at].piece == piece && nr_text_equal(w->layers[at].layer->name, layer->name)))
    at++;
  if (at < w->layer_count) {
    nr_layer_release(w->layers[at].layer);
    w->layers[at].layer = layer;
    return NR_OK;
  }
  nr_status status =
      nr_grow(w->memory, &w->layers, &w->layer_capacity, w->layer_count + 1, sizeof *w->layers, err);
  if (status != NR_OK)
    nr_layer_release(layer);
  else
    w->layers[w->layer_count++] = (nr_slot_layer){nr_piece_retain(piece), layer};
  return status;
}

nr_status nr_writer_put_layer(nr_writer *w, uint32_t part, nr_text name, uint64_t rules, nr_text bytes,
                              nr_error *err)
{
  nr_layer *layer;
  NR_TRY(nr_writer_usable(w, err));
  if (part >= w->base->counts.parts)
    return nr_fail(err, NR_INVALID, "part %u of %u", part, w->base->counts.parts);
  if (name.size == 0 || name.size > NR_LAYER_NAME_MAX)
    return nr_fail(err, NR_INVALID, "a layer's name has 1 to %d bytes", NR_LAYER_NAME_MAX);
  NR_TRY(nr_layer_new(w->memory, name, rules, bytes, &layer, err));
  NR_TRY(nr_writer_keep_layer(w, w->base->pieces[part], layer, err));
  w->layers_put = true;
  return NR_OK;
}

void nr_writer_set_carrier(nr_writer *w, nr_layer_carrier carrier)
{
  w->carrier = carrier;
}
