--- help(x): what an object has, what a method does; read from the comments of our own modules.
local core = require "newsreel.core"
local docs = require "newsreel.docs"
local methods = require "newsreel.methods"
local screen = require "newsreel.screen"

local function line(name, text)
  core.write(screen.wrapped(("  %-24s "):format(name), text))
end

---Paragraphs: lines that belong together fill the terminal's.
local function write_paragraphs(lines)
  for paragraph in (table.concat(lines, "\n") .. "\n\n"):gmatch "(.-)\n\n" do
    core.write(screen.wrapped("  ", paragraph))
  end
end

local function show_class(class)
  local about = docs.class(class)
  core.write((about and about.text ~= "" and about.text or class) .. "\n")
  for _, field in ipairs(about and about.fields or {}) do
    line("." .. field.name, (field.text:gsub("^%S+%s*#?%s*", "", 1):gsub("^$", field.text)))
  end
  for _, one in ipairs(docs.functions(class)) do
    line(one.sign .. one.name .. one.arguments, docs.first_sentence(one.comment))
  end
end

local function show_function(class, one)
  core.write(("%s%s%s%s\n"):format(class, one.sign, one.name, one.arguments))
  write_paragraphs(docs.plain_lines(one.comment))
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
  for _, class in ipairs(docs.order) do
    for _, one in ipairs(docs.functions(class)) do
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
    show_name(methods.names[what][2])
    return
  elseif what == package.loaded["newsreel"] then
    return show_class "newsreel"
  elseif class and docs.class(class) then
    return show_class(class)
  elseif type(what) == "string" then
    local class_name = docs.owners[what:lower()]
    if class_name then
      return show_class(class_name)
    elseif show_name(what) then
      return
    end
  end
  core.write("nothing is known about " .. tostring(what) .. "; help() tells where to start\n")
end

return help
