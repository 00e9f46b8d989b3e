/* inferred.c: days with a weekday, with "today" or below a post. Floor 4. */
#include "ingest/inferred.h"

#include "ingest/written.h"

/* The word that ends before `at`, signs between the two left out; *start is where it begins. */
static nr_text word_before(nr_text text, size_t from, size_t at, size_t *start)
{
  while (at > from && memchr(" ,(.", text.bytes[at - 1], 4) != NULL)
    at--;
  *start = at;
  while (*start > from && memchr(" ,(.\n", text.bytes[*start - 1], 5) == NULL)
    (*start)--;
  return (nr_text){text.bytes + *start, at - *start};
}

/* Whether the weekday in front of a day, an article between them allowed, is that day's, or says "today". */
static bool has_weekday(nr_text text, size_t from, const nr_written *written)
{
  size_t at = written->start;
  for (int i = 0; i < 2; i++) {
    nr_text word = word_before(text, from, at, &at);
    int weekday = nr_weekday_of(word);
    if (weekday != 0)
      return weekday == 8 || weekday == nr_day_weekday(written->day);
    if (word.size > 3)
      return false;
  }
  return false;
}

/* Whether the name of an account in parentheses stands in front: "(@name) ". */
static bool is_below_post(nr_text text, size_t from, const nr_written *written)
{
  size_t at = written->start;
  while (at > from && text.bytes[at - 1] == ' ')
    at--;
  if (at <= from + 2 || text.bytes[at - 1] != ')')
    return false;
  const char *open = memrchr(text.bytes + from, '(', at - from);
  return open != NULL && open[1] == '@';
}

bool nr_infer_date(nr_text content, const nr_block *blocks, size_t block_count, nr_period *date,
                   nr_text *evidence)
{
  enum { near_bytes_max = 100 }; /* a weekday or an account in front: keeps long lines linear */
  nr_day latest = INT32_MIN;
  bool near = false;
  for (size_t i = 0; i < block_count; i++) {
    nr_text until = {content.bytes, blocks[i].end};
    nr_written written;
    for (size_t at = blocks[i].start; !blocks[i].margin && nr_written_find(until, at, &written);
         at = written.end) {
      size_t from = blocks[i].start;
      from = written.start - from > near_bytes_max ? written.start - near_bytes_max : from;
      if (written.fault != NR_WRITTEN_FINE || written.day < latest || written.day > NR_DAY_MAX)
        continue;
      bool good = has_weekday(until, from, &written) || is_below_post(until, from, &written);
      near = good || (near && written.day == latest);
      latest = written.day;
      if (good)
        *evidence = (nr_text){content.bytes + written.start, written.end - written.start};
    }
  }
  if (near)
    *date = (nr_period){latest, latest + 6};
  return near;
}
