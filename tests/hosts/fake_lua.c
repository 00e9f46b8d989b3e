/* fake_lua.c: a host that exports functions with the names of Lua's and LPeg's, as programs with a Lua of
 * their own do. None of them may be called: the library has its own, hidden.
 *   fake_lua libnewsreel.so CORPUS */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "newsreel.h"

#define FAKE(name)                                                                                           \
  void name(void);                                                                                           \
  void name(void)                                                                                            \
  {                                                                                                          \
    fputs("the library called " #name " of its host\n", stderr);                                             \
    abort();                                                                                                 \
  }
FAKE(lua_newstate)
FAKE(lua_close)
FAKE(lua_pcallk)
FAKE(lua_callk)
FAKE(lua_resume)
FAKE(lua_error)
FAKE(lua_settop)
FAKE(lua_pushstring)
FAKE(lua_pushlstring)
FAKE(lua_createtable)
FAKE(lua_rawset)
FAKE(lua_getfield)
FAKE(lua_setfield)
FAKE(lua_load)
FAKE(lua_gc)
FAKE(lua_sethook)
FAKE(luaL_openlibs)
FAKE(luaL_loadbufferx)
FAKE(luaL_error)
FAKE(luaL_checklstring)
FAKE(luaL_setfuncs)
FAKE(luaL_newmetatable)
FAKE(luaopen_base)
FAKE(luaopen_string)
FAKE(luaopen_lpeg)
FAKE(luaH_new)
FAKE(luaV_execute)
FAKE(nr_alloc)
FAKE(nr_engine_of)

/* A pointer to a function of the library; a void * can't be cast to one in ISO C. */
#define FIND(name)                                                                                           \
  __typeof__(&name) name##_ = NULL;                                                                          \
  *(void **)(void *)&name##_ = dlsym(library, #name)

int main(int argc, char **argv)
{
  static const char text[] =
      "return #newsreel.open(), newsreel.open():find('sanction*'):by('month'):count(),\n"
      "('x'):rep(3), coroutine.wrap(function() return pcall(error, 'x') end)()";
  void *library = argc < 3 ? NULL : dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", argc < 3 ? "usage: fake_lua LIBRARY CORPUS" : dlerror());
    return 2;
  }
  FIND(newsreel_corpus_open);
  FIND(newsreel_corpus_release);
  FIND(newsreel_engine_new);
  FIND(newsreel_engine_attach);
  FIND(newsreel_engine_free);
  FIND(newsreel_script_new);
  FIND(newsreel_script_free);
  FIND(newsreel_run);
  FIND(newsreel_result_value);
  FIND(newsreel_result_free);
  newsreel_error error = {.size = sizeof error};
  newsreel_corpus *corpus = NULL;
  newsreel_engine *engine = NULL;
  newsreel_script *script = NULL;
  newsreel_result *result = NULL;
  if (newsreel_corpus_open_(argv[2], &corpus, &error) != NEWSREEL_OK ||
      newsreel_engine_new_(NULL, &engine, &error) != NEWSREEL_OK ||
      newsreel_engine_attach_(engine, "c", corpus, &error) != NEWSREEL_OK ||
      newsreel_script_new_("s", text, sizeof text - 1, &script, &error) != NEWSREEL_OK ||
      newsreel_run_(engine, script, NULL, 0, &result, &error) != NEWSREEL_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  printf("%d articles\n", (int)newsreel_result_value_(result, 0).integer);
  newsreel_result_free_(result);
  newsreel_script_free_(script);
  newsreel_engine_free_(engine);
  newsreel_corpus_release_(corpus);
  dlclose(library);
  return 0;
}
