/* ram_disk.h: a file system in memory behind nr_disk, which records every change, can fail or
 * shorten its k-th call, and can be rebuilt as a crash might have left it.
 *
 * For tests: one thread, aborts without memory. */
#ifndef RAM_DISK_H
#define RAM_DISK_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "disk/disk.h"

enum { ram_files_max = 64, ram_opens_max = 64 };

typedef enum ram_call {
  RAM_OPEN,
  RAM_READ,
  RAM_WRITE,
  RAM_SYNC,
  RAM_SIZE,
  RAM_RENAME,
  RAM_UNLINK,
  RAM_SYNC_FOLDER,
  RAM_MAP,
  RAM_LOCK,
  RAM_CALLS
} ram_call;

/* One change: in the order of the calls. */
typedef struct ram_change {
  enum {
    CHANGE_CREATE,
    CHANGE_TRUNCATE,
    CHANGE_WRITE,
    CHANGE_SYNC,
    CHANGE_RENAME,
    CHANGE_UNLINK,
    CHANGE_FOLDER,
    CHANGE_MARK
  } kind;
  int file; /* number of the inode */
  uint64_t offset;
  char *bytes;
  size_t size;
  char from[64], to[64];
  uint64_t mark; /* a promise made to the caller */
} ram_change;

typedef struct ram_inode {
  char *bytes;
  size_t size, capacity;
} ram_inode;

typedef struct ram_disk {
  nr_disk disk;
  ram_inode inodes[ram_files_max];
  int inode_count;
  struct {
    char path[64];
    int inode; /* -1: free */
  } names[ram_files_max];
  int opens[ram_opens_max];  /* inode of each descriptor, -1 closed */
  bool locks[ram_opens_max]; /* held by this descriptor */
  ram_change *changes;
  size_t change_count, change_capacity;
  bool recording;
  /* Failing: the `fail_at`-th call of `fail_call` (from 1), and all later ones where `for_ever`. */
  ram_call fail_call;
  uint64_t fail_at, calls[RAM_CALLS];
  int fail_errno; /* 0: short counts instead of an error */
  bool for_ever;
  uint64_t failed;
  uint64_t room;    /* bytes the file system has; 0: endless */
  bool no_checksum; /* a variant: superblock pages read as if their checksum held */
  uint64_t maps;    /* alive */
} ram_disk;

static inline void *ram_need(void *pointer)
{
  if (pointer == NULL)
    abort();
  return pointer;
}

static inline ram_change *ram_record(ram_disk *d, int kind, int inode)
{
  static ram_change nowhere;
  if (!d->recording)
    return &nowhere;
  if (d->change_count == d->change_capacity) {
    d->change_capacity = d->change_capacity * 2 + 64;
    d->changes = ram_need(realloc(d->changes, d->change_capacity * sizeof *d->changes));
  }
  ram_change *c = &d->changes[d->change_count++];
  memset(c, 0, sizeof *c);
  c->kind = kind;
  c->file = inode;
  return c;
}

/* True when this call is to fail; errno is set, or 0 for a short count. */
static inline bool ram_fails(ram_disk *d, ram_call call)
{
  uint64_t number = ++d->calls[call];
  if (d->fail_at == 0 || call != d->fail_call ||
      (number != d->fail_at && !(d->for_ever && number > d->fail_at)))
    return false;
  d->failed++;
  errno = d->fail_errno;
  return true;
}

static inline int ram_find(ram_disk *d, const char *path)
{
  for (int i = 0; i < ram_files_max; i++)
    if (d->names[i].inode >= 0 && strcmp(d->names[i].path, path) == 0)
      return i;
  return -1;
}

static inline int ram_new_inode(ram_disk *d)
{
  if (d->inode_count == ram_files_max)
    abort();
  d->inodes[d->inode_count] = (ram_inode){0};
  return d->inode_count++;
}

static inline void ram_name(ram_disk *d, const char *path, int inode)
{
  int at = ram_find(d, path);
  for (int i = 0; at < 0 && i < ram_files_max; i++)
    if (d->names[i].inode < 0)
      at = i;
  snprintf(d->names[at].path, sizeof d->names[at].path, "%s", path);
  d->names[at].inode = inode;
}

