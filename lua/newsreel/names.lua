--- Are two names one name? Spellings, transliterations, order, initials, legal forms.
--
-- Method: both names are written in Latin letters, cut into parts, and parts are paired best first
-- by sound key, edit distance (Damerau 1964, optimal string alignment), initials or nickname. What
-- decides is not how much agrees but what contradicts: a part left over on one side only is
-- an abridgement, parts left over on both sides are two people.
local latin = require "newsreel.names.latin"

local names = {}

local set = require("newsreel.words").set

-- Titles say nothing about whose name it is.
local titles = set [[mr mrs ms miss dr prof professor sir dame lord lady president prime minister chancellor
  senator sen rep
  governor gov general gen colonel col captain capt king queen prince princess sheikh shaikh sheik haji hajji
  hadji mullah maulavi
  mawlawi ayatollah imam pope comrade judge ambassador secretary rev reverend jr sr]]

-- Particles are weak evidence: written or not as outlets please.
local particles = set [[al el ul bin ben ibn bint abu abou van von der den de da di do dos del della la le du of
  the and y und
  et i]]

-- Legal forms, and what they are written as.
local forms = {}
for long, short in pairs {
  ltd = "ltd limited", inc = "inc incorporated", corp = "corp corporation", co = "co company", llc = "llc ooo tov",
  ag = "ag aktiengesellschaft", gmbh = "gmbh", jsc = "jsc oao pao zao ao ojsc cjsc pjsc pat prat ak", plc = "plc",
    sa = "sa", spa = "spa",
  nv = "nv", bv = "bv bvba", lp = "lp", llp = "llp", kg = "kg", oy = "oy oyj", ab = "ab", as = "as asa",
    pte = "pte pt pty", se = "se",
  srl = "srl sarl sas", zoo = "zoo doo", holding = "holding holdings", group = "group gruppe", ano = "ano",
    eood = "eood ood",
} do
  for word in short:gmatch "%S+" do
    forms[word] = long
  end
end
local spelled_forms = { -- longest first
  { "obshchestvo s ogranichennoy otvetstvennostyu", " llc " }, { "tovaristvo z obmezhenoyu vidpovidalnistyu",
  " llc " },
  { "publichnoe aktsionernoe obshchestvo", " jsc " }, { "otkrytoe aktsionernoe obshchestvo", " jsc " },
  { "zakrytoe aktsionernoe obshchestvo", " jsc " }, { "aktsionernoe obshchestvo", " jsc " },
  { "public joint stock company", " jsc " }, { "open joint stock company", " jsc " },
  { "closed joint stock company", " jsc " },
  { "joint stock company", " jsc " }, { "limited liability company", " llc " }, { "limited liability partnership",
  " llp " },
  { "public limited company", " plc " }, { "sp zoo", " zoo " },
  { "gesellschaft mit beschrankter haftung", " gmbh " }, { "societatea cu raspundere limitata", " srl " },
  { "de cv", " " },
}

-- Words of bodies and firms: a name that has one is no person's.
local bodies = set [[bank university ministry institute agency department committee council party union
  organization organisation
  foundation association federation industries international services systems trust fund capital partners holdings
  bureau center
  centre commission court office corporation company enterprise enterprises group solutions technologies motors
  energy airlines army
  society league front movement brigade battalion treaty nations percenters]]

