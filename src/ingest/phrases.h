/* phrases.h: rules about the wording of lines, looked up fast.
 * Floor 4: includes base/, text/. */
#ifndef NR_PHRASES_H
#define NR_PHRASES_H

#include "ingest/clean.h"

typedef struct nr_phrases nr_phrases;

/* Compile the built-in phrases behind those given. Errors NR_NOMEM. */
nr_status nr_phrases_new(const nr_memory *memory, const nr_phrase *given, size_t count, nr_phrases **phrases,
                         nr_error *err);
void nr_phrases_free(nr_phrases *phrases);

/* The first phrase that fits a folded line of a source, or NULL; *own tells those given from the
 * built-in. Cost: linear in the line, times the few phrases that may stand anywhere. */
const nr_phrase *nr_phrases_match(const nr_phrases *phrases, nr_text folded, nr_text source, bool *own);

/* The label before a day (DATE, UPDATED) that a line begins with, or NULL. Not folded; of any length. */
const nr_phrase *nr_phrases_label(const nr_phrases *phrases, nr_text line, nr_text source);

/* Whether a folded line ends with the credit of a picture in parentheses: "(Sample Pictures)", "(AP)". */
bool nr_phrases_credit(nr_text folded);
/* Whether it names the holder of a copyright behind other words: "Ships in the port © Sample Pictures". */
bool nr_phrases_copyright(nr_text folded);
/* Whether it is a row of share buttons: two or more of their names and nothing else. */
bool nr_phrases_buttons(nr_text folded);

#endif
