-- Copies: which articles tell one story, and what a count of texts is as a count of stories.
--   newsreel run examples/copies.lua CORPUS
local c = newsreel.open(arg[1])

local copied = c.stories:where { texts = function(texts) return texts > 1 end }
copied:frame { "story", "day", "article", "texts" }:print()
print(("%d texts are %d stories"):format(#c.stories, #c.stories:by("story"):count()))

local hits, seen = c "sanction*", {}
for hit in c:only(hits).stories:each() do
  seen[hit.story] = true
end
local stories = 0
for _ in pairs(seen) do
  stories = stories + 1
end
print(("'sanction*' stands in %d texts, %d stories"):format(select(2, hits:count()), stories))
