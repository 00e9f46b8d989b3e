-- All that a script in a sandbox can reach: from its globals, through tables, pairs, metatables and the objects of
-- newsreel. surface.txt is the list, for the program and the shared library alike.
local seen, lines = {}, {}

local function note(path, value)
  lines[#lines + 1] = path .. " " .. (type(value) == "string" and "string" or type(value))
end

local function walk(path, value)
  note(path, value)
  if type(value) ~= "table" or seen[value] then
    return
  end
  seen[value] = true
  local meta = getmetatable(value)
  if meta then
    walk(path .. "<metatable>", meta)
  end
  for key, child in pairs(value) do
    walk(path .. "." .. tostring(key), child)
  end
end

local globals = {}
for name, value in pairs(_G) do
  globals[name] = value
end
globals.newsreel = newsreel -- made at its first use
for name, value in pairs(globals) do
  if value ~= _G and name ~= "arg" then
    walk(name, value)
  end
end
walk("('')<metatable>", getmetatable "")

-- Objects answer to the names that lua/README.md lists, each of which a test holds; nothing of them can be changed.
local c = newsreel.memory()
c:add{ id = "a", date = "2025-03-14", source = "Wire", text = "\u{201c}Peace talks\u{201d}, said Ann Lee." }
local frame = c.articles:by("month"):count()
local objects = { article = c:article "a", corpus = c, frame = frame, grouping = c.articles:by "month",
  hit = c "talks"[1], row = frame[1], spans = c "talks", missing = newsreel.missing }
for kind, object in pairs(objects) do
  note("<" .. kind .. ">", object)
  assert(not getmetatable(object), kind)
end

table.sort(lines)
print(table.concat(lines, "\n"))
