/* mail_fuzz.c: any bytes as a message of mail or a mailbox. */
#include "reader.h"

READER_TARGET(nr_read_mail(input, bytes, NULL))
