-- Writes src/text/words_table.h: the word lists of lua/newsreel/text/ as the built-in ones.
--   lua5.4 src/text/make_words.lua lua/newsreel/text/*.lua > src/text/words_table.h
local bits = {
  title = "NR_WORD_TITLE",
  abbreviation = "NR_WORD_ABBREVIATION",
  closing = "NR_WORD_CLOSING",
  number = "NR_WORD_BEFORE_NUMBER",
  time = "NR_WORD_TIME",
  starter = "NR_WORD_STARTER",
  cue = "NR_WORD_CUE",
  credit = "NR_WORD_CREDIT",
}
local order = { "title", "abbreviation", "closing", "number", "time", "starter", "cue", "credit" }

local lower = {} -- capitals of the scripts in the lists, to small letters
for code = 0x41, 0x5A do lower[code] = code + 32 end
for code = 0x410, 0x42F do lower[code] = code + 32 end

---Fold a word of the lists; gives the form and whether it was capitalised.
local function fold(word)
  local out = {}
  for _, code in utf8.codes(word) do out[#out + 1] = utf8.char(code == 0x2BC and 0x27 or lower[code] or code) end
  return table.concat(out), lower[utf8.codepoint(word)] ~= nil
end

local meanings, words = {}, {}
for _, path in ipairs(arg) do
  for name, list in pairs(dofile(path)) do
    assert(bits[name], path .. ": unknown list " .. name)
    for word in list:gmatch "%S+" do
      local form, capital = fold(word)
      if not meanings[form] then
        meanings[form] = { small = false }
        words[#words + 1] = form
      end
      meanings[form][name] = true
      if name ~= "starter" and name ~= "cue" and name ~= "time" and not capital then meanings[form].small = true end
    end
  end
end
table.sort(words)

print [[
/* words_table.h: the built-in word lists, in byte order. Made by make_words.lua; do not edit. */
#ifndef NR_WORDS_TABLE_H
#define NR_WORDS_TABLE_H

#include "text/word_lists.h"

/* clang-format off */
static const struct built_in {
  const char *word;
  uint32_t meanings;
  uint32_t size;
} built_in[] = {]]
for _, word in ipairs(words) do
  local list = {}
  for _, name in ipairs(order) do
    if meanings[word][name] then list[#list + 1] = bits[name] end
  end
  local m = meanings[word]
  if not m.small and (m.title or m.abbreviation or m.number) then list[#list + 1] = "NR_WORD_CAPITALISED" end
  print(('  {"%s", %s, %d},'):format(word, table.concat(list, " | "), #word))
end
print "};\n"

-- A hash table of places in the list, counted from 1; 0 is free. FNV-1a, open addressing.
local slot_count = 4096
assert(#words * 2 < slot_count, "the table is too full")
local slots = {}
for i, word in ipairs(words) do
  local hash = 2166136261
  for _, byte in ipairs { word:byte(1, -1) } do hash = (hash ~ byte) * 16777619 & 0xFFFFFFFF end
  local slot = hash % slot_count
  while slots[slot] do slot = (slot + 1) % slot_count end
  slots[slot] = i
end
print(("enum { built_in_slot_count = %d };\n"):format(slot_count))
print "static const uint16_t built_in_slots[built_in_slot_count] = {"
for first = 0, slot_count - 1, 20 do
  local line = {}
  for slot = first, math.min(first + 19, slot_count - 1) do line[#line + 1] = ("%d,"):format(slots[slot] or 0) end
  print("  " .. table.concat(line, " "))
end
print [[
};
/* clang-format on */

#endif]]
