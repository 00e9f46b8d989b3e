/* ids.c: ids checked and remembered. Floor 4. */
#include "ingest/ids.h"

#include "base/hash.h"
#include "text/utf8.h"

enum { id_bytes_max = 1024 };

nr_status nr_id_check(nr_text id, nr_error *err)
{
  if (id.bytes == NULL)
    return nr_fail(err, NR_INVALID, "no id");
  if (id.size == 0 || id.size > id_bytes_max)
    return nr_fail(err, NR_INVALID, "an id has 1 to %d bytes, not %zu", id_bytes_max, id.size);
  if (memchr(id.bytes, '\0', id.size) != NULL)
    return nr_fail(err, NR_INVALID, "the id holds a NUL byte");
  if (nr_utf8_valid_prefix(id) != id.size)
    return nr_fail(err, NR_INVALID, "the id is not UTF-8");
  return NR_OK;
}

void nr_id_set_init(nr_id_set *set, const nr_memory *memory)
{
  *set = (nr_id_set){.memory = memory};
}

void nr_id_set_clear(nr_id_set *set)
{
  nr_release(set->memory, set->hashes, set->room * sizeof *set->hashes);
  nr_id_set_init(set, set->memory);
}

static bool put_hash(uint64_t *hashes, size_t room, uint64_t hash)
{
  size_t at = (size_t)hash & (room - 1);
  while (hashes[at] != 0 && hashes[at] != hash)
    at = (at + 1) & (room - 1);
  bool fresh = hashes[at] == 0;
  hashes[at] = hash;
  return fresh;
}

static nr_status grow(nr_id_set *set, nr_error *err)
{
  size_t room = set->room == 0 ? 1024 : set->room * 2;
  uint64_t *hashes = nr_alloc_zeroed(set->memory, room, sizeof *hashes);
  if (hashes == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < set->room; i++)
    if (set->hashes[i] != 0)
      put_hash(hashes, room, set->hashes[i]);
  nr_release(set->memory, set->hashes, set->room * sizeof *hashes);
  set->hashes = hashes;
  set->room = room;
  return NR_OK;
}

nr_status nr_id_set_put(nr_id_set *set, nr_text id, bool *fresh, nr_error *err)
{
  if ((set->count + 1) * 2 > set->room)
    NR_TRY(grow(set, err));
  *fresh = put_hash(set->hashes, set->room, nr_hash64(id.bytes, id.size) | 1);
  set->count += *fresh;
  return NR_OK;
}
