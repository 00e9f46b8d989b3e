/* prompt.c: the prompt: lines in, what they say out. Floor 7: includes newsreel.h alone.
 *
 * What a line means, what completes a word and when a statement is whole is decided in
 * lua/newsreel/cli/prompt.lua; here are only the terminal and the history. */
#include "cli/cli.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ask the prompt module: call its function `what` with one text; true when it answered. */
static bool ask(newsreel_engine *engine, const char *what, const char *text)
{
  const char *arguments[] = {what, text};
  static const char code[] = "return require('newsreel.cli.prompt').ask(...)";
  newsreel_error error = {.size = sizeof error};
  if (newsreel_arguments(engine, 2, arguments, &error) == NEWSREEL_OK &&
      newsreel_run_string(engine, "prompt", code, sizeof code - 1, &error) == NEWSREEL_OK)
    return true;
  fprintf(stderr, "%s\n", error.message);
  return false;
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

int cli_prompt(newsreel_engine *engine)
{
  printf("newsreel %s. Type help() for help, Ctrl-D to leave.\n", newsreel_version());
  const char *prompt = "> ";
  char *line;
  while ((line = read_line(prompt)) != NULL) {
    bool answered = ask(engine, "line", line);
    free(line);
    prompt = answered && newsreel_result(engine, 0).number == 1 ? ">> " : "> ";
  }
  putchar('\n');
  return 0;
}
