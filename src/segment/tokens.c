/* tokens.c: reading the stream, postings, byte offsets and marks of a segment. Floor 2. */
#include "segment/layout.h"

/* ---- the stream ---- */

/* Bits set. The plain instruction set of x86-64 has no instruction for it; a call would cost more. */
static inline uint32_t ones(uint64_t bits)
{
#if defined(__POPCNT__) || defined(__aarch64__)
  return (uint32_t)__builtin_popcountll(bits);
#else
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return (uint32_t)(bits * 0x0101010101010101u >> 56);
#endif
}

/* The classes of 64 positions, and where their codes start. */
typedef struct stream_group {
  uint64_t low, high; /* bits of the classes */
  uint64_t start;
} stream_group;

static stream_group group_of(const nr_stream *t, uint32_t number)
{
  const uint8_t *classes = t->classes + (size_t)number * 16;
  return (stream_group){nr_load_u64(classes), nr_load_u64(classes + 8), nr_packed_get(&t->starts, number)};
}

/* Bits that the codes before `slot` take. */
static uint64_t bits_before(const nr_stream *t, const stream_group *g, uint32_t slot)
{
  uint64_t mask = ((uint64_t)1 << slot) - 1, low = g->low & mask, high = g->high & mask;
  uint32_t three = ones(low & high), two = ones(high) - three, one = ones(low) - three;
  return (uint64_t)(slot - one - two - three) * t->widths[0] + (uint64_t)one * t->widths[1] +
         (uint64_t)two * t->widths[2] + (uint64_t)three * t->widths[3];
}

static uint32_t surface_of(const nr_segment *s, uint32_t class, uint64_t bit)
{
  const nr_stream *t = &s->stream;
  uint32_t code = 0, last = s->counts.surfaces - 1;
  if (bit / 8 <= t->bits.size - 8) /* there are at least 8 */
    code = (uint32_t)(nr_load_u64(t->bits.bytes + bit / 8) >> (bit % 8)) &
           (uint32_t)((1u << t->widths[class]) - 1);
  if (class == NR_STREAM_CLASSES - 1)
    return code < last ? code : last;
  code += t->bases[class];
  return code < t->codes.count ? nr_packed_at_most(&t->codes, code, last) : last;
}

uint32_t nr_stream_at(const nr_segment *s, uint32_t position)
{
  stream_group g = group_of(&s->stream, position / NR_STREAM_GROUP);
  uint32_t slot = position % NR_STREAM_GROUP;
  uint32_t class = (uint32_t)(g.low >> slot & 1) | (uint32_t)(g.high >> slot & 1) << 1;
  return surface_of(s, class, g.start + bits_before(&s->stream, &g, slot));
}

/* `count` codes of a group whose bits all lie at least 8 bytes before the end. */
static void read_codes(const nr_segment *s, uint64_t low, uint64_t high, uint64_t bit, uint32_t count,
                       uint32_t *surfaces)
{
  const nr_stream *t = &s->stream;
  const char *bytes = t->bits.bytes;
  uint32_t last = s->counts.surfaces - 1;
  nr_packed codes = t->codes;
  uint32_t widths[NR_STREAM_CLASSES], masks[NR_STREAM_CLASSES], bases[NR_STREAM_CLASSES];
  for (uint32_t c = 0; c < NR_STREAM_CLASSES; c++) {
    widths[c] = t->widths[c];
    masks[c] = (uint32_t)((1u << t->widths[c]) - 1);
    bases[c] = t->bases[c];
  }
  for (uint32_t i = 0; i < count; i++, low >>= 1, high >>= 1) {
    uint32_t class = (uint32_t)(low & 1) | (uint32_t)(high & 1) << 1;
    uint32_t code = (uint32_t)(nr_load_u64(bytes + bit / 8) >> (bit % 8)) & masks[class];
    bit += widths[class];
    if (class < NR_STREAM_CLASSES - 1) {
      code += bases[class];
      code = code < codes.count ? nr_packed_at_most(&codes, code, last) : last;
    }
    surfaces[i] = code < last ? code : last;
  }
}

