--- newsreel: news archives, asked in Lua.
local core = require "newsreel.core"

---@class newsreel
---@field version string
---@field missing any stands for "no value" where nil can't: `where{author = newsreel.missing}`
local newsreel = { version = core.version, missing = core.missing }

---Call `f`; where it raises, give nil, the message and a code such as "notfound".
---@param f function
---@param ... any its arguments
---@return any ... # what `f` returns, or nil, message, code
function newsreel.try(f, ...)
  local results = table.pack(pcall(f, ...))
  if results[1] then
    return table.unpack(results, 2, results.n)
  end
  return nil, results[2], core.code(results[2])
end

---@class newsreel.Token
---@field text string
---@field form string? folded, of words and numbers
---@field kind "word"|"number"|"punctuation"|"symbol"
---@field first integer # first byte
---@field last integer # last byte
---@field sentence true? # first of a sentence
---@field paragraph true? # first of a paragraph
---@field clause true? # first of a clause
---@field joined true? # joined to the next word
---@field margin true? # set aside by cleaning

---Cut a text into words, numbers, punctuation and symbols, as articles are cut.
---Paragraphs end at blank lines.
---@param text string
---@param options? {lang?: string, plain?: boolean}
---@return newsreel.Token[]
function newsreel.tokens(text, options)
  return core.tokens(text, options)
end

---Cut a text into sentences.
---@param text string
---@param options? {lang?: string}
---@return {text: string, first: integer, last: integer}[]
function newsreel.sentences(text, options)
  return core.sentences(text, options)
end

---The boundaries that Unicode alone sees (UAX #29): 0-based byte offsets, both ends in.
---@param text string
---@param kind "word"|"sentence"|"grapheme"
---@return integer[]
function newsreel.breaks(text, kind)
  return core.breaks(text, kind)
end

---`newsreel.json.decode(text)` and `newsreel.json.encode(value)`; null is `newsreel.missing`.
newsreel.json = core.json

return newsreel
