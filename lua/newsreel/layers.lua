--- Derived layers: made when first asked for, by workers side by side, and stored with the hash of their rules.
--
-- A layer is a module that returns `{ annotate =, attributes =, languages =, trigger = }`, or a function that
-- makes such a table of an argument:
--
--   annotate    function(article, lang) -> list of spans { first =, last =, [field = "title"], ... } in bytes of
--               article.text. It sees one article at a time and keeps nothing from one to the next, because nobody
--               knows which worker reads which. Giving nil and a text leaves the article out, for that reason.
--   attributes  name -> "text" or "number": what is kept of a span; its other fields are not looked at
--   languages   two letters -> true: articles in another `lang` are left out; nil: all are read
--   trigger     a pattern: annotate is called only for articles that hold it; nil: for all
--
-- The hash is over the sources of the module and of all that it requires, by name or by the beginning of a name
-- (`require("newsreel.dates." .. lang)`), and over what `files` of the table lists beside.
local core = require "newsreel.core"

local layers = {}

---The layers that newsreel knows to make: name -> {module =} or a part of another, {of =, where =}.
layers.known = {
  dates = { module = "newsreel.layers.dates" },
  voices = { module = "newsreel.layers.voices" },
  quotes = { of = "voices", where = { { name = "kind", values = { "direct", "mixed" } } } },
  reported = { of = "voices", where = { { name = "kind", values = { "indirect" } } } },
  names = { module = "newsreel.layers.names" },
}

---Acts told in the texts, by a table of newsreel.acts.
---@param name string
---@return table layer
function layers.events(name)
  return { module = "newsreel.layers.events", argument = name }
end

---Is there a layer of that name to be made?
function layers.find(name)
  return layers.known[name]
end

-- ---- what makes a layer ----

---The source of a module, and whether it is one of newsreel's own; nil for one in C, or none.
local function source_of(name)
  local source, hosts = core.source(name)
  if source then
    return source, not hosts
  end
  local path = package and package.searchpath(name, package.path) -- a sandbox has no files
  local file = path and io.open(path, "rb")
  if file then
    source = file:read "a"
    file:close()
  end
  return source, false
end

---What a module has to say of its layer.
local function definition(module, argument)
  if not source_of(module) and not package.loaded[module] then
    core.raise(("there is no module '%s' beside the script or where package.path looks"):format(module), "notfound")
  end
  local made = require(module)
  if type(made) == "function" and argument then
    made = made(argument)
  end
  if type(made) == "function" then
    made = { annotate = made }
  end
  if type(made) ~= "table" or type(made.annotate) ~= "function" then
    core.raise(("the module '%s' gives no annotator: a function of an article, or { annotate = function, ... }")
      :format(module))
  end
  return made
end

---The language of an article as two letters, or nil.
local function language(article)
  local lang = article.lang
  return type(lang) == "string" and lang:lower():match "^(%a%a)%f[%A]" or nil
end

---Has a layer rules for the language of an article?
---@param name string
---@param article newsreel.Article
---@return boolean
function layers.reads(name, article)
  local lang, languages = language(article), definition(layers.known[name].module).languages
  return not (lang and languages) or languages[lang] ~= nil
end

---The annotator of a module, as the workers call it.
---@param module string
---@param argument? string
---@return fun(article: newsreel.Article): table[]?, string?
function layers.annotator(module, argument)
  local made = definition(module, argument)
  local annotate, languages = made.annotate, made.languages
  return function(article)
    local lang = language(article)
    if lang and languages and not languages[lang] then
      return nil, ("no rules for '%s'"):format(lang)
    end
    return annotate(article, lang)
  end
end

-- ---- the hash of the rules ----

-- The version of newsreel stands for these.
local core_modules = { newsreel = true, ["newsreel.core"] = true, ["newsreel.layers"] = true }

---Put the module and all that it requires into `sources`, name -> text, and those not newsreel's into `others`.
local function gather(name, argument, sources, others)
  local source, own = source_of(name)
  if sources[name] or core_modules[name] or not source then
    return
  end
  sources[name], others[name] = source, not own and source or nil
  source = source:gsub("later(%s*[\"']newsreel%.)", "require%1") -- newsreel.later
  for required, more in source:gmatch "require%s*%(?%s*[\"']([%w_.]+)[\"']%s*(%.?%.?)" do
    if more == "" then
      gather(required, argument, sources, others)
    elseif argument and source_of(required .. argument) then
      gather(required .. argument, argument, sources, others)
    else
      for _, one in ipairs(core.modules(required)) do
        gather(one, argument, sources, others)
      end
    end
  end
end

local function add_files(files, sources)
  for _, path in ipairs(files or {}) do
    local file = io.open(core.folder() .. path, "rb") or io.open(path, "rb")
      or core.raise(("%s: can't be read"):format(path), "notfound")
    sources["file " .. path] = file:read "a"
    file:close()
  end
