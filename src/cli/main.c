/* main.c: the program `newsreel`: an engine, the command line handed to it, its exit status.
 * Floor 7: includes newsreel.h alone. The verbs are Lua, in lua/newsreel/cli/. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

volatile sig_atomic_t cli_interrupted;
static newsreel_engine *running; /* for the signal handler */

static void on_interrupt(int signal)
{
  (void)signal;
  cli_interrupted = 1;
  newsreel_interrupt(running);
}

static void put_output(void *user, const char *text, size_t size)
{
  (void)user;
  fwrite(text, 1, size, stdout);
}

/* Notes and warnings are lines on standard error; progress is one line that a terminal rewrites. */
static void put_message(void *user, newsreel_message_kind kind, const char *text, size_t size)
{
  static const char *const marks[] = {"note: ", "warning: ", "refused: ", ""};
  const bool *terminal = user;
  fflush(stdout);
  if (kind != NEWSREEL_PROGRESS)
    fprintf(stderr, "%s%s%.*s\n", *terminal ? "\r\033[K" : "", marks[kind], (int)size, text);
  else if (*terminal)
    fprintf(stderr, "\r\033[K%.*s", (int)size, text);
}

static int fail(const newsreel_error *error)
{
  fflush(stdout);
  fprintf(stderr, "newsreel: %s\n", error->message);
  if (getenv("NEWSREEL_TRACE") != NULL)
    fprintf(stderr, "%s\n", error->traceback);
  return error->status == NEWSREEL_INTERRUPTED ? 130 : 1;
}

/* What Lua can't see: how many columns tables and concordances may have; 0: output is no terminal. */
static newsreel_status tell_terminal(newsreel_engine *engine, newsreel_error *error)
{
  struct winsize window = {0};
  const char *columns = getenv("COLUMNS");
  int width = columns != NULL ? atoi(columns) : 0;
  if (width <= 0 && isatty(STDOUT_FILENO))
    width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
  char digits[16];
  snprintf(digits, sizeof digits, "%d", width > 0 ? width : 0);
  const char *texts[] = {digits};
  static const char code[] =
      "require('newsreel.core').terminal = { width = math.tointeger(tonumber((...))) }";
  newsreel_status status = newsreel_arguments(engine, 1, texts, error);
  return status != NEWSREEL_OK ? status
                               : newsreel_run_string(engine, "newsreel", code, sizeof code - 1, error);
}

/* Exit status of the verb, or the prompt where there is no verb and somebody types. */
static int run(newsreel_engine *engine, int argc, char **argv, newsreel_error *error)
{
  static const char code[] = "return require 'newsreel.cli'.main(...)";
  if (tell_terminal(engine, error) != NEWSREEL_OK)
    return fail(error);
  if (argc == 1 && isatty(STDIN_FILENO))
    return cli_prompt(engine);
  const char *standard_input[] = {"run", "-"};
  const char *const *texts = argc == 1 ? standard_input : (const char *const *)argv + 1;
  if (newsreel_arguments(engine, argc == 1 ? 2 : argc - 1, texts, error) != NEWSREEL_OK ||
      newsreel_run_string(engine, "newsreel", code, sizeof code - 1, error) != NEWSREEL_OK)
    return fail(error);
  return (int)newsreel_result(engine, 0).number;
}

int main(int argc, char **argv)
{
  bool terminal = isatty(STDERR_FILENO);
  newsreel_options options = {
      .size = sizeof options, .output = put_output, .message = put_message, .message_user = &terminal};
  newsreel_error error = {.size = sizeof error};
  newsreel_engine *engine = NULL;
  if (newsreel_engine_new(&options, &engine, &error) != NEWSREEL_OK)
    return fail(&error);
  running = engine;
  struct sigaction action = {.sa_handler = on_interrupt};
  sigaction(SIGINT, &action, NULL);
  int status = run(engine, argc, argv, &error);
  signal(SIGINT, SIG_DFL);
  newsreel_engine_free(engine);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    perror("newsreel: standard output");
    return 1;
  }
  return status;
}
