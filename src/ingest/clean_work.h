/* clean_work.h: one run of the cleaner, between the files that share it: clean_line.c (a line by itself),
 * clean_date.c (days), clean_head.c (what stands above the text), clean_below.c (the text and what follows),
 * clean.c (all of it). Floor 4, inside ingest/ only. */
#ifndef NR_CLEAN_WORK_H
#define NR_CLEAN_WORK_H

#include "ingest/clean.h"
#include "ingest/lines.h"
#include "ingest/phrases.h"
#include "ingest/repeats.h"

/* What is thought of a line. */
typedef struct nr_verdict {
  uint8_t kind, reason;
  bool margin, body; /* body: reads like text, whatever it turns out to be */
  bool own;          /* the phrase was handed down */
  const nr_phrase *phrase;
} nr_verdict;

struct nr_cleaner {
  const nr_memory *memory;
  bool shares; /* phrases and repeats are another's */
  nr_phrases *phrases;
  nr_repeats repeats;
  nr_line_list lines;
  nr_verdict *verdicts;
  size_t verdict_room;
  nr_block *blocks;
  size_t block_room;
  nr_buffer folded;
};

typedef struct nr_work {
  nr_cleaner *cleaner;
  const nr_clean_input *input;
  nr_text content, source;
  uint32_t title_size;
  nr_line *lines;
  nr_verdict *verdicts;
  size_t count, head;  /* lines; those above the text */
  size_t title;        /* the headline's line, SIZE_MAX where there is none */
  size_t marked_title; /* the same, as markup has it */
  uint32_t articles;   /* of this source, seen so far */
  nr_page *page;
} nr_work;

static inline nr_text nr_clean_text(const nr_work *w, const nr_line *line)
{
  return (nr_text){w->content.bytes + line->start, line->end - line->start};
}

static inline void nr_clean_set(nr_work *w, size_t i, nr_block_kind kind, bool margin, nr_reason reason)
{
  w->verdicts[i].kind = (uint8_t)kind;
  w->verdicts[i].margin = margin;
  w->verdicts[i].reason = (uint8_t)reason;
}

static inline bool nr_clean_means(const nr_work *w, size_t i, nr_phrase_means meaning)
{
  return w->verdicts[i].phrase != NULL && w->verdicts[i].phrase->means == meaning;
}

/* ---- clean_line.c ---- */

/* Join the lines of paragraphs that are cut at a fixed width. */
void nr_clean_unwrap(nr_work *w);
/* Make room for one more line and its verdict. */
nr_status nr_clean_reserve(nr_work *w, nr_error *err);
/* Judge the wording of line i by itself. */
nr_status nr_clean_read_line(nr_work *w, size_t i, nr_error *err);
/* Cut the line at byte `at` of the content; the second part becomes a line of its own. */
nr_status nr_clean_split(nr_work *w, size_t i, uint32_t at, nr_error *err);
/* Whether the wording of a line decides about it, wherever it stands. */
bool nr_clean_is_aside(const nr_work *w, size_t i);
/* Whether all words of a text but short ones begin with a capital, as names do. */
bool nr_clean_is_names(nr_text text);
/* Whether there is anything but signs in a line. */
bool nr_clean_holds_word(const nr_work *w, size_t i);
/* Whether so many articles of the source have the line that it can't be their text. */
bool nr_clean_is_repeated(const nr_work *w, size_t i);

/* ---- clean_date.c ---- */

/* Note the day of a line that says little else; false where it is no such line. */
bool nr_clean_date_line(nr_work *w, size_t i);
/* Note the day of a line that is a day and at most its hour; false where it says more. */
bool nr_clean_day_alone(nr_work *w, size_t i);
/* Whether a line says at what hour something was changed, and little else. */
bool nr_clean_says_hour(const nr_work *w, size_t i);
/* Note a day in front of the text proper: "MOSCOW, Dec. 3, 2025 (Wire) - ". */
void nr_clean_read_dateline(nr_work *w, size_t i);
/* Cut "date 2025-09-26 " off the first line where the text follows on it. */
nr_status nr_clean_split_header(nr_work *w, nr_error *err);
/* Note the days that stand where markup has put lines aside. */
void nr_clean_read_marks(nr_work *w);

/* ---- clean_head.c ---- */

/* How many lines stand above the text. */
size_t nr_clean_find_head(const nr_work *w);
/* Find the headline; a line that says more is cut. */
nr_status nr_clean_find_title(nr_work *w, nr_error *err);
void nr_clean_judge_head(nr_work *w);

/* ---- clean_below.c ---- */

/* Set a line aside as its phrase says. */
void nr_clean_set_aside(nr_work *w, size_t i);
void nr_clean_judge_below(nr_work *w);

#endif
