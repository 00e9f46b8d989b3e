--- newsreel: news archives, asked in Lua.
local core = require "newsreel.core"
local options = require "newsreel.later" "newsreel.options"
require "newsreel.corpus"
require "newsreel.spans"
require "newsreel.frame"
require "newsreel.article"

---@class newsreel
---@field version string
---@field missing any stands for "no value" where nil can't: `where{author = newsreel.missing}`
local newsreel = { version = core.version, missing = core.missing }

local function check_path(path, call)
  if type(path) ~= "string" then
    core.raise(('%s takes the path of a corpus, as in %s "talks.reel"%s'):format(call, call,
      path == nil and "; the script was given none" or ""))
  end
end

---Open a corpus, for reading unless `{write = true}` takes the writer's lock; or one that the host has
---attached by this name (without a name, the first one).
---@param path string
---@param given? {write?: boolean}
---@return newsreel.Corpus
function newsreel.open(path, given)
  local attached = path == nil and core.attached() or type(path) == "string" and core.attached(path)
  given = options.check("newsreel.open", given, { write = "boolean" })
  if attached and not given.write then
    return attached
  end
  check_path(path, "newsreel.open")
  return core.open(path, given.write and "write" or "read")
end

---Open a corpus for writing, made where it is missing.
---@param path string
---@return newsreel.Corpus
function newsreel.create(path)
  check_path(path, "newsreel.create")
  return core.open(path, "create")
end

---A corpus in memory, to add articles to.
---@return newsreel.Corpus
function newsreel.memory()
  return core.memory()
end

---Call `f`; where it raises, give nil, the message and a code such as "notfound".
---@param f function
---@param ... any its arguments
---@return any ... # what `f` returns, or nil, message, code
function newsreel.try(f, ...)
  local results = table.pack(pcall(f, ...))
  if results[1] then
    return table.unpack(results, 2, results.n)
  end
  local message = results[2]
  return nil, type(message) == "string" and core.plain(message) or message, core.code(message)
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
---@param given? {lang?: string, plain?: boolean}
---@return newsreel.Token[]
function newsreel.tokens(text, given)
  return core.tokens(text, given)
end

---Cut a text into sentences.
---@param text string
---@param given? {lang?: string}
---@return {text: string, first: integer, last: integer}[]
function newsreel.sentences(text, given)
  return core.sentences(text, given)
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

-- A method of spans asked of a corpus.
do
  local corpora = core.types.corpus
  for name in pairs(core.types.spans.methods) do
    if not corpora.methods[name] and not corpora.hints[name] then
      corpora.hints[name] = ('%s is a method of spans, as in c "talks":%s(...)'):format(name, name)
    end
  end
  corpora.hints.without = 'write c "talks":outside(s), or :lacking(s)'
end

-- Rules over a text alone, loaded when first asked for: newsreel.dates(text, options) and the like.
local rules = { dates = { "dates", "find" }, quotes = { "quotes", "find" }, voice = { "quotes", "voice" },
  events = { "events", "find" } }
-- Modules of several functions: newsreel.tone.score, newsreel.names.match, newsreel.change.trend, newsreel.network.of.
local modules = { tone = true, names = true, change = true, network = true }

setmetatable(newsreel, {
  __index = function(_, name)
    if modules[name] then
      newsreel[name] = require("newsreel." .. name)
      return newsreel[name]
    end
    if rules[name] then
      newsreel[name] = require("newsreel." .. rules[name][1])[rules[name][2]]
      return newsreel[name]
    end
    local near = type(name) == "string" and core.nearest(name, newsreel)
    core.raise(("newsreel has no '%s'%s"):format(tostring(name), near and (" (did you mean '%s'?)"):format(near) or ""))
  end,
})

return newsreel
