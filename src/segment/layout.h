/* layout.h: the sections of a segment's bytes, and an open segment.
 * Floor 2: inside segment/ only. FORMAT.md describes every byte. */
#ifndef NR_LAYOUT_H
#define NR_LAYOUT_H

#include "segment/packed.h"
#include "segment/segment.h"

typedef enum nr_section {
  NR_SECTION_IDS,            /* strings, by article */
  NR_SECTION_ID_HASHES,      /* u32: upper halves of the hashes of ids, ascending */
  NR_SECTION_ID_ARTICLES,    /* column: article of each of these hashes */
  NR_SECTION_DAYS,           /* column: first day less NR_DAY_MIN, dated articles only */
  NR_SECTION_DAY_LENGTHS,    /* column: last day less first */
  NR_SECTION_DATE_SOURCES,   /* column */
  NR_SECTION_TITLE_SIZES,    /* column */
  NR_SECTION_HASHES,         /* u64: content hash, by article */
  NR_SECTION_LINE,           /* column: first position on the line, articles + 1 */
  NR_SECTION_MARGIN,         /* column: first position in the margin less `on`, articles + 1 */
  NR_SECTION_CONTENT,        /* strings, by article; or compressed, blocks of articles */
  NR_SECTION_BLOCKS,         /* strings: blocks as varints, by article */
  NR_SECTION_REPAIRS,        /* strings: repairs as varints, by article */
  NR_SECTION_FIELDS,         /* names, and for each the values and a column of numbers */
  NR_SECTION_FORMS,          /* strings, sorted */
  NR_SECTION_SURFACES,       /* strings, sorted by (form, bytes); empty stands for the form itself */
  NR_SECTION_SURFACE_SIZES,  /* u8: size of a surface, 255 where it is more */
  NR_SECTION_SURFACES_OF,    /* column: first surface of a form, forms + 1 */
  NR_SECTION_FORM_OF,        /* column: form of a surface */
  NR_SECTION_FORM_HITS,      /* column: on the line */
  NR_SECTION_FORM_TEXTS,     /* column: articles with a hit on the line */
  NR_SECTION_FORM_MARGIN,    /* column: hits in the margin */
  NR_SECTION_POSTINGS,       /* strings, by form */
  NR_SECTION_STREAM,         /* bits: codes of the surfaces at all positions, and 8 bytes of zeros */
  NR_SECTION_STREAM_CODES,   /* u8: width of each class, 4 zeros; column: surfaces that have short codes */
  NR_SECTION_STREAM_CLASSES, /* 2 u64 for 64 positions: lower and upper bits of their classes */
  NR_SECTION_STREAM_STARTS,  /* column: bit at which the codes of 64 positions start, groups + 1 */
  NR_SECTION_SURFACE_HITS,   /* column: on the line */
  NR_SECTION_GAPS,           /* u64: 32 two-bit gaps each */
  NR_SECTION_GAP_ANCHORS,    /* column: byte offset of each 32nd token */
  NR_SECTION_GAP_STARTS,     /* column: where a group's wide gaps start, groups + 1 */
  NR_SECTION_GAP_BYTES,      /* wide gaps less 3 as varints */
  NR_SECTION_MARK_RANKS,     /* column for each mark: marks before each 256th position, groups + 1 */
  NR_SECTION_MARK_BYTES = NR_SECTION_MARK_RANKS + NR_MARKS, /* u8 for each mark: position % 256 */
  NR_SECTIONS = NR_SECTION_MARK_BYTES + NR_MARKS
} nr_section;

