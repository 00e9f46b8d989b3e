/* packed.h: the Lua modules that stand in the program, as pack.c writes them.
 * Floor 6. */
#ifndef NR_PACKED_H
#define NR_PACKED_H

#include <stddef.h>

typedef struct nr_packed {
  const char *name; /* "newsreel.pattern" */
  const char *text; /* Lua source */
  size_t size;
  const char *code; /* the same compiled */
  size_t code_size;
} nr_packed;

extern const nr_packed nr_packed_modules[]; /* sorted by name */
extern const size_t nr_packed_count;

#endif
