/* A host in C: open a corpus, run a script over it, read numbers back.
 *   cc -o embed embed.c $(pkg-config --cflags --libs --static newsreel) && ./embed talks.reel */
#include <newsreel.h>
#include <stdio.h>

static const char text[] = "local c = newsreel.open()\n"
                           "local hits = c 'sanction*'\n"
                           "hits:by('month'):count():print()\n"
                           "return #hits, #c:only(hits)\n";

static void print(void *user, const char *output, size_t size)
{
  fwrite(output, 1, size, user);
}

int main(int argc, char **argv)
{
  newsreel_options options = {.size = sizeof options, .output = print, .output_user = stdout};
  newsreel_error error = {.size = sizeof error};
  newsreel_corpus *corpus = NULL;
  newsreel_engine *engine = NULL;
  newsreel_script *script = NULL;
  newsreel_result *result = NULL;

  if (newsreel_corpus_open(argc > 1 ? argv[1] : "talks.reel", &corpus, &error) == NEWSREEL_OK &&
      newsreel_engine_new(&options, &engine, &error) == NEWSREEL_OK &&
      newsreel_engine_attach(engine, "talks", corpus, &error) == NEWSREEL_OK &&
      newsreel_script_new("embed", text, sizeof text - 1, &script, &error) == NEWSREEL_OK &&
      newsreel_run(engine, script, NULL, 0, &result, &error) == NEWSREEL_OK)
    printf("%d hits in %d articles\n", (int)newsreel_result_value(result, 0).integer,
           (int)newsreel_result_value(result, 1).integer);
  else
    fprintf(stderr, "%s\n", error.message);
  newsreel_result_free(result);
  newsreel_script_free(script);
  newsreel_engine_free(engine);
  newsreel_corpus_release(corpus);
  return error.status != NEWSREEL_OK;
}
