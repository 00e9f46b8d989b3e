/* Formats of files: pages, Markdown, tables, feeds, JSON arrays, compressed and archived. */
#include "ingest_bench.h"

#ifdef NR_HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef NR_HAVE_ZSTD
#include <zstd.h>
#endif

/* The text of an article on the line: its blocks not in the margin, a line each. */
static void on_line(bench *b, const char *id, const char *expected)
{
  nr_block blocks[64];
  uint32_t part, article;
  char line[2000] = "";
  nr_text content = content_of(b, id);
  assert_true(nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article));
  uint32_t count = nr_segment_blocks(nr_snapshot_part(b->snapshot, part)->segment, article, blocks, 64);
  for (uint32_t i = 0; i < count && i < 64; i++)
    if (!blocks[i].margin)
      snprintf(line + strlen(line), sizeof line - strlen(line), "%.*s\n",
               (int)(blocks[i].end - blocks[i].start), content.bytes + blocks[i].start);
  assert_string_equal(line, expected);
}

static void a_page_gives_its_article_and_says_where_its_day_is_from(void **state)
{
  bench *b = *state;
  put(b, "page.html",
      "<!DOCTYPE html><html lang='en-GB'><head><meta charset='utf-8'><title>Grain talks resume | The "
      "Sample</title>"
      "<meta property='article:published_time' content='2025-05-12T08:00:00+02:00'><meta "
      "property='og:site_name' content='The Sample'>"
      "<link rel='canonical' href='https://sample.example/2025/05/12/grain'></head><body>"
      "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><h1>Grain talks resume</h1>"
      "<div class='byline'>By Ann Author</div><article><p>" BODY
      "</p><p>Prices fell on <b>Tuesday</b>, traders said, and\nfell again on the day after that.</p>"
      "<figure><img src='x'><figcaption>Ships wait off the coast.</figcaption></figure><p>" BODY "</p>"
      "<div class='related-stories'><ul><li><a href='/a'>Ferry workers end "
      "strike</a></li></ul></div></article>"
      "<div id='comments'><p>I never liked grain, and I have said so to everybody who asked me.</p></div>"
      "<footer>Copyright The Sample</footer><script>var x = '<p>no</p>';</script></body></html>");
  assert_int_equal(add(b, "page.html").added, 1);
  on_line(b, "page",
          "Grain talks resume\n" BODY
          "Prices fell on Tuesday, traders said, and fell again on the day after that.\n" BODY);
  dated(b, "page", "2025-05-12 meta 2025-05-12T08:00:00+02:00");
  has_field(b, "page", "source", "The Sample");
  has_field(b, "page", "lang", "en");
  has_field(b, "page", "url", "https://sample.example/2025/05/12/grain");
}

static void a_page_of_short_sentences_alone_keeps_them(void **state)
{
  bench *b = *state;
  put(b, "page.html",
      "<html><body><nav><a href='/'>Home</a></nav><h1>Grain talks</h1><p>They met on the island.</p>"
      "<footer>About us</footer></body></html>");
  assert_int_equal(add(b, "page.html").added, 1);
  on_line(b, "page", "Grain talks\nThey met on the island.\n");
}

static void a_page_nested_too_deep_is_refused_by_name(void **state)
{
  bench *b = *state;
  char page[5000] = "<html><body>";
  for (int i = 0; i < 600; i++)
    strcat(page, "<div>");
  strcat(page, "<p>" BODY);
  put(b, "deep.html", page);
  assert_int_equal(add(b, "deep.html").refused, 1);
  assert_string_equal(b->reports, "R deep.html: elements nested over 250 deep\n");
}

static void a_page_in_another_encoding_is_read(void **state)
{
  bench *b = *state;
  put(b, "page.html",
      "<html><head><meta charset=windows-1251></head><body><p>\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB "
      "\xE8\xE4\xF3\xF2.</p></body></html>");
  assert_int_equal(add(b, "page.html").added, 1);
  says(b, "page", "Переговоры идут.\n");
}

