/* unpack.c: zlib, zstd, libarchive behind one kind of stream. Floor 4. */
#include "ingest/unpack.h"

#include <pthread.h>
#include <sys/types.h>

#include "ingest/library.h"

#ifdef NR_HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef NR_HAVE_ZSTD
#include <zstd.h>
#endif

enum {
  chunk_bytes = 64 << 10,
  file_type_regular = 0100000,
  archive_eof = 1,
  archive_ok = 0,
  archive_warn = -20
};
static const uint64_t bomb_bytes = (uint64_t)100 << 20, bomb_ratio = 200;

struct nr_unpack {
  const nr_memory *memory;
  const nr_stream *packed;
  uint64_t bytes_in, bytes_out;
  char chunk[chunk_bytes];
  size_t at, size;  /* of what is in the chunk */
  bool over;        /* `packed` has ended */
  nr_status status; /* of reading `packed`, kept while a library is in between */
  nr_error error;
  nr_packing packing;
#ifdef NR_HAVE_ZLIB
  z_stream zlib;
  bool between; /* members of a gzip file */
#endif
#ifdef NR_HAVE_ZSTD
  ZSTD_DStream *zstd;
  size_t zstd_left; /* 0 between frames */
#endif
  void *archive;
};

static bool begins(nr_text head, const char *magic, size_t size)
{
  return head.size >= size && memcmp(head.bytes, magic, size) == 0;
}

nr_packing nr_packing_of(nr_text head)
{
  if (begins(head, "\x1F\x8B", 2))
    return NR_PACKING_GZIP;
  if (begins(head, "\x28\xB5\x2F\xFD", 4))
    return NR_PACKING_ZSTD;
  if (begins(head,
             "\xFD"
             "7zXZ\0",
             6) ||
      (begins(head, "BZh", 3) && head.size > 10 && memcmp(head.bytes + 4, "1AY&SY", 6) == 0))
    return NR_PACKING_OTHER;
  if (begins(head, "PK\x03\x04", 4) || (head.size >= 262 && memcmp(head.bytes + 257, "ustar", 5) == 0))
    return NR_PACKING_ARCHIVE;
  return NR_PACKING_NONE;
}

/* Fill the chunk where it is used up. */
static nr_status fill(nr_unpack *u, nr_error *err)
{
  if (u->at < u->size || u->over)
    return NR_OK;
  u->at = 0;
  NR_TRY(u->packed->next(u->packed->user, u->chunk, chunk_bytes, &u->size, err));
  u->over = u->size == 0;
  u->bytes_in += u->size;
  return NR_OK;
}

static nr_status check_bomb(nr_unpack *u, size_t got, nr_error *err)
{
  u->bytes_out += got;
  if (u->bytes_out > bomb_bytes && u->bytes_out / bomb_ratio > u->bytes_in)
    return nr_fail(err, NR_LIMIT, "it unpacks to over %d times its size: a bomb", (int)bomb_ratio);
  return NR_OK;
}

#ifdef NR_HAVE_ZLIB
static nr_status next_of_gzip(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  nr_unpack *u = user;
  u->zlib.next_out = (Bytef *)bytes;
  u->zlib.avail_out = room < UINT32_MAX ? (uInt)room : UINT32_MAX;
  *got = 0;
  while (*got == 0) {
    NR_TRY(fill(u, err));
    if (u->over && u->between)
      return NR_OK;
    if (u->over)
      return nr_fail(err, NR_INVALID, "the gzip data ends too early");
    u->zlib.next_in = (Bytef *)u->chunk + u->at;
    u->zlib.avail_in = (uInt)(u->size - u->at);
    int result = inflate(&u->zlib, Z_NO_FLUSH);
    u->at = u->size - u->zlib.avail_in;
    *got = (size_t)((char *)u->zlib.next_out - bytes);
    u->between = result == Z_STREAM_END;
    if (u->between)
      inflateReset(&u->zlib); /* another member may follow */
    else if (result != Z_OK && result != Z_BUF_ERROR)
      return nr_fail(err, NR_INVALID, "the gzip data is damaged");
  }
  return check_bomb(u, *got, err);
}
#endif

