/* pack.c: turn Lua modules into C arrays. A host tool: runs while building, is no part of the library.
 *
 *   pack lua/newsreel/init.lua lua/newsreel/pattern.lua > packed.c
 *
 * A module's name is its path below the first folder, "/" as "." and without "/init": newsreel,
 * newsreel.pattern. The arrays are sorted by name, see packed.h. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *module_name(const char *path)
{
  const char *below = strchr(path, '/');
  char *name = strdup(below == NULL ? path : below + 1);
  if (name == NULL)
    exit(1);
  size_t size = strlen(name);
  if (size > 4 && strcmp(name + size - 4, ".lua") == 0)
    name[size -= 4] = '\0';
  if (size > 5 && strcmp(name + size - 5, "/init") == 0)
    name[size - 5] = '\0';
  for (char *c = name; *c != '\0'; c++)
    if (*c == '/')
      *c = '.';
  return name;
}

typedef struct module {
  char *name;
  const char *path;
} module;

static int by_name(const void *a, const void *b)
{
  return strcmp(((const module *)a)->name, ((const module *)b)->name);
}

static void put_bytes(const char *path, int number)
{
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  printf("static const unsigned char text_%d[] = {", number);
  int byte, column = 0;
  while ((byte = getc(file)) != EOF)
    printf(column++ % 32 == 0 ? "\n%d," : "%d,", byte);
  printf("0};\n");
  fclose(file);
}

int main(int argc, char **argv)
{
  int count = argc - 1;
  module *modules = calloc((size_t)count + 1, sizeof *modules);
  if (modules == NULL)
    return 1;
  for (int i = 0; i < count; i++)
    modules[i] = (module){module_name(argv[i + 1]), argv[i + 1]};
  qsort(modules, (size_t)count, sizeof *modules, by_name);
  printf("/* Made by pack from the files in lua/. */\n#include \"engine/packed.h\"\n");
  for (int i = 0; i < count; i++)
    put_bytes(modules[i].path, i);
  printf("const nr_packed nr_packed_modules[] = {\n");
  for (int i = 0; i < count; i++)
    printf("{\"%s\", (const char *)text_%d, sizeof text_%d - 1},\n", modules[i].name, i, i);
  printf("{0, 0, 0}};\nconst size_t nr_packed_count = %d;\n", count);
  return ferror(stdout) || fflush(stdout) != 0;
}