static inline int ram_open(void *user, const char *path, int flags, int mode)
{
  ram_disk *d = user;
  (void)mode;
  if (ram_fails(d, RAM_OPEN) && errno != 0)
    return -1;
  int name = ram_find(d, path), inode;
  if (name < 0 && (flags & O_CREAT) == 0) {
    errno = ENOENT;
    return -1;
  }
  if (name < 0) {
    inode = ram_new_inode(d);
    ram_name(d, path, inode);
    snprintf(ram_record(d, CHANGE_CREATE, inode)->to, 64, "%s", path);
  } else {
    inode = d->names[name].inode;
    if (flags & O_TRUNC) {
      d->inodes[inode].size = 0;
      ram_record(d, CHANGE_TRUNCATE, inode);
    }
  }
  for (int i = 0; i < ram_opens_max; i++)
    if (d->opens[i] < 0) {
      d->opens[i] = inode;
      d->locks[i] = false;
      return i;
    }
  errno = EMFILE;
  return -1;
}

static inline int ram_close(void *user, int file)
{
  ram_disk *d = user;
  d->opens[file] = -1;
  d->locks[file] = false;
  return 0;
}

/* Recompute the checksum at the end of a superblock page. */
static inline void ram_pretend_checksum(char *page)
{
  nr_store_u64(page + 4088, nr_hash64(page, 4088));
}

static inline int64_t ram_read(void *user, int file, void *bytes, size_t size, uint64_t offset)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_READ)) {
    if (errno != 0)
      return -1;
    size = size > 1 ? size / 2 : size;
  }
  const ram_inode *inode = &d->inodes[d->opens[file]];
  if (offset >= inode->size)
    return 0;
  size_t part = size < inode->size - offset ? size : (size_t)(inode->size - offset);
  memcpy(bytes, inode->bytes + offset, part);
  if (d->no_checksum && offset < 16384 && part == 4096)
    ram_pretend_checksum(bytes);
  return (int64_t)part;
}

static inline void ram_put(ram_inode *inode, const char *bytes, size_t size, uint64_t offset)
{
  if (offset + size > inode->capacity) {
    inode->capacity = (size_t)(offset + size) + 4096;
    inode->bytes = ram_need(realloc(inode->bytes, inode->capacity));
  }
  if (size > 0 && offset > inode->size)
    memset(inode->bytes + inode->size, 0, (size_t)offset - inode->size);
  if (size > 0)
    memcpy(inode->bytes + offset, bytes, size);
  if (offset + size > inode->size)
    inode->size = (size_t)(offset + size);
}

static inline int64_t ram_write(void *user, int file, const void *bytes, size_t size, uint64_t offset)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_WRITE)) {
    if (errno != 0)
      return -1;
    size = size > 1 ? size / 2 : size;
  }
  if (d->room != 0 && offset + size > d->room) {
    if (offset >= d->room) {
      errno = ENOSPC;
      return -1;
    }
    size = (size_t)(d->room - offset);
  }
  ram_put(&d->inodes[d->opens[file]], bytes, size, offset);
  if (d->recording) {
    ram_change *c = ram_record(d, CHANGE_WRITE, d->opens[file]);
    c->offset = offset;
    c->size = size;
    c->bytes = ram_need(malloc(size + 1));
    memcpy(c->bytes, bytes, size);
  }
  return (int64_t)size;
}

static inline int ram_sync(void *user, int file)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_SYNC) && errno != 0)
    return -1;
  ram_record(d, CHANGE_SYNC, d->opens[file]);
  return 0;
}

static inline int ram_size(void *user, int file, uint64_t *size)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_SIZE) && errno != 0)
    return -1;
  *size = d->inodes[d->opens[file]].size;
  return 0;
}

static inline int ram_rename(void *user, const char *from, const char *to)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_RENAME) && errno != 0)
    return -1;
  int name = ram_find(d, from);
  if (name < 0) {
    errno = ENOENT;
    return -1;
  }
  int inode = d->names[name].inode;
  d->names[name].inode = -1;
  ram_name(d, to, inode);
  ram_change *c = ram_record(d, CHANGE_RENAME, inode);
  snprintf(c->from, 64, "%s", from);
  snprintf(c->to, 64, "%s", to);
  return 0;
}

static inline int ram_unlink(void *user, const char *path)
{
  ram_disk *d = user;
  if (ram_fails(d, RAM_UNLINK) && errno != 0)
    return -1;
  int name = ram_find(d, path);
  if (name < 0) {
    errno = ENOENT;
    return -1;
  }
  d->names[name].inode = -1;
  snprintf(ram_record(d, CHANGE_UNLINK, -1)->from, 64, "%s", path);
  return 0;
}

