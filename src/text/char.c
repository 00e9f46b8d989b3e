/* char.c: the tables of char_table.h, once. Floor 1. */
#define NR_CHAR_TABLE_DEFINE
#include "text/char_table.h"
