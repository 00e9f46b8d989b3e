/* clean.h: what is the article, and what only stands on its page.
 * Floor 4: includes lower floors.
 *
 * Cleaning never edits. It cuts an article's text into blocks (lines, paragraphs), names each and
 * sets some aside: those go to the margin with the reason. It looks at the shape of lines, at lists
 * of phrases, and at what the articles of one source have in common. */
#ifndef NR_CLEAN_H
#define NR_CLEAN_H

#include "base/bytes.h"
#include "base/memory.h"
#include "ingest/written.h"
#include "text/token.h"

/* What a phrase says of the line it is found in. */
typedef enum nr_phrase_means {
  NR_PHRASE_FURNITURE, /* the line goes to the margin */
  NR_PHRASE_CAPTION,   /* so does this one */
  NR_PHRASE_TEASERS,   /* teasers of other stories follow */
  NR_PHRASE_COMMENTS,  /* the comment form or the comments follow, up to the end */
  NR_PHRASE_OVER,      /* the article is over */
  NR_PHRASE_BYLINE,    /* names the author, above the text */
  NR_PHRASE_DATE,      /* a label before the day of publication */
  NR_PHRASE_UPDATED,   /* a label before the day of a change */
  NR_PHRASE_BODY,      /* never goes to the margin */
  NR_PHRASE_MEANINGS
} nr_phrase_means;

typedef enum nr_phrase_place {
  NR_PHRASE_IS,     /* the whole line, but for closing punctuation */
  NR_PHRASE_STARTS, /* its first words */
  NR_PHRASE_ENDS,   /* its last words */
  NR_PHRASE_HOLDS   /* anywhere in it */
} nr_phrase_place;

/* A rule about lines. Texts are copied. Case and the kind of apostrophes and blanks do not count; a star
 * inside stands for any characters. A text of less than three bytes before its first star is passed over. */
typedef struct nr_phrase {
  nr_text text;
  nr_text source; /* only in articles of this source; missing for all */
  nr_phrase_means means;
  nr_phrase_place place;
} nr_phrase;

typedef struct nr_cleaner nr_cleaner;

/* Make a cleaner with the built-in phrases and those handed down, which come first.
 * `memory` is borrowed. Errors NR_NOMEM. One thread at a time. */
nr_status nr_cleaner_new(const nr_memory *memory, const nr_phrase *phrases, size_t count,
                         nr_cleaner **cleaner, nr_error *err);
/* One that knows what `of` has learnt, for another thread: until `of` learns more or is freed. Errors
 * NR_NOMEM. */
nr_status nr_cleaner_share(const nr_memory *memory, const nr_cleaner *of, nr_cleaner **cleaner,
                           nr_error *err);
void nr_cleaner_free(nr_cleaner *cleaner);

/* Learn from a text which lines the articles of `source` share; done for a batch before it is
 * cleaned. Copies of one article count once. Errors NR_NOMEM. Cost: linear. */
nr_status nr_cleaner_learn(nr_cleaner *cleaner, nr_text source, nr_text text, nr_error *err);

/* A date that the page's text states. */
typedef struct nr_page_date {
  nr_written written; /* offsets in `content` */
  bool labelled;      /* a word such as "published" stands before it */
  bool updated;       /* the label says that it is the day of a change */
} nr_page_date;

enum { NR_PAGE_DATES_MAX = 8 };

typedef struct nr_page {
  const nr_block *blocks; /* as nr_article wants them; valid until the cleaner's next work */
  size_t block_count;
  uint32_t title_start, title_end; /* the headline found in the text; equal where there is none */
  nr_page_date dates[NR_PAGE_DATES_MAX];
  size_t date_count;
} nr_page;

/* What is to be cleaned. Everything is borrowed. */
typedef struct nr_clean_input {
  nr_text content;       /* the title field, then the text; valid UTF-8 */
  uint32_t title_size;   /* of the title field */
  nr_text source;        /* the outlet, or missing */
  bool plain;            /* set nothing aside but the second copy of the title */
  const nr_block *marks; /* what markup said, offsets in the text, covering it; NULL: lines decide alone */
  size_t mark_count;     /* marks not in the margin are looked at as lines are */
} nr_clean_input;

/* Cut the content into blocks. Dates are looked for with `plain` too.
 * Errors NR_NOMEM. Cost: linear. */
nr_status nr_clean(nr_cleaner *cleaner, const nr_clean_input *input, nr_page *page, nr_error *err);

#endif
