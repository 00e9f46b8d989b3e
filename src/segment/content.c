/* content.c: the content of articles, as it came or compressed a block of articles at a time. Floor 2. */
#include "segment/emission.h"
#include "segment/layout.h"

#include <inttypes.h>

#ifdef NR_HAVE_ZSTD
#include <zstd.h>
#endif

enum {
  block_bytes = 1 << 16,     /* an article that begins behind so many begins a block of its own */
  block_bytes_max = 3 << 26, /* what a block can have: one article more */
  level = 6
};

bool nr_compression_there(void)
{
#ifdef NR_HAVE_ZSTD
  return true;
#else
  return false;
#endif
}

/* ---- reading ---- */

bool nr_content_open(nr_text bytes, uint32_t articles, bool compressed, nr_content *content)
{
  nr_strings plain;
  if (!compressed) {
    if (!nr_strings_open(&bytes, articles, &plain))
      return false;
    *content = (nr_content){.starts = plain.offsets, .bytes = plain.pool};
    return true;
  }
  nr_content c = {.compressed = true, .bytes = bytes};
  if (bytes.size < 16 || !nr_packed_open(&bytes, articles + 1, &c.starts) || bytes.size < 16)
    return false;
  uint64_t blocks = nr_load_u64(bytes.bytes + bytes.size - 16),
           tables = nr_load_u64(bytes.bytes + bytes.size - 8);
  if (blocks > articles || tables > c.bytes.size - 16)
    return false;
  nr_text rest = {c.bytes.bytes + tables, (size_t)(c.bytes.size - 16 - tables)};
  if (!nr_packed_open(&rest, (uint32_t)blocks + 1, &c.firsts) ||
      !nr_packed_open(&rest, (uint32_t)blocks + 1, &c.offsets))
    return false;
  c.bytes.size = (size_t)tables;
  *content = c;
  return nr_packed_get(&c.firsts, 0) == 0 && nr_packed_get(&c.firsts, (uint32_t)blocks) == articles;
}

void nr_contents_init(nr_contents *contents, const nr_memory *memory)
{
  *contents = (nr_contents){.segment = 0};
  nr_buffer_init(&contents->block, memory);
}

void nr_contents_clear(nr_contents *contents)
{
  contents->segment = 0;
  nr_buffer_clear(&contents->block);
}

bool nr_segment_compressed(const nr_segment *segment)
{
  return segment->content.compressed;
}

static nr_status bad_block(uint32_t block, nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "section \"content\": block %" PRIu32 " of the compressed text is damaged",
                 block);
}

static nr_status decompress(nr_text bytes, uint32_t block, nr_buffer *out, nr_error *err)
{
#ifdef NR_HAVE_ZSTD
  size_t got = ZSTD_decompress(out->bytes, out->size, bytes.bytes, bytes.size);
  return got == out->size ? NR_OK : bad_block(block, err);
#else
  (void)bytes, (void)block, (void)out;
  return nr_fail(err, NR_INVALID, "the text is compressed, and this newsreel was built without zstd");
#endif
}

/* Have a block in the buffer. */
static nr_status load_block(const nr_segment *s, uint32_t block, uint64_t size, nr_contents *contents,
                            nr_error *err)
{
  const nr_content *c = &s->content;
  if (contents->segment == s->serial && contents->number == block)
    return NR_OK;
  uint64_t from = nr_packed_get(&c->offsets, block), to = nr_packed_get(&c->offsets, block + 1);
  if (from > to || to > c->bytes.size || size > block_bytes_max)
    return bad_block(block, err);
  contents->segment = 0;
  contents->block.size = 0;
  NR_TRY(nr_buffer_reserve(&contents->block, (size_t)size, err));
  contents->block.size = (size_t)size;
  NR_TRY(decompress((nr_text){c->bytes.bytes + from, (size_t)(to - from)}, block, &contents->block, err));
  contents->segment = s->serial;
  contents->number = block;
  return NR_OK;
}

static nr_status read_compressed(const nr_segment *s, uint32_t article, nr_contents *contents,
                                 nr_text *content, nr_error *err)
{
  const nr_content *c = &s->content;
  uint32_t after = nr_packed_upper(&c->firsts, article); /* the block's number and 1 */
  if (after == 0 || after >= c->firsts.count)
    return bad_block(0, err);
  uint64_t first = nr_packed_get(&c->firsts, after - 1), end = nr_packed_get(&c->firsts, after);
  if (first > article || end <= article || end > s->counts.articles)
    return bad_block(after - 1, err);
  uint64_t base = nr_packed_get(&c->starts, (uint32_t)first), stop = nr_packed_get(&c->starts, (uint32_t)end);
  uint64_t from = nr_packed_get(&c->starts, article), to = nr_packed_get(&c->starts, article + 1);
  if (base > from || from > to || to > stop)
    return bad_block(after - 1, err);
  NR_TRY(load_block(s, after - 1, stop - base, contents, err));
  *content = to == from ? NR_TEXT("") : (nr_text){contents->block.bytes + (from - base), (size_t)(to - from)};
  return NR_OK;
}

