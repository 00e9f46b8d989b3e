/* walk.c: the files below a path, in an order that depends on names alone. Floor 1. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "disk/disk.h"

enum { depth_max = 256 };

typedef struct walk {
  const nr_memory *memory;
  const nr_report *report;
  nr_status (*visit)(void *user, const char *path, nr_text below, nr_error *err);
  void *user;
  nr_error *err;
  nr_buffer path; /* ends with NUL, which size does not count */
  size_t root;    /* bytes of the path before what is `below` */
} walk;

static nr_status walk_path(walk *w, int depth);

static int by_name(const void *left, const void *right)
{
  return strcmp(*(char *const *)left, *(char *const *)right);
}

static nr_status set_end(walk *w, const char *name)
{
  NR_TRY(nr_buffer_put(&w->path, name, strlen(name) + 1, w->err));
  w->path.size--;
  return NR_OK;
}

/* Names in the open folder that are not hidden, in `arena`, sorted. */
static nr_status read_names(walk *w, DIR *folder, nr_arena *arena, char ***names, size_t *count)
{
  size_t capacity = 0;
  nr_status status = NR_OK;
  char **list = NULL;
  struct dirent *entry;
  *count = 0;
  while (status == NR_OK && (entry = readdir(folder)) != NULL) {
    if (entry->d_name[0] == '.')
      continue;
    status = nr_grow(w->memory, &list, &capacity, *count + 1, sizeof *list, w->err);
    if (status != NR_OK)
      break;
    list[*count] = nr_arena_copy(arena, entry->d_name, strlen(entry->d_name));
    if (list[(*count)++] == NULL)
      status = nr_fail_memory(w->err);
  }
  if (status == NR_OK) {
    *names = nr_arena_take_array(arena, *count, sizeof **names);
    if (*names == NULL)
      status = nr_fail_memory(w->err);
    else if (*count > 0) {
      memcpy(*names, list, *count * sizeof *list);
      qsort(*names, *count, sizeof **names, by_name);
    }
  }
  nr_release(w->memory, list, capacity * sizeof *list);
  return status;
}

static void complain(walk *w, nr_severity severity, const char *message)
{
  nr_report_to(w->report, severity, (nr_text){w->path.bytes, w->path.size}, message);
}

/* Complain by errno; the path stands before the message already. */
static void complain_of_errno(walk *w)
{
  nr_error why;
  nr_disk_fail("", "reading", &why);
  complain(w, NR_WARNING, why.message + strlen(": "));
}

static nr_status walk_folder(walk *w, int depth)
{
  DIR *folder = depth < depth_max ? opendir(w->path.bytes) : NULL;
  if (folder == NULL && depth == 0)
    return nr_disk_fail(w->path.bytes, "reading", w->err);
  if (folder == NULL) {
    if (depth < depth_max)
      complain_of_errno(w);
    else
      complain(w, NR_WARNING, "too deep");
    return NR_OK;
  }
  nr_arena arena;
  char **names = NULL;
  size_t count, size = w->path.size;
  nr_arena_init(&arena, w->memory);
  nr_status status = read_names(w, folder, &arena, &names, &count);
  closedir(folder);
  for (size_t i = 0; i < count && status == NR_OK; i++) {
    w->path.size = size;
    if (size > 0 && w->path.bytes[size - 1] != '/')
      status = nr_buffer_put_byte(&w->path, '/', w->err);
    if (depth == 0)
      w->root = w->path.size;
    if (status == NR_OK)
      status = set_end(w, names[i]);
    if (status == NR_OK)
      status = walk_path(w, depth + 1);
  }
  w->path.size = size;
  w->path.bytes[size] = '\0';
  nr_arena_clear(&arena);
  return status;
}

static nr_status walk_path(walk *w, int depth)
{
  struct stat info, link;
  if (stat(w->path.bytes, &info) != 0) {
    if (depth == 0)
      return nr_disk_fail(w->path.bytes, "reading", w->err);
    complain_of_errno(w);
    return NR_OK;
  }
  if (S_ISDIR(info.st_mode)) {
    if (depth == 0 || lstat(w->path.bytes, &link) != 0 || !S_ISLNK(link.st_mode))
      return walk_folder(w, depth);
    complain(w, NR_NOTE, "a link to a folder, not followed");
    return NR_OK;
  }
  if (!S_ISREG(info.st_mode) && depth > 0) {
    complain(w, NR_WARNING, "neither a file nor a folder");
    return NR_OK;
  }
  return w->visit(w->user, w->path.bytes, (nr_text){w->path.bytes + w->root, w->path.size - w->root}, w->err);
}

nr_status nr_disk_walk(const char *path, const nr_memory *memory, const nr_report *report,
                       nr_status (*visit)(void *user, const char *path, nr_text below, nr_error *err),
                       void *user, nr_error *err)
{
  walk w = {.memory = memory, .report = report, .visit = visit, .user = user, .err = err};
  const char *slash = strrchr(path, '/');
  nr_buffer_init(&w.path, memory);
  w.root = slash == NULL ? 0 : (size_t)(slash - path) + 1;
  nr_status status = set_end(&w, path);
  if (status == NR_OK)
    status = walk_path(&w, 0);
  nr_buffer_clear(&w.path);
  return status;
}
