/* main.c: the program `newsreel`: an engine, the command line handed to it, its exit status.
 * Floor 7: includes newsreel.h alone. The verbs are Lua, in lua/newsreel/cli/. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/cli.h"

volatile sig_atomic_t cli_interrupted;
newsreel_engine *cli_running;

static void on_interrupt(int signal)
{
  (void)signal;
  cli_interrupted = 1;
  newsreel_interrupt(cli_running);
}

void cli_put_output(void *user, const char *text, size_t size)
{
  (void)user;
  fwrite(text, 1, size, stdout);
}

/* Notes and warnings are lines on standard error; progress is one line that a terminal rewrites. */
void cli_put_message(void *user, newsreel_message_kind kind, const char *text, size_t size)
{
  static const char *const marks[] = {"note: ", "warning: ", "refused: ", ""};
  const bool *terminal = user;
  fflush(stdout);
  if (kind != NEWSREEL_PROGRESS)
    fprintf(stderr, "%s%s%.*s\n", *terminal ? "\r\033[K" : "", marks[kind], (int)size, text);
  else if (*terminal)
    fprintf(stderr, "\r\033[K%.*s", (int)size, text);
}

int cli_fail(const newsreel_error *error)
{
  fflush(stdout);
  fprintf(stderr, "newsreel: %s\n", error->message);
  if (getenv("NEWSREEL_TRACE") != NULL)
    fprintf(stderr, "%s\n", error->traceback);
  return error->status == NEWSREEL_INTERRUPTED ? 130 : 1;
}

newsreel_status cli_run(newsreel_engine *engine, const char *code, int count, const char *const *texts,
                        newsreel_result **result, newsreel_error *error)
{
  newsreel_script *script = NULL;
  newsreel_value *arguments = calloc((size_t)count + 1, sizeof *arguments);
  newsreel_status status = newsreel_script_new("newsreel", code, strlen(code), &script, error);
  for (int i = 0; arguments != NULL && i < count; i++)
    arguments[i] = (newsreel_value){.type = NEWSREEL_TEXT, .text = texts[i], .size = strlen(texts[i])};
  if (status == NEWSREEL_OK)
    status = newsreel_run(engine, script, arguments, arguments == NULL ? 0 : (size_t)count, result, error);
  newsreel_script_free(script);
  free(arguments);
  return status;
}

/* Whether `file` is a terminal that may show colours (no-color.org). */
static bool may_colour(int file)
{
  const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(file) && (no == NULL || *no == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
}

/* What Lua can't see: how many columns tables and concordances may have (0: output is no terminal), and
 * whether in colour. */
static newsreel_status tell_terminal(newsreel_engine *engine, newsreel_error *error)
{
  struct winsize window = {0};
  const char *columns = getenv("COLUMNS");
  int width = columns != NULL ? atoi(columns) : 0;
  if (width <= 0 && isatty(STDOUT_FILENO))
    width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
  char digits[16];
  snprintf(digits, sizeof digits, "%d", width > 0 ? width : 0);
  const char *texts[] = {digits, may_colour(STDOUT_FILENO) ? "colour" : "plain"};
  static const char code[] = "local width, colour = ... require('newsreel.core').terminal = "
                             "{ width = math.tointeger(tonumber(width)), colour = colour == 'colour' }";
  return cli_run(engine, code, 2, texts, NULL, error);
}

/* Exit status of the verb, or the prompt where there is no verb and somebody types. */
static int run(newsreel_engine *engine, int argc, char **argv, newsreel_error *error)
{
  /* What is loaded stays: looking through it for garbage would take longer than loading it. So the collector
   * waits for 4 MB more than there is (a step of so many kilobytes less). */
  static const char code[] = "collectgarbage('step', -4096) return require 'newsreel.cli'.main(...)";
  if (tell_terminal(engine, error) != NEWSREEL_OK)
    return cli_fail(error);
  if (argc == 1 && isatty(STDIN_FILENO))
    return cli_prompt(engine);
  const char *standard_input[] = {"run", "-"};
  const char *const *texts = argc == 1 ? standard_input : (const char *const *)argv + 1;
  newsreel_result *result = NULL;
  if (cli_run(engine, code, argc == 1 ? 2 : argc - 1, texts, &result, error) != NEWSREEL_OK)
    return cli_fail(error);
  int status = (int)newsreel_result_value(result, 0).integer;
  newsreel_result_free(result);
  return status;
}

static int finish(int status)
{
  if (fflush(stdout) == 0 && !ferror(stdout))
    return status;
  perror("newsreel: standard output");
  return 1;
}

/* What one question frees the next one takes, without a page fault for each 4 KiB between. Larger blocks are
 * pages of their own, which can grow without a copy. */
static void keep_freed_memory(void)
{
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

int main(int argc, char **argv)
{
  keep_freed_memory();
  bool terminal = isatty(STDERR_FILENO);
  struct sigaction action = {.sa_handler = on_interrupt};
  sigaction(SIGINT, &action, NULL);
  if (argc > 2 && strcmp(argv[1], "run") == 0 && cli_wants_limits(argc - 2, argv + 2))
    return finish(cli_run_limited(argc - 2, argv + 2));
  newsreel_options options = {.size = sizeof options,
                              .output = cli_put_output,
                              .message = cli_put_message,
                              .message_user = &terminal};
  newsreel_error error = {.size = sizeof error};
  newsreel_engine *engine = NULL;
  if (newsreel_engine_new(&options, &engine, &error) != NEWSREEL_OK)
    return cli_fail(&error);
  cli_running = engine;
  int status = run(engine, argc, argv, &error);
  signal(SIGINT, SIG_DFL);
  newsreel_engine_free(engine);
  return finish(status);
}
