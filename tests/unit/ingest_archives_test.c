/* Formats that hold many articles in one file: web archives, newswire collections, dumps. */
#include "ingest_bench.h"

#include "ingest/response.h"

#ifdef NR_HAVE_ZLIB
#include <zlib.h>
#endif

/* ---- web archives ---- */

/* Append a record to `warc`. */
static size_t record(char *warc, const char *kind, const char *uri, const void *block, size_t size)
{
  int head = sprintf(warc,
                     "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-06-01T10:00:00Z\r\n"
                     "Content-Type: application/http; msgtype=%s\r\nContent-Length: %zu\r\n\r\n",
                     kind, uri, kind, size);
  memcpy(warc + head, block, size);
  memcpy(warc + head + size, "\r\n\r\n", 4);
  return (size_t)head + size + 4;
}

static size_t text_record(char *warc, const char *kind, const char *uri, const char *block)
{
  return record(warc, kind, uri, block, strlen(block));
}

#define PAGE                                                                                                 \
  "<html><head><title>Grain talks resume</title></head><body><h1>Grain talks resume</h1><p>" BODY            \
  "</p></body></html>"

static void a_web_archive_gives_an_article_a_page(void **state)
{
  bench *b = *state;
  static char warc[8192];
  size_t size = text_record(warc, "warcinfo", "", "software: sample\r\n");
  size += text_record(warc + size, "request", "https://sample.example/x", "GET /x HTTP/1.1\r\n\r\n");
  size += text_record(warc + size, "response", "https://sample.example/2025/05/12/grain",
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" PAGE);
  size += text_record(warc + size, "response", "https://sample.example/p.png",
                      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
  size += text_record(warc + size, "response", "https://sample.example/gone",
                      "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" PAGE);
  put_bytes(b, "a.warc", warc, size);
  assert_int_equal(add(b, "a.warc").added, 1);
  says(b, "a:3", "Grain talks resume\n" BODY);
  dated(b, "a:3", "2025-05-12 url 2025-05-12");
  has_field(b, "a:3", "url", "https://sample.example/2025/05/12/grain");
  has_field(b, "a:3", "captured", "2025-06-01T10:00:00Z");
  assert_string_equal(b->reports,
                      "N a.warc: 2 responses are no page (pictures, redirects, errors), passed over\n");
}

static void chunks_of_a_response_are_joined(void **state)
{
  bench *b = *state;
  static char warc[4096];
  size_t size = text_record(
      warc, "response", "<https://sample.example/1>",
      "HTTP/1.1 200 OK\r\ncontent-type: text/plain;charset=windows-1251\r\n"
      "Transfer-Encoding: chunked\r\n\r\n6;x=1\r\nGrain \r\nC\r\nis \xE3\xEE\xF0\xEE\xE4 it.\r\n0\r\n\r\n");
  size += text_record(
      warc + size, "response", "https://sample.example/2",
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort");
  size += text_record(warc + size, "response", "https://sample.example/3",
                      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: br\r\n\r\nxyz");
  put_bytes(b, "a.warc", warc, size);
  assert_int_equal(add(b, "a.warc").added, 1);
  has_field(b, "a:1", "url", "https://sample.example/1");
  says(b, "a:1", "Grain is город it.");
  assert_string_equal(b->reports, "R a.warc:2: a chunk of the response is damaged\n"
                                  "R a.warc:3: its body is packed as \"br\"\n");
}

static void a_damaged_web_archive_is_refused_where_it_is_damaged(void **state)
{
  bench *b = *state;
  static char warc[4096];
  size_t size = text_record(warc, "response", "https://sample.example/1",
                            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" BODY);
  put_bytes(b, "cut.warc", warc, size - 20);
  memcpy(warc + size, "nonsense\r\n\r\n", 12);
  put_bytes(b, "odd.warc", warc, size + 12);
  memcpy(warc + size, "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n...", 45);
  put_bytes(b, "vast.warc", warc, size + 45);
  assert_int_equal(add(b, "").added, 2);
  assert_string_equal(
      b->reports,
      "R cut.warc: the archive ends inside record 1\nR odd.warc: the head of record 2 is damaged\n"
      "R vast.warc:2: over 64 MiB\nR vast.warc: the archive ends inside record 2\n");
}

#ifdef NR_HAVE_ZLIB
static void packed_pages_in_packed_archives_are_read(void **state)
{
  bench *b = *state;
  char block[1000], packed[2000];
  static char warc[4096];
  int head = sprintf(block, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n");
  z_stream z = {.next_in = (Bytef *)(uintptr_t)PAGE,
                .avail_in = sizeof PAGE - 1,
                .next_out = (Bytef *)block + head,
                .avail_out = (uInt)(sizeof block - (size_t)head)};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  size_t size = record(warc, "response", "https://sample.example/1", block, (size_t)head + z.total_out);
  deflateEnd(&z);
  z = (z_stream){.next_in = (Bytef *)warc,
                 .avail_in = (uInt)size,
                 .next_out = (Bytef *)packed,
                 .avail_out = sizeof packed};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  put_bytes(b, "a.warc.gz", packed, z.total_out);
  deflateEnd(&z);
  assert_int_equal(add(b, "a.warc.gz").added, 1);
  says(b, "a:1", "Grain talks resume\n" BODY);
}
#endif

static void parameters_of_a_value_are_found(void **state)
{
  (void)state;
  nr_text value = NR_TEXT("text/html; q=1; Charset=\"utf-8\" ; x");
  assert_true(nr_text_equal(nr_value_plain(value), NR_TEXT("text/html")));
  assert_true(nr_text_equal(nr_value_parameter(value, "charset"), NR_TEXT("utf-8")));
  assert_null(nr_value_parameter(value, "boundary").bytes);
  assert_null(nr_value_parameter((nr_text){NULL, 0}, "x").bytes);
}

/* ---- newswire ---- */

static void newswire_in_sgml_gives_its_articles(void **state)
{
  bench *b = *state;
  put(b, "reut.sgm",
      "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" NEWID=\"71\">\n"
      "<DATE> 9-MAR-1987 04:58:41.12</DATE>\n<TOPICS><D>grain</D><D>a &amp; "
      "b</D></TOPICS>\n<PLACES></PLACES>\n"
      "<UNKNOWN>&#5;&#31;x</UNKNOWN><TEXT>&#2;\n<TITLE>GRAIN &lt;GRN> TALKS</TITLE>\n"
      "<DATELINE>    GENEVA, March 9 - </DATELINE><BODY>The ministers met for three\nhours.\n"
      "    Nobody spoke &#5;after that.\n&#3;</BODY></TEXT>\n</REUTERS>\n"
      "<REUTERS><TEXT TYPE=\"BRIEF\"><TITLE>SHORT</TITLE></TEXT></REUTERS>\n"
      "<REUTERS NEWID=\"73\"><TEXT TYPE=\"UNPROC\">&#2;\nRAW "
      "TEXT\n&#3;</TEXT></REUTERS>\n<REUTERS><TEXT>cut");
  assert_int_equal(add(b, "reut.sgm").added, 3);
  says(b, "71", "GENEVA, March 9 - The ministers met for three\nhours.\n    Nobody spoke after that.");
  dated(b, "71", "1987-03-09 field 9-MAR-1987 04:58:41.12");
  has_field(b, "71", "topics", "[\"grain\",\"a & b\"]");
  has_field(b, "71", "dateline", "GENEVA, March 9 -");
  says(b, "reut:2", "");
  says(b, "73", "RAW TEXT");
  assert_string_equal(b->reports,
                      "R reut.sgm: the file ends inside article 4\nN reut.sgm:2: no text; kept\n");
}

/* ---- dumps ---- */

static void a_dump_restores_blocks_and_bytes(void **state)
{
  bench *b = *state;
  put(b, "a.jsonl",
      "{\"id\":\"a\",\"title\":\"Grain\",\"text\":\"Menu\\nCaf\xEF\xBF\xBD "
      "talks\",\"blocks\":[[0,4,\"menu\",\"markup\"],"
      "[5,17,\"body\"]],\"repairs\":[{\"at\":13,\"bytes\":[233]}]}\n");
  assert_int_equal(add(b, "a.jsonl").repaired, 1);
  nr_block blocks[3];
  uint32_t part, article;
  assert_true(nr_snapshot_find(b->snapshot, NR_TEXT("a"), &part, &article));
  const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
  assert_int_equal(nr_segment_blocks(segment, article, blocks, 3), 3);
  assert_int_equal(blocks[0].kind, NR_BLOCK_TITLE);
  assert_true(blocks[1].start == 5 && blocks[1].end == 9 && blocks[1].margin &&
              blocks[1].kind == NR_BLOCK_MENU && blocks[1].reason == NR_REASON_MARKUP);
  assert_true(blocks[2].start == 10 && blocks[2].end == 22 && !blocks[2].margin);
  nr_repair repair;
  assert_int_equal(nr_segment_repairs(segment, article, &repair, 1), 1);
  assert_true(repair.at == 13 && repair.size == 1 && repair.bytes[0] == 233);
}

static void fields_that_are_no_blocks_stay_fields(void **state)
{
  static const char *const values[] = {"[[0,3,\"body\"]]",
                                       "[[0,9,\"body\"]]",
                                       "[[4,7,\"body\"],[0,3,\"body\"]]",
                                       "[[0,7,\"street\"]]",
                                       "[[0,7,\"body\"],]",
                                       "[[0,7,\"body\",\"whim\"]]",
                                       "[1,2]",
                                       "[[]]"};
  bench *b = *state;
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    char line[200], id[8];
    snprintf(id, sizeof id, "a%zu", i);
    snprintf(line, sizeof line,
             "{\"id\":\"%s\",\"text\":\"One two\",\"blocks\":%s,\"repairs\":[{\"at\":1,\"bytes\":[1]}]}\n",
             id, values[i]);
    put(b, "a.jsonl", line);
    if (strstr(values[i], ",]") != NULL) {
      assert_int_equal(add(b, "a.jsonl").refused, 1);
      continue;
    }
    assert_int_equal(add(b, "a.jsonl").repaired, 0);
    has_field(b, id, "blocks", values[i]);
    has_field(b, id, "repairs", "[{\"at\":1,\"bytes\":[1]}]");
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(a_web_archive_gives_an_article_a_page),
      TEST(chunks_of_a_response_are_joined),
      TEST(a_damaged_web_archive_is_refused_where_it_is_damaged),
#ifdef NR_HAVE_ZLIB
      TEST(packed_pages_in_packed_archives_are_read),
#endif
      TEST(newswire_in_sgml_gives_its_articles),
      TEST(a_dump_restores_blocks_and_bytes),
      TEST(fields_that_are_no_blocks_stay_fields),
      cmocka_unit_test(parameters_of_a_value_are_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
