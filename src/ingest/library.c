/* library.c: libraries that are opened when first needed. Floor 4. */
#include "ingest/library.h"

#include <dlfcn.h>
#include <string.h>

bool nr_library_open(const char *const *names, size_t name_count, const nr_library_function *functions,
                     size_t function_count)
{
  void *library = NULL;
  for (size_t i = 0; i < name_count && library == NULL; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL)
    return false;
  for (size_t i = 0; i < function_count; i++) {
    void *function = dlsym(library, functions[i].name);
    if (function == NULL)
      return false;
    memcpy(functions[i].place, &function, sizeof function);
  }
  return true;
}
