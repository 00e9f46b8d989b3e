/* read.c: walking paths, opening files, choosing readers. Floor 4. */
#include "ingest/read.h"

#include <inttypes.h>
#include <stdio.h>

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
  nr_ingest *ingest;
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
  nr_ingest_note_files(s->ingest, 0, (uint64_t)count);
  *got = (size_t)count;
  return NR_OK;
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

/* Readers that want the whole file; one article may have 64 MiB, a file of many 1 GiB. */
static nr_status read_whole(const nr_input *input, nr_shape shape, nr_buffer *bytes, const nr_stream *rest,
                            nr_error *err)
{
  bool many = shape == NR_SHAPE_COMMAS || shape == NR_SHAPE_TABS || shape == NR_SHAPE_FEED ||
              shape == NR_SHAPE_WIRE || shape == NR_SHAPE_MAIL,
       more = false;
  size_t most = many ? (size_t)1 << 30 : (size_t)NR_ARTICLE_BYTES_MAX;
  NR_TRY(slurp(rest, most + 1, bytes, &more, err));
  NR_TRY(nr_ingest_advance(input->ingest, bytes->size, err));
  if (bytes->size > most)
    return nr_fail(err, NR_LIMIT, many ? "over 1 GiB; JSON Lines may be longer" : "over 64 MiB");
  nr_text whole = {bytes->bytes == NULL ? "" : bytes->bytes, bytes->size};
  switch (shape) {
  case NR_SHAPE_HTML:
    return nr_read_html(input, whole, err);
  case NR_SHAPE_MARKDOWN:
    return nr_read_markdown(input, whole, err);
  case NR_SHAPE_COMMAS:
  case NR_SHAPE_TABS:
    return nr_read_table(input, whole, shape == NR_SHAPE_TABS ? '\t' : ',', err);
  case NR_SHAPE_WIRE:
    return nr_read_wire(input, whole, err);
  case NR_SHAPE_FEED:
    return nr_read_feed(input, whole, err);
  case NR_SHAPE_MAIL:
    return nr_read_mail(input, whole, err);
  default:
    return nr_read_plain(input, whole, err);
  }
}

static nr_status read_shaped(const nr_input *input, nr_shape known, unsigned packed, const nr_stream *stream,
                             nr_error *err);

static nr_status read_packed(const nr_input *input, nr_shape known, unsigned packed, nr_packing packing,
                             const nr_stream *stream, nr_error *err)
{
  nr_unpack *unpack;
  nr_stream plain;
  NR_TRY(nr_unpack_new(nr_ingest_option(input->ingest)->memory, stream, packing, &unpack, &plain, err));
  nr_status status = read_shaped(input, known, packed + 1, &plain, err);
  nr_unpack_free(unpack);
  return status;
}

typedef struct archive {
  const nr_input *input;
  unsigned packed;
  bool ended; /* by a status that ends the work */
} archive;

/* Whether a member's name leads out of the archive. */
static bool leads_out(nr_text name)
{
  if (name.size == 0 || name.bytes[0] == '/')
    return true;
  for (size_t i = 0; i + 1 < name.size; i++)
    if (name.bytes[i] == '.' && name.bytes[i + 1] == '.' && (i == 0 || name.bytes[i - 1] == '/') &&
        (i + 2 == name.size || name.bytes[i + 2] == '/'))
      return true;
  return false;
}

static nr_status joined_name(const archive *a, nr_text base, nr_text name, nr_text *joined, nr_error *err)
{
  char *bytes = nr_arena_take(nr_ingest_names(a->input->ingest), base.size + name.size + 2);
  if (bytes == NULL)
    return nr_fail_memory(err);
  memcpy(bytes, base.bytes, base.size);
  bytes[base.size] = '/';
  memcpy(bytes + base.size + 1, name.bytes, name.size);
  bytes[base.size + 1 + name.size] = '\0';
  *joined = (nr_text){bytes, base.size + 1 + name.size};
  return NR_OK;
}

/* A hidden file, or one below a hidden folder. */
static bool is_hidden(nr_text name)
{
  for (size_t i = 0; i < name.size; i++)
    if (name.bytes[i] == '.' && (i == 0 || name.bytes[i - 1] == '/') && i + 1 < name.size &&
        name.bytes[i + 1] != '/' && name.bytes[i + 1] != '.')
      return true;
  return false;
}

static nr_status visit_member(void *user, nr_text name, const nr_stream *file, nr_error *err)
{
  archive *a = user;
  nr_input input = *a->input;
  nr_error why;
  if (name.size > 2 && memcmp(name.bytes, "./", 2) == 0)
    name = (nr_text){name.bytes + 2, name.size - 2};
  if (is_hidden(name))
    return NR_OK;
  NR_TRY(joined_name(a, a->input->path, name, &input.path, err));
  NR_TRY(joined_name(a, a->input->name, nr_name_without_ending(name), &input.name, err));
  if (leads_out(name)) {
    nr_ingest_refuse(input.ingest, input.path, "its name leads out of the archive");
    return NR_OK;
  }
  nr_status status = read_shaped(&input, nr_shape_of_name(name), a->packed + 1, file, &why);
  if (status == NR_OK)
    return NR_OK;
  if (!nr_ends_work(status) && status != NR_LIMIT) {
    nr_ingest_refuse(input.ingest, input.path, why.message);
    return NR_OK;
  }
  a->ended = nr_ends_work(status);
  return nr_fail(err, status, "%s", why.message);
}