static void plain_text_in_another_encoding_is_read_and_told(void **state)
{
  bench *b = *state;
  put_bytes(b, "a.txt", "\xFF\xFEG\0r\0a\0i\0n\0.\0", 14);
  put(b, "b.txt", "\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xE8\xE4\xF3\xF2.");
  put(b, "c.txt", "\xF0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9 \xC9\xC4\xD5\xD4.");
  put(b, "d.txt", "The caf\xE9 is closed.");
  put_bytes(b, "e.txt", "caf\xE9 \xFF\xFE bad\n", 12);
  assert_int_equal(add(b, "").added, 5);
  says(b, "a", "Grain.");
  says(b, "b", "Переговоры идут.");
  says(b, "c", "Переговоры идут.");
  says(b, "d", "The café is closed.");
  says(b, "e", "café ÿþ bad\n");
  assert_string_equal(b->reports,
                      "W b.txt: not UTF-8; read as windows-1251\nW c.txt: not UTF-8; read as KOI8-R\n"
                      "W d.txt: not UTF-8; read as windows-1252\nW e.txt: not UTF-8; read as windows-1252\n");
}

static void markdown_keeps_its_text_and_reads_its_front_matter(void **state)
{
  bench *b = *state;
  static const char text[] =
      "\n---\nauthors:\n- Ann Author\n- \"B. \\\"Bob\\\" Writer\"\ntags: [grain, 'the port']\ntitle: "
      "\"Grain: talks\"\n"
      "date: \"2025-05-12\"\nsummary: >\n  Two\n  lines\n---\n\n> https://sample.example/x\n\n" BODY
      "and so on.\n\n## Prices\n\n- They fell,\n  and fell\n- again\n\n![ships](x.png)\n";
  put(b, "note.md", text);
  assert_int_equal(add(b, "note.md").added, 1);
  says(b, "note", text);
  on_line(b, "note", "Grain: talks\n" BODY "and so on.\n## Prices\n- They fell,\n  and fell\n- again\n");
  dated(b, "note", "2025-05-12 field 2025-05-12");
  has_field(b, "note", "authors", "[\"Ann Author\",\"B. \\\"Bob\\\" Writer\"]");
  has_field(b, "note", "tags", "[\"grain\",\"the port\"]");
  has_field(b, "note", "summary", "Two lines");
}

static void tables_name_their_fields_in_the_first_row(void **state)
{
  bench *b = *state;
  put(b, "a.csv",
      "\xEF\xBB\xBFid,date,text,section\nx,2025-05-12,\"Two, "
      "\"\"quoted\"\"\nlines.\",world\n,,Second.,\n\ny,,\"\",,extra\n");
  put(b, "b.tsv", "title\ttext\nGrain\tThird.\n");
  put(b, "c.csv", "name;text\nz;Fourth, too.\n");
  put(b, "d.csv", "when,what\n1,2\n");
  put(b, "e.csv", "id,text\nq,\"never closed\n");
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.added, 4);
  says(b, "x", "Two, \"quoted\"\nlines.");
  has_field(b, "x", "section", "world");
  says(b, "a:4", "Second.");
  says(b, "b:2", "Third.");
  says(b, "c:2", "Fourth, too.");
  assert_string_equal(
      b->reports,
      "R a.csv:6: more cells than the first row names\nR d.csv: no column is called \"text\" or \"title\"\n"
      "R e.csv: the quotes opened in a row are not closed\n");
}