nr_status nr_segment_content(const nr_segment *s, uint32_t article, nr_contents *contents, nr_text *content,
                             nr_error *err)
{
  assert(article < s->counts.articles);
  if (s->content.compressed)
    return read_compressed(s, article, contents, content, err);
  nr_strings plain = {s->content.starts, s->content.bytes, s->counts.articles};
  *content = nr_strings_get(&plain, article);
  return NR_OK;
}

void nr_segment_content_fetch(const nr_segment *s, uint32_t article, uint32_t at)
{
  if (s->content.compressed)
    return;
  uint64_t byte = nr_packed_get(&s->content.starts, article) + at;
  if (byte >= 64 && byte + 64 < s->content.bytes.size)
    for (int line = -1; line <= 1; line++)
      __builtin_prefetch(s->content.bytes.bytes + byte + line * 64);
}

/* ---- writing ---- */

static nr_status content_of(const nr_emission *e, uint32_t article, nr_text *content)
{
  return e->source->content(e->source->user, article, content, e->err);
}

static void put_starts(nr_emission *e)
{
  uint64_t total = 0;
  for (uint32_t i = 0; i < e->source->articles; i++) {
    e->u64[i] = total;
    total += nr_emission_article(e, i).content_size;
  }
  e->u64[e->source->articles] = total;
  nr_column_put_u64(e->w, e->u64, e->source->articles + 1);
}

static nr_status put_plain(nr_emission *e)
{
  for (uint32_t i = 0; i < e->source->articles; i++) {
    nr_text content;
    if (i % 64 == 0)
      NR_TRY(nr_poll_at(e->poll, i, e->source->articles, e->err));
    NR_TRY(content_of(e, i, &content));
    nr_section_put(e->w, content.bytes, content.size);
  }
  return NR_OK;
}

#ifdef NR_HAVE_ZSTD
typedef struct compression {
  ZSTD_CCtx *zstd;
  nr_buffer block, out;
  uint64_t *firsts, *offsets; /* in the section */
  uint32_t count;
} compression;

static nr_status end_block(nr_emission *e, compression *c, uint32_t next_article)
{
  size_t room = ZSTD_compressBound(c->block.size);
  NR_TRY(nr_buffer_reserve(&c->out, room, e->err));
  size_t size = ZSTD_compress2(c->zstd, c->out.bytes, room, c->block.bytes, c->block.size);
  if (ZSTD_isError(size))
    return nr_fail_memory(e->err); /* with room enough it has no other reason */
  nr_section_put(e->w, c->out.bytes, size);
  c->block.size = 0;
  c->count++;
  c->firsts[c->count] = next_article;
  c->offsets[c->count] = nr_section_at(e->w);
  return NR_OK;
}

static nr_status compress_blocks(nr_emission *e, compression *c)
{
  uint32_t articles = e->source->articles;
  c->firsts = nr_arena_take_array(&e->arena, (size_t)articles + 1, sizeof *c->firsts);
  c->offsets = nr_arena_take_array(&e->arena, (size_t)articles + 1, sizeof *c->offsets);
  if (c->zstd == NULL || c->firsts == NULL || c->offsets == NULL)
    return nr_fail_memory(e->err);
  c->firsts[0] = 0;
  c->offsets[0] = nr_section_at(e->w);
  ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_checksumFlag, 1);
  for (uint32_t i = 0; i < articles; i++) {
    nr_text content;
    if (i % 64 == 0)
      NR_TRY(nr_poll_at(e->poll, i, articles, e->err));
    NR_TRY(content_of(e, i, &content));
    NR_TRY(nr_buffer_put(&c->block, content.bytes, content.size, e->err));
    if (c->block.size >= block_bytes || i + 1 == articles)
      NR_TRY(end_block(e, c, i + 1));
  }
  return NR_OK;
}

static nr_status put_compressed(nr_emission *e)
{
  compression c = {.zstd = ZSTD_createCCtx()};
  nr_buffer_init(&c.block, e->source->memory);
  nr_buffer_init(&c.out, e->source->memory);
  nr_status status = compress_blocks(e, &c);
  if (status == NR_OK) {
    nr_section_align(e->w);
    uint64_t tables = nr_section_at(e->w);
    nr_column_put_u64(e->w, c.firsts, c.count + 1);
    nr_column_put_u64(e->w, c.offsets, c.count + 1);
    nr_section_put_u64(e->w, c.count);
    nr_section_put_u64(e->w, tables);
  }
  ZSTD_freeCCtx(c.zstd);
  nr_buffer_clear(&c.block);
  nr_buffer_clear(&c.out);
  return status;
}
#else
static nr_status put_compressed(nr_emission *e)
{
  return nr_fail(e->err, NR_INVALID, "this newsreel was built without zstd: texts can't be compressed");
}
#endif

nr_status nr_emission_content(nr_emission *e)
{
  nr_section_begin(e->w, NR_SECTION_CONTENT);
  put_starts(e);
  NR_TRY(e->source->compressed ? put_compressed(e) : put_plain(e));
  nr_section_align(e->w);
  nr_section_end(e->w);
  return NR_OK;
}