static nr_status read_shaped(const nr_input *input, nr_shape known, unsigned packed, const nr_stream *stream,
                             nr_error *err)
{
  const nr_memory *memory = nr_ingest_option(input->ingest)->memory;
  nr_buffer head;
  bool more = false;
  nr_buffer_init(&head, memory);
  nr_status status = slurp(stream, sniff_bytes, &head, &more, err);
  nr_text seen = {head.bytes == NULL ? "" : head.bytes, head.size};
  joined_stream source = {{seen.bytes, seen.bytes + seen.size}, stream};
  nr_stream joined = {next_of_joined, &source};
  nr_packing packing = nr_packing_of(seen);
  archive a = {input, packed, false};
  if (known == NR_SHAPE_UNKNOWN && packing == NR_PACKING_NONE)
    known = nr_shape_of_bytes(seen);
  if (status != NR_OK)
    ;
  else if (packing != NR_PACKING_NONE && packed >= 2)
    status = nr_fail(err, NR_INVALID, "packed more than twice");
  else if (packing == NR_PACKING_ARCHIVE)
    status = nr_unpack_archive(memory, &joined, visit_member, &a, err);
  else if (packing != NR_PACKING_NONE)
    status = read_packed(input, known, packed, packing, &joined, err);
  else if (known == NR_SHAPE_CORPUS)
    status = nr_fail(err, NR_INVALID, "a corpus, not articles; newsreel dump writes what can be added");
  else if (known == NR_SHAPE_JSON_LINES)
    status = nr_read_json_lines(input, &joined, err);
  else if (known == NR_SHAPE_WARC)
    status = nr_read_warc(input, &joined, err);
  else if (known == NR_SHAPE_JSON)
    status = nr_read_json(input, &joined, err);
  else
    status = read_whole(input, known, &head, stream, err);
  nr_buffer_clear(&head);
  return status;
}

nr_status nr_read_stream(const nr_input *input, nr_shape known, const nr_stream *stream, nr_error *err)
{
  nr_error why = {NR_OK, ""};
  nr_status status = read_shaped(input, known, 0, stream, &why);
  if (status == NR_OK)
    return NR_OK;
  if (!nr_ends_work(status)) {
    nr_ingest_refuse(input->ingest, input->path, why.message);
    return NR_OK;
  }
  return nr_fail(err, status, "%s", why.message);
}

nr_item nr_input_item(const nr_input *input)
{
  return (nr_item){
      .options = nr_ingest_option(input->ingest), .where = input->path, .origin = input->argument};
}

nr_status nr_input_number(const nr_input *input, nr_text base, uint64_t number, nr_text *name, nr_error *err)
{
  char digits[32];
  int size = snprintf(digits, sizeof digits, ":%" PRIu64, number);
  char *bytes = nr_arena_take(nr_ingest_arena(input->ingest), base.size + (size_t)size + 1);
  if (bytes == NULL)
    return nr_fail_memory(err);
  memcpy(bytes, base.bytes, base.size);
  memcpy(bytes + base.size, digits, (size_t)size + 1);
  *name = (nr_text){bytes, base.size + (size_t)size};
  return NR_OK;
}

/* ---- files ---- */

static nr_status read_open_file(const nr_input *input, int file, nr_error *err)
{
  const nr_disk *disk = nr_ingest_option(input->ingest)->disk;
  file_stream source = {input->ingest, disk, input->path.bytes, file, 0};
  return nr_read_stream(input, nr_shape_of_name(input->path), &(nr_stream){next_of_file, &source}, err);
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
  NR_TRY(copy_name(w->ingest, nr_name_without_ending(below), &input.name, err));
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

/* A folder that can't be read counts as an item; notes are passed on. */
static void refuse_folder(void *user, nr_severity severity, nr_text where, const char *message)
{
  walk *w = user;
  if (severity == NR_NOTE)
    nr_report_to(&nr_ingest_option(w->ingest)->report, severity, where, message);
  else
    nr_ingest_refuse(w->ingest, where, message);
}

static nr_status measure_file(void *user, const char *path, nr_text below, nr_error *err)
{
  nr_ingest *ingest = user;
  const nr_disk *disk = nr_ingest_option(ingest)->disk;
  uint64_t size;
  int file;
  (void)below;
  if (nr_disk_open(disk, path, NR_DISK_READ, &file, NULL) != NR_OK)
    return NR_OK;
  if (nr_disk_size(disk, file, path, &size, NULL) == NR_OK)
    nr_ingest_note_files(ingest, size, 0);
  disk->close(disk->user, file);
  return nr_ingest_advance(ingest, 0, err);
}

nr_status nr_ingest_measure(nr_ingest *ingest, const char *path, nr_error *err)
{
  nr_error why;
  if (strcmp(path, "-") == 0)
    return NR_OK;
  nr_status status = nr_disk_walk(path, nr_ingest_option(ingest)->memory, NULL, measure_file, ingest, &why);
  return nr_ends_work(status) && status != NR_IO ? nr_fail(err, status, "%s", why.message) : NR_OK;
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
    status = nr_read_stream(&input, NR_SHAPE_UNKNOWN, &(nr_stream){next_of_memory, &source}, &why);
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
