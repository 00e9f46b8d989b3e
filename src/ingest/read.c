/* read.c: walking paths, opening files, choosing readers. Floor 4. */
#include "ingest/read.h"

#include <stdio.h>
#include <strings.h>

enum { sniff_bytes = 64 << 10 };

/* ---- streams ---- */

typedef struct memory_stream {
  const char *at, *end;
} memory_stream;

static nr_status next_of_memory(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  memory_stream *s = user;
  (void)err;
  *got = (size_t)(s->end - s->at) < room ? (size_t)(s->end - s->at) : room;
  if (*got > 0)
    memcpy(bytes, s->at, *got);
  s->at += *got;
  return NR_OK;
}

typedef struct file_stream {
  const nr_disk *disk;
  const char *path;
  int file;
  uint64_t offset;
} file_stream;

static nr_status next_of_file(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  file_stream *s = user;
  int64_t count = s->disk->read_at(s->disk->user, s->file, bytes, room, s->offset);
  if (count < 0)
    return nr_fail(err, NR_INVALID, "it can't be read");
  s->offset += (uint64_t)count;
  *got = (size_t)count;
  return NR_OK;
}

/* ---- what a file is ---- */

typedef enum shape { SHAPE_TEXT, SHAPE_HTML, SHAPE_JSON_LINES, SHAPE_CORPUS, SHAPE_UNKNOWN } shape;

typedef struct ending {
  const char *text;
  shape shape;
} ending;

static const ending endings[] = {
    {".jsonl", SHAPE_JSON_LINES}, {".ndjson", SHAPE_JSON_LINES}, {".txt", SHAPE_TEXT}, {".text", SHAPE_TEXT},
    {".reel", SHAPE_CORPUS},      {".html", SHAPE_HTML},         {".htm", SHAPE_HTML}, {".xhtml", SHAPE_HTML},
};

static bool ends_with(nr_text name, const char *end)
{
  size_t size = strlen(end);
  return name.size >= size && strncasecmp(name.bytes + name.size - size, end, size) == 0;
}

static shape shape_of_name(nr_text name)
{
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (ends_with(name, endings[i].text))
      return endings[i].shape;
  return SHAPE_UNKNOWN;
}

static bool begins(nr_text head, size_t at, const char *start)
{
  size_t size = strlen(start);
  return head.size - at >= size && strncasecmp(head.bytes + at, start, size) == 0;
}