void nr_segment_stream(const nr_segment *s, uint32_t first, uint32_t count, uint32_t *surfaces)
{
  assert(first <= s->counts.all && count <= s->counts.all - first);
  while (count > 0) {
    stream_group g = group_of(&s->stream, first / NR_STREAM_GROUP);
    uint32_t slot = first % NR_STREAM_GROUP, part = NR_STREAM_GROUP - slot;
    uint64_t bit = g.start + bits_before(&s->stream, &g, slot);
    part = part < count ? part : count;
    if (part > 3 && bit / 8 + (uint64_t)part * 4 + 8 <= s->stream.bits.size) /* codes have 4 bytes at most */
      read_codes(s, g.low >> slot, g.high >> slot, bit, part, surfaces);
    else
      for (uint32_t i = 0; i < part; i++) {
        uint32_t class = (uint32_t)(g.low >> (slot + i) & 1) | (uint32_t)(g.high >> (slot + i) & 1) << 1;
        surfaces[i] = surface_of(s, class, bit);
        bit += s->stream.widths[class];
      }
    surfaces += part;
    first += part;
    count -= part;
  }
}

void nr_segment_windows(const nr_segment *s, const uint32_t *positions, uint32_t count, uint32_t before,
                        uint32_t behind, uint32_t *surfaces)
{
  const nr_stream *t = &s->stream;
  uint32_t width = before + 1 + behind;
  for (uint32_t i = 0; i < count; i++) { /* what the misses wait for is asked for at once */
    uint32_t group = (positions[i] > before ? positions[i] - before : 0) / NR_STREAM_GROUP;
    __builtin_prefetch(t->classes + (size_t)group * 16);
    nr_packed_prefetch(&t->starts, group);
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t first = positions[i] > before ? positions[i] - before : 0;
    stream_group g = group_of(t, first / NR_STREAM_GROUP);
    uint64_t byte = (g.start + bits_before(t, &g, first % NR_STREAM_GROUP)) / 8;
    __builtin_prefetch(t->bits.bytes + (byte < t->bits.size ? byte : 0));
  }
  for (uint32_t i = 0; i < count; i++, surfaces += width) {
    uint32_t skip = positions[i] < before ? before - positions[i] : 0;
    uint32_t first = positions[i] - (before - skip), room = s->counts.all - first;
    uint32_t there = width - skip < room ? width - skip : room;
    for (uint32_t k = 0; k < skip; k++)
      surfaces[k] = UINT32_MAX;
    nr_segment_stream(s, first, there, surfaces + skip);
    for (uint32_t k = skip + there; k < width; k++)
      surfaces[k] = UINT32_MAX;
  }
}

/* ---- postings: blocks of 128 packed gaps behind their skips, then varints ---- */

enum { STATE_PREVIOUS, STATE_TAIL }; /* position before the next one, UINT32_MAX at first; byte in the tail */

typedef struct list {
  nr_text bytes;
  const uint8_t *skips; /* by block: u32 last position, u32 units of 16 bytes up to its end */
  uint32_t blocks;
  size_t data; /* offset of the first block */
  nr_text tail;
} list;

static list open_list(const nr_postings *p)
{
  list l = {.bytes = nr_strings_get(&p->segment->postings, p->form)};
  l.skips = (const uint8_t *)l.bytes.bytes;
  l.blocks = p->count / NR_POSTING_BLOCK;
  if (l.blocks > l.bytes.size / 8)
    l.blocks = 0;
  l.data = (size_t)l.blocks * 8;
  size_t tail = l.data;
  if (l.blocks > 0)
    tail += 16 * (size_t)nr_load_u32(l.skips + l.data - 4);
  if (tail > l.bytes.size)
    tail = l.bytes.size;
  l.tail = (nr_text){l.bytes.bytes + tail, l.bytes.size - tail};
  return l;
}

static uint32_t last_of(const list *l, uint32_t block)
{
  return nr_load_u32(l->skips + (size_t)block * 8);
}