-- Names for one another, by group.
local nicknames = {}
for line in ([[william bill will billy willy; robert bob rob bobby; richard dick rick rich; james jim jimmy jamie;
john johnny jack;
  michael mike mick mikhail michel miguel mikhailo; joseph joe josef iosif jose; thomas tom tommy; daniel dan
  danny; david dave;
  edward ed eddie ted ned eduard; anthony tony antony antonio anton; charles charlie chuck carlos karl;
  christopher chris;
  alexander alex aleksandr oleksandr aleksander sasha alejandro; andrew andy andrey andrei andriy andrii; george
  giorgi jorge georgy
  georgii yuri yury yuriy; stephen steve steven stefan; peter pete petr petro pyotr pedro; paul pavel pavlo pablo;
  nicholas nick
  nikolai nikolay mykola nicolas; vladimir volodymyr wladimir; dmitry dmitri dmytro dimitri; sergey sergei serhiy
  serhii sergiy sergej;
  yevgeny evgeny yevhen eugene evgeni; kenneth ken kenny; ronald ron ronnie; donald don donny; benjamin ben benny;
  samuel sam;
  timothy tim; gregory greg; jeffrey jeff geoffrey; lawrence larry; patrick pat paddy; matthew matt; elizabeth liz
  beth betty eliza;
  katherine kate kathy catherine kateryna ekaterina; margaret maggie peggy meg; helen elena olena yelena; mary
  maria marie mariya;
  julia yulia yuliia julija; natalia natalya nataliya natasha; joshua josh; jonathan jon; abraham abe; bernard bernie;
  mohammed muhammad mohammad mohamed mohamad muhammed mehmet md; hussein husayn hussain husain hossein; yusuf
  yousef youssef yousuf;
  abdullah abdallah abdulla; ahmed ahmad ahmet; ali aly; hasan hassan; ibrahim ebrahim abraham]]):gmatch "[^;]+" do
  local group = line:match "%S+"
  for word in line:gmatch "%S+" do
    nicknames[word] = nicknames[word] or group
  end
end

local numbers = { one = "1", two = "2", three = "3", four = "4", five = "5", six = "6", seven = "7", eight = "8",
  nine = "9", ten = "10",
  first = "1", second = "2", third = "3", fourth = "4", fifth = "5", i = "1", ii = "2", iii = "3", iv = "4",
    v = "5", vi = "6",
  vii = "7", viii = "8", ix = "9", x = "10", xi = "11", xii = "12", xiii = "13", xiv = "14", xv = "15", xvi = "16",
  ["1st"] = "1", ["2nd"] = "2", ["3rd"] = "3", ["4th"] = "4", ["5th"] = "5" }

local expansions = { us = "united states", usa = "united states", uk = "united kingdom", un = "united nations",
  eu = "european union",
  intl = "international", natl = "national", dept = "department", govt = "government", assn = "association",
    mfg = "manufacturing",
  bros = "brothers", univ = "university" }

-- The sound of a part, roughly: what transliterations and outlets write in different ways is one.
local function sound(part)
  local key = part
  for _, rule in ipairs {
    { "sch", "sh" }, { "shch", "sh" }, { "tch", "ch" }, { "dzh", "j" }, { "kh", "h" }, { "gh", "g" }, { "ph",
    "f" }, { "th", "t" }, { "ck", "k" }, { "tz", "ts" },
    { "cz", "ch" }, { "ou", "u" }, { "oo", "u" }, { "ee", "i" }, { "ae", "e" }, { "ye", "e" }, { "yo", "o" },
    { "yu", "u" }, { "ya", "a" },
    { "ju", "u" }, { "ja", "a" }, { "je", "e" }, { "ei", "i" }, { "ey", "i" }, { "ai", "i" }, { "w", "v" }, { "x",
    "ks" }, { "q", "k" }, { "c([^h])", "k%1" }, { "c$", "k" },
    { "[yj]", "i" }, { "z", "s" }, { "(.)%1+", "%1" }, { "iy?$", "i" },
  } do
    key = key:gsub(rule[1], rule[2])
  end
  return key
end

