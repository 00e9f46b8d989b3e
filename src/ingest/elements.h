/* elements.h: elements of marked-up text by search: for feeds and newswire, which are often broken.
 * Nothing is parsed as a whole and no entity of a file's own is ever expanded, so there is nothing to
 * blow up. Floor 4: includes base/. */
#ifndef NR_ELEMENTS_H
#define NR_ELEMENTS_H

#include "base/bytes.h"
#include "base/memory.h"

/* The first `wanted` at or behind `at`, or NULL. */
const char *nr_element_search(const char *at, const char *end, const char *wanted);

/* Whether an element of this name opens at `at`, a "<". */
bool nr_element_opens(const char *at, const char *end, const char *name);

typedef struct nr_element {
  nr_text tag;    /* "<name ...>" */
  nr_text inside; /* empty where it is closed at once or never */
} nr_element;

/* The first element of this name; false where there is none. */
bool nr_element_find(nr_text in, const char *name, nr_element *found);

/* The value of an attribute in a tag, as written; missing where there is none. */
nr_text nr_element_attribute(nr_text tag, const char *name);

/* Resolve the entity at `at`, a "&": numbers, and the names that are common in text. `sign` gets its
 * UTF-8. Returns its size as written, or 0 where it is none. */
size_t nr_element_entity(const char *at, const char *end, char sign[4], size_t *size);

/* The characters of an element's inside: CDATA as it stands, entities resolved; in
 * the arena. Errors NR_NOMEM. */
nr_status nr_element_characters(nr_text inside, nr_arena *arena, nr_text *text, nr_error *err);

#endif