static uint32_t units_before(const list *l, uint32_t block)
{
  return block == 0 ? 0 : nr_load_u32(l->skips + (size_t)block * 8 - 4);
}

void nr_postings_open(const nr_segment *segment, uint32_t form, nr_postings *postings)
{
  *postings = (nr_postings){.segment = segment, .form = form};
  uint64_t count = (uint64_t)nr_packed_at_most(&segment->form_hits, form, segment->counts.on) +
                   nr_packed_at_most(&segment->form_margin, form, segment->counts.all - segment->counts.on);
  postings->count = (uint32_t)count;
  postings->state[STATE_PREVIOUS] = UINT32_MAX;
}

static uint32_t clamp(const nr_postings *p, uint64_t position)
{
  uint32_t max = p->segment->counts.all - 1;
  return position < max ? (uint32_t)position : max;
}

/* Turn 128 gaps of `width` bits into positions behind `previous`; inlined for each width, so that shifts
 * and offsets are constants. */
static inline uint64_t unpack(const uint8_t *bytes, uint32_t width, uint64_t previous, uint32_t *out)
{
  uint64_t mask = ((uint64_t)1 << width) - 1;
  for (uint32_t i = 0; i < NR_POSTING_BLOCK; i += 8, bytes += width)
#pragma GCC unroll 8
    for (uint32_t k = 0; k < 8; k++) {
      previous += (nr_load_u64(bytes + k * width / 8) >> (k * width % 8) & mask) + 1;
      out[i + k] = (uint32_t)previous;
    }
  return previous;
}

/* A whole block that lies at least 8 bytes before the end. False where it is wider than usual. */
static bool unpack_block(const uint8_t *bytes, uint32_t width, uint64_t *previous, uint32_t *out)
{
#define CASE(w)                                                                                              \
  case w:                                                                                                    \
    *previous = unpack(bytes, w, *previous, out);                                                            \
    return true
  switch (width) {
    CASE(0);
    CASE(1);
    CASE(2);
    CASE(3);
    CASE(4);
    CASE(5);
    CASE(6);
    CASE(7);
    CASE(8);
    CASE(9);
    CASE(10);
    CASE(11);
    CASE(12);
    CASE(13);
    CASE(14);
    CASE(15);
    CASE(16);
    CASE(17);
    CASE(18);
    CASE(19);
    CASE(20);
  default:
    return false;
  }
#undef CASE
}

/* Gaps `from` to `from + count` of a block, which lie in 16 x width bytes. A block that does not fit
 * into the list is damaged: its gaps read as 0. */
static void read_block(nr_postings *p, const list *l, uint32_t block, uint32_t from, uint32_t count,
                       uint32_t *out)
{
  uint32_t units = units_before(l, block), width = units_before(l, block + 1) - units;
  uint64_t previous = p->state[STATE_PREVIOUS] == UINT32_MAX ? UINT64_MAX : p->state[STATE_PREVIOUS];
  const uint8_t *bytes = (const uint8_t *)l->bytes.bytes + l->data;
  size_t room = l->bytes.size - l->data;
  uint64_t end = (uint64_t)units * 16 + 16 * (uint64_t)width;
  bool fits = width <= 32 && end <= room;
  uint64_t mask = fits ? ((uint64_t)1 << width) - 1 : 0;
  uint64_t bit = fits ? (uint64_t)units * 128 + (uint64_t)from * width : 0;
  uint64_t safe = room < 8 ? 0 : (room - 8) * 8 + 7; /* last bit from which 8 bytes can be read */
  if (fits && count == NR_POSTING_BLOCK && end + 8 <= room &&
      unpack_block(bytes + (size_t)units * 16, width, &previous, out) && previous < p->segment->counts.all) {
    p->state[STATE_PREVIOUS] = out[count - 1]; /* none wrapped round: the last is the largest */
    return;
  }
  previous = p->state[STATE_PREVIOUS] == UINT32_MAX ? UINT64_MAX : p->state[STATE_PREVIOUS];
  for (uint32_t i = 0; i < count; i++, bit += width) {
    uint64_t gap;
    if (bit <= safe && room >= 8) {
      gap = nr_load_u64(bytes + bit / 8) >> (bit % 8) & mask;
    } else {
      uint64_t word = 0;
      for (size_t at = (size_t)(bit / 8), k = 0; fits && at < room && k < 8; at++, k++)
        word |= (uint64_t)bytes[at] << (8 * k);
      gap = word >> (bit % 8) & mask;
    }
    previous += gap + 1;
    out[i] = clamp(p, previous);
  }
  p->state[STATE_PREVIOUS] = out[count - 1];
}