static inline int ram_sync_folder(void *user, const char *folder)
{
  ram_disk *d = user;
  (void)folder;
  if (ram_fails(d, RAM_SYNC_FOLDER) && errno != 0)
    return -1;
  ram_record(d, CHANGE_FOLDER, -1);
  return 0;
}

/* A copy of exact size: a sanitizer sees every step beyond it. */
static inline const char *ram_map(void *user, int file, uint64_t size)
{
  ram_disk *d = user;
  const ram_inode *inode = &d->inodes[d->opens[file]];
  if (ram_fails(d, RAM_MAP) && errno != 0)
    return NULL;
  char *bytes = ram_need(malloc((size_t)size));
  size_t part = size < inode->size ? (size_t)size : inode->size;
  if (part > 0)
    memcpy(bytes, inode->bytes, part);
  memset(bytes + part, 0, (size_t)size - part);
  d->maps++;
  return bytes;
}

static inline void ram_unmap(void *user, const char *bytes, uint64_t size)
{
  ram_disk *d = user;
  (void)size;
  d->maps--;
  free((void *)(uintptr_t)bytes);
}

static inline int ram_lock(void *user, int file, bool on)
{
  ram_disk *d = user;
  if (!on) {
    d->locks[file] = false;
    return 0;
  }
  if (ram_fails(d, RAM_LOCK) && errno != 0)
    return -1;
  for (int i = 0; i < ram_opens_max; i++)
    if (i != file && d->opens[i] == d->opens[file] && d->locks[i]) {
      errno = EAGAIN;
      return -1;
    }
  d->locks[file] = true;
  return 0;
}

static inline int ram_same(void *user, int file, const char *path)
{
  ram_disk *d = user;
  int name = ram_find(d, path);
  return name >= 0 && d->names[name].inode == d->opens[file];
}

/* There are no links and no permissions. */
static inline int ram_resolve(void *user, const char *path, char *resolved)
{
  (void)user;
  strcpy(resolved, path);
  return 0;
}

static inline int ram_permit(void *user, int file, int model)
{
  (void)user, (void)file, (void)model;
  return 0;
}

static inline void ram_init(ram_disk *d)
{
  memset(d, 0, sizeof *d);
  for (int i = 0; i < ram_files_max; i++)
    d->names[i].inode = -1;
  for (int i = 0; i < ram_opens_max; i++)
    d->opens[i] = -1;
  d->disk = (nr_disk){.user = d,
                      .open = ram_open,
                      .close = ram_close,
                      .read_at = ram_read,
                      .write_at = ram_write,
                      .sync = ram_sync,
                      .size = ram_size,
                      .rename = ram_rename,
                      .unlink = ram_unlink,
                      .sync_folder = ram_sync_folder,
                      .map = ram_map,
                      .unmap = ram_unmap,
                      .lock = ram_lock,
                      .same = ram_same,
                      .resolve = ram_resolve,
                      .permit = ram_permit};
}

/* Drop files and names, keep the record. */
static inline void ram_empty(ram_disk *d)
{
  for (int i = 0; i < d->inode_count; i++)
    free(d->inodes[i].bytes);
  d->inode_count = 0;
  for (int i = 0; i < ram_files_max; i++)
    d->names[i].inode = -1;
  for (int i = 0; i < ram_opens_max; i++)
    d->opens[i] = -1;
}

static inline void ram_clear(ram_disk *d)
{
  ram_empty(d);
  for (size_t i = 0; i < d->change_count; i++)
    free(d->changes[i].bytes);
  free(d->changes);
  ram_init(d);
}

/* Make a file of given bytes. */
static inline void ram_set_file(ram_disk *d, const char *path, const char *bytes, size_t size)
{
  int name = ram_find(d, path);
  int inode = name < 0 ? ram_new_inode(d) : d->names[name].inode;
  d->inodes[inode].size = 0;
  ram_put(&d->inodes[inode], bytes, size, 0);
  ram_name(d, path, inode);
}

static inline ram_inode *ram_file(ram_disk *d, const char *path)
{
  int name = ram_find(d, path);
  return name < 0 ? NULL : &d->inodes[d->names[name].inode];
}

#endif
