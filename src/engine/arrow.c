/* arrow.c: columns as an Arrow C stream. Floor 6.
 *
 * The structs are those of the specification's C data and C stream interfaces; programs agree on their
 * layout, so every program declares them. Each thing that is given out holds a count of the columns and
 * is one block: the struct's children and pointers stand in it. */
#include <errno.h>
#include <inttypes.h>

#include "engine/columns.h"

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

enum { arrow_nullable = 2 };

/* ---- schema ---- */

typedef struct schema_block {
  nr_columns *columns;
  size_t size; /* of the block */
  struct ArrowSchema **pointers, *children;
} schema_block;

/* Children go with their parent. */
static void release_schema_child(struct ArrowSchema *schema)
{
  schema->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
  schema_block *block = schema->private_data;
  nr_columns *columns = block->columns;
  for (int64_t i = 0; i < schema->n_children; i++)
    if (schema->children[i]->release != NULL)
      schema->children[i]->release(schema->children[i]);
  schema->release = NULL;
  nr_release(&columns->memory, block, block->size);
  nr_columns_release(columns);
}

static struct ArrowSchema schema_of(const nr_column_data *column)
{
  return (struct ArrowSchema){.format = !column->text            ? "g"
                                        : column->narrow != NULL ? "u"
                                                                 : "U",
                              .name = column->name,
                              .flags = arrow_nullable,
                              .release = release_schema_child};
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
  nr_columns *columns = stream->private_data;
  size_t count = columns->count;
  size_t size = sizeof(schema_block) + count * (sizeof(struct ArrowSchema *) + sizeof(struct ArrowSchema));
  schema_block *block = nr_alloc(&columns->memory, size);
  if (block == NULL)
    return ENOMEM;
  *block = (schema_block){.columns = nr_columns_retain(columns), .size = size};
  block->children = (struct ArrowSchema *)(void *)(block + 1);
  block->pointers = (struct ArrowSchema **)(void *)(block->children + count);
  for (size_t i = 0; i < count; i++) {
    block->children[i] = schema_of(&columns->columns[i]);
    block->pointers[i] = &block->children[i];
  }
  *out = (struct ArrowSchema){.format = "+s",
                              .name = "",
                              .n_children = (int64_t)count,
                              .children = block->pointers,
                              .release = release_schema,
                              .private_data = block};
  return 0;
}

/* ---- arrays ---- */

typedef struct array_block {
  nr_columns *columns;
  size_t size;
} array_block;

/* A child may be moved out of its parent and released alone, in another thread: it has a count and
 * pointers of its own. */
typedef struct array_child {
  nr_columns *columns;
  const void *buffers[3];
} array_child;

static void release_child(struct ArrowArray *array)
{
  array_child *child = array->private_data;
  nr_columns *columns = child->columns;
  array->release = NULL;
  nr_release(&columns->memory, child, sizeof *child);
  nr_columns_release(columns);
}

static void release_array(struct ArrowArray *array)
{
  array_block *block = array->private_data;
  nr_columns *columns = block->columns;
  for (int64_t i = 0; i < array->n_children; i++)
    if (array->children[i]->release != NULL)
      array->children[i]->release(array->children[i]);
  array->release = NULL;
  nr_release(&columns->memory, block, block->size);
  nr_columns_release(columns);
}

static int make_child(nr_columns *columns, const nr_column_data *column, struct ArrowArray *out)
{
  array_child *child = nr_alloc(&columns->memory, sizeof *child);
  if (child == NULL)
    return ENOMEM;
  *child = (array_child){.columns = nr_columns_retain(columns), .buffers = {column->valid}};
  if (!column->text) {
    child->buffers[1] = column->numbers;
  } else {
    child->buffers[1] = column->narrow != NULL ? (const void *)column->narrow : column->wide;
    child->buffers[2] = column->bytes;
  }
  *out = (struct ArrowArray){.length = (int64_t)columns->rows,
                             .null_count = (int64_t)column->missing,
                             .n_buffers = column->text ? 3 : 2,
                             .buffers = child->buffers,
                             .release = release_child,
                             .private_data = child};
  return 0;
}

/* The one batch: parent, its list of buffers (one, NULL: no row is missing as a whole), children. */
static int make_batch(nr_columns *columns, struct ArrowArray *out)
{
  size_t count = columns->count, size = sizeof(array_block) + sizeof(void *) +
                                        count * (sizeof(struct ArrowArray) + sizeof(struct ArrowArray *));
  array_block *block = nr_alloc(&columns->memory, size);
  if (block == NULL)
    return ENOMEM;
  *block = (array_block){nr_columns_retain(columns), size};
  struct ArrowArray *children = (struct ArrowArray *)(void *)(block + 1);
  struct ArrowArray **pointers = (struct ArrowArray **)(void *)(children + count);
  const void **buffers = (const void **)(void *)(pointers + count);
  *buffers = NULL;
  *out = (struct ArrowArray){.length = (int64_t)columns->rows,
                             .n_buffers = 1,
                             .buffers = buffers,
                             .children = pointers,
                             .release = release_array,
                             .private_data = block};
  for (size_t i = 0; i < count; i++) {
    if (make_child(columns, &columns->columns[i], &children[i]) != 0) {
      release_array(out);
      return ENOMEM;
    }
    pointers[out->n_children++] = &children[i];
  }
  return 0;
}

/* ---- the stream; `private_data` is the columns, release of the stream its count ---- */

static int get_nothing(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
  (void)stream;
  *out = (struct ArrowArray){.release = NULL}; /* the end */
  return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
  int code = make_batch(stream->private_data, out);
  if (code == 0)
    stream->get_next = get_nothing;
  return code;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
  (void)stream;
  return "not enough memory"; /* nothing else can fail */
}

static void release_stream(struct ArrowArrayStream *stream)
{
  nr_columns_release(stream->private_data);
  stream->release = NULL;
}

void nr_columns_stream(nr_columns *columns, struct ArrowArrayStream *stream)
{
  *stream = (struct ArrowArrayStream){.get_schema = get_schema,
                                      .get_next = get_next,
                                      .get_last_error = get_last_error,
                                      .release = release_stream,
                                      .private_data = nr_columns_retain(columns)};
}