static shape shape_of_bytes(nr_text head)
{
  size_t at = head.size >= 3 && memcmp(head.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (at < head.size && strchr(" \t\r\n", head.bytes[at]) != NULL && head.bytes[at] != '\0')
    at++;
  if (at + 1 < head.size && head.bytes[at] == '{') {
    do
      at++;
    while (at < head.size && strchr(" \t\r\n", head.bytes[at]) != NULL && head.bytes[at] != '\0');
    return at < head.size && (head.bytes[at] == '"' || head.bytes[at] == '}') ? SHAPE_JSON_LINES : SHAPE_TEXT;
  }
  if (begins(head, at, "<!doctype html") || begins(head, at, "<html"))
    return SHAPE_HTML;
  return SHAPE_TEXT;
}

/* The name without the ending of its last part. */
static nr_text without_ending(nr_text name)
{
  for (size_t i = name.size; i > 0 && name.bytes[i - 1] != '/'; i--)
    if (name.bytes[i - 1] == '.' && i > 1 && name.bytes[i - 2] != '/')
      return (nr_text){name.bytes, i - 1};
  return name;
}

/* ---- readers over streams ---- */

/* Read up to `most` bytes; *more tells whether the stream goes on. */
static nr_status slurp(const nr_stream *stream, size_t most, nr_buffer *out, bool *more, nr_error *err)
{
  size_t got = 1;
  while (out->size < most && got > 0) {
    size_t room = out->capacity - out->size < sniff_bytes ? sniff_bytes : out->capacity - out->size;
    NR_TRY(nr_buffer_reserve(out, room, err));
    room = room < most - out->size ? room : most - out->size;
    NR_TRY(stream->next(stream->user, out->bytes + out->size, room, &got, err));
    out->size += got;
  }
  *more = got > 0;
  return NR_OK;
}

/* Bytes already read, then the stream they came from. */
typedef struct joined_stream {
  memory_stream head;
  const nr_stream *rest;
} joined_stream;

static nr_status next_of_joined(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  joined_stream *s = user;
  if (s->head.at < s->head.end)
    return next_of_memory(&s->head, bytes, room, got, err);
  return s->rest->next(s->rest->user, bytes, room, got, err);
}

static nr_status read_whole(const nr_input *input, shape known, nr_buffer *bytes, const nr_stream *rest,
                            nr_error *err)
{
  bool more = false;
  NR_TRY(slurp(rest, (size_t)NR_ARTICLE_BYTES_MAX + 1, bytes, &more, err));
  NR_TRY(nr_ingest_advance(input->ingest, bytes->size, err));
  if (bytes->size > NR_ARTICLE_BYTES_MAX) {
    nr_ingest_refuse(input->ingest, input->path, "over 64 MiB");
    return NR_OK;
  }
  nr_text whole = {bytes->bytes == NULL ? "" : bytes->bytes, bytes->size};
  return known == SHAPE_HTML ? nr_read_html(input, whole, err) : nr_read_plain(input, whole, err);
}

static nr_status read_shaped(const nr_input *input, shape known, nr_buffer *head, const nr_stream *stream,
                             nr_error *err)
{
  bool more = false;
  NR_TRY(slurp(stream, sniff_bytes, head, &more, err));
  nr_text seen = {head->bytes == NULL ? "" : head->bytes, head->size};
  if (known == SHAPE_UNKNOWN)
    known = shape_of_bytes(seen);
  if (known != SHAPE_JSON_LINES)
    return read_whole(input, known, head, stream, err);
  joined_stream joined = {{seen.bytes, seen.bytes + seen.size}, stream};
  return nr_read_json_lines(input, &(nr_stream){next_of_joined, &joined}, err);
}

/* Read a stream whose kind its name or its first bytes tell. What fails here is the input's. */
static nr_status read_stream(const nr_input *input, shape known, const nr_stream *stream, nr_error *err)
{
  nr_buffer head;
  nr_error why = {NR_OK, ""};
  nr_buffer_init(&head, nr_ingest_option(input->ingest)->memory);
  nr_status status = read_shaped(input, known, &head, stream, &why);
  nr_buffer_clear(&head);
  if (status == NR_OK)
    return NR_OK;
  if (!nr_ends_work(status)) {
    nr_ingest_refuse(input->ingest, input->path, why.message);
    return NR_OK;
  }
  if (err != NULL)
    *err = why;
  return status;
}

/* ---- files ---- */

static nr_status read_open_file(const nr_input *input, int file, nr_error *err)
{
  const nr_disk *disk = nr_ingest_option(input->ingest)->disk;
  file_stream source = {disk, input->path.bytes, file, 0};
  return read_stream(input, shape_of_name(input->path), &(nr_stream){next_of_file, &source}, err);
}

static nr_status copy_name(nr_ingest *ingest, nr_text name, nr_text *copy, nr_error *err)
{
  const char *bytes = nr_arena_copy(nr_ingest_names(ingest), name.bytes, name.size);
  if (bytes == NULL)
    return nr_fail_memory(err);
  *copy = (nr_text){bytes, name.size};
  return NR_OK;
}

typedef struct walk {
  nr_ingest *ingest;
  nr_text argument;
  bool ended; /* by what is not the walk's fault */
} walk;

/* Refuse a path; the message of disk/ begins with it, and need not say it twice. */
static void refuse_path(nr_ingest *ingest, nr_text path, const nr_error *why)
{
  size_t skip = path.size + strlen(": ");
  bool named = strncmp(why->message, path.bytes, path.size) == 0 && strlen(why->message) > skip;
  nr_ingest_refuse(ingest, path, named ? why->message + skip : why->message);
}

static nr_status read_file(walk *w, const char *path, nr_text below, nr_error *err)
{
  const nr_disk *disk = nr_ingest_option(w->ingest)->disk;
  nr_input input = {.ingest = w->ingest, .argument = w->argument};
  NR_TRY(copy_name(w->ingest, nr_text_of(path), &input.path, err));
  NR_TRY(copy_name(w->ingest, without_ending(below), &input.name, err));
  if (shape_of_name(input.path) == SHAPE_CORPUS) {
    nr_ingest_refuse(w->ingest, input.path, "a corpus, not articles; newsreel dump writes what can be added");
    return NR_OK;
  }
  nr_error why;
  int file;
  if (nr_disk_open(disk, path, NR_DISK_READ, &file, &why) != NR_OK) {
    refuse_path(w->ingest, input.path, &why);
    return NR_OK;
  }
  nr_status status = read_open_file(&input, file, err);
  disk->close(disk->user, file);
  return status;
}

static nr_status visit(void *user, const char *path, nr_text below, nr_error *err)
{
  walk *w = user;
  nr_status status = read_file(w, path, below, err);
  w->ended = status != NR_OK;
  return status;
}

/* A folder that can't be read counts as an item. */
static void refuse_folder(void *user, nr_severity severity, nr_text where, const char *message)
{
  walk *w = user;
  (void)severity;
  nr_ingest_refuse(w->ingest, where, message);
}

static nr_status read_standard_input(nr_ingest *ingest, nr_error *err)
{
  nr_buffer bytes;
  nr_error why;
  nr_input input = {ingest, NR_TEXT("-"), NR_TEXT("stdin"), NR_TEXT("stdin")};
  nr_buffer_init(&bytes, nr_ingest_option(ingest)->memory);
  nr_status status = nr_disk_read_file("-", (uint64_t)4 << 30, &bytes, &why);
  if (status == NR_OK) {
    memory_stream source = {bytes.bytes, bytes.bytes + bytes.size};
    if (bytes.bytes == NULL)
      source.at = source.end = "";
    status = read_stream(&input, SHAPE_UNKNOWN, &(nr_stream){next_of_memory, &source}, &why);
  } else if (status != NR_NOMEM) {
    nr_ingest_refuse(ingest, input.path, why.message);
    status = NR_OK;
  }
  if (status != NR_OK && err != NULL)
    *err = why;
  nr_buffer_clear(&bytes);
  return status;
}

nr_status nr_read_path(nr_ingest *ingest, const char *path, nr_error *err)
{
  walk w = {.ingest = ingest};
  nr_report report = {refuse_folder, &w};
  nr_error why;
  if (strcmp(path, "-") == 0)
    return read_standard_input(ingest, err);
  NR_TRY(copy_name(ingest, nr_text_of(path), &w.argument, err));
  nr_status status = nr_disk_walk(path, nr_ingest_option(ingest)->memory, &report, visit, &w, &why);
  if (status == NR_OK)
    return NR_OK;
  if (!w.ended && status != NR_NOMEM) {
    refuse_path(ingest, w.argument, &why);
    return NR_OK;
  }
  if (err != NULL)
    *err = why;
  return status;
}
