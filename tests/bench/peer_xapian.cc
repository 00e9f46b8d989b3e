/* peer_xapian.cc: Xapian asked the same.
 *
 *   peer_xapian load ARTICLES.jsonl INDEX
 *   peer_xapian ask INDEX TERMS.tsv LIMIT     at most LIMIT milliseconds a row
 *
 * No stemming; the day is a value, the text the document's data; flushed every 10,000 articles, then
 * compacted; nothing is synced. */
#include <xapian.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench.h"

using Xapian::Query;

static void load(const char *path, const std::string &index)
{
  std::string loose = index + ".loose";
  {
    Xapian::WritableDatabase db(loose,
                                Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    Xapian::TermGenerator generator;
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t capacity = 0;
    bench_article a;
    if (file == NULL)
      bench_die(path);
    while (bench_next(file, &line, &capacity, &a)) {
      Xapian::Document document;
      std::string body = std::string(a.title) + "\n" + a.text;
      generator.set_document(document);
      generator.index_text(body);
      document.add_value(0, a.date);
      document.set_data(body);
      db.add_document(document);
    }
    db.commit();
    free(line);
    fclose(file);
  }
  Xapian::Database(loose).compact(index);
  std::filesystem::remove_all(loose);
}

static std::vector<std::string> words_of(const std::string &phrase)
{
  std::vector<std::string> words;
  for (size_t from = 0; from < phrase.size();) {
    size_t to = std::min(phrase.find(' ', from), phrase.size());
    words.push_back(phrase.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

static Xapian::MSet matches(Xapian::Database &db, const Query &query, unsigned most)
{
  Xapian::Enquire enquire(db);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  enquire.set_query(query);
  return enquire.get_mset(0, most);
}

static Query phrase_of(const std::string &phrase)
{
  auto words = words_of(phrase);
  return words.size() == 1 ? Query(words[0])
                           : Query(Query::OP_PHRASE, words.begin(), words.end(), (unsigned)words.size());
}

static uint64_t months(Xapian::Database &db, const std::string &word)
{
  std::map<std::string, uint64_t> found;
  auto set = matches(db, Query(word), db.get_doccount());
  for (auto i = set.begin(); i != set.end(); ++i)
    found[i.get_document().get_value(0).substr(0, 7)]++;
  return found.size();
}

static uint64_t snippets(Xapian::Database &db, const std::string &word)
{
  uint64_t bytes = 0;
  auto set = matches(db, Query(word), 25000);
  for (auto i = set.begin(); i != set.end(); ++i)
    bytes +=
        set.snippet(i.get_document().get_data(), 80, Xapian::Stem(), Xapian::MSet::SNIPPET_EXHAUSTIVE).size();
  return bytes == 0 ? 0 : set.size();
}

static uint64_t word_list(Xapian::Database &db)
{
  std::vector<std::pair<int64_t, std::string>> list;
  for (auto i = db.allterms_begin(); i != db.allterms_end(); ++i)
    list.emplace_back(-(int64_t)db.get_collection_freq(*i), *i);
  std::sort(list.begin(), list.end());
  return list.size();
}

/* Terms within five words of `word`, by walking the positions of every term of its documents. */
static uint64_t collocates(Xapian::Database &db, const std::string &word)
{
  std::unordered_map<std::string, uint64_t> counts;
  for (auto document = db.postlist_begin(word); document != db.postlist_end(word); ++document) {
    std::vector<unsigned> at(db.positionlist_begin(*document, word), db.positionlist_end(*document, word));
    for (auto term = db.termlist_begin(*document); term != db.termlist_end(*document); ++term) {
      uint64_t near = 0;
      size_t low = 0;
      for (auto p = term.positionlist_begin(); p != term.positionlist_end(); ++p) {
        while (low < at.size() && at[low] + 5 < *p)
          low++;
        for (size_t i = low; i < at.size() && at[i] <= *p + 5; i++)
          near += at[i] != *p;
      }
      if (near > 0)
        counts[*term] += near;
    }
  }
  return counts.size();
}

static uint64_t pairs(Xapian::Database &db, const bench_question &q)
{
  std::vector<uint64_t> bits(db.get_lastdocid() + 1);
  uint64_t total = 0;
  for (int i = 0; i < q.count && i < 64; i++) {
    auto set = matches(db, phrase_of(q.words[i]), db.get_doccount());
    for (auto m = set.begin(); m != set.end(); ++m)
      bits[*m] |= (uint64_t)1 << i;
  }
  for (uint64_t names : bits) {
    uint64_t n = (uint64_t)__builtin_popcountll(names);
    total += n * (n - 1) / 2;
  }
  return total;
}

/* False where Xapian has no such question. */
static bool answer(Xapian::Database &db, const bench_question &q, uint64_t &found)
{
  std::string row = q.row, word = q.count > 0 ? q.words[0] : "";
  unsigned all = db.get_doccount();
  if (row == "count")
    found = db.get_termfreq(word) + 0 * db.get_collection_freq(word);
  else if (row == "phrase-article")
    found = matches(db, phrase_of(word), all).size();
  else if (row == "near-article") {
    std::vector<std::string> two = {word, q.words[1]};
    found = matches(db, Query(Query::OP_NEAR, two.begin(), two.end(), 6), all).size();
  } else if (row == "prefix")
    found = matches(db, Query(Query::OP_WILDCARD, word), all).size();
  else if (row == "month")
    found = months(db, word);
  else if (row == "kwic")
    found = snippets(db, word);
  else if (row == "words")
    found = word_list(db);
  else if (row == "collocates")
    found = collocates(db, word);
  else if (row == "pairs-article")
    found = pairs(db, q);
  else if (row == "phrases-1000") {
    found = 0;
    for (int i = 0; i < q.count; i++)
      found += matches(db, phrase_of(q.words[i]), all).size();
  } else
    return false;
  return true;
}

static void ask(const char *index, const char *terms, double limit)
{
  Xapian::Database db(index);
  FILE *file = fopen(terms, "r");
  char *line = NULL;
  size_t capacity = 0;
  std::string last;
  double spent = 0;
  static bench_question q;
  if (file == NULL)
    bench_die(terms);
  while (bench_ask(file, &line, &capacity, &q)) {
    uint64_t found = 0;
    spent = last == q.row ? spent : 0;
    last = q.row;
    if (spent > limit)
      continue;
    double start = bench_ms();
    bool asked = answer(db, q, found);
    spent += bench_ms() - start;
    if (asked)
      bench_tell(q.row, bench_ms() - start, found);
  }
}

int main(int argc, char **argv)
{
  bench_keep_memory();
  if (argc < 4)
    bench_die("peer_xapian load ARTICLES INDEX, or ask INDEX TERMS LIMIT");
  if (strcmp(argv[1], "load") == 0)
    load(argv[2], argv[3]);
  else
    ask(argv[2], argv[3], argc > 4 ? atof(argv[4]) : 1e9);
  return 0;
}