uint32_t nr_postings_read(nr_postings *p, uint32_t *positions, uint32_t room)
{
  if (p->next >= p->count || room == 0)
    return 0;
  list l = open_list(p);
  uint32_t done = 0;
  while (done < room && p->next < p->count) {
    uint32_t block = p->next / NR_POSTING_BLOCK;
    if (block < l.blocks) {
      uint32_t from = p->next % NR_POSTING_BLOCK, count = NR_POSTING_BLOCK - from;
      count = count < room - done ? count : room - done;
      read_block(p, &l, block, from, count, positions + done);
      done += count;
      p->next += count;
      continue;
    }
    size_t at = p->state[STATE_TAIL];
    uint64_t previous = p->state[STATE_PREVIOUS] == UINT32_MAX ? UINT64_MAX : p->state[STATE_PREVIOUS];
    uint64_t gap = nr_varint_get(l.tail, &at);
    positions[done] = clamp(p, previous + gap + 1);
    p->state[STATE_PREVIOUS] = positions[done++];
    p->state[STATE_TAIL] = (uint32_t)at;
    p->next++;
  }
  return done;
}

static void enter_block(nr_postings *p, const list *l, uint32_t block)
{
  p->next = block * NR_POSTING_BLOCK;
  p->state[STATE_PREVIOUS] = block == 0 ? UINT32_MAX : clamp(p, last_of(l, block - 1));
  p->state[STATE_TAIL] = 0;
}

