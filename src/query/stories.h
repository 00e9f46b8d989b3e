/* stories.h: near-duplicate articles, so that a count of texts can also be a count of stories.
 * Floor 4: includes query.h and below.
 *
 * Method: an article is the set of its runs of five folded words on the line (w-shingling, Broder
 * 1997). Shingles whose hash is 0 modulo 16 make a sketch, which keeps containment as well as
 * resemblance; articles that share rare parts of their sketches are candidates. A print, 16 bits of
 * every fourth shingle, turns most of them away; what is left is verified on the full sets. Copies of
 * copies are one story.
 *
 * Exact: two texts are joined only by a verified pair. Not exact: a pair may never be looked at. A
 * shingle leads from a text to the next 16 that have it (to the next one where over 64 do), a pair must
 * share an eighth of its sketches along them, and the print turns away, of pairs right at the
 * thresholds, one in 700; of closer ones practically none. */
#ifndef NR_STORIES_H
#define NR_STORIES_H

#include "query/query.h"

typedef struct nr_stories nr_stories; /* owned; keeps its snapshot alive; read-only once made */

typedef struct nr_stories_options {
  double resemblance; /* Jaccard index from which two articles are copies; 0: the default, 0.5 */
  double containment; /* share of the shorter one found in the longer; 0: the default, 0.8 */
  bool pairs;         /* list the verified pairs too (stories of up to 256 texts) */
} nr_stories_options;

/* Find the stories of a snapshot.
 *
 * options  NULL for the defaults. A text is contained only where it has at least 30 shingles and a
 *          quarter of the longer one's. Texts full of numbers (one word in twenty) of which fewer
 *          than half agree are a form filled in anew, weather or markets, and no copies.
 * Errors   NR_NOMEM, NR_INTERRUPTED, NR_LIMIT over 2^32 articles.
 * Cost     about one second for 15 million tokens, more where paragraphs recur in many articles;
 *          while it runs 1.6 bytes a token, 40 an article and 9 a form of words, afterwards 12 an article. */
nr_status nr_stories_new(const nr_memory *memory, nr_snapshot *snapshot, const nr_stories_options *options,
                         const nr_poll *poll, nr_stories **stories, nr_error *err);
void nr_stories_free(nr_stories *stories); /* NULL is fine */

/* Stories, articles that are alone included. */
uint64_t nr_stories_count(const nr_stories *stories);

/* An article of the snapshot, by part and number. */
typedef struct nr_story_text {
  uint32_t part, article;
} nr_story_text;

/* The first article (in line order) of the story that a live article belongs to. */
nr_story_text nr_stories_first(const nr_stories *stories, nr_story_text text);
/* How many texts that story has. */
uint32_t nr_stories_size(const nr_stories *stories, nr_story_text text);

/* A verified pair of copies, the earlier one first. */
typedef struct nr_story_pair {
  nr_story_text a, b;
  double resemblance, containment;
} nr_story_pair;

/* The pairs, when asked for: borrowed, sorted by part and number of a, then b. */
const nr_story_pair *nr_stories_pairs(const nr_stories *stories, uint64_t *count);

/* Whole articles with the columns `story` (id of the story's first article) and `texts` (its size).
 * The plan answers for this snapshot only. */
nr_status nr_plan_stories(const nr_memory *memory, const nr_stories *stories, nr_plan **plan, nr_error *err);

#endif
