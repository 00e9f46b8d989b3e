--- Derived layers: annotators by name, made when first asked for.
local core = require "newsreel.core"

local layers = {}

---Keep the place of a span and the attributes named.
local function copy(span, attributes)
  local out = { first = span.first, last = span.last }
  for name in pairs(attributes) do
    local value = span[name]
    if type(value) ~= "table" then
      out[name] = value
    end
  end
  return out
end

---The language of an article as two letters, or nil.
local function language(article)
  local lang = article.lang
  return type(lang) == "string" and lang:lower():match "^(%a%a)%f[%A]" or nil
end

local EVENTS = "newsreel.events" -- rules are loaded by name when a layer is made, never with this module

local LANGUAGES = { en = true, de = true, uk = true, ru = true }

---A layer over a `find(text, options)` of a rules module, which guesses the language where none is given.
---@param module string
---@param attributes table<string, "text"|"number">
---@param options fun(article: newsreel.Article, lang: string?): table
---@param wanted? fun(span: table): boolean
local function found_by(module, attributes, options, wanted, languages)
  return {
    module = module,
    attributes = attributes,
    annotator = function(article)
      local lang, spans = language(article), {}
      if lang and not (languages or LANGUAGES)[lang] then
        return spans, lang
      end
      for _, span in ipairs(require(module).find(article.text, options and options(article, lang))) do
        if not wanted or wanted(span) then
          spans[#spans + 1] = copy(span, attributes)
        end
      end
      return spans
    end,
  }
end

local function speech(wanted)
  return found_by("newsreel.quotes", { kind = "text", speaker = "text", cue = "text", quote = "number", rule = "text" },
    function(_, lang)
      return { lang = lang }
    end, wanted)
end

---The layers that newsreel knows to make: name -> {module =, annotator =, attributes =}.
layers.known = {
  dates = found_by("newsreel.dates",
    { value = "text", type = "text", grain = "text", anchor = "text", from = "text", to = "text", rule = "text" },
    function(article, lang)
      return { day = article.day, lang = lang }
    end),
  quotes = speech(function(span)
    return span.kind ~= "indirect"
  end),
  reported = speech(function(span)
    return span.kind == "indirect"
  end),
  voices = speech(),
  -- German writes every noun with a capital; the shapes are those of English.
  names = found_by("newsreel.names", { actor = "text", type = "text", rule = "text" }, nil, nil, { en = true }),
}

---Acts told in the texts, by a table of newsreel.acts.
---@param name string
---@return table layer
function layers.events(name)
  local attributes = { act = "text", measure = "text", status = "text", sender = "text", target = "text", why = "text" }
  return {
    attributes = attributes,
    annotator = function(article)
      local spans = {}
      for i, event in ipairs((require(EVENTS).find(article.text, name))) do
        spans[i] = copy(event, attributes)
      end
      return spans
    end,
  }
end

---Is there a layer of that name to be made, with its module packaged?
function layers.find(name)
  local known = layers.known[name]
  return known and core.source(known.module) and known or nil
end

local left_out = {} -- layer -> language -> articles

---The annotator, with the articles counted that are in a language without rules.
local function counting(annotator, name)
  local counts = {}
  left_out[name] = counts
  return function(article)
    local spans, lang = annotator(article)
    if type(lang) == "string" then
      counts[lang] = (counts[lang] or 0) + 1
    end
    return spans
  end
end

---Say what was left out.
local function told(name)
  local langs = {}
  for lang in pairs(left_out[name]) do
    langs[#langs + 1] = lang
  end
  table.sort(langs)
  for _, lang in ipairs(langs) do
    local count = left_out[name][lang]
    core.tell("note", ("layer %s: no rules for '%s', %d articles are left out"):format(name, lang, count))
  end
  left_out[name] = nil
end

---Spans of a layer over the whole corpus, made anew when the corpus has changed.
---@param corpus newsreel.Corpus
---@param name string
---@param layer table {annotator =, attributes =}
---@return newsreel.Spans
function layers.spans(corpus, name, layer)
  local state = core.state(corpus)
  state.made = state.made or {}
  local made = state.made[name]
  if not made or made.moment ~= core.moment(corpus) then
    local spans, wordless = core.annotate(core.root(corpus), counting(layer.annotator, name), layer.attributes)
    told(name)
    if wordless > 0 then
      core.tell("note", ("layer %s: %d spans hold no word and are left out"):format(name, wordless))
    end
    made = { spans = spans, moment = core.moment(corpus) }
    state.made[name] = made
  end
  return core.restrict(corpus, made.spans)
end

return layers
