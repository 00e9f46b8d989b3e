/* bench.h: what the programs of this folder share: a clock, articles from JSON Lines, terms, raw lines.
 * C and C++. A failure ends the program: these are measurements, not tools. */
#ifndef NR_BENCH_H
#define NR_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static inline void bench_die(const char *what)
{
  fprintf(stderr, "bench: %s\n", what);
  exit(1);
}

/* Milliseconds of the processor that this process has used: a busy machine moves it little. */
static inline double bench_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* As the program `newsreel` does: freed memory stays for the next question. */
static inline void bench_keep_memory(void)
{
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

/* ---- {"id": .., "date": "..", "title": "..", "text": ".."}, a line an article ---- */

typedef struct bench_article {
  char *id, *date, *title, *text; /* into the line, ended by NUL */
} bench_article;

static inline unsigned bench_hex4(const char *p)
{
  char digits[5] = {p[0], p[1], p[2], p[3], 0};
  return (unsigned)strtoul(digits, NULL, 16);
}

static inline char *bench_put_code(char *out, unsigned code)
{
  if (code < 0x80)
    *out++ = (char)code;
  else if (code < 0x800) {
    *out++ = (char)(0xC0 | code >> 6);
    *out++ = (char)(0x80 | (code & 63));
  } else {
    *out++ = (char)(0xE0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 63));
    *out++ = (char)(0x80 | (code & 63));
  }
  return out;
}

/* Take the escapes out of the string at `p`, in place; gives what stands behind it. */
static inline char *bench_unescape(char *p)
{
  char *out = p;
  for (; *p != '"' && *p != '\0'; p++) {
    if (*p != '\\') {
      *out++ = *p;
      continue;
    }
    p++;
    if (*p == 'u') {
      out = bench_put_code(out, bench_hex4(p + 1));
      p += 4;
    } else
      *out++ = *p == 'n' ? '\n' : *p == 't' ? '\t' : *p == 'r' ? '\r' : *p;
  }
  *out = '\0';
  return p + 1;
}

/* The value of `key`, a string or a number; `*p` moves behind it. */
static inline char *bench_member(char **p, const char *key)
{
  char *at = strstr(*p, key), *value;
  if (at == NULL)
    bench_die("a line without id, date, title and text, in this order");
  value = at + strlen(key);
  while (*value == ' ' || *value == ':')
    value++;
  if (*value == '"') {
    *p = bench_unescape(value + 1);
    return value + 1;
  }
  *p = value + strcspn(value, ",}");
  *(*p)++ = '\0';
  return value;
}

static inline int bench_next(FILE *file, char **line, size_t *capacity, bench_article *article)
{
  if (getline(line, capacity, file) <= 0)
    return 0;
  char *p = *line;
  article->id = bench_member(&p, "\"id\"");
  article->date = bench_member(&p, "\"date\"");
  article->title = bench_member(&p, "\"title\"");
  article->text = bench_member(&p, "\"text\"");
  return 1;
}

/* ---- terms: a line a question: its row, then its words, tabs between ---- */

enum { bench_words_max = 1024 };

typedef struct bench_question {
  char *row, *words[bench_words_max];
  int count;
} bench_question;

static inline int bench_ask(FILE *file, char **line, size_t *capacity, bench_question *q)
{
  if (getline(line, capacity, file) <= 0)
    return 0;
  q->count = 0;
  q->row = strtok(*line, "\t\n");
  for (char *word; q->row != NULL && (word = strtok(NULL, "\t\n")) != NULL && q->count < bench_words_max;)
    q->words[q->count++] = word;
  return q->row != NULL;
}

/* The raw line of one question: row, milliseconds, what was found (articles, rows or lines). */
static inline void bench_tell(const char *row, double ms, uint64_t found)
{
  printf("%s\t%.6f\t%llu\n", row, ms, (unsigned long long)found);
  fflush(stdout);
}

#endif
