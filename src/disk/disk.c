/* disk.c: POSIX behind the table of calls. Floor 1. */
#include "disk/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the operating system ---- */

static int system_open(void *user, const char *path, int flags, int mode)
{
  (void)user;
  return open(path, flags | O_CLOEXEC, mode);
}

static int system_close(void *user, int file)
{
  (void)user;
  return close(file);
}

static int64_t system_read_at(void *user, int file, void *bytes, size_t size, uint64_t offset)
{
  (void)user;
  return pread(file, bytes, size, (off_t)offset);
}

static int64_t system_write_at(void *user, int file, const void *bytes, size_t size, uint64_t offset)
{
  (void)user;
  return pwrite(file, bytes, size, (off_t)offset);
}

static int system_sync(void *user, int file)
{
  (void)user;
#ifdef F_FULLFSYNC
  return fcntl(file, F_FULLFSYNC);
#else
  return fdatasync(file);
#endif
}

static int system_size(void *user, int file, uint64_t *size)
{
  struct stat info;
  (void)user;
  if (fstat(file, &info) != 0)
    return -1;
  *size = info.st_size < 0 ? 0 : (uint64_t)info.st_size;
  return 0;
}

static int system_rename(void *user, const char *from, const char *to)
{
  (void)user;
  return rename(from, to);
}

static int system_unlink(void *user, const char *path)
{
  (void)user;
  return unlink(path);
}

static int system_sync_folder(void *user, const char *folder)
{
  (void)user;
  int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0)
    return -1;
  int result = fsync(file), reason = errno;
  close(file);
  errno = reason;
  return result != 0 && reason == EINVAL ? 0 : result; /* some file systems can't, and need not */
}

static const char *system_map(void *user, int file, uint64_t size)
{
  (void)user;
  void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, file, 0);
  return bytes == MAP_FAILED ? NULL : bytes;
}

static void system_unmap(void *user, const char *bytes, uint64_t size)
{
  (void)user;
  munmap((void *)(uintptr_t)bytes, (size_t)size);
}

/* A lock of the open file description: two opens in one process exclude each other too. Where there is none,
 * a lock of the process. */
