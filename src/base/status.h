/* status.h: how a function says that it failed, and why.
 * Floor 0: includes nothing of ours. */
#ifndef NR_STATUS_H
#define NR_STATUS_H

typedef enum nr_status {
  NR_OK = 0,
  NR_INVALID,    /* the caller's or the user's input is wrong */
  NR_NOMEM,      /* the allocator gave nothing */
  NR_IO,         /* the operating system refused */
  NR_NOTFOUND,   /* no such file, article, name */
  NR_EXISTS,     /* there already */
  NR_CORRUPT,    /* bytes from disk that no newsreel wrote */
  NR_VERSION,    /* a format or an ABI of another age */
  NR_LOCKED,     /* another writer holds the lock */
  NR_LIMIT,      /* larger than we accept */
  NR_INTERRUPTED /* a poll asked to stop */
} nr_status;

/* What went wrong, in the caller's storage: filling it never allocates. */
typedef struct nr_error {
  nr_status status;
  char message[512]; /* UTF-8, ends with NUL, cut at a whole character */
} nr_error;

/* Fill `err` (which may be NULL) from a printf format and return `status`.
 *
 * The message names the file, offset or id and says what to do where that is known. */
nr_status nr_fail(nr_error *err, nr_status status, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* Fill `err` for a failed allocation and return NR_NOMEM. */
nr_status nr_fail_memory(nr_error *err);

/* Name a status in lower case: "ok", "invalid", ... Static storage. */
const char *nr_status_name(nr_status status);

/* Return at once when `call` fails. Only where nothing is held. */
#define NR_TRY(call)                                                                                         \
  do {                                                                                                       \
    nr_status nr_try_ = (call);                                                                              \
    if (nr_try_ != NR_OK)                                                                                    \
      return nr_try_;                                                                                        \
  } while (0)

#endif
