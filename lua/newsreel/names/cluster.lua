--- Names grouped into actors: across spellings, scripts, cases and short forms, as a list that a person edits.
--
-- Parts of a name are written in Latin letters, by sound, without case endings; names whose parts agree are one. A
-- single part joins the longer name it ends or begins, if that is one name or by far the most frequent.
local core = require "newsreel.core"
local latin = require "newsreel.names.latin"

local cluster = {}

-- Endings of cases in Slavic languages, written in Latin, longest first; what is left has three letters at least.
local ENDINGS = {}
for ending in ([[yami iami ogo oho ego eho ega omu emu ymi imi ami yah iah ovi evi owi iem iom iey iej oiu eiu
  oyu eyu ych ich ykh ikh yh ih om em im ym am ah oi oy oj ei ey ej iy yy ij yj ou iu ia ie yu ya ye ju ja je at ta to
  ov ev us a u y i e o]]):gmatch "%S+" do
  ENDINGS[#ENDINGS + 1] = ending
end
table.sort(ENDINGS, function(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a < b
end)

local KEPT = { ov = true, ev = true, us = true } -- ends of surnames: never taken off
local SOUNDS = { { "shch", "sh" }, { "sch", "sh" }, { "tch", "ch" }, { "cz", "ch" }, { "sz", "sh" }, { "rz", "r" },
  { "kh", "h" }, { "ph", "f" }, { "ck", "k" }, { "dzh", "j" }, { "w", "v" }, { "x", "ks" }, { "q", "k" }, { "j", "i" },
  { "y", "i" }, { "ts", "c" }, { "th", "t" }, { "(.)%1+", "%1" } }

---A part of a name by its sound, whoever wrote it down.
---@param part string Latin letters
---@return string
function cluster.sound(part)
  for _, rule in ipairs(SOUNDS) do
    part = part:gsub(rule[1], rule[2])
  end
  return (part:gsub("ii+$", "i"))
end

local function stem(part)
  local key = cluster.sound(part)
  for _, ending in ipairs(ENDINGS) do
    if not KEPT[ending] and #key - #ending >= 3 and key:sub(-#ending) == ending then
      key = key:sub(1, -#ending - 1)
      break
    end
  end
  return (key:gsub("(%a)ii?$", "%1"))
end

---The parts of a name as they are compared.
---@param name string
---@return string[]
function cluster.parts(name)
  local parts = {}
  for part in latin.of(name):gmatch "%w+" do
    if part ~= "s" and part ~= "the" then
      parts[#parts + 1] = stem(part)
    end
  end
  return parts
end

local function best_of(list)
  local first, second
  for _, group in ipairs(list or {}) do
    if not first or group.count > first.count then
      first, second = group, first
    elseif not second or group.count > second.count then
      second = group
    end
  end
  return first and (not second or first.count >= 5 * second.count) and first or nil
end

-- An order by count, the largest first, then by the field `name`.
local function frequent_first(name)
  return function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a[name] < b[name]
  end
end

---Group names.
---@param names {text: string, count: integer, type?: string}[]
---@return {name: string, type?: string, count: integer, aliases: string[]}[] # the most frequent first
function cluster.groups(names)
  local by_key, groups, by_part = {}, {}, {}
  local singles = {}
  table.sort(names, frequent_first "text")
  local function add(group, one)
    group.count = group.count + one.count
    group.aliases[#group.aliases + 1] = one.text
  end
  for _, one in ipairs(names) do
    local parts = cluster.parts(one.text)
    local key = (one.type or "") .. " " .. table.concat(parts, " ")
    local group = by_key[key]
    if not group then
      group = { name = one.text, type = one.type, count = 0, aliases = {}, parts = parts }
      by_key[key], groups[#groups + 1] = group, group
    end
    add(group, one)
  end
  for _, group in ipairs(groups) do -- people alone: a body's first word is seldom its own
    local parts = group.type == "person" and group.parts or {}
    if #parts > 1 then
      for _, key in ipairs { "last " .. parts[#parts], "first " .. parts[1] } do
        by_part[key] = by_part[key] or {}
        table.insert(by_part[key], group)
      end
    elseif #parts == 1 then
      singles[#singles + 1] = group
    end
  end
  for _, group in ipairs(singles) do
    local longer = best_of(by_part["last " .. group.parts[1]]) or best_of(by_part["first " .. group.parts[1]])
    if longer then
      longer.count, group.count = longer.count + group.count, 0
      table.move(group.aliases, 1, #group.aliases, #longer.aliases + 1, longer.aliases)
    end
  end
  local out = {}
  for _, group in ipairs(groups) do
    if group.count > 0 then
      out[#out + 1] = { name = group.name, type = group.type, count = group.count, aliases = group.aliases }
    end
  end
  table.sort(out, frequent_first "name")
  return out
end

---Group the names that a corpus tells of.
---@param spans newsreel.Spans c.names, or any with `actor` and `type`
---@param least? integer mentions a group has at least: 2 unless given
---@return table[] groups
function cluster.of(spans, least)
  local names, seen = {}, {}
  for hit in core.each(spans) do
    local text, kind = hit.text:gsub("%s+", " "), hit.type
    local key = (kind or "") .. "\0" .. text
    if not seen[key] then
      seen[key] = { text = text, type = kind, count = 0 }
      names[#names + 1] = seen[key]
    end
    seen[key].count = seen[key].count + 1
  end
  local out = {}
  for _, group in ipairs(cluster.groups(names)) do
    if group.count >= (least or 2) then
      out[#out + 1] = group
    end
  end
  return out
end

---Write groups as a list: a file to edit, which c:actors reads back.
---@param groups table[]
---@param path string
function cluster.save(groups, path)
  local lines = {
    "-- Actors as newsreel grouped them, to be joined, split and renamed; c:actors reads this file.",
    "return {",
  }
  for _, group in ipairs(groups) do
    local aliases = {}
    for i, alias in ipairs(group.aliases) do
      aliases[i] = ("%q"):format(alias:find " " and alias or "=" .. alias)
    end
    lines[#lines + 1] = ("  [%q] = { %s, type = %q }, -- %d"):format(group.name, table.concat(aliases, ", "),
      group.type or "", group.count)
  end
  lines[#lines + 1] = "}"
  core.save(path, table.concat(lines, "\n") .. "\n")
end

return cluster
