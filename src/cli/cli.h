/* cli.h: the parts of the program. Floor 7: includes newsreel.h alone. */
#ifndef NEWSREEL_CLI_H
#define NEWSREEL_CLI_H

#include <signal.h>

#include "newsreel.h"

/* Set by the handler of Ctrl-C; the prompt takes it back. */
extern volatile sig_atomic_t cli_interrupted;

/* The engine that Ctrl-C stops, or NULL. */
extern newsreel_engine *cli_running;

/* Run code with texts as arguments; the result may be NULL, or is freed by the caller. */
newsreel_status cli_run(newsreel_engine *engine, const char *code, int count, const char *const *texts,
                        newsreel_result **result, newsreel_error *error);
/* Print an error as the program does; the exit status. */
int cli_fail(const newsreel_error *error);
/* Callbacks of engines: standard output and error; `user` tells whether the latter is a terminal. */
void cli_put_output(void *user, const char *text, size_t size);
void cli_put_message(void *user, newsreel_message_kind kind, const char *text, size_t size);

/* `newsreel run` with options before the script: --sandbox, --limit, --corpus. Whether there are any; and
 * the run of the command line behind `run`: the exit status. */
int cli_wants_limits(int argc, char **argv);
int cli_run_limited(int argc, char **argv);

/* Read, run and print lines until the end of input; the exit status. */
int cli_prompt(newsreel_engine *engine);

#endif
