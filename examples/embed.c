/* A host in C: open a corpus, run a script in it, read a number back.
 *   cc -o embed embed.c $(pkg-config --cflags --libs --static newsreel) && ./embed talks.reel */
#include <newsreel.h>
#include <stdio.h>

static const char script[] = "local c = newsreel.open(...)\n"
                             "local hits = c 'sanction*'\n"
                             "hits:by('month'):count():print()\n"
                             "return #hits, #c:only(hits)\n";

static void print(void *user, const char *text, size_t size)
{
  fwrite(text, 1, size, user);
}

int main(int argc, char **argv)
{
  newsreel_options options = {.size = sizeof options, .output = print, .output_user = stdout};
  newsreel_error error = {.size = sizeof error};
  newsreel_engine *engine;
  const char *path = argc > 1 ? argv[1] : "talks.reel";

  if (newsreel_engine_new(&options, &engine, &error) != NEWSREEL_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  if (newsreel_arguments(engine, 1, &path, &error) != NEWSREEL_OK ||
      newsreel_run_string(engine, "embed", script, sizeof script - 1, &error) != NEWSREEL_OK) {
    fprintf(stderr, "%s\n", error.message);
    newsreel_engine_free(engine);
    return 1;
  }
  printf("%.0f hits in %.0f articles\n", newsreel_result(engine, 0).number,
         newsreel_result(engine, 1).number);
  newsreel_engine_free(engine);
  return 0;
}
