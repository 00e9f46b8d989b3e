/* cli.h: the parts of the program. Floor 7: includes newsreel.h alone. */
#ifndef NEWSREEL_CLI_H
#define NEWSREEL_CLI_H

#include "newsreel.h"

/* Read, run and print lines until the end of input; the exit status. */
int cli_prompt(newsreel_engine *engine);

#endif
