/* pack.c: turn Lua modules into C arrays. A host tool: runs while building, is no part of the library.
 *
 *   pack lua/newsreel/init.lua lua/newsreel/pattern.lua > packed.c
 *
 * Each module stands there twice: as text, which `help` reads, and compiled by the Lua it will run in,
 * because compiling them all at every start would cost more than most answers.
 *
 * A module's name is its path below the first folder, "/" as "." and without "/init": newsreel,
 * newsreel.pattern. The arrays are sorted by name, see packed.h. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

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

typedef struct output {
  int column;
} output;

static int put(lua_State *L, const void *bytes, size_t size, void *user)
{
  (void)L;
  output *out = user;
  for (size_t i = 0; i < size; i++)
    printf(out->column++ % 32 == 0 ? "\n%d," : "%d,", ((const unsigned char *)bytes)[i]);
  return 0;
}

static void put_text(const char *path, int number)
{
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  output out = {0};
  char buffer[4096];
  size_t size;
  printf("static const unsigned char text_%d[] = {", number);
  while ((size = fread(buffer, 1, sizeof buffer, file)) > 0)
    put(NULL, buffer, size, &out);
  printf("0};\n");
  fclose(file);
}

/* The chunk is called "=[name]", by which errors know that a line is none of the script's. */
static void put_code(lua_State *L, const char *path, const char *name, int number)
{
  output out = {0};
  FILE *file = fopen(path, "rb");
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  for (int byte; file != NULL && (byte = getc(file)) != EOF;)
    luaL_addchar(&text, (char)byte);
  luaL_pushresult(&text);
  lua_pushfstring(L, "=[%s]", name);
  if (file == NULL ||
      luaL_loadbuffer(L, lua_tostring(L, -2), lua_rawlen(L, -2), lua_tostring(L, -1)) != LUA_OK) {
    fprintf(stderr, "%s: %s\n", path, file == NULL ? "can't be read" : lua_tostring(L, -1));
    exit(1);
  }
  fclose(file);
  printf("static const unsigned char code_%d[] = {", number);
  lua_dump(L, put, &out, 0);
  printf("0};\n");
  lua_settop(L, 0);
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
  lua_State *L = luaL_newstate();
  if (L == NULL)
    return 1;
  printf("/* Made by pack from the files in lua/. */\n#include \"engine/packed.h\"\n");
  for (int i = 0; i < count; i++) {
    put_text(modules[i].path, i);
    put_code(L, modules[i].path, modules[i].name, i);
  }
  lua_close(L);
  printf("const nr_packed nr_packed_modules[] = {\n");
  for (int i = 0; i < count; i++)
    printf(
        "{\"%s\", (const char *)text_%d, sizeof text_%d - 1, (const char *)code_%d, sizeof code_%d - 1},\n",
        modules[i].name, i, i, i, i);
  printf("{0, 0, 0, 0, 0}};\nconst size_t nr_packed_count = %d;\n", count);
  return ferror(stdout) || fflush(stdout) != 0;
}