static void a_mailbox_gives_a_message_each(void **state)
{
  bench *b = *state;
  put(b, "a.mbox",
      "From list@sample.example Wed Sep 24 10:00:00 2025\r\nMessage-ID: <one@sample.example>\r\n"
      "From: =?utf-8?Q?Ann_Auth=C3=B6r?= <ann@sample.example>\r\nSubject: =?utf-8?B?R3JhaW4gdGFsa3M=?=\r\n"
      " =?iso-8859-1?q?_at_the_caf=E9?=\r\nDate: Wed, 24 Sep 2025 10:00:00 +0200 (CEST)\r\n"
      "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "The ministers met, offici=\r\nals said at the caf=E9.\r\n\r\n>From the port came no news.\r\n--b1\r\n"
      "Content-Type: text/html\r\n\r\n<p>The same.</p>\r\n--b1--\r\n\r\n"
      "From list@sample.example Thu Sep 25 10:00:00 2025\r\nFrom: two@sample.example\r\nSubject: Prices\r\n"
      "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "PHA+UHJpY2VzIGZlbGwgb24gVHVlc2RheS48L3A+\r\n\r\nFrom x\r\nNo: head\r\n");
  put(b, "b.eml", "Subject: Alone\nDate: 25 Sep 2025 10:00:00 GMT\n\nOne message.\n");
  assert_int_equal(add(b, "").added, 3);
  says(b, "one@sample.example",
       "The ministers met, officials said at the café.\r\n\r\nFrom the port came no news.\r\n");
  has_field(b, "one@sample.example", "author", "Ann Authör");
  dated(b, "one@sample.example", "2025-09-24 field Wed, 24 Sep 2025 10:00:00 +0200 (CEST)");
  says(b, "a:2", "Prices fell on Tuesday.\n");
  says(b, "b", "One message.\n");
  assert_string_equal(b->reports,
                      "R a.mbox:3: the head of the message does not end\n"
                      "N a.mbox: 1 part of mail (attachments, pages beside texts), passed over\n");
}

static void a_paragraph_that_begins_with_from_is_no_message(void **state)
{
  bench *b = *state;
  put(b, "a.mbox",
      "From a@sample.example Wed Sep 24 10:00:00 2025\nSubject: One\n\nThe ministers met.\n\n"
      "From Kyiv they went on\nto the port.\n\n"
      "From b@sample.example Thu Sep 25 10:00:00 2025\nSubject: Two\n\nPrices fell.\n");
  assert_int_equal(add(b, "a.mbox").items, 2);
  says(b, "a:1", "The ministers met.\n\nFrom Kyiv they went on\nto the port.\n\n");
  says(b, "a:2", "Prices fell.\n");
}

static void a_character_cut_in_two_by_encoded_words_is_one_again(void **state)
{
  bench *b = *state;
  put(b, "a.eml",
      "From: =?utf-8?B?0J/RgNC40LLQtdGCINA=?=\n =?utf-8?B?vNC40YAh?= <ann@sample.example>\nSubject: "
      "=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?= =?iso-8859-1?Q?_=E9t=E9?= here\n\nThe ministers met.\n");
  assert_int_equal(add(b, "a.eml").added, 1);
  has_field(b, "a", "author", "Привет мир!");
  assert_string_equal(b->reports, "");
}

static void an_item_of_too_many_fields_is_refused_and_the_others_kept(void **state)
{
  bench *b = *state;
  static char lines[40000] = "{\"id\":\"x\",\"text\":\"one\"}\n{\"id\":\"y\"";
  char *to = lines + strlen(lines);
  for (int i = 0; i < 2000; i++)
    to += sprintf(to, ",\"f%d\":%d", i, i);
  strcpy(to, "}\n{\"id\":\"z\",\"text\":\"three\"}\n");
  put(b, "a.jsonl", lines);
  nr_ingest_counts counts = add(b, "a.jsonl");
  assert_int_equal(counts.added, 2);
  assert_int_equal(counts.refused, 1);
  says(b, "z", "three");
  assert_string_equal(b->reports, "R a.jsonl:2: more than 1024 fields\n");
}

static void newswire_that_closes_no_text_is_an_article_without_one(void **state)
{
  bench *b = *state;
  put(b, "a.sgm", "<REUTERS NEWID=\"1\"><TITLE>Grain</TITLE><TEXT>></REUTERS>");
  assert_int_equal(add(b, "a.sgm").added, 1);
  says(b, "1", "");
}

static void parts_of_mail_nested_without_end_are_passed_over(void **state)
{
  bench *b = *state;
  char text[4096] = "Subject: Nested\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 20; i++)
    strcat(text, "--b\nContent-Type: multipart/mixed; boundary=b\n\n");
  put(b, "a.eml", text);
  assert_int_equal(add(b, "a.eml").added, 1);
  says(b, "a", "");
}

static void arrays_and_spread_out_objects_are_read(void **state)
{
  bench *b = *state;
  put(b, "a.json", "[\n  {\"id\": \"x\", \"text\": \"a ] } \\\" b\"},\n  {\"text\": \"second\"}\n]\n");
  put(b, "b.json", "{\n  \"id\": \"y\",\n  \"text\": \"alone\"\n}\n");
  put(b, "c.json", "[{\"id\":\"z\",\"text\":\"kept\"}, 7]");
  put(b, "d.json", "[{\"id\":\"w\",\"text\":\"kept\"}, {");
  assert_int_equal(add(b, "").added, 5);
  says(b, "x", "a ] } \" b");
  says(b, "a:2", "second");
  says(b, "y", "alone");
  assert_string_equal(b->reports, "R c.json: an object in { } is wanted behind item 1\nR d.json: the text "
                                  "ends too early, behind item 1\n");
}

static void feeds_give_their_items(void **state)
{
  bench *b = *state;
  put(b, "a.xml",
      "<?xml version='1.0'?><rss version='2.0'><channel><title>The Sample</title>"
      "<item><title>Grain &amp; talks</title><link>https://sample.example/1</link><guid "
      "isPermaLink='false'>g1</guid>"
      "<pubDate>Mon, 12 May 2025 08:00:00 +0200</pubDate><description><![CDATA[<p>" BODY
      "</p>]]></description></item>"
      "<item><title>Second</title><description>Plain &lt;b&gt;bold&lt;/b&gt; "
      "text.</description></item></channel></rss>");
  put(b, "b.xml",
      "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Atoms</title>"
      "<entry><id>e1</id><title>One</title><link "
      "href='https://sample.example/e1'/><updated>2025-05-13T00:00:00Z</updated>"
      "<content>Text &#x2014; here.</content></entry></feed>");
  assert_int_equal(add(b, "").added, 3);
  says(b, "g1", "The ministers met for three hours and agreed to meet again in the spring.");
  dated(b, "g1", "2025-05-12 field Mon, 12 May 2025 08:00:00 +0200");
  has_field(b, "g1", "source", "The Sample");
  has_field(b, "g1", "url", "https://sample.example/1");
  says(b, "a:2", "Plain bold text.");
  says(b, "e1", "Text — here.");
  has_field(b, "e1", "url", "https://sample.example/e1");
}

#ifdef NR_HAVE_ZLIB
static size_t gzip(const void *bytes, size_t size, void *out, size_t room)
{
  z_stream z = {
      .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return z.total_out;
}

static void gzip_files_are_read_whatever_they_are_called(void **state)
{
  bench *b = *state;
  char packed[500];
  size_t size = gzip("{\"id\":\"x\",\"text\":\"one\"}\n", 24, packed, sizeof packed);
  size += gzip("{\"text\":\"two\"}\n", 15, packed + size, sizeof packed - size); /* two members */
  put_bytes(b, "wire.jsonl.gz", packed, size);
  put_bytes(b, "cut.txt.gz", packed, 30);
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.added, 2);
  says(b, "wire:2", "two");
  assert_string_equal(b->reports, "R cut.txt.gz: the gzip data ends too early\n");
}

static void bombs_are_refused_by_name(void **state)
{
  bench *b = *state;
  size_t size = 200 << 20;
  char *zeros = calloc(size, 1), *packed = malloc(1 << 20);
  assert_non_null(zeros);
  assert_non_null(packed);
  memset(zeros, ' ', size);
  put_bytes(b, "bomb.jsonl.gz", packed, gzip(zeros, size, packed, 1 << 20));
  free(zeros);
  free(packed);
  assert_int_equal(add(b, "bomb.jsonl.gz").refused, 1);
  assert_string_equal(b->reports, "R bomb.jsonl.gz: it unpacks to over 200 times its size: a bomb\n");
}
#endif

#ifdef NR_HAVE_ZSTD
static void zstd_files_are_read(void **state)
{
  bench *b = *state;
  char packed[500];
  size_t size = ZSTD_compress(packed, sizeof packed, BODY, sizeof BODY - 1, 1);
  put_bytes(b, "grain.txt.zst", packed, size);
  put_bytes(b, "cut.txt.zst", packed, size - 5);
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.added, 1);
  assert_int_equal(counts.refused, 1);
  says(b, "grain", BODY);
}
#endif

