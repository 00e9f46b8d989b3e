/* status.c: errors in the caller's storage. Floor 0. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cut an unfinished UTF-8 sequence off the end of a message that vsnprintf cut. */
static void trim_cut_character(char *message, size_t size)
{
  size_t at = size;
  while (at > 0 && ((unsigned char)message[at - 1] & 0xC0) == 0x80)
    at--;
  if (at == 0)
    return;
  unsigned char lead = (unsigned char)message[at - 1];
  size_t wants = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (size - (at - 1) < wants)
    message[at - 1] = '\0';
}

nr_status nr_fail(nr_error *err, nr_status status, const char *format, ...)
{
  if (err == NULL)
    return status;
  va_list arguments;
  char message[sizeof err->message]; /* an argument may point into err->message */
  va_start(arguments, format);
  int wanted = vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (wanted < 0)
    message[0] = '\0';
  else if ((size_t)wanted >= sizeof message)
    trim_cut_character(message, sizeof message - 1);
  err->status = status;
  memcpy(err->message, message, sizeof message);
  return status;
}

nr_status nr_fail_memory(nr_error *err)
{
  return nr_fail(err, NR_NOMEM, "not enough memory");
}

const char *nr_status_name(nr_status status)
{
  static const char *const names[] = {
      [NR_OK] = "ok",           [NR_INVALID] = "invalid",         [NR_NOMEM] = "memory",
      [NR_IO] = "io",           [NR_NOTFOUND] = "notfound",       [NR_EXISTS] = "exists",
      [NR_CORRUPT] = "corrupt", [NR_VERSION] = "version",         [NR_LOCKED] = "locked",
      [NR_LIMIT] = "limit",     [NR_INTERRUPTED] = "interrupted",
  };
  return (size_t)status < sizeof names / sizeof names[0] ? names[status] : "unknown";
}
