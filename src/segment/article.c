/* article.c: names, and what makes two articles the same. Floor 2. */
#include "segment/article.h"

#include "base/hash.h"
#include "segment/segment.h"

const char *nr_date_source_name(nr_date_source source)
{
  static const char *const names[NR_DATE_SOURCES] = {"none",   "field", "header", "meta",
                                                     "jsonld", "url",   "given",  "inferred"};
  return (uint32_t)source < NR_DATE_SOURCES ? names[source] : "none";
}

static uint64_t mix(uint64_t a, uint64_t b)
{
  uint64_t pair[2] = {a, b};
  return nr_hash64(pair, sizeof pair);
}

uint64_t nr_article_hash(const nr_article *article)
{
  uint64_t hash = nr_hash64(article->content.bytes, article->content.size);
  uint64_t fields = 0; /* a sum: the order of fields does not matter */
  for (size_t i = 0; i < article->field_count; i++) {
    const nr_field *field = &article->fields[i];
    fields += mix(mix(nr_hash64(field->name.bytes, field->name.size), (uint64_t)field->type),
                  nr_hash64(field->value.bytes, field->value.size));
  }
  bool dated = article->date.first != NR_DAY_NONE;
  hash = mix(hash, fields);
  hash = mix(hash, article->title_size);
  hash = mix(hash, dated ? (uint64_t)(uint32_t)article->date.first << 32 | (uint32_t)article->date.last : 1);
  for (size_t i = 0; i < article->block_count; i++) {
    const nr_block *block = &article->blocks[i];
    if (block->end <= article->title_size)
      continue; /* a title found in the text and the same one given are one article */
    hash = mix(hash, mix((uint64_t)block->start << 32 | block->end,
                         (uint64_t)block->kind << 32 | (uint64_t)block->margin << 16 | block->reason));
  }
  return hash;
}