/* Append a member to a tar archive. */
static size_t tar(char *out, const char *name, const char *text)
{
  unsigned sum = 0;
  size_t size = strlen(text);
  memset(out, 0, 512);
  snprintf(out, 100, "%s", name);
  memcpy(out + 100,
         "0000644\0"
         "0000000\0"
         "0000000\0",
         24);
  snprintf(out + 124, 12, "%011o", (unsigned)size);
  memcpy(out + 136, "00000000000\0        0", 21);
  memcpy(out + 257,
         "ustar\0"
         "00",
         8);
  for (int i = 0; i < 512; i++)
    sum += (unsigned char)out[i];
  snprintf(out + 148, 8, "%06o", sum);
  memset(out + 512, 0, 512);
  memcpy(out + 512, text, size);
  return 1024;
}

static void archives_give_a_file_each_and_none_that_leads_out(void **state)
{
  bench *b = *state;
  static char bytes[8192];
  size_t size = tar(bytes, "2025/a.txt", BODY);
  size += tar(bytes + size, "../b.txt", BODY);
  size += tar(bytes + size, "2025/.hidden", BODY);
  size += tar(bytes + size, "c.jsonl", "{\"id\":\"x\",\"text\":\"one\"}\n{\"text\":\"two\"}\n");
  put_bytes(b, "all.tar", bytes, size + 1024);
  nr_ingest_counts counts = add(b, "all.tar");
  if (strstr(b->reports, "not installed") != NULL)
    skip();
  assert_int_equal(counts.added, 3);
  says(b, "all/2025/a", BODY);
  says(b, "all/c:2", "two");
  assert_string_equal(b->reports, "R all.tar/../b.txt: its name leads out of the archive\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(a_page_gives_its_article_and_says_where_its_day_is_from),
      TEST(a_page_of_short_sentences_alone_keeps_them),
      TEST(a_page_nested_too_deep_is_refused_by_name),
      TEST(a_page_in_another_encoding_is_read),
      TEST(plain_text_in_another_encoding_is_read_and_told),
      TEST(markdown_keeps_its_text_and_reads_its_front_matter),
      TEST(tables_name_their_fields_in_the_first_row),
      TEST(a_mailbox_gives_a_message_each),
      TEST(a_paragraph_that_begins_with_from_is_no_message),
      TEST(a_character_cut_in_two_by_encoded_words_is_one_again),
      TEST(an_item_of_too_many_fields_is_refused_and_the_others_kept),
      TEST(newswire_that_closes_no_text_is_an_article_without_one),
      TEST(parts_of_mail_nested_without_end_are_passed_over),
      TEST(arrays_and_spread_out_objects_are_read),
      TEST(feeds_give_their_items),
#ifdef NR_HAVE_ZLIB
      TEST(gzip_files_are_read_whatever_they_are_called),
      TEST(bombs_are_refused_by_name),
#endif
#ifdef NR_HAVE_ZSTD
      TEST(zstd_files_are_read),
#endif
      TEST(archives_give_a_file_each_and_none_that_leads_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
