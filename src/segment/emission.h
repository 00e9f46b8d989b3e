/* emission.h: what writing a segment's sections has in common.
 * Floor 2: inside segment/ only. */
#ifndef NR_EMISSION_H
#define NR_EMISSION_H

#include "segment/sections.h"
#include "segment/source.h"

/* What the passes share. `u32` and `u64` have room for every article, form or surface and one more. */
typedef struct nr_emission {
  const nr_source *source;
  nr_section_writer *w;
  const nr_poll *poll;
  nr_error *err;
  nr_arena arena;
  uint64_t *u64;
  uint32_t *u32;
  uint8_t *sizes; /* of surfaces, 255 where it is more */
} nr_emission;

/* Take what the passes need into `arena`; sizes of surfaces are filled in. Errors NR_NOMEM. */
nr_status nr_emission_begin(nr_emission *e);

nr_source_article nr_emission_article(const nr_emission *e, uint32_t article);
/* A column in the section begun; a section that is a column. */
void nr_emission_put_column(nr_emission *e, const uint32_t *values, uint32_t count);
void nr_emission_column(nr_emission *e, nr_section section, const uint32_t *values, uint32_t count);

/* Pass over the tokens of all articles: the line first, then the margin. `wanted` as in nr_source.tokens. */
typedef void nr_token_pass(void *state, const nr_source_tokens *tokens, uint32_t count);
nr_status nr_emission_tokens(nr_emission *e, int wanted, nr_token_pass *pass, void *state);

/* Groups of sections. */
nr_status nr_emission_content(nr_emission *e);
nr_status nr_emission_postings(nr_emission *e);
nr_status nr_emission_stream(nr_emission *e);
nr_status nr_emission_offsets(nr_emission *e);
/* The last two, or what a tail has made of them. */
nr_status nr_emission_tail(nr_emission *e, nr_tail *tail);

#endif
