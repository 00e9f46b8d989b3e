/* cli.h: the parts of the program. Floor 7: includes newsreel.h alone. */
#ifndef NEWSREEL_CLI_H
#define NEWSREEL_CLI_H

#include <signal.h>

#include "newsreel.h"

/* Set by the handler of Ctrl-C; the prompt takes it back. */
extern volatile sig_atomic_t cli_interrupted;

/* Read, run and print lines until the end of input; the exit status. */
int cli_prompt(newsreel_engine *engine);

#endif