static int system_lock(void *user, int file, bool on)
{
  struct flock lock = {.l_type = on ? F_WRLCK : F_UNLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
  (void)user;
#ifdef F_OFD_SETLK
  return fcntl(file, F_OFD_SETLK, &lock);
#else
  return fcntl(file, F_SETLK, &lock);
#endif
}

static int system_same(void *user, int file, const char *path)
{
  struct stat open_one, named;
  (void)user;
  return fstat(file, &open_one) == 0 && stat(path, &named) == 0 && open_one.st_dev == named.st_dev &&
         open_one.st_ino == named.st_ino;
}

static int system_resolve(void *user, const char *path, char *resolved)
{
  (void)user;
  char *found = realpath(path, NULL);
  if (found == NULL)
    return -1;
  bool fits = strlen(found) < NR_DISK_PATH_SIZE;
  if (fits)
    memcpy(resolved, found, strlen(found) + 1);
  free(found);
  errno = ENAMETOOLONG;
  return fits ? 0 : -1;
}

static int system_permit(void *user, int file, int model)
{
  struct stat info;
  (void)user;
  if (fstat(model, &info) != 0)
    return -1;
  int ignored = fchown(file, info.st_uid, info.st_gid); /* only the system's owner may */
  (void)ignored;
  return fchmod(file, info.st_mode & 07777);
}

const nr_disk nr_disk_system = {.open = system_open,
                                .close = system_close,
                                .read_at = system_read_at,
                                .write_at = system_write_at,
                                .sync = system_sync,
                                .size = system_size,
                                .rename = system_rename,
                                .unlink = system_unlink,
                                .sync_folder = system_sync_folder,
                                .map = system_map,
                                .unmap = system_unmap,
                                .lock = system_lock,
                                .same = system_same,
                                .resolve = system_resolve,
                                .permit = system_permit};

/* ---- calls that finish what they began ---- */

static const char *reason_of(int number)
{
  switch (number) {
  case ENOENT:
    return "no such file or folder";
  case EACCES:
    return "permission denied";
  case ENOSPC:
    return "no space left on the device";
  case EEXIST:
    return "there already";
  case EISDIR:
    return "is a folder";
  case ENOTDIR:
    return "a part of the path is a file, not a folder";
  case ELOOP:
    return "a link that leads to itself";
  case ENAMETOOLONG:
    return "the name is too long";
  case EROFS:
    return "the file system is read-only";
  case EMFILE:
    return "too many open files";
  case EFBIG:
    return "the file would be too large";
  default:
    return NULL;
  }
}

nr_status nr_disk_fail(const char *path, const char *doing, nr_error *err)
{
  int number = errno;
  nr_status status = number == ENOENT   ? NR_NOTFOUND
                     : number == EEXIST ? NR_EXISTS
                     : number == ENOMEM ? NR_NOMEM
                                        : NR_IO;
  const char *reason = reason_of(number);
  if (reason == NULL)
    return nr_fail(err, status, "%s: %s failed (error %d)", path, doing, number);
  return nr_fail(err, status, "%s: %s", path, reason);
}

nr_status nr_disk_open(const nr_disk *disk, const char *path, nr_disk_mode mode, int *file, nr_error *err)
{
  static const int flags[] = {[NR_DISK_READ] = O_RDONLY,
                              [NR_DISK_WRITE] = O_RDWR,
                              [NR_DISK_CREATE] = O_RDWR | O_CREAT,
                              [NR_DISK_REPLACE] = O_RDWR | O_CREAT | O_TRUNC};
  int opened;
  do
    opened = disk->open(disk->user, path, flags[mode], 0666);
  while (opened < 0 && errno == EINTR);
  if (opened < 0)
    return nr_disk_fail(path, "opening", err);
  *file = opened;
  return NR_OK;
}

nr_status nr_disk_sync(const nr_disk *disk, int file, const char *path, nr_error *err)
{
  int result;
  do
    result = disk->sync(disk->user, file);
  while (result != 0 && errno == EINTR);
  return result == 0 ? NR_OK : nr_disk_fail(path, "syncing", err);
}

nr_status nr_disk_size(const nr_disk *disk, int file, const char *path, uint64_t *size, nr_error *err)
{
  return disk->size(disk->user, file, size) == 0 ? NR_OK : nr_disk_fail(path, "asking for the size", err);
}

nr_status nr_disk_sync_folder_of(const nr_disk *disk, const char *path, nr_error *err)
{
  char folder[4096];
  const char *slash = strrchr(path, '/');
  size_t size = slash == NULL ? 0 : (size_t)(slash - path);
  if (size >= sizeof folder)
    return nr_fail(err, NR_LIMIT, "%s: the path is too long", path);
  if (slash == NULL)
    memcpy(folder, ".", 2);
  else if (size == 0)
    memcpy(folder, "/", 2);
  else {
    memcpy(folder, path, size);
    folder[size] = '\0';
  }
  return disk->sync_folder(disk->user, folder) == 0 ? NR_OK : nr_disk_fail(folder, "syncing the folder", err);
}

nr_status nr_disk_resolve(const nr_disk *disk, const char *path, char resolved[NR_DISK_PATH_SIZE],
                          nr_error *err)
{
  return disk->resolve(disk->user, path, resolved) == 0 ? NR_OK : nr_disk_fail(path, "following links", err);
}

nr_status nr_disk_permit(const nr_disk *disk, int file, const char *path, int model, nr_error *err)
{
  return disk->permit(disk->user, file, model) == 0 ? NR_OK : nr_disk_fail(path, "setting permissions", err);
}

nr_status nr_disk_write_all(const nr_disk *disk, int file, const char *path, const void *bytes, size_t size,
                            uint64_t offset, nr_error *err)
{
  const char *at = bytes;
  while (size > 0) {
    int64_t written = disk->write_at(disk->user, file, at, size, offset);
    if (written < 0 && errno == EINTR)
      continue;
    if (written == 0)
      errno = EIO;
    if (written <= 0)
      return nr_disk_fail(path, "writing", err);
    at += written;
    size -= (size_t)written;
    offset += (uint64_t)written;
  }
  return NR_OK;
}

nr_status nr_disk_read_all(const nr_disk *disk, int file, const char *path, void *bytes, size_t size,
                           uint64_t offset, nr_error *err)
{
  char *at = bytes;
  while (size > 0) {
    int64_t got = disk->read_at(disk->user, file, at, size, offset);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return nr_disk_fail(path, "reading", err);
    if (got == 0)
      return nr_fail(err, NR_CORRUPT, "%s: ends at offset %" PRIu64 ", %zu bytes too early", path, offset,
                     size);
    at += got;
    size -= (size_t)got;
    offset += (uint64_t)got;
  }
  return NR_OK;
}

nr_status nr_disk_map(const nr_disk *disk, int file, const char *path, uint64_t size, nr_map *map,
                      nr_error *err)
{
  if (size == 0 || size > SIZE_MAX / 2)
    return nr_fail(err, NR_LIMIT, "%s: can't map %" PRIu64 " bytes", path, size);
  const char *bytes = disk->map(disk->user, file, size);
  if (bytes == NULL)
    return nr_disk_fail(path, "mapping", err);
  *map = (nr_map){disk, bytes, size};
  return NR_OK;
}

void nr_disk_unmap(nr_map *map)
{
  if (map->bytes != NULL)
    map->disk->unmap(map->disk->user, map->bytes, map->size);
  *map = (nr_map){0};
}

nr_status nr_disk_lock(const nr_disk *disk, int file, const char *path, nr_error *err)
{
  int result;
  do
    result = disk->lock(disk->user, file, true);
  while (result != 0 && errno == EINTR);
  if (result == 0)
    return NR_OK;
  if (errno == EAGAIN || errno == EACCES)
    return nr_fail(err, NR_LOCKED, "%s is being written by another process", path);
  return nr_disk_fail(path, "locking", err);
}

void nr_disk_unlock(const nr_disk *disk, int file)
{
  disk->lock(disk->user, file, false);
}

bool nr_disk_same(const nr_disk *disk, int file, const char *path)
{
  return disk->same(disk->user, file, path) == 1;
}

/* ---- whole files ---- */

static nr_status read_open_file(int file, const char *path, uint64_t size_max, nr_buffer *out, nr_error *err)
{
  struct stat info;
  size_t start = out->size, hint = 1 << 16;
  if (fstat(file, &info) != 0)
    return nr_disk_fail(path, "asking for the size", err);
  if (S_ISDIR(info.st_mode))
    return nr_fail(err, NR_INVALID, "%s: is a folder", path);
  if (S_ISREG(info.st_mode) && info.st_size > 0) {
    if ((uint64_t)info.st_size > size_max)
      return nr_fail(err, NR_LIMIT, "%s: larger than %" PRIu64 " bytes", path, size_max);
    hint = (size_t)info.st_size + 1;
  }
  for (;;) {
    NR_TRY(nr_buffer_reserve(out, hint, err));
    ssize_t got = read(file, out->bytes + out->size, hint);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return nr_disk_fail(path, "reading", err);
    if (got == 0)
      return NR_OK;
    out->size += (size_t)got;
    if (out->size - start > size_max)
      return nr_fail(err, NR_LIMIT, "%s: larger than %" PRIu64 " bytes", path, size_max);
    hint = 1 << 16;
  }
}

nr_status nr_disk_read_file(const char *path, uint64_t size_max, nr_buffer *out, nr_error *err)
{
  bool standard = strcmp(path, "-") == 0;
  int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  size_t before = out->size;
  if (file < 0)
    return nr_disk_fail(path, "opening", err);
  nr_status status = read_open_file(file, standard ? "standard input" : path, size_max, out, err);
  if (!standard)
    close(file);
  if (status != NR_OK)
    out->size = before;
  return status;
}

static nr_status write_and_rename(const char *path, const char *temporary, nr_text content, nr_error *err)
{
  const nr_disk *disk = &nr_disk_system;
  int file = -1;
  nr_status status = nr_disk_open(disk, temporary, NR_DISK_REPLACE, &file, err);
  if (status != NR_OK)
    return nr_disk_fail(path, "opening",
                        err); /* errno is still that of the open; `path` is what was asked for */
  status = nr_disk_write_all(disk, file, path, content.bytes, content.size, 0, err);
  if (status == NR_OK)
    status = nr_disk_sync(disk, file, path, err);
  if (close(file) != 0 && status == NR_OK)
    status = nr_disk_fail(path, "closing", err);
  if (status == NR_OK && rename(temporary, path) != 0)
    status = nr_disk_fail(path, "renaming", err);
  if (status != NR_OK) {
    unlink(temporary);
    return status;
  }
  return nr_disk_sync_folder_of(disk, path, err);
}

nr_status nr_disk_write_file(const char *path, nr_text content, const nr_memory *memory, nr_error *err)
{
  size_t size = strlen(path) + 32;
  char *temporary = nr_alloc(memory, size);
  if (temporary == NULL)
    return nr_fail_memory(err);
  snprintf(temporary, size, "%s.%ld.part", path, (long)getpid());
  nr_status status = write_and_rename(path, temporary, content, err);
  nr_release(memory, temporary, size);
  return status;
}
