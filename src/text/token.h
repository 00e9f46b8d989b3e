/* token.h: words, sentences, clauses: the marks on a text.
 * Floor 1: includes base/ and its own room. */
#ifndef NR_TOKEN_H
#define NR_TOKEN_H

#include "base/bytes.h"
#include "base/memory.h"

typedef enum nr_token_kind {
  NR_TOKEN_WORD,        /* on the line */
  NR_TOKEN_NUMBER,      /* on the line */
  NR_TOKEN_PUNCTUATION, /* never on the line; newsreel.tokens shows it */
  NR_TOKEN_SYMBOL       /* as punctuation: currency signs standing alone, emoji, ... */
} nr_token_kind;

/* Marks on a token. SENTENCE, PARAGRAPH and CLAUSE are set on words and numbers only: the first of
 * the unit. Stored are the marks up to JOINED. */
enum {
  NR_MARK_SENTENCE = 1,  /* first word or number of a sentence */
  NR_MARK_PARAGRAPH = 2, /* first of a block; always a sentence start too */
  NR_MARK_CLAUSE = 4,    /* first after , ; : – ( ) or a quotation mark; sentence starts too */
  NR_MARK_JOINED = 8,    /* joined to the next word by a hyphen or without a gap (clitics: n't, 's) */
  NR_MARK_MARGIN = 16,   /* cleaning set it aside */
  NR_MARK_OPENS = 32     /* first token of any kind of a sentence, its opening quotation mark included */
};

typedef struct nr_token {
  uint32_t start, end; /* bytes, end out */
  uint8_t kind;        /* nr_token_kind */
  uint8_t marks;       /* NR_MARK_... */
} nr_token;

static inline bool nr_token_on_line(nr_token token)
{
  return token.kind <= NR_TOKEN_NUMBER;
}

/* What a stretch of an article is. Kinds are names for people; `margin` decides. */
typedef enum nr_block_kind {
  NR_BLOCK_BODY,
  NR_BLOCK_TITLE,
  NR_BLOCK_HEADING,
  NR_BLOCK_BULLET,
  NR_BLOCK_CAPTION,
  NR_BLOCK_DATELINE,
  NR_BLOCK_HEADER,
  NR_BLOCK_MENU,
  NR_BLOCK_DOUBLED,
  NR_BLOCK_TEASER,
  NR_BLOCK_FURNITURE,
  NR_BLOCK_COMMENTS,
  NR_BLOCK_KINDS
} nr_block_kind;

/* Name of a kind in lower case: "body", "title", "caption", ... Static storage. */
const char *nr_block_kind_name(nr_block_kind kind);

/* Why a block is what it is: nr_block.reason. Numbers are stored in corpora: add at the end. */
typedef enum nr_reason {
  NR_REASON_NONE,
  NR_REASON_TITLE_REPEATED, /* the title stands on the line elsewhere */
  NR_REASON_DATE,           /* says when it was published */
  NR_REASON_BYLINE,         /* says who wrote it */
  NR_REASON_KICKER,         /* a rubric above the title */
  NR_REASON_MENU,           /* a row of short words before the article */
  NR_REASON_PHRASE,         /* worded as furniture is */
  NR_REASON_CREDIT,         /* ends with or holds the credit of a picture */
  NR_REASON_SECTION,        /* behind a line that opens such a section */
  NR_REASON_REPEATED,       /* many articles of the source have this line */
  NR_REASON_FRAGMENT,       /* a line too short to be text, where none is expected */
  NR_REASON_RULE,           /* a rule handed down */
  NR_REASON_MARKUP,         /* the page's own markup says so */
  NR_REASON_LINKS,          /* mostly links */
  NR_REASON_CAPITALS,       /* all capitals, too long for a heading */
  NR_REASONS
} nr_reason;

/* Name of a reason: "none", "title-repeated", "date", ... Static storage; "unknown" beyond the last. */
const char *nr_block_reason_name(uint16_t reason);

/* A stretch of an article's text, usually one line or paragraph. The blocks of an article are
 * sorted, do not overlap, and together cover every byte that is not white space, but for a title
 * field that was found in the text: there alone its words count. */
typedef struct nr_block {
  uint32_t start, end; /* bytes, end out */
  uint8_t kind;        /* nr_block_kind */
  bool margin;         /* set aside by cleaning */
  uint16_t reason;     /* nr_reason: which rule said so */
} nr_block;

/* Settings of the tokenizer. All pointers are borrowed. */
typedef struct nr_text_rules {
  bool plain;                        /* UAX #29 alone, no news tailoring, no clitics */
  nr_text lang;                      /* ISO 639-1, or missing; the rules read scripts and words alone */
  const struct nr_word_lists *lists; /* abbreviations and the like; NULL for the built-in ones alone */
} nr_text_rules;

/* Tokens of a text, in order. Owned by the caller; reused from text to text. */
typedef struct nr_token_list {
  const nr_memory *memory;
  nr_token *items;
  size_t count, capacity;
} nr_token_list;

void nr_token_list_init(nr_token_list *list, const nr_memory *memory);
void nr_token_list_clear(nr_token_list *list);

/* Append the tokens of the blocks of `text`, with their marks, to `list`.
 *
 * text    valid UTF-8 of at most 2^32 - 2 bytes: an article's stored text.
 * blocks  sorted; no token crosses a block's end; each starts a paragraph.
 * Offsets are bytes from the start of `text`. Words, numbers, punctuation, symbols; white space is
 * no token. Clitics are tokens of their own ("Trump’s" is Trump + ’s, "don't" is do + n't).
 * rules   NULL for the usual ones.
 * Errors  NR_NOMEM; `list` is then as it was.
 * Cost    linear, whatever the bytes. */
nr_status nr_tokenize(nr_text text, const nr_block *blocks, size_t block_count, const nr_text_rules *rules,
                      nr_token_list *list, nr_error *err);

#endif