enum {
  NR_SEGMENT_FORMAT = 2,
  NR_COMPRESSED_ZSTD = 1,
  NR_SEGMENT_ALIGNMENT = 64,
  NR_FOOTER_COUNTS = 64,                                    /* magic, counts, sizes */
  NR_FOOTER_SIZE = NR_FOOTER_COUNTS + NR_SECTIONS * 24 + 8, /* ..., sections, checksum */
  NR_GAP_GROUP = 32,
  NR_STREAM_GROUP = 64,
  NR_STREAM_CLASSES = 4, /* three of short codes, then the surface's number itself */
  NR_MARK_GROUP = 256,
  NR_POSTING_BLOCK = 128,
  NR_FIELDS_HIDDEN = 2, /* field 0 is the origin, field 1 the date's evidence */
  NR_FIELDS_MAX = 4096,
};

#define NR_SEGMENT_MAGIC 0x31474553534C5352ull /* "RSLSSEG1" */

/* Name of a section for messages: "ids", "stream", ... Static storage. */
const char *nr_section_name(uint32_t section);

typedef struct nr_field_column {
  nr_strings values; /* first byte is the type */
  nr_packed codes;   /* by article: 0 is missing, else value + 1 */
} nr_field_column;

/* The surface at each position as a code of its class's width: frequent ones have short codes. */
typedef struct nr_stream {
  uint8_t widths[NR_STREAM_CLASSES];
  uint32_t bases[NR_STREAM_CLASSES]; /* number of a class's first code in `codes` */
  nr_packed codes, starts;
  const uint8_t *classes;
  nr_text bits;
} nr_stream;

/* The content of articles: of article i bytes starts[i] to starts[i + 1] of all of it. */
typedef struct nr_content {
  nr_packed starts;
  bool compressed;
  nr_text bytes;             /* all of it; or the section, as far as compressed blocks lie in it */
  nr_packed firsts, offsets; /* first article of a block, where it lies in the section; one more of each */
} nr_content;

/* Errors: false where the section is damaged. */
bool nr_content_open(nr_text bytes, uint32_t articles, bool compressed, nr_content *content);

struct nr_segment {
  const nr_memory *memory;
  uint64_t serial; /* of all that this process opened */
  nr_text bytes;
  nr_segment_counts counts;
  uint32_t dated; /* articles with a day */
  struct {
    uint64_t offset, size, hash;
  } sections[NR_SECTIONS];
  nr_strings ids, blocks, repairs, forms, surfaces, postings;
  nr_content content;
  const uint8_t *id_hashes, *hashes, *surface_sizes, *gaps;
  nr_packed id_articles, days, day_lengths, date_sources, title_sizes, line, margin;
  nr_packed surfaces_of, form_of, form_hits, form_texts, form_margin, surface_hits;
  nr_stream stream;
  nr_packed gap_anchors, gap_starts;
  nr_text gap_bytes;
  nr_packed mark_ranks[NR_MARKS];
  nr_text mark_bytes[NR_MARKS];
  nr_strings field_names; /* hidden ones first */
  nr_field_column *fields;
  uint32_t field_count; /* hidden ones included */
};

/* The surface at a position. */
uint32_t nr_stream_at(const nr_segment *segment, uint32_t position);

/* Bytes of an article's content. */
static inline uint32_t nr_content_size(const nr_segment *segment, uint32_t article)
{
  uint64_t start = nr_packed_get(&segment->content.starts, article),
           end = nr_packed_get(&segment->content.starts, article + 1);
  if (!segment->content.compressed && end > segment->content.bytes.size)
    end = segment->content.bytes.size;
  return end < start ? 0 : end - start < INT32_MAX ? (uint32_t)(end - start) : INT32_MAX;
}

static inline uint32_t nr_groups(uint32_t count, uint32_t group)
{
  return count / group + (count % group != 0);
}

/* For walks over many positions: the article of every 64th one, line and margin apart. */
typedef struct nr_hints {
  const nr_segment *segment;
  uint32_t *articles[2]; /* line, margin */
} nr_hints;

/* In `arena`. Errors NR_NOMEM. */
nr_status nr_hints_make(const nr_segment *segment, nr_arena *arena, nr_hints *hints, nr_error *err);
/* As nr_segment_article_at, but a step or two. */
uint32_t nr_hints_article(const nr_hints *hints, uint32_t position);

#endif
