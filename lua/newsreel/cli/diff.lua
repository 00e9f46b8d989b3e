--- newsreel diff RULES CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "diff RULES CORPUS [--from OLD] [--summary] [--during PERIOD] [--where NAME=VALUE]",
  about = [[
Show what a change of rules adds (+) and takes away (-). RULES is a changed copy of one of newsreel's own rule
files, as lua/newsreel/dates/en.lua or lua/newsreel/quotes/en.lua; articles in other languages are passed over.
Or it is a layer that is stored in the corpus by older rules: dates, voices, names, "events sanctions". Or it is a
list of words or actors, then --from names the list it is compared with. For these two the exit status is 1 where
they differ.

  --from OLD    the list as it was: a file, or a packaged name
  --summary     of layers and lists the last line alone

  newsreel diff my/en.lua talks.reel --during 2025-09
  newsreel layer talks.reel dates --store     (then change the rules)
  newsreel diff dates talks.reel
  newsreel diff mylist.lua talks.reel --from harm
]],
  options = { ["--during"] = "value", ["--where"] = "list", ["--from"] = "value", ["--summary"] = "flag" },
  least = 2,
  most = 2,
}

---What the rules are for, and what of their results is compared.
local function kind_of(rules, path)
  if type(rules) == "table" and rules.rules and rules.name then
    return require "newsreel.dates", rules.name, "value"
  elseif type(rules) == "table" and rules.verbs and rules.lang then
    return require "newsreel.quotes", rules.lang, "speaker"
  end
  core.raise(path .. ": these are no rules of dates or quotes; take a copy of dates/en.lua or quotes/en.lua")
end

local function line_of(one, what)
  return ("%d\t%d\t%s\t%s"):format(one.first - 1, one.last, one.text:gsub("%s+", " "), one[what] or "")
end

---The lines of the results, and the same as a set.
local function lines_of(list, what)
  local lines, set = {}, {}
  for i, one in ipairs(list) do
    lines[i] = line_of(one, what)
    set[lines[i]] = true
  end
  return lines, set
end

local function write_missing(lines, set, sign, id)
  local count = 0
  for _, line in ipairs(lines) do
    if not set[line] then
      core.write(("%s %s\t%s\n"):format(sign, id, line))
      count = count + 1
    end
  end
  return count
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  if given.from or not given[1]:find "%.lua$" then
    return require "newsreel.cli.diff_layers"(given)
  end
  local chunk, message = loadfile(given[1], "t")
  local rules = chunk and chunk() or core.raise(message)
  local module, lang, what = kind_of(rules, given[1])
  local changed = module.with(rules)
  local corpus <close> = newsreel.open(given[2])
  local added, taken = 0, 0
  for article in arguments.view(corpus, given):each() do
    if (article.lang or lang) == lang then
      local options = { lang = lang, day = what == "value" and article.day or nil }
      local before, had = lines_of(module.find(article.text, options), what)
      local after, has = lines_of(changed(article.text, options), what)
      taken = taken + write_missing(before, has, "-", article.id)
      added = added + write_missing(after, had, "+", article.id)
    end
  end
  core.write(("%d added, %d taken away\n"):format(added, taken))
  return 0
end

return verb
