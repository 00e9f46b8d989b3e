-- make_articles.lua: articles from a seed, for benchmarks without data of one's own.
--   newsreel run make_articles.lua COUNT [cyrillic] > articles.jsonl
-- Words by Zipf's law over a made-up vocabulary of 60,000, names of two words, ten years in no order.

local count, cyrillic = tonumber(arg[1]) or 20000, arg[2] == "cyrillic"
local state = 88172645463325252

local function below(n)
  state = state ~ (state << 13)
  state = state ~ (state >> 7)
  state = state ~ (state << 17)
  return (state >> 11) % n
end

local vocabulary_size = 60000
local function letters_of(text)
  local list = {}
  for _, code in utf8.codes(text) do
    list[#list + 1] = utf8.char(code)
  end
  return list
end

local consonants = letters_of(cyrillic and "бвгдзклмнпрстхжш" or "bcdfghklmnprstvz")
local vowels = letters_of(cyrillic and "аеиоу" or "aeiou")

local function letter(letters)
  return letters[below(#letters) + 1]
end

local function made_up_word(rank)
  local syllables, parts = 1 + (rank > 100 and 1 or 0) + below(3), {}
  for i = 1, syllables do
    parts[i] = letter(consonants) .. letter(vowels) .. (below(3) == 0 and letter(consonants) or "")
  end
  return table.concat(parts)
end

local vocabulary = {}
for rank = 1, vocabulary_size do
  vocabulary[rank] = made_up_word(rank)
end

-- Ranks by Zipf's law: the logarithm of the rank is uniform.
local function word()
  return vocabulary[math.floor(vocabulary_size ^ (below(1 << 24) / (1 << 24)))]
end

local function capital(text)
  local code = utf8.codepoint(text)
  return utf8.char(code - 32) .. text:sub(#utf8.char(code) + 1) -- so it is in both alphabets
end

local function name()
  local n = 1 + below(200)
  return capital(vocabulary[1000 + n]) .. " " .. capital(vocabulary[2000 + n * 3])
end

local function sentence()
  local words = { capital(word()) }
  for i = 2, 6 + below(24) do
    local n = below(40)
    words[i] = n == 0 and name() or n == 1 and tostring(below(5000)) or n < 4 and word() .. "," or word()
  end
  return table.concat(words, " ") .. "."
end

local function sentences(n)
  local list = {}
  for i = 1, n do
    list[i] = sentence()
  end
  return table.concat(list, " ")
end

for id = 1, count do
  local day = string.format("%d-%02d-%02d", 2014 + below(10), 1 + below(12), 1 + below(28))
  local title = sentence():sub(1, 60):gsub("%s+%S*$", "") -- never cut inside a letter
  io.write(string.format('{"id": %d, "date": "%s", "title": "%s", "text": "%s"}\n', id, day, title,
    sentences(12 + below(16))))
end