#ifdef NR_HAVE_ZSTD
static nr_status next_of_zstd(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  nr_unpack *u = user;
  ZSTD_outBuffer out = {bytes, room, 0};
  while (out.pos == 0) {
    NR_TRY(fill(u, err));
    if (u->over && u->zstd_left == 0)
      break;
    ZSTD_inBuffer in = {u->chunk + u->at, u->size - u->at, 0};
    u->zstd_left = ZSTD_decompressStream(u->zstd, &out, &in);
    u->at += in.pos;
    if (ZSTD_isError(u->zstd_left))
      return nr_fail(err, NR_INVALID, "the zstd data is damaged: %s", ZSTD_getErrorName(u->zstd_left));
    if (u->over && out.pos == 0)
      return nr_fail(err, NR_INVALID, "the zstd data ends too early");
  }
  *got = out.pos;
  return check_bomb(u, *got, err);
}
#endif

/* ---- libarchive, by its functions alone ---- */

static struct {
  void *(*new)(void);
  int (*filter_all)(void *);
  int (*format_raw)(void *);
  int (*format_tar)(void *);
  int (*format_zip)(void *);
  int (*open)(void *, void *user, int (*open)(void *, void *), ssize_t (*read)(void *, void *, const void **),
              int (*close)(void *, void *));
  int (*next_header)(void *, void **entry);
  const char *(*name)(void *entry);
  const char *(*name_utf8)(void *entry);
  unsigned (*type)(void *entry);
  ssize_t (*data)(void *, void *bytes, size_t size);
  const char *(*error)(void *);
  int (*free)(void *);
  bool ready;
} lib;

static void open_library(void)
{
  static const char *const names[] = {"libarchive.so.13", "libarchive.so", "libarchive.13.dylib",
                                      "libarchive.dylib"};
  static const nr_library_function functions[] = {{"archive_read_new", &lib.new},
                                                  {"archive_read_support_filter_all", &lib.filter_all},
                                                  {"archive_read_support_format_raw", &lib.format_raw},
                                                  {"archive_read_support_format_tar", &lib.format_tar},
                                                  {"archive_read_support_format_zip", &lib.format_zip},
                                                  {"archive_read_open", &lib.open},
                                                  {"archive_read_next_header", &lib.next_header},
                                                  {"archive_entry_pathname", &lib.name},
                                                  {"archive_entry_pathname_utf8", &lib.name_utf8},
                                                  {"archive_entry_filetype", &lib.type},
                                                  {"archive_read_data", &lib.data},
                                                  {"archive_error_string", &lib.error},
                                                  {"archive_read_free", &lib.free}};
  lib.ready = nr_library_open(names, sizeof names / sizeof names[0], functions,
                              sizeof functions / sizeof functions[0]);
}

static ssize_t give_chunk(void *archive, void *user, const void **bytes)
{
  nr_unpack *u = user;
  (void)archive;
  u->at = u->size; /* the last one is used up */
  u->status = fill(u, &u->error);
  *bytes = u->chunk;
  return u->status != NR_OK ? -1 : (ssize_t)u->size;
}

static nr_status fail_archive(nr_unpack *u, nr_error *err)
{
  const char *why = lib.error(u->archive);
  if (u->status != NR_OK)
    return nr_fail(err, u->status, "%s", u->error.message);
  return nr_fail(err, NR_INVALID, "it can't be unpacked: %s", why == NULL ? "damaged" : why);
}

static nr_status next_of_archive(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  nr_unpack *u = user;
  ssize_t size = lib.data(u->archive, bytes, room);
  if (size < 0)
    return fail_archive(u, err);
  *got = (size_t)size;
  return check_bomb(u, *got, err);
}

