/* disk.h: every touch of the file system, behind one table of calls that a test can replace.
 * Floor 1: includes base/ only. Alone knows POSIX files. */
#ifndef NR_DISK_H
#define NR_DISK_H

#include "base/bytes.h"
#include "base/doors.h"
#include "base/memory.h"
#include "base/status.h"

enum { NR_DISK_PATH_SIZE = 4096 };

/* The calls that change or read files, as the operating system gives them (POSIX meaning, errno on
 * failure; `write_at` and `read_at` may be short). Tests record them, fail them or cut them off. */
typedef struct nr_disk {
  void *user;
  int (*open)(void *user, const char *path, int flags, int mode);
  int (*close)(void *user, int file);
  int64_t (*read_at)(void *user, int file, void *bytes, size_t size, uint64_t offset);
  int64_t (*write_at)(void *user, int file, const void *bytes, size_t size, uint64_t offset);
  int (*sync)(void *user, int file);
  int (*size)(void *user, int file, uint64_t *size);
  int (*rename)(void *user, const char *from, const char *to);
  int (*unlink)(void *user, const char *path);
  int (*sync_folder)(void *user, const char *folder);
  /* Map the first `size` bytes read-only; NULL on failure. */
  const char *(*map)(void *user, int file, uint64_t size);
  void (*unmap)(void *user, const char *bytes, uint64_t size);
  int (*lock)(void *user, int file, bool on);          /* 0; -1 with EAGAIN or EACCES: somebody has it */
  int (*same)(void *user, int file, const char *path); /* 1: the path names this file; 0: it does not */
  /* The file's own path, links followed, into NR_DISK_PATH_SIZE bytes. */
  int (*resolve)(void *user, const char *path, char *resolved);
  int (*permit)(void *user, int file, int model); /* give a file the permissions of another */
} nr_disk;

/* The operating system. */
extern const nr_disk nr_disk_system;

typedef enum nr_disk_mode {
  NR_DISK_READ,
  NR_DISK_WRITE,   /* reading too; the file is there */
  NR_DISK_CREATE,  /* the same, made where it is missing */
  NR_DISK_REPLACE, /* the same, emptied */
} nr_disk_mode;

/* Open a file. Errors NR_NOTFOUND, NR_IO; the message is "PATH: reason". */
nr_status nr_disk_open(const nr_disk *disk, const char *path, nr_disk_mode mode, int *file, nr_error *err);
/* Say why the last call on `path` failed, by errno: "PATH: permission denied".
 * Returns NR_NOTFOUND, NR_EXISTS, NR_NOMEM or NR_IO. */
nr_status nr_disk_fail(const char *path, const char *doing, nr_error *err);
nr_status nr_disk_sync(const nr_disk *disk, int file, const char *path, nr_error *err);
nr_status nr_disk_size(const nr_disk *disk, int file, const char *path, uint64_t *size, nr_error *err);
/* Sync the folder that holds `path`, so that a rename into it lasts. */
nr_status nr_disk_sync_folder_of(const nr_disk *disk, const char *path, nr_error *err);

/* The file's own path, links followed. Errors as nr_disk_open. */
nr_status nr_disk_resolve(const nr_disk *disk, const char *path, char resolved[NR_DISK_PATH_SIZE],
                          nr_error *err);
/* Give a file the permissions, and where that is allowed the owner, of another. Errors NR_IO. */
nr_status nr_disk_permit(const nr_disk *disk, int file, const char *path, int model, nr_error *err);

/* Write all of `bytes` at `offset`, through short writes and EINTR. Errors NR_IO naming `path`. */
nr_status nr_disk_write_all(const nr_disk *disk, int file, const char *path, const void *bytes, size_t size,
                            uint64_t offset, nr_error *err);
/* Read exactly `size` bytes at `offset`. Errors NR_IO; NR_CORRUPT when the file ends before. */
nr_status nr_disk_read_all(const nr_disk *disk, int file, const char *path, void *bytes, size_t size,
                           uint64_t offset, nr_error *err);

/* A read-only map of the first `size` bytes of a file. */
typedef struct nr_map {
  const nr_disk *disk;
  const char *bytes;
  uint64_t size;
} nr_map;

nr_status nr_disk_map(const nr_disk *disk, int file, const char *path, uint64_t size, nr_map *map,
                      nr_error *err);
void nr_disk_unmap(nr_map *map); /* twice is fine */

/* Take the writer's lock on an open file without waiting. Errors NR_LOCKED when another process
 * (or another open of this one) has it. Dies with the process, or with nr_disk_unlock: closing is
 * not enough while a map of the file lives. */
nr_status nr_disk_lock(const nr_disk *disk, int file, const char *path, nr_error *err);
void nr_disk_unlock(const nr_disk *disk, int file);
/* True where `path` still names the open file (same device and inode). */
bool nr_disk_same(const nr_disk *disk, int file, const char *path);

/* Append a whole file ("-" is standard input) to `out`.
 * Errors NR_NOTFOUND, NR_IO ("PATH: permission denied"), NR_LIMIT over `size_max` bytes,
 * NR_INVALID for a folder. */
nr_status nr_disk_read_file(const char *path, uint64_t size_max, nr_buffer *out, nr_error *err);

/* Replace a file as a whole: temporary name in the same folder, sync, rename, sync the folder. */
nr_status nr_disk_write_file(const char *path, nr_text content, const nr_memory *memory, nr_error *err);

/* Visit the regular files below `path`, depth first, names in byte order; a file visits itself.
 * Hidden names are passed over; links to folders are not followed.
 *
 * visit   gets the path as it would be typed and, in `below`, its part below `path` (a file
 *         argument: its name). A status other than NR_OK ends the walk and is returned.
 * report  hears of folders that can't be read and what is neither file nor folder (warnings), and of links
 *         to folders (notes); the walk goes on.
 * Errors  NR_NOTFOUND, NR_IO for `path` itself. */
nr_status nr_disk_walk(const char *path, const nr_memory *memory, const nr_report *report,
                       nr_status (*visit)(void *user, const char *path, nr_text below, nr_error *err),
                       void *user, nr_error *err);

#endif
