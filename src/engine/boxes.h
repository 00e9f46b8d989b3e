/* boxes.h: what stands behind the objects that Lua sees: corpus, article, spans, hit, frame.
 * Floor 6. A box exists before its contents, so that the collector owns whatever comes next. */
#ifndef NR_BOXES_H
#define NR_BOXES_H

#include "corpus/corpus.h"
#include "engine/bind.h"
#include "frame/frame.h"
#include "ingest/ingest.h"
#include "query/query.h"

/* A corpus, or a view of one. Uservalue 1: of a view its root corpus; of a root a table for Lua's
 * own use (layers, lists). Views use the root's snapshot of the moment. */
typedef struct nr_corpus_box {
  nr_snapshot *snapshot; /* NULL: a view, or closed */
  nr_writer *writer;     /* NULL for readers */
  nr_ingest *ingest;     /* made at the first add */
  nr_view *view;         /* NULL: all articles */
  bool is_view, margin, in_memory, closed;
} nr_corpus_box;

/* Spans: a plan on a snapshot. Uservalue 1: the corpus or view they came from. */
typedef struct nr_spans_box {
  nr_plan *plan;
  nr_snapshot *snapshot;
  nr_hits *hits; /* made when first needed */
  bool counted;
  uint64_t count, texts; /* when `counted` */
} nr_spans_box;

/* One hit. Uservalue 1: its spans, or the frame it came from. */
typedef struct nr_hit_box {
  nr_hits *hits; /* a count of its own */
  nr_hit hit;
} nr_hit_box;

/* An article. */
typedef struct nr_article_box {
  nr_snapshot *snapshot; /* a count of its own */
  uint32_t part, number;
} nr_article_box;

/* A frame. Uservalue 1: the corpus or view that its denominators count over, or nil. */
typedef struct nr_frame_box {
  nr_frame *frame;
} nr_frame_box;

extern const nr_type nr_type_corpus, nr_type_spans, nr_type_hit, nr_type_article, nr_type_frame;

/* The corpus or view at `index`; raises when it is none, or closed. */
nr_corpus_box *nr_bind_check_corpus(lua_State *L, int index);
/* The root of the corpus or view at `index`: it has the snapshot. Raises when closed. */
nr_corpus_box *nr_bind_root(lua_State *L, int index);
/* The root of the corpus at index 1, which must be open for writing. */
nr_corpus_box *nr_bind_check_writer(lua_State *L);
/* What C uses of a corpus to run something over it now. Commits in memory what is pending. */
nr_snapshot *nr_bind_snapshot(lua_State *L, int index);

/* corpus.margin: the same articles, what cleaning set aside. */
int nr_bind_view_margin(lua_State *L);

nr_spans_box *nr_bind_check_spans(lua_State *L, int index);
/* Push spans of the corpus at `corpus`, empty until `plan` is set; the snapshot is retained. */
nr_spans_box *nr_bind_new_spans(lua_State *L, int corpus);
/* Restrict the plan of new spans on top to the view and margin of the corpus at `corpus`. */
void nr_bind_restrict(lua_State *L, nr_spans_box *box, int corpus);
/* Hits of spans; runs the plan when that was not done. */
nr_hits *nr_bind_hits(lua_State *L, nr_spans_box *box);

/* The content of an article (title, then text), until the next call; raises. */
nr_text nr_bind_content(lua_State *L, const nr_segment *segment, uint32_t article);
void nr_bind_push_article(lua_State *L, nr_snapshot *snapshot, uint32_t part, uint32_t number);
void nr_bind_push_hit(lua_State *L, nr_hits *hits, uint64_t index);
/* Push frame at `*box`, to be filled, with the uservalue at `corpus` (0: none). */
nr_frame_box *nr_bind_new_frame(lua_State *L, int corpus);
nr_frame *nr_bind_check_frame(lua_State *L, int index);

/* Read fields at `index`, {{name, type, value}, ...}, into the arena; texts are borrowed from the tables.
 * No value is a field without bytes. */
nr_field *nr_bind_check_fields(lua_State *L, int index, nr_arena *arena, size_t *count);
/* Read a list of {name =, values = {...}} at `index` into the arena. */
nr_condition *nr_bind_conditions(lua_State *L, int index, nr_arena *arena, uint32_t *count);
/* Read a Lua value as something to compare with; texts are borrowed from the stack slot. */
nr_value nr_bind_value(lua_State *L, int index);
/* Read a list of texts into the arena; they are borrowed from the table. */
nr_text *nr_bind_texts(lua_State *L, int index, nr_arena *arena, uint32_t *count);
/* Push the text, or the number (an integer where it is one), or nil. */
void nr_bind_push_value(lua_State *L, nr_value value);

/* Each adds its types and functions to the core table on top. */
void nr_bind_corpus_open(lua_State *L);
void nr_bind_ingest_open(lua_State *L);
void nr_bind_view_open(lua_State *L);
void nr_bind_article_open(lua_State *L);
void nr_bind_spans_open(lua_State *L);
void nr_bind_hit_open(lua_State *L);
void nr_bind_frame_open(lua_State *L);
void nr_bind_layer_open(lua_State *L);
void nr_bind_derived_open(lua_State *L);
void nr_bind_walk_open(lua_State *L);
void nr_bind_terms_open(lua_State *L);
void nr_bind_pattern_open(lua_State *L);

/* Rules about lines from a list of {means, place, text, source}; texts stay borrowed from its tables. */
struct nr_phrase *nr_bind_check_phrases(lua_State *L, int index, nr_arena *arena, size_t *count);

#endif