static nr_status open_archive(nr_unpack *u, bool raw, nr_error *err)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  if (!lib.ready)
    return nr_fail(err, NR_INVALID, "xz, bzip2, tar and zip need libarchive, which is not installed");
  if ((u->archive = lib.new()) == NULL)
    return nr_fail_memory(err);
  if (raw) {
    lib.filter_all(u->archive);
    lib.format_raw(u->archive);
  } else {
    lib.format_tar(u->archive);
    lib.format_zip(u->archive);
  }
  return lib.open(u->archive, u, NULL, give_chunk, NULL) == archive_ok ? NR_OK : fail_archive(u, err);
}

/* ---- the doors ---- */

static nr_status make(const nr_memory *memory, const nr_stream *packed, nr_packing packing,
                      nr_unpack **unpack, nr_error *err)
{
  nr_unpack *u = nr_alloc_zeroed(memory, 1, sizeof *u);
  if (u == NULL)
    return nr_fail_memory(err);
  u->memory = memory;
  u->packed = packed;
  u->packing = packing;
  *unpack = u;
  return NR_OK;
}

static nr_status open_stream(nr_unpack *u, nr_stream *plain, nr_error *err)
{
  void *entry;
  plain->user = u;
  switch (u->packing) {
#ifdef NR_HAVE_ZLIB
  case NR_PACKING_GZIP:
    plain->next = next_of_gzip;
    return inflateInit2(&u->zlib, 15 + 16) == Z_OK ? NR_OK : nr_fail_memory(err);
#endif
#ifdef NR_HAVE_ZSTD
  case NR_PACKING_ZSTD:
    plain->next = next_of_zstd;
    u->zstd = ZSTD_createDStream();
    return u->zstd != NULL ? NR_OK : nr_fail_memory(err);
#endif
  case NR_PACKING_OTHER:
    plain->next = next_of_archive;
    NR_TRY(open_archive(u, true, err));
    return lib.next_header(u->archive, &entry) >= archive_warn ? NR_OK : fail_archive(u, err);
  default:
    return nr_fail(err, NR_INVALID, "built without the library that unpacks it");
  }
}

nr_status nr_unpack_new(const nr_memory *memory, const nr_stream *packed, nr_packing packing,
                        nr_unpack **unpack, nr_stream *plain, nr_error *err)
{
  nr_unpack *u = NULL;
  nr_stream stream;
  NR_TRY(make(memory, packed, packing, &u, err));
  nr_status status = open_stream(u, &stream, err);
  if (status != NR_OK) {
    nr_unpack_free(u);
    return status;
  }
  *plain = stream;
  *unpack = u;
  return NR_OK;
}

void nr_unpack_free(nr_unpack *u)
{
  if (u == NULL)
    return;
#ifdef NR_HAVE_ZLIB
  if (u->packing == NR_PACKING_GZIP)
    inflateEnd(&u->zlib);
#endif
#ifdef NR_HAVE_ZSTD
  if (u->packing == NR_PACKING_ZSTD)
    ZSTD_freeDStream(u->zstd);
#endif
  if (u->archive != NULL)
    lib.free(u->archive);
  nr_release(u->memory, u, sizeof *u);
}

static nr_status visit_all(nr_unpack *u, nr_status (*visit)(void *, nr_text, const nr_stream *, nr_error *),
                           void *user, nr_error *err)
{
  nr_stream file = {next_of_archive, u};
  void *entry;
  int result;
  NR_TRY(open_archive(u, false, err));
  while ((result = lib.next_header(u->archive, &entry)) != archive_eof) {
    if (result < archive_warn)
      return fail_archive(u, err);
    const char *name = lib.name_utf8(entry);
    if (name == NULL)
      name = lib.name(entry);
    if (lib.type(entry) == file_type_regular && name != NULL)
      NR_TRY(visit(user, nr_text_of(name), &file, err));
  }
  return NR_OK;
}

nr_status nr_unpack_archive(const nr_memory *memory, const nr_stream *packed,
                            nr_status (*visit)(void *user, nr_text name, const nr_stream *file,
                                               nr_error *err),
                            void *user, nr_error *err)
{
  nr_unpack *u = NULL;
  NR_TRY(make(memory, packed, NR_PACKING_ARCHIVE, &u, err));
  nr_status status = visit_all(u, visit, user, err);
  nr_unpack_free(u);
  return status;
}
