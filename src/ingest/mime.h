/* mime.h: what stands in messages of mail: folded heads, words and bodies encoded for mail (RFC 2045, 2047).
 * Floor 4: includes base/. All results are in the arena or borrowed from what is given. */
#ifndef NR_MIME_H
#define NR_MIME_H

#include "base/bytes.h"
#include "base/memory.h"

/* A head whose lines are not folded: one that goes on in the next is one line. Errors NR_NOMEM. */
nr_status nr_mime_unfold(nr_text head, nr_arena *arena, nr_text *unfolded, nr_error *err);

/* The text of a value, its encoded words (=?utf-8?q?...?=) decoded. Errors NR_NOMEM, NR_LIMIT. */
nr_status nr_mime_words(nr_text value, nr_arena *arena, nr_text *text, nr_error *err);

/* The bytes of a body by the value of its Content-Transfer-Encoding; other signs than those of base64
 * are passed over in it, as RFC 2045 demands. Errors NR_NOMEM. */
nr_status nr_mime_body(nr_text body, nr_text encoding, nr_arena *arena, nr_text *bytes, nr_error *err);

/* Cut the next part off the inside of a multipart body: what lies between two lines of its boundary.
 * False at the end. A last part that is not closed goes to the end. */
bool nr_mime_part(nr_text *rest, nr_text boundary, nr_text *part);

#endif
