/* prompt.c: the prompt: lines in, what they say out. Floor 7: includes newsreel.h alone.
 *
 * What a line means, what completes a word and when a statement is whole is decided in
 * lua/newsreel/cli/prompt.lua; here are only the terminal and the history. */
#include "cli/cli.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef NR_HAVE_EDIT
#include <editline/readline.h>
#include <locale.h>
#endif

static newsreel_engine *asked; /* by completion, which gets no pointer of ours */

static newsreel_result *answer; /* to the last question */

/* Ask the prompt module: call its function `what` with one text; true when it answered. */
static bool ask(newsreel_engine *engine, const char *what, const char *text, bool tell)
{
  const char *arguments[] = {what, text};
  static const char code[] = "return require('newsreel.cli.prompt').ask(...)";
  newsreel_error error = {.size = sizeof error};
  newsreel_result_free(answer);
  answer = NULL;
  if (cli_run(engine, code, 2, arguments, &answer, &error) == NEWSREEL_OK)
    return true;
  if (tell)
    fprintf(stderr, "%s\n", error.message);
  return false;
}

#ifdef NR_HAVE_EDIT

/* Name `state` of the completions, as libedit asks for them one by one; it frees the copy. */
static char *next_completion(const char *text, int state)
{
  (void)text;
  newsreel_value value = newsreel_result_value(answer, (size_t)state);
  return value.type == NEWSREEL_TEXT ? strdup(value.text) : NULL;
}

static char **complete(const char *text, int start, int end)
{
  (void)start;
  rl_attempted_completion_over = 1; /* no names of files */
  char *line = strndup(rl_line_buffer, (size_t)end);
  bool answered = line != NULL && ask(asked, "complete", line, false);
  free(line);
  return answered && newsreel_result_count(answer) > 0 ? rl_completion_matches(text, next_completion) : NULL;
}

static char *history_path(void)
{
  const char *home = getenv("HOME");
  char *path = NULL;
  if (home != NULL && (path = malloc(strlen(home) + sizeof "/.newsreel_history")) != NULL)
    strcat(strcpy(path, home), "/.newsreel_history");
  return path;
}

static char *history; /* its file, or NULL */

static void open_terminal(newsreel_engine *engine)
{
  static char borders[] = " \t\n\"'(){}[]=,;|&+-*/<>#~";
  asked = engine;
  if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) /* libedit drops what its locale has no letters for */
    setlocale(LC_CTYPE, "");
  rl_initialize();
  rl_readline_name = "newsreel";
  rl_attempted_completion_function = complete;
  rl_completer_word_break_characters = borders;
  rl_completion_append_character = '\0';
  using_history();
  history = history_path();
  if (history != NULL)
    read_history(history);
}

static void close_terminal(void)
{
  if (history != NULL)
    write_history(history);
  free(history);
}

static char *read_line(const char *prompt)
{
  char *line = readline(prompt);
  if (line != NULL && *line != '\0')
    add_history(line);
  return line;
}

#else

static void open_terminal(newsreel_engine *engine)
{
  asked = engine;
}

static void close_terminal(void)
{
}

static char *read_line(const char *prompt)
{
  char *line = NULL;
  size_t room = 0;
  fputs(prompt, stdout);
  fflush(stdout);
  ssize_t size = getline(&line, &room, stdin);
  if (size < 0) {
    free(line);
    return NULL;
  }
  if (size > 0 && line[size - 1] == '\n')
    line[size - 1] = '\0';
  return line;
}

#endif

int cli_prompt(newsreel_engine *engine)
{
  printf("newsreel %s. help() tells where to start, Ctrl-D leaves.\n", newsreel_version());
  open_terminal(engine);
  const char *prompt = "> ";
  for (;;) {
    cli_interrupted = 0;
    char *line = read_line(prompt);
    if (line == NULL && cli_interrupted) { /* Ctrl-C drops what was typed */
      clearerr(stdin);
      putchar('\n');
      ask(engine, "drop", "", false);
      prompt = "> ";
      continue;
    }
    if (line == NULL)
      break;
    bool answered = ask(engine, "line", line, true);
    free(line);
    fflush(stdout);
    int64_t next = answered ? newsreel_result_value(answer, 0).integer : 0;
    if (next == 2) {
      prompt = NULL;
      break;
    }
    prompt = next == 1 ? ">> " : "> ";
  }
  if (prompt != NULL)
    putchar('\n');
  newsreel_result_free(answer);
  answer = NULL;
  close_terminal();
  return 0;
}
