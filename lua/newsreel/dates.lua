--- Dates in texts: `dates.find(text, {day = "2025-09-26", lang = "en"})`.
-- A grammar a language (dates/en.lua, de.lua, uk.lua, ru.lua) over one engine; see dates/README.md.
local core = require "newsreel.core"
local calendar = require "newsreel.dates.calendar"
local engine = require "newsreel.dates.engine"
local grammar = require "newsreel.dates.grammar"
local given = require "newsreel.options"
local tongue = require "newsreel.tongue"

local dates = {}

local compiled = {}
local settings = { day = "string", lang = "string", quotes = "table", sentences = "table" }
local known = { en = true, de = true, uk = true, ru = true }

---The compiled grammar of a language; made at first use.
local function language(name)
  if not compiled[name] then
    compiled[name] = grammar.compile(require("newsreel.dates." .. name))
  end
  return compiled[name]
end

---The options of a call, once they and the text are what they must be.
local function checked(text, options)
  options = given.of_text("newsreel.dates", text, options, settings)
  if options.day and not calendar.parse(options.day) then
    core.raise(("option 'day' of newsreel.dates: %q is no day like 2025-09-26"):format(options.day))
  end
  return options
end

---@class newsreel.Date
---@field first integer # first byte
---@field last integer # last byte
---@field text string
---@field type "DATE"|"TIME"|"DURATION"|"SET"
---@field value string # as in TIMEX3: 2025-09-24, 2025-W39, 2025-Q3, P3D, PAST_REF, XXXX-WXX-3
---@field grain string? # day, week, weekend, month, quarter, half, season, year, decade, century, part, minute
---@field mod string? # START, MID, END
---@field anchor "text"|"day"|"previous"|"quote"|"event"|"none" # what the value was counted from
---@field from string? # first day meant, where that is known
---@field to string? # last day meant
---@field near string? # "two years ago" to the day; the value keeps the grain that was written
---@field event_day string? # the day told of, where it is one day
---@field told "early"? # a day after the text's own, told as past
---@field rule string
---@field why string # the rule and what it built on

---Find the dates of a text, in order, without overlap.
---
---`day` is the day that the text was published; without it what depends on it stays open (`XXXX-WXX-3`). `lang` is
---en, de, uk or ru; without it the letters decide. `quotes` and `sentences` are sorted byte ranges, {first, last}
---each: the anchor of dates inside a quotation is marked (the marks of the text are read unless ranges are given),
---and no verb of another sentence decides the side of a weekday.
---@param text string
---@param options? {day?: string, lang?: string, quotes?: table, sentences?: table}
---@return newsreel.Date[]
function dates.find(text, options)
  options = checked(text, options)
  local lang = options.lang or tongue.guess(text)
  if not known[lang] then
    core.raise(("newsreel.dates has no grammar for lang %q; it has en, de, uk, ru"):format(lang))
  end
  return engine.find(language(lang), text, options)
end

---Find dates by other rules than those packed: by a changed copy of dates/en.lua, say.
---@param rules table # what such a file gives
---@return fun(text: string, options?: table): newsreel.Date[]
function dates.with(rules)
  local made = grammar.compile(rules)
  return function(text, options)
    return engine.find(made, text, checked(text, options))
  end
end

---The rules of a language with their examples, for the tests.
---@param name string
---@return table
function dates.language(name)
  return language(name).language
end

return dates
