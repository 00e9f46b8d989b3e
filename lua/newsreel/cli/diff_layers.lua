--- What `newsreel diff` does for stored layers and for lists.
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local layers = require "newsreel.layers"
local lists = require "newsreel.lists"
local newsreel = require "newsreel"

---Spans as stored, by whatever rules, and how many articles they do not know.
local function stored(corpus, name)
  local spans, unread = core.stored_by_any(corpus, name)
  if not spans then
    core.raise(("%s stores no layer '%s' to compare with; newsreel layer %s '%s' --store makes one")
      :format(corpus.path, name, corpus.path, name), "notfound")
  elseif unread > 0 then
    core.tell("note", ("%d articles came after the layer was stored; all that is found there counts as added")
      :format(unread))
  end
  return spans
end

local function of_list(corpus, name)
  local list = lists.load(name, "newsreel diff")
  return list.kind and corpus:actors(list) or corpus:lexicon(list)
end

---The old spans and the new.
local function both(corpus, given)
  local name = given[1]
  if given.from then
    return of_list(corpus, given.from), of_list(corpus, name)
  end
  local act = name:match "^events (.+)$"
  local layer = act and layers.events(act) or layers.find(name)
  if not layer then
    core.raise(("'%s' is no layer with rules; a list needs --from"):format(name), "notfound")
  elseif layer.of then
    core.raise(("'%s' is a part of '%s'; compare that"):format(name, layer.of))
  end
  return stored(corpus, name), act and corpus:events(act) or corpus:layer(name)
end

local function names_of(a, b)
  local known, names = {}, {}
  for _, spans in ipairs { a, b } do
    for _, column in ipairs(core.columns(spans)) do
      if not known[column.name] then
        known[column.name] = true
        names[#names + 1] = column.name
      end
    end
  end
  table.sort(names)
  return names
end

---What a span says, without its place.
local function told(hit, names, has)
  local parts = {}
  for _, name in ipairs(names) do
    local value = has[name] and hit[name]
    if value ~= nil and value ~= false then
      parts[#parts + 1] = ("%s=%s"):format(name, value)
    end
  end
  return table.concat(parts, " ")
end

---Go through spans: gives article id, place, line.
local function walk(spans, names)
  local has = {}
  for _, column in ipairs(core.columns(spans)) do
    has[column.name] = true
  end
  local articles, order, last = {}, {}, nil
  for hit in spans:each() do
    local id = hit.article.id
    if id ~= last then
      last = id
      order[#order + 1] = id
      articles[id] = articles[id] or {}
    end
    local lines = articles[id]
    lines[#lines + 1] = { hit.first, hit.last, ("%s %d-%d %q %s"):format(id, hit.first, hit.last, hit.text,
      told(hit, names, has)) }
  end
  return articles, order
end

local function before(a, b)
  if a[1] ~= b[1] then
    return a[1] < b[1]
  elseif a[2] ~= b[2] then
    return a[2] > b[2]
  end
  return a[3] < b[3]
end

---Compare the lines of one article, both in order of place.
local function compare(old, new, put)
  table.sort(old, before)
  table.sort(new, before)
  local i, j = 1, 1
  while i <= #old or j <= #new do
    local a, b = old[i], new[j]
    if a and b and a[3] == b[3] then
      put(" ", a[3])
      i, j = i + 1, j + 1
    elseif not b or a and before(a, b) then
      put("-", a[3])
      i = i + 1
    else
      put("+", b[3])
      j = j + 1
    end
  end
end

---@param given table what the command line asks for
---@return integer status
return function(given)
  local corpus <close> = newsreel.open(given[2])
  local old, new = both(arguments.view(corpus, given), given)
  local names, counts = names_of(old, new), { ["+"] = 0, ["-"] = 0, [" "] = 0 }
  local old_articles, old_order = walk(old, names)
  local new_articles, new_order = walk(new, names)
  local function put(sign, line)
    counts[sign] = counts[sign] + 1
    if sign ~= " " and not given.summary then
      core.write(("%s %s\n"):format(sign, (line:gsub("\\\n", "\\n"))))
    end
  end
  for _, id in ipairs(old_order) do
    compare(old_articles[id], new_articles[id] or {}, put)
  end
  for _, id in ipairs(new_order) do
    if not old_articles[id] then
      compare({}, new_articles[id], put)
    end
  end
  cli.say(("%d added, %d taken away, %d as before"):format(counts["+"], counts["-"], counts[" "]))
  return counts["+"] + counts["-"] > 0 and 1 or 0
end
