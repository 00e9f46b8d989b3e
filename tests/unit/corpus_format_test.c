/* The worked example of FORMAT.md is what is written. */
#include "segment_fixture.h"

#include "../fault/ram_disk.h"

static ram_disk disk;
static fixture f;

/* One article, one commit. */
static const ram_inode *make_example(void)
{
  nr_writer *writer;
  nr_outcome outcome;
  nr_field field = {NR_TEXT("source"), NR_FIELD_STRING, NR_TEXT("CNN")};
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, err));
  fixture_article(&f, "n1", "wire", 20000, "Talks go on. The talks, too.");
  f.article.fields = &field;
  f.article.field_count = 1;
  must(nr_writer_add(writer, &f.article, false, &outcome, err));
  must(nr_writer_commit(writer, NULL, err));
  nr_writer_close(writer);
  return ram_file(&disk, "a.reel");
}

/* A line of the example: "  016384  6e 31  what it is". Returns false for other lines. */
static bool check_line(const char *line, const ram_inode *file)
{
  char *at;
  unsigned long offset = strtoul(line, &at, 10);
  if (strncmp(line, "    0", 5) != 0 || at - line != 10)
    return false;
  for (;;) {
    while (*at == ' ' && at[1] == ' ' && at[2] != ' ')
      at++;
    if (at[0] != ' ' || strspn(at + 1, "0123456789abcdef") != 2)
      return true;
    unsigned long byte = strtoul(at + 1, &at, 16);
    if (offset >= file->size || (uint8_t)file->bytes[offset] != byte)
      fail_msg("FORMAT.md says %02lx at %lu, the file %02x", byte, offset,
               offset < file->size ? (uint8_t)file->bytes[offset] : 0);
    offset++;
  }
}

static void the_worked_example_is_what_is_written(void **state)
{
  (void)state;
  nr_buffer text;
  size_t lines = 0;
  ram_init(&disk);
  const ram_inode *file = make_example();
  nr_buffer_init(&text, &nr_memory_default);
  must(nr_disk_read_file("src/corpus/FORMAT.md", 1 << 20, &text, err));
  must(nr_buffer_put_byte(&text, 0, err));
  for (char *line = text.bytes; line != NULL && *line != '\0';) {
    char *end = strchr(line, '\n');
    if (end != NULL)
      *end = '\0';
    lines += check_line(line, file);
    line = end == NULL ? NULL : end + 1;
  }
  assert_true(lines >= 30);
  nr_buffer_clear(&text);
  ram_clear(&disk);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_worked_example_is_what_is_written)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
