--- Derived layers: annotators by name, made when first asked for.
local core = require "newsreel.core"

local layers = {}

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

---An annotator over a `find(text, options)` of a rules module: keeps the attributes named.
local function finder(module, attributes, options)
  return function(article)
    local spans = {}
    for i, span in ipairs(require(module).find(article.text, options and options(article))) do
      spans[i] = copy(span, attributes)
    end
    return spans
  end
end

local date_attributes = { value = "text", type = "text", grain = "text", anchor = "text", from = "text", to = "text", rule = "text" }

---The layers that newsreel knows to make: name -> {module =, annotator =, attributes =}.
layers.known = {
  dates = {
    module = "newsreel.dates",
    attributes = date_attributes,
    annotator = finder("newsreel.dates", date_attributes, function(article)
      return { day = article.day, lang = article.lang }
    end),
  },
}

---Is there a layer of that name to be made, with its module packaged?
function layers.find(name)
  local known = layers.known[name]
  return known and core.source(known.module) and known or nil
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
    local spans, wordless = core.annotate(core.root(corpus), layer.annotator, layer.attributes)
    if wordless > 0 then
      core.tell("note", ("layer %s: %d spans hold no word and are left out"):format(name, wordless))
    end
    made = { spans = spans, moment = core.moment(corpus) }
    state.made[name] = made
  end
  return core.restrict(corpus, made.spans)
end

return layers