void nr_postings_seek(nr_postings *p, uint32_t position)
{
  if (p->next >= p->count)
    return;
  list l = open_list(p);
  uint32_t current = p->next / NR_POSTING_BLOCK;
  if (current < l.blocks && last_of(&l, current) < position) {
    uint32_t low = current + 1, high = l.blocks, step = 1;
    while (low + step < high && last_of(&l, low + step) < position) {
      low += step;
      step *= 2;
    }
    high = high - low > step ? low + step : high;
    while (low < high) {
      uint32_t middle = low + (high - low) / 2;
      if (last_of(&l, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }
    enter_block(p, &l, low);
  }
  if (p->next % NR_POSTING_BLOCK == 0 && p->next / NR_POSTING_BLOCK < l.blocks) {
    uint32_t positions[NR_POSTING_BLOCK], skip = 0;
    nr_postings after = *p;
    read_block(&after, &l, p->next / NR_POSTING_BLOCK, 0, NR_POSTING_BLOCK, positions);
    while (skip < NR_POSTING_BLOCK && positions[skip] < position)
      skip++;
    if (skip > 0)
      p->state[STATE_PREVIOUS] = positions[skip - 1];
    p->next += skip;
    if (skip < NR_POSTING_BLOCK)
      return;
  }
  while (p->next < p->count) { /* at most a block, or the tail */
    nr_postings before = *p;
    uint32_t one;
    if (nr_postings_read(p, &one, 1) == 0 || one >= position) {
      *p = before;
      return;
    }
  }
}

/* ---- byte offsets ---- */

static inline uint32_t size_of_surface(const nr_segment *s, uint32_t surface)
{
  uint32_t size = s->surface_sizes[surface];
  return size < 255 ? size : (uint32_t)nr_segment_surface(s, surface).size;
}

static inline uint32_t gap_of(const nr_segment *s, uint64_t group, uint32_t slot, size_t *wide)
{
  uint32_t code = (uint32_t)(group >> (2 * slot)) & 3;
  return code < 3 ? code : 3 + nr_varint_get(s->gap_bytes, wide);
}

void nr_segment_bytes_in(const nr_segment *s, uint32_t article, uint32_t position, uint32_t *start,
                         uint32_t *end)
{
  uint32_t first, after, surfaces[NR_GAP_GROUP];
  nr_segment_article_tokens(s, article, position >= s->counts.on, &first, &after);
  uint32_t number = position / NR_GAP_GROUP, base = number * NR_GAP_GROUP;
  uint32_t from = first <= base       ? base
                  : first <= position ? first
                                      : position; /* the last where it is damaged */
  uint64_t group = nr_load_u64(s->gaps + (size_t)number * 8);
  size_t wide = nr_packed_at_most(&s->gap_starts, number, UINT32_MAX);
  uint64_t at = 0; /* end of the token before, then the token's start */
  nr_segment_stream(s, from, position - from + 1, surfaces);
  for (uint32_t i = base; i < from; i++)
    (void)gap_of(s, group, i % NR_GAP_GROUP, &wide);
  for (uint32_t i = from; i <= position; i++) {
    uint32_t gap = gap_of(s, group, i % NR_GAP_GROUP, &wide);
    at = i == base ? nr_packed_at_most(&s->gap_anchors, number, UINT32_MAX) : at + gap;
    if (i < position)
      at += size_of_surface(s, surfaces[i - from]);
  }
  uint64_t size = nr_content_size(s, article), stop = at + size_of_surface(s, surfaces[position - from]);
  stop = stop < size ? stop : size;
  *start = (uint32_t)(at < stop ? at : stop);
  *end = (uint32_t)stop;
}

void nr_segment_bytes_fetch(const nr_segment *s, uint32_t position, bool second)
{
  uint32_t number = position / NR_GAP_GROUP, first = number * NR_GAP_GROUP;
  if (!second) {
    __builtin_prefetch(s->stream.classes + (size_t)(first / NR_STREAM_GROUP) * 16);
    nr_packed_prefetch(&s->stream.starts, first / NR_STREAM_GROUP);
    __builtin_prefetch(s->gaps + (size_t)number * 8);
    nr_packed_prefetch(&s->gap_starts, number);
    nr_packed_prefetch(&s->gap_anchors, number);
    return;
  }
  stream_group g = group_of(&s->stream, first / NR_STREAM_GROUP);
  uint64_t byte =
      g.start / 8 + (first % NR_STREAM_GROUP != 0 ? 32 : 0); /* roughly: codes have 8 bits or so */
  if (byte + 64 < s->stream.bits.size) {
    __builtin_prefetch(s->stream.bits.bytes + byte);
    __builtin_prefetch(s->stream.bits.bytes + byte + 63);
  }
  uint64_t wide = nr_packed_get(&s->gap_starts, number);
  __builtin_prefetch(s->gap_bytes.bytes + (wide < s->gap_bytes.size ? wide : 0));
}

void nr_segment_bytes(const nr_segment *s, uint32_t position, uint32_t *start, uint32_t *end)
{
  nr_segment_bytes_in(s, nr_segment_article_at(s, position), position, start, end);
}

void nr_segment_gaps(const nr_segment *s, uint32_t first, uint32_t end, uint32_t *gaps)
{
  uint64_t group = 0;
  size_t wide = 0;
  for (uint32_t i = first / NR_GAP_GROUP * NR_GAP_GROUP; i < end; i++) {
    uint32_t slot = i % NR_GAP_GROUP, number = i / NR_GAP_GROUP;
    if (slot == 0) {
      group = nr_load_u64(s->gaps + (size_t)number * 8);
      wide = nr_packed_at_most(&s->gap_starts, number, UINT32_MAX);
    }
    uint32_t gap = gap_of(s, group, slot, &wide);
    if (i >= first)
      *gaps++ = gap;
  }
}

/* ---- marks: for each group of 256 positions the low bytes of the marked ones ---- */

typedef struct mark_run {
  const uint8_t *bytes;
  uint32_t count, rank; /* marks of the group; marks before it */
} mark_run;

static mark_run run_of(const nr_segment *s, nr_mark mark, uint32_t group)
{
  uint32_t total = (uint32_t)s->mark_bytes[mark].size;
  uint32_t rank = nr_packed_at_most(&s->mark_ranks[mark], group, total);
  uint32_t next = nr_packed_at_most(&s->mark_ranks[mark], group + 1, total);
  return (mark_run){(const uint8_t *)s->mark_bytes[mark].bytes + rank, next < rank ? 0 : next - rank, rank};
}

/* Marks of the run below `low`. */
static uint32_t below(mark_run run, uint32_t low)
{
  uint32_t from = 0, to = run.count;
  while (to - from > 8) {
    uint32_t middle = from + (to - from) / 2;
    if (run.bytes[middle] < low)
      from = middle + 1;
    else
      to = middle;
  }
  while (from < to && run.bytes[from] < low)
    from++;
  return from;
}

static uint32_t clamp_position(const nr_segment *s, uint32_t group, uint8_t low)
{
  uint32_t position = group * NR_MARK_GROUP + low;
  return position < s->counts.all ? position : s->counts.all - 1;
}

bool nr_segment_marked(const nr_segment *s, nr_mark mark, uint32_t position)
{
  mark_run run = run_of(s, mark, position / NR_MARK_GROUP);
  uint32_t i = below(run, position % NR_MARK_GROUP);
  return i < run.count && run.bytes[i] == position % NR_MARK_GROUP;
}

uint32_t nr_segment_mark_before(const nr_segment *s, nr_mark mark, uint32_t position)
{
  uint32_t group = position / NR_MARK_GROUP;
  mark_run run = run_of(s, mark, group);
  uint32_t i = below(run, position % NR_MARK_GROUP + 1);
  while (i == 0 && group > 0) {
    run = run_of(s, mark, --group);
    i = run.count;
  }
  return i == 0 ? 0 : clamp_position(s, group, run.bytes[i - 1]);
}

uint32_t nr_segment_mark_after(const nr_segment *s, nr_mark mark, uint32_t position)
{
  uint32_t group = position / NR_MARK_GROUP, groups = nr_groups(s->counts.all, NR_MARK_GROUP);
  mark_run run = run_of(s, mark, group);
  uint32_t i = below(run, position % NR_MARK_GROUP + 1);
  while (i == run.count) {
    if (++group >= groups)
      return s->counts.all;
    run = run_of(s, mark, group);
    i = 0;
  }
  return clamp_position(s, group, run.bytes[i]);
}

uint32_t nr_segment_mark_rank(const nr_segment *s, nr_mark mark, uint32_t position)
{
  if (position >= s->counts.all)
    return (uint32_t)s->mark_bytes[mark].size;
  mark_run run = run_of(s, mark, position / NR_MARK_GROUP);
  return run.rank + below(run, position % NR_MARK_GROUP);
}

uint32_t nr_segment_mark_list(const nr_segment *s, nr_mark mark, uint32_t first, uint32_t end,
                              uint32_t *positions)
{
  uint32_t low = nr_segment_mark_rank(s, mark, first), high = nr_segment_mark_rank(s, mark, end);
  uint32_t count = 0, room = high > low ? high - low : 0; /* never more than the caller has room for */
  for (uint32_t group = first / NR_MARK_GROUP; (uint64_t)group * NR_MARK_GROUP < end; group++) {
    mark_run run = run_of(s, mark, group);
    uint32_t base = group * NR_MARK_GROUP;
    uint32_t i = base < first ? below(run, first - base) : 0;
    uint32_t stop = end - base < NR_MARK_GROUP ? below(run, end - base) : run.count;
    for (; i < stop && count < room; i++)
      positions[count++] = clamp_position(s, group, run.bytes[i]);
  }
  return count;
}
