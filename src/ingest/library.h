/* library.h: libraries that are opened when first needed, not linked: they would cost every start.
 * Floor 4: includes nothing of ours. */
#ifndef NR_LIBRARY_H
#define NR_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library, and the pointer that it goes into. */
typedef struct nr_library_function {
  const char *name;
  void *place; /* a function pointer of the right type */
} nr_library_function;

/* Open the first of `names` that is there and fill in all functions; the library stays open.
 * False where no library or a function is missing; some places may be filled then. */
bool nr_library_open(const char *const *names, size_t name_count, const nr_library_function *functions,
                     size_t function_count);

#endif
