-- Cuts the texts of a gold set into sentences and tokens, in the form its scorer wants: reads JSON Lines with `id` and
-- `text`, writes {"id":, "sents":[[first, end], ...], "tokens":[...]}, bytes from 0, end out.
--   build/bin/newsreel run tests/scores/predict.lua [hyphens] < gold.jsonl > predicted.jsonl
-- Treebanks count a word with its clitic as one token; `hyphens`: those that a hyphen joins too (Russian).
local newsreel = require "newsreel"
local hyphens = arg[1] == "hyphens"

local function is_word(token)
  return token.kind == "word" or token.kind == "number"
end

---Tokens of a text, joined as treebanks have them.
local function join(text)
  local list, last = {}, nil
  for _, token in ipairs(newsreel.tokens(text)) do
    local touches = last and last.last + 1 == token.first and last.joined
    local joins = touches and is_word(last) and is_word(token)
    local hyphen = touches and hyphens and token.text == "-"
    if joins or hyphen then
      list[#list][2] = token.last
      token = hyphen and { kind = "word", last = token.last, joined = true } or token
    else
      list[#list + 1] = { token.first - 1, token.last }
    end
    last = token
  end
  return list
end

for line in io.lines() do
  local gold = newsreel.json.decode(line)
  local sentences = {}
  for i, sentence in ipairs(newsreel.sentences(gold.text)) do
    sentences[i] = { sentence.first - 1, sentence.last }
  end
  if #sentences == 0 and gold.text:find "%S" then -- signs alone hold no sentence; a gold set says one
    sentences[1] = { gold.text:find "%S" - 1, #gold.text:gsub("%s+$", "") }
  end
  print(newsreel.json.encode { id = gold.id, sents = sentences, tokens = join(gold.text) })
end