end

---The hash of what makes a layer; and the sources of modules that are not newsreel's.
---@param module string
---@param argument? string
---@return integer
---@return table<string, string>
function layers.rules(module, argument)
  local sources, others, names, parts = {}, {}, {}, { core.version }
  gather(module, argument, sources, others)
  if others[module] then
    add_files(definition(module, argument).files, sources)
  end
  for name in pairs(sources) do
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    parts[#parts + 1] = ("%s %d\n%s"):format(name, #sources[name], sources[name])
  end
  return core.hash(table.concat(parts, "\n")), others
end

-- ---- making ----

---How many workers there are; nil: as many as cores.
---@type integer?
layers.workers = nil

local SLOW_SECONDS = 2 -- of work; a layer that took more is worth storing

local function sorted_attributes(attributes)
  local list = {}
  for name, kind in pairs(attributes or {}) do
    if type(name) ~= "string" or (kind ~= "text" and kind ~= "number") then
      core.raise(("attribute '%s' of a layer is \"text\" or \"number\""):format(tostring(name)))
    end
    list[#list + 1] = { name, kind }
  end
  table.sort(list, function(a, b)
    return a[1] < b[1]
  end)
  return list
end

---Spans of a pattern, on the line and in the margin: what starts an annotator.
local function trigger(corpus, pattern)
  if not pattern then
    return nil
  end
  return core.union(corpus:find(pattern), corpus.margin:find(pattern))
end

---Say which articles were left out, and why.
local function tell_left_out(name, left_out)
  local reasons = {}
  for reason in pairs(left_out) do
    reasons[#reasons + 1] = reason
  end
  table.sort(reasons)
  for _, reason in ipairs(reasons) do
    local count = left_out[reason]
    core.tell("note", ("layer %s: %s, %d %s left out"):format(name, reason, count,
      count == 1 and "article is" or "articles are"))
  end
end

local function tell_wordless(name, count)
  if count > 0 then
    core.tell("note", ("layer %s: %d %s left out"):format(name, count,
      count == 1 and "span holds no word and is" or "spans hold no word and are"))
  end
end

---A layer by the rules of a module: stored, or completed by workers.
local function derived(root, name, layer)
  local rules, modules = layers.rules(layer.module, layer.argument)
  local spans, left_out = core.stored(root, name, rules)
  if not spans then
    local made, started = definition(layer.module, layer.argument), os.clock()
    local wordless, kept
    spans, left_out, wordless, kept = core.derive(root, {
      name = name, module = layer.module, argument = layer.argument, rules = rules, modules = modules,
      workers = layers.workers,
      attributes = sorted_attributes(made.attributes or layer.attributes), trigger = trigger(root, made.trigger),
    })
    tell_wordless(name, wordless)
    if not kept and os.clock() - started > SLOW_SECONDS then
      core.tell("note", ("layer %s: made for this time only; newsreel layer %s '%s' --store keeps it"):format(name,
        root.path, name))
    end
  end
  tell_left_out(name, left_out)
  return spans
end

---The same in a sandbox: in the script's own interpreter, where its limits hold.
local function derived_here(root, name, layer)
  local spans, left_out = core.stored(root, name, (layers.rules(layer.module, layer.argument)))
  if spans then
    tell_left_out(name, left_out)
    return spans
  end
  local made, annotate = definition(layer.module, layer.argument), layers.annotator(layer.module, layer.argument)
  local wordless
  spans, wordless = core.annotate(root, function(article)
    return annotate(article) or {}
  end, made.attributes or layer.attributes)
  tell_wordless(name, wordless)
  return spans
end

---A layer by a function of the script's own: it runs here, and is never stored.
local function called(root, name, layer)
  local spans, wordless = core.annotate(root, layer.annotator, layer.attributes)
  tell_wordless(name, wordless)
  return spans
end

---Spans of a layer over the whole corpus, made anew when the corpus has changed.
---@param corpus newsreel.Corpus
---@param name string
---@param layer table {module =, argument =} or {of =, where =} or {annotator =, attributes =}
---@return newsreel.Spans
function layers.spans(corpus, name, layer)
  if layer.of then
    return core.where(layers.spans(corpus, layer.of, layers.known[layer.of]), layer.where)
  end
  local state, root = core.state(corpus), core.root(corpus)
  state.made = state.made or {}
  local made = state.made[name]
  if not made or made.moment ~= core.moment(corpus) then
    local make = not layer.module and called or core.sandbox and derived_here or derived
    made = { spans = make(root, name, layer), moment = core.moment(corpus) }
    state.made[name] = made
  end
  return core.restrict(corpus, made.spans)
end

return layers
