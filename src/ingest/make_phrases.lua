-- Writes src/ingest/phrases_table.h: the wordings of lua/newsreel/page/ as the built-in ones.
--   lua5.4 src/ingest/make_phrases.lua lua/newsreel/page/*.lua > src/ingest/phrases_table.h
-- Whole lines come before first words, those before last words, those before words met anywhere: where two fit a
-- line, the closer one counts.
local MEANS = { "furniture", "caption", "teasers", "comments", "over", "byline", "date", "updated", "body" }
local PLACES = { "IS", "STARTS", "ENDS", "HOLDS" }
local SETS = { "credit", "button" }

local found, sets, seen = {}, {}, {}
for _, place in ipairs(PLACES) do
  found[place] = {}
  for _, means in ipairs(MEANS) do found[place][means] = {} end
end
for _, name in ipairs(SETS) do sets[name] = {} end

local function add(means, phrase)
  local before, text, behind = phrase:match "^(%*?)(.-)(%*?)$"
  local place = PLACES[1 + (behind ~= "" and 1 or 0) + (before ~= "" and 2 or 0)]
  local list = found[place][means]
  if not seen[means .. phrase] then list[#list + 1] = text end
  seen[means .. phrase] = true
end

for _, path in ipairs(arg) do
  for name, list in pairs(dofile(path)) do
    assert(sets[name] or found.IS[name], path .. ": unknown list " .. name)
    for phrase in list:gmatch "[^\n]+" do
      if not sets[name] then
        add(name, phrase)
      elseif not seen[name .. phrase] then
        seen[name .. phrase] = true
        table.insert(sets[name], phrase)
      end
    end
  end
end

print [[
/* phrases_table.h: the built-in wordings. Made by make_phrases.lua; do not edit. */
#ifndef NR_PHRASES_TABLE_H
#define NR_PHRASES_TABLE_H

#include "ingest/clean.h"

/* clang-format off */
static const struct built_in {
  const char *text;
  uint8_t means, place;
} built_in[] = {]]
for _, place in ipairs(PLACES) do
  for _, means in ipairs(MEANS) do
    table.sort(found[place][means])
    for _, text in ipairs(found[place][means]) do
      print(("  {%q, NR_PHRASE_%s, NR_PHRASE_%s},"):format(text, means:upper(), place))
    end
  end
end
print "};"
for _, name in ipairs(SETS) do
  table.sort(sets[name])
  print(("\nstatic const char *const %s_words[] = {"):format(name))
  for _, text in ipairs(sets[name]) do print(("  %q,"):format(text)) end
  print "};"
end
print [[
/* clang-format on */

#endif]]
