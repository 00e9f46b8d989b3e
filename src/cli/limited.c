/* limited.c: `newsreel run` with limits, and in a sandbox. Floor 7: includes newsreel.h alone. */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const char usage[] = "usage: newsreel run [--sandbox] [--limit NAME=VALUE,...] [--corpus PATH]... "
                            "SCRIPT [ARG...]\n";

static bool is_option(const char *argument)
{
  return strcmp(argument, "--sandbox") == 0 || strncmp(argument, "--limit", 7) == 0 ||
         strncmp(argument, "--corpus", 8) == 0;
}

int cli_wants_limits(int argc, char **argv)
{
  return argc > 0 && is_option(argv[0]);
}

static int misuse(const char *format, const char *what)
{
  fputs("newsreel: run: ", stderr);
  fprintf(stderr, format, what);
  fprintf(stderr, "\n%s", usage);
  return 2;
}

/* ---- limits ---- */

typedef struct unit {
  const char *name;
  uint64_t factor;
} unit;

static const unit sizes[] = {{"", 1}, {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {NULL, 0}};
static const unit times[] = {{"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}, {NULL, 0}};
static const unit counts[] = {{"", 1}, {NULL, 0}};

/* Read "64M" or "300ms"; 0: it is not so. */
static uint64_t read_amount(const char *text, size_t size, const unit *units)
{
  uint64_t number = 0;
  size_t i = 0;
  for (; i < size && isdigit((unsigned char)text[i]) && number < UINT64_MAX / 100; i++)
    number = number * 10 + (uint64_t)(text[i] - '0');
  for (; units->name != NULL; units++)
    if (strlen(units->name) == size - i && memcmp(units->name, text + i, size - i) == 0)
      return number < UINT64_MAX / units->factor ? number * units->factor : 0;
  return 0;
}

/* Read "time=300ms,memory=64M" into the limits; false: something in it is wrong. */
static bool read_limits(const char *text, newsreel_limits *limits)
{
  const struct {
    const char *name;
    uint64_t *to;
    const unit *units;
  } known[] = {{"memory=", &limits->memory_bytes, sizes}, {"time=", &limits->time_us, times},
               {"output=", &limits->output_bytes, sizes}, {"result=", &limits->result_bytes, sizes},
               {"text=", &limits->text_bytes, sizes},     {"source=", &limits->source_bytes, sizes},
               {"steps=", &limits->pattern_steps, counts}};
  for (size_t size; *text != '\0'; text += size + (text[size] == ',')) {
    bool found = false;
    size = strcspn(text, ",");
    for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++) {
      size_t name = strlen(known[i].name);
      if (size > name && memcmp(text, known[i].name, name) == 0) {
        *known[i].to = read_amount(text + name, size - name, known[i].units);
        found = *known[i].to != 0;
      }
    }
    if (!found)
      return false;
  }
  return true;
}

/* ---- the command line ---- */

typedef struct command {
  newsreel_options options;
  const char *corpora[16];
  int corpus_count;
  const char *script;
  int argument_count;
  char **arguments;
} command;

/* The value of an option: behind "=", or the next argument. */
static const char *value_of(int argc, char **argv, int *at)
{
  const char *equals = strchr(argv[*at], '=');
  if (equals != NULL)
    return equals + 1;
  return *at + 1 < argc ? argv[++*at] : NULL;
}

/* 0, or the exit status. */
static int read_command(int argc, char **argv, command *line)
{
  int i = 0;
  for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
    if (strcmp(argv[i], "--sandbox") == 0) {
      line->options.profile = NEWSREEL_SANDBOX;
      continue;
    }
    if (!is_option(argv[i]))
      return misuse("there is no option %s before the script", argv[i]);
    const char *name = argv[i], *value = value_of(argc, argv, &i);
    if (value == NULL)
      return misuse("%s needs a value", name);
    if (strncmp(name, "--limit", 7) == 0) {
      if (!read_limits(value, &line->options.limits))
        return misuse(
            "--limit takes memory, output, result, text, source (64M), time (300ms), steps, not '%s'", value);
    } else if (line->corpus_count == sizeof line->corpora / sizeof *line->corpora) {
      return misuse("%s is one corpus too many", value);
    } else {
      line->corpora[line->corpus_count++] = value;
    }
  }
  if (i == argc)
    return misuse("%s", "a script is missing");
  line->script = argv[i];
  line->argument_count = argc - i - 1;
  line->arguments = argv + i + 1;
  return 0;
}

/* ---- the run ---- */

static int complain(const char *path)
{
  fprintf(stderr, "newsreel: %s: %s\n", path, strerror(errno));
  return 1;
}

/* All of a file ("-": standard input), ended with NUL; NULL, with errno, where it can't be read. */
static char *read_file(const char *path, size_t *size)
{
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  char *text = NULL;
  size_t room = 0, got = 1;
  *size = 0;
  while (file != NULL && got > 0) {
    room += 1 << 16;
    char *larger = realloc(text, room + 1);
    if (larger == NULL)
      break;
    text = larger;
    *size += got = fread(text + *size, 1, room - *size, file);
  }
  bool fine = file != NULL && !ferror(file) && got == 0;
  if (file != NULL && file != stdin)
    fclose(file);
  if (!fine) {
    free(text);
    return NULL;
  }
  text[*size] = '\0';
  return text;
}

static newsreel_status attach(newsreel_engine *engine, const char *path, newsreel_error *error)
{
  newsreel_corpus *corpus;
  newsreel_status status = newsreel_corpus_open(path, &corpus, error);
  if (status != NEWSREEL_OK)
    return status;
  status = newsreel_engine_attach(engine, path, corpus, error);
  newsreel_corpus_release(corpus);
  return status;
}

static newsreel_status run_script(newsreel_engine *engine, const command *line, const char *text, size_t size,
                                  newsreel_error *error)
{
  newsreel_script *script = NULL;
  newsreel_value *arguments = calloc((size_t)line->argument_count + 1, sizeof *arguments);
  newsreel_status status = newsreel_script_new(line->script, text, size, &script, error);
  for (int i = 0; arguments != NULL && i < line->argument_count; i++)
    arguments[i] = (newsreel_value){
        .type = NEWSREEL_TEXT, .text = line->arguments[i], .size = strlen(line->arguments[i])};
  if (status == NEWSREEL_OK)
    status = newsreel_run(engine, script, arguments, arguments == NULL ? 0 : (size_t)line->argument_count,
                          NULL, error);
  newsreel_script_free(script);
  free(arguments);
  return status;
}

int cli_run_limited(int argc, char **argv)
{
  bool terminal = isatty(STDERR_FILENO);
  command line = {.options = {.size = sizeof line.options,
                              .limits = {.size = sizeof line.options.limits},
                              .output = cli_put_output,
                              .message = cli_put_message,
                              .message_user = &terminal}};
  newsreel_error error = {.size = sizeof error};
  newsreel_engine *engine = NULL;
  size_t size;
  int misused = read_command(argc, argv, &line);
  if (misused != 0)
    return misused;
  char *text = read_file(line.script, &size);
  if (text == NULL)
    return complain(line.script);
  newsreel_status status = newsreel_engine_new(&line.options, &engine, &error);
  for (int i = 0; i < line.corpus_count && status == NEWSREEL_OK; i++)
    status = attach(engine, line.corpora[i], &error);
  cli_running = engine;
  if (status == NEWSREEL_OK)
    status = run_script(engine, &line, text, size, &error);
  signal(SIGINT, SIG_DFL);
  cli_running = NULL;
  newsreel_engine_free(engine);
  free(text);
  return status == NEWSREEL_OK ? 0 : cli_fail(&error);
}
