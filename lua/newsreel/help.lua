--- help(x): what an object has, what a method does; read from the comments of our own modules.
local core = require "newsreel.core"
local methods = require "newsreel.methods"

local MODULES = {
  ["newsreel.Corpus"] = "newsreel.corpus",
  ["newsreel.Spans"] = "newsreel.spans",
  ["newsreel.Frame"] = "newsreel.frame",
  ["newsreel.Article"] = "newsreel.article",
  ["newsreel.Hit"] = "newsreel.spans",
  ["newsreel.Row"] = "newsreel.frame",
  ["newsreel.Grouping"] = "newsreel.grouping",
  ["newsreel"] = "newsreel",
}
local ORDER = { "newsreel", "newsreel.Corpus", "newsreel.Spans", "newsreel.Frame", "newsreel.Grouping",
  "newsreel.Article", "newsreel.Hit", "newsreel.Row" }

---Everything that one module documents: classes with text and fields, functions with text and tags.
local function parse(source)
  local found, comment = { functions = {}, classes = {} }, {}
  local class
  for line in source:gmatch "[^\n]*" do
    local text = line:match "^%-%-%-(.*)$"
    if text then
      local name = text:match "^@class%s+([%w.]+)"
      if name then
        class = { name = name, fields = {}, text = table.concat(comment, "\n") }
        found.classes[name], comment = class, {}
      elseif text:match "^@field%s+%w" and class then
        local field, rest = text:match "^@field%s+([%w_]+)%??%s*(.*)$"
        class.fields[#class.fields + 1] = { name = field, text = rest }
      elseif not text:match "^@operator" and not text:match "^@field" then
        comment[#comment + 1] = text
      end
    else
      local owner, sign, name, arguments = line:match "^function ([%w_]+)([.:])([%w_]+)(%b())"
      if owner and #comment > 0 then
        found.functions[#found.functions + 1] =
          { owner = owner, sign = sign, name = name, arguments = arguments, comment = comment }
      end
      comment = {}
      class = line:match "^%s*$" and class or nil
    end
  end
  return found
end

local parsed = {}

local function docs(module)
  parsed[module] = parsed[module] or parse(core.source(module) or "")
  return parsed[module]
end

local function plain_lines(comment)
  local text = {}
  for _, line in ipairs(comment) do
    if not line:match "^@" then
      text[#text + 1] = line
    end
  end
  return text
end

local function first_sentence(comment)
  local text = table.concat(plain_lines(comment), " ")
  return text:match "^(.-[.:])%s" or text:match "^(.-)%.?$" or text
end

-- Which table of a module stands for which class.
local owners = { corpus = "newsreel.Corpus", spans = "newsreel.Spans", frame = "newsreel.Frame",
  article = "newsreel.Article", row = "newsreel.Row", grouping = "newsreel.Grouping", newsreel = "newsreel" }

local function functions_of(class)
  local list = {}
  for _, one in ipairs(docs(MODULES[class]).functions) do
    if owners[one.owner] == class then
      list[#list + 1] = one
    end
  end
  return list
end

local function line(name, text)
  core.write(("  %-24s %s\n"):format(name, text))
end

local function show_class(class)
  local about = docs(MODULES[class]).classes[class]
  core.write((about and about.text ~= "" and about.text or class) .. "\n")
  for _, field in ipairs(about and about.fields or {}) do
    line("." .. field.name, (field.text:gsub("^%S+%s*#?%s*", "", 1):gsub("^$", field.text)))
  end
  for _, one in ipairs(functions_of(class)) do
    line(one.sign .. one.name .. one.arguments, first_sentence(one.comment))
  end
end

local function show_function(class, one)
  core.write(("%s%s%s%s\n"):format(class, one.sign, one.name, one.arguments))
  for _, text in ipairs(plain_lines(one.comment)) do
    core.write("  " .. text .. "\n")
  end
  for _, text in ipairs(one.comment) do
    local name, kind = text:match "^@param%s+(%S+)%s+(.*)$"
    local result = text:match "^@return%s+(.*)$"
    if name then
      line(name:gsub("%?$", ""), kind)
    elseif result then
      line("gives", result)
    end
  end
end

---Show every documented function of that name; true where there is one.
local function show_name(name)
  local shown = false
  for _, class in ipairs(ORDER) do
    for _, one in ipairs(functions_of(class)) do
      if one.name == name then
        show_function(class, one)
        shown = true
      end
    end
  end
  return shown
end

local function overview()
  core.write [[
newsreel.open "talks.reel"     a corpus; newsreel.create and newsreel.memory make one
c "sanction*"                  find a pattern; c:find(pattern, options)
s:kwic()  s:print()  #s        look at what was found
s:by("month"):count()          a frame; f:sort("-count"):print(), f:save "x.csv", f[1]:kwic()
c:actors "leaders"             mentions of actors; c:lexicon "politics", c.sentences, c.dates
help(c)  help(s)  help(f)      what an object has; help "find" or help(c.find): one method
]]
end

---Tell what an object has, or what a method does; without anything, where to start.
---@param what any an object, a method, or the name of one
local function help(what, ...)
  if what == nil and select("#", ...) == 0 then
    return overview()
  end
  local meta = type(what) == "userdata" and getmetatable(what) or type(what) == "table" and getmetatable(what) or nil
  local class = meta and meta.__name
  if type(what) == "function" and methods.names[what] then
    return show_name(methods.names[what][2])
  elseif what == package.loaded["newsreel"] then
    return show_class "newsreel"
  elseif class and MODULES[class] then
    return show_class(class)
  elseif type(what) == "string" then
    local class_name = owners[what:lower()]
    if class_name then
      return show_class(class_name)
    elseif show_name(what) then
      return
    end
  end
  core.write("nothing is known about " .. tostring(what) .. "; help() tells where to start\n")
end

return help
