/* lines.h: a text cut into lines, and what can be seen of a line without understanding it.
 * Floor 4: includes base/. */
#ifndef NR_LINES_H
#define NR_LINES_H

#include "base/bytes.h"
#include "base/memory.h"

typedef struct nr_line {
  uint32_t start, end; /* without the white space around; never empty */
  uint32_t words;      /* roughly: runs between blanks; for long lines and CJK by size */
  uint32_t inside;     /* behind a bullet sign and its blanks; else `start` */
  uint16_t gap;        /* empty lines before it */
  bool bullet;         /* begins with a bullet sign and a blank */
  bool stop;           /* ends a sentence: . ! ? … and the like, quotes and brackets behind allowed */
  bool colon;          /* ends with a colon */
} nr_line;

typedef struct nr_line_list {
  const nr_memory *memory;
  nr_line *items;
  size_t count, capacity;
} nr_line_list;

/* Cut text[from..] at LF, CR, CRLF, U+2028, U+2029 and put its lines into `list` (emptied first).
 * Errors NR_NOMEM. Cost: linear; a few bytes are looked at in a long line. */
nr_status nr_lines_cut(nr_text text, size_t from, nr_line_list *list, nr_error *err);

/* Measure one line anew after its ends were moved; trims. False where nothing is left. */
bool nr_line_measure(nr_text text, uint32_t start, uint32_t end, nr_line *line);

void nr_line_list_clear(nr_line_list *list);

/* Compare the words of two texts: case (ASCII, Latin-1, Greek, Cyrillic), blanks and punctuation
 * do not count. True when all of `words` begin `text`; *end is then the offset behind them in
 * `text`, closing punctuation not included. An empty `words` is false. */
bool nr_words_begin(nr_text text, nr_text words, size_t *end);

/* Append `text` to `out` for comparing wordings: lower case (as above), blanks of all kinds as one
 * blank, curly apostrophes straight, marks of no width left out. Errors NR_NOMEM. */
nr_status nr_words_fold(nr_text text, nr_buffer *out, nr_error *err);

#endif