---Edits between two short strings: insert, delete, replace, swap of neighbours.
local function distance(a, b)
  local older
  local before, row = {}, {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    older, before, row = before, row, { [0] = i }
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      local best = math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost)
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        best = math.min(best, older[j - 2] + 1)
      end
      row[j] = best
    end
  end
  return row[#b]
end

-- How many edits may separate two spellings of one part. Short parts have none to spare.
local function budget(size)
  return size <= 2 and 0 or size <= 7 and 1 or size <= 12 and 2 or 3
end

local function consonants(part)
  return (part:gsub("[aeiouyvw]", ""))
end

-- How well two parts agree, 0 to 1, and why.
local function compare(a, b, vowelless)
  if a == b then
    return 1, "same"
  end
  if a:find "%d" or b:find "%d" or numbers[a] or numbers[b] then
    if (numbers[a] or a) == (numbers[b] or b) then
      return 1, "same number"
    end
    if a:find "%d" or b:find "%d" or #a <= 4 and #b <= 4 and numbers[a] and numbers[b] then
      return 0, "numbers differ"
    end
  end
  if #a == 1 or #b == 1 then
    return a:sub(1, 1) == b:sub(1, 1) and 0.8 or 0, "initial"
  end
  if nicknames[a] and nicknames[a] == nicknames[b] then
    return 0.95, "form of the same given name"
  end
  local key_a, key_b = sound(a), sound(b)
  if key_a == key_b and #key_a >= 2 then
    return 0.95, "sounds alike"
  end
  if vowelless and #consonants(a) >= 2 then
    local bones_a, bones_b = consonants(key_a), consonants(key_b)
    if distance(bones_a, bones_b) <= (#bones_a >= 4 and 1 or 0) then
      return 0.85, "same consonants"
    end
  end
  local size = math.max(#a, #b)
  local edits = math.min(distance(a, b), distance(key_a, key_b))
  if edits <= budget(math.min(#a, #b)) then
    return 1 - 0.9 * edits / size, edits == 1 and "one letter differs" or "a few letters differ"
  end
  return 0, "different"
end

-- "g m b h" was written G.m.b.H. or is an acronym: runs of two and more single letters are one part.
local function join_letters(text)
  local out, run = {}, ""
  for part in (text .. " ."):gmatch "%S+" do
    if #part == 1 and part:find "%a" then
      run = run .. part
    else
      if run ~= "" then
        out[#out + 1] = run
        run = ""
      end
      out[#out + 1] = part
    end
  end
  out[#out] = nil -- the sentinel
  return " " .. table.concat(out, " ") .. " "
end

-- Cut a name into parts with a weight each.
local function parts_of(name)
  local text, vowelless = latin.of(name)
  text = " " .. text:gsub("%f[%w]s%f[^%w]", " "):gsub("&", " and "):gsub("%s+", " ") .. " "
  text = join_letters(text)
  local legal = {}
  for _, form in ipairs(spelled_forms) do
    local at, stop = text:find(" " .. form[1] .. " ", 1, true)
    if at then
      text = text:sub(1, at) .. form[2] .. text:sub(stop)
    end
  end
  local list, body = {}, false
  for part in text:gmatch "%S+" do
    if forms[part] then
      legal[#legal + 1] = forms[part]
      body = true
    elseif expansions[part] then
      for word in expansions[part]:gmatch "%S+" do
        list[#list + 1] = word
      end
      body = true
    elseif not (titles[part] and #list == 0) and part ~= "the" then
      list[#list + 1] = part
      body = body or bodies[part] or false
    end
  end
  return { parts = list, legal = legal, body = body, vowelless = vowelless, joined = table.concat(list) }
end

local function weight(part)
  return particles[part] and 0.3 or #part == 1 and 0.6 or 1
end

-- Pair the parts of two names, best first.
local function pair(a, b)
  local vowelless = a.vowelless or b.vowelless
  local found = {}
  for i, x in ipairs(a.parts) do
    for j, y in ipairs(b.parts) do
      local score, why = compare(x, y, vowelless)
      if score > 0 then
        found[#found + 1] = { i = i, j = j, score = score, why = why }
      end
    end
  end
  table.sort(found, function(x, y)
    if x.score ~= y.score then
      return x.score > y.score
    end
    local near_x, near_y = math.abs(x.i - x.j), math.abs(y.i - y.j)
    if near_x ~= near_y then
      return near_x < near_y
    end
    return x.i < y.i
  end)
  local used_a, used_b, pairs_kept = {}, {}, {}
  for _, p in ipairs(found) do
    if not used_a[p.i] and not used_b[p.j] then
      used_a[p.i], used_b[p.j] = true, true
      pairs_kept[#pairs_kept + 1] = p
    end
  end
  return pairs_kept, used_a, used_b
end

local function left_over(name, used)
  local list, heavy = {}, 0
  for i, part in ipairs(name.parts) do
    if not used[i] then
      list[#list + 1] = part
      heavy = heavy + weight(part)
    end
  end
  return list, heavy
end

---Say how alike two names are, and why.
---
---0.7 and more is a match; the reason names the parts that agree and those that speak against it.
---Any script; order of parts, titles, legal forms and case do not matter.
---@param a string
---@param b string
---@return boolean match
---@return string reason # for a person to read
---@return number score # 0 to 1
function names.match(a, b)
  local x, y = parts_of(a), parts_of(b)
  if #x.parts == 0 or #y.parts == 0 then
    local same = a == b and a ~= ""
    return same, same and "same text" or "nothing to compare", same and 1 or 0
  end
  local whole = math.max(#x.joined, #y.joined)
  local digits = x.joined:gsub("%D", "") == y.joined:gsub("%D", "")
  local edits = digits and whole <= 60 and distance(x.joined, y.joined) or whole
  if edits == 0 then
    return true, "same letters", 1
  end
  local kept, used_x, used_y = pair(x, y)
  local rest_x, heavy_x = left_over(x, used_x)
  local rest_y, heavy_y = left_over(y, used_y)
  local agreed, sum, reasons = 0, 0, {}
  for _, p in ipairs(kept) do
    local w = math.max(weight(x.parts[p.i]), weight(y.parts[p.j]))
    agreed, sum = agreed + w, sum + w * p.score
    reasons[#reasons + 1] = ("%s = %s (%s)"):format(x.parts[p.i], y.parts[p.j], p.why)
  end
  local body = x.body or y.body
  local against = math.min(heavy_x, heavy_y)         -- contradicted on both sides
  local beyond = math.max(heavy_x, heavy_y) - against -- one side says more
  local score = agreed > 0 and sum / (agreed + against * (body and 0.9 or 1.2) + beyond * (body and 0.45
    or 0.12)) or 0
  if against >= 0.9 then
    score = math.min(score, 0.65) -- a whole part speaks against it, on both sides
  end
  if not body and #kept > 0 and agreed < 1.5 and (#x.parts > 1 or #y.parts > 1) then
    score = score * 0.75 -- a single shared part is a family, not a person
  end
  if against == 0 and beyond == 0 and edits <= budget(whole) then
    score = math.max(score, 1 - 1.5 * edits / whole)
  elseif edits <= whole // 10 and #kept + 1 >= #x.parts then
    score = math.max(score, 0.8)
  elseif #x.parts ~= #y.parts and edits <= math.max(1, whole // 10) and whole >= 6 then
    score = math.max(score, 0.9) -- the same letters cut in another place
    reasons[#reasons + 1] = "written together or apart"
  end
  for _, part in ipairs(against > 0 and rest_x or {}) do
    reasons[#reasons + 1] = "only in the first: " .. part
  end
  for _, part in ipairs(against > 0 and rest_y or {}) do
    reasons[#reasons + 1] = "only in the second: " .. part
  end
  return score >= 0.7, table.concat(reasons, "; "), score
end

---People, organisations and places in a text, by shape and context: see newsreel.names.find.
---@param text string UTF-8
---@return newsreel.Name[]
function names.find(text)
  return require("newsreel.names.find").find(text)
end

---The names of a corpus grouped into actors, across spellings and cases: `{ name, type, count, aliases }`.
---
---Give them to newsreel.names.save, edit the file, and read it with c:actors.
---@param spans newsreel.Spans c.names
---@param least? integer mentions a group has at least: 2 unless given
---@return table[]
function names.groups(spans, least)
  return require("newsreel.names.cluster").of(spans, least)
end

---Write groups as a list of actors, to be edited by a person and read by c:actors.
---@param groups table[] from newsreel.names.groups
---@param path string
function names.save(groups, path)
  require("newsreel.names.cluster").save(groups, path)
end

return names
