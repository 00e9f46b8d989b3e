--- newsreel add CORPUS PATH...
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local lists = require "newsreel.lists"
local newsreel = require "newsreel"
local outlets = require "newsreel.outlets"

local verb = {
  usage = "add CORPUS PATH... [--field NAME=VALUE] [--fields FILE.csv] [--replace] [--outlets FILE.lua] [--no-clean] "
    .. "[--compress] [--verbose] [--json]",
  about = [[
Put articles into a corpus, which is made where it is missing. A PATH is a file, a folder (all files
below it) or "-" (standard input). Files of text, Markdown and HTML are one article each; JSON Lines,
JSON arrays, tables (.csv, .tsv) and feeds hold many; all of them may be compressed (.gz, .zst, .xz, .bz2)
or lie in a .tar or .zip. All that is good is committed as one; what is not is named, and the exit status is then 1.

  --field NAME=VALUE   a field for every article that has none of that name
  --fields FILE.csv    fields by id: the first line names the columns, one of them `id`
  --replace            replace articles of the same id that came from elsewhere
  --outlets FILE.lua   which lines of outlets' pages are furniture, and which are not ('help outlets')
  --no-clean           leave menus, captions and the like on the line
  --compress           keep texts compressed, from now on: half the size; reading one takes 0.1 ms
  --verbose            name every item that something is noted of, not the first three of a kind

  newsreel add talks.reel texts/ --field source=CNN
  zcat 2025.jsonl.gz | newsreel add talks.reel -
]],
  options = {
    ["--field"] = "list", ["--fields"] = "value", ["--replace"] = "flag", ["--no-clean"] = "flag",
    ["--outlets"] = "value", ["--compress"] = "flag", ["--verbose"] = "flag", ["--json"] = "flag",
  },
  least = 2,
}

local REMARKS = {
  { "undated", "undated" }, { "inferred", "dated by what they tell of" }, { "empty", "without text" },
  { "repaired", "with bytes that were not UTF-8" }, { "guessed", "with a guessed language" },
  { "unknown", "of an unknown language" }, { "mixed", "with letters that look alike" },
}

local function plural(number, what)
  return ("%d %s%s"):format(number, what, number == 1 and "" or "s")
end

local function sentence(counts)
  local parts = { plural(counts.added, "article") .. " added" }
  for _, name in ipairs { "replaced", "skipped", "refused" } do
    if counts[name] > 0 then
      parts[#parts + 1] = counts[name] .. " " .. name
    end
  end
  local remarks = {}
  for _, remark in ipairs(REMARKS) do
    if counts[remark[1]] > 0 then
      remarks[#remarks + 1] = counts[remark[1]] .. " " .. remark[2]
    end
  end
  return table.concat(parts, ", ") .. (#remarks > 0 and " (" .. table.concat(remarks, ", ") .. ")" or "")
end

---The rows of a CSV file, and which column is `id`.
local function read_fields(path)
  local file = cli.file(path)
  local rows = lists.csv(file:read "a")
  file:close()
  local id
  for i, name in ipairs(rows[1] or {}) do
    id = name == "id" and i or id
  end
  if not id then
    core.raise(path .. ":1: no column is called 'id'")
  end
  return rows, id
end

---Set the fields of rows on the articles they name.
local function join_fields(corpus, path, rows, id)
  local head, unknown = rows[1], 0
  for i = 2, #rows do
    local fields, date = {}, nil
    for j, value in ipairs(rows[i]) do
      if head[j] == "date" and value ~= "" then
        date = value
      elseif j ~= id and head[j] and value ~= "" then
        fields[#fields + 1] = { head[j], "string", value }
      end
    end
    local ok, _, code = newsreel.try(core.set, corpus, rows[i][id] or "", fields, date)
    unknown = unknown + (not ok and code == "notfound" and 1 or 0)
  end
  corpus:commit()
  if unknown > 0 then
    core.tell("note", ("%s: %s named there, but not in the corpus"):format(path, plural(unknown, "article")))
  end
end

---True where the file was there before. An empty one is not ours, unless its name says so.
local function is_there(path)
  local file = io.open(path, "rb")
  if not file then
    return false
  end
  local size = file:seek "end"
  file:close()
  if size == 0 and not path:find "%.reel$" then
    core.raise(path .. ": an empty file, not a corpus; the corpus comes first, as in newsreel add talks.reel " .. path)
  end
  return true
end

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local pairs_given, message = arguments.pairs(given.field)
  if not pairs_given then
    return cli.misuse("add: --field: " .. message)
  end
  local fields = {}
  for name, value in pairs(pairs_given) do
    fields[#fields + 1] = { name, "string", value }
  end
  table.sort(fields, function(a, b)
    return a[1] < b[1]
  end)
  local rows, id
  if given.fields then
    rows, id = read_fields(given.fields)
  end
  local there = is_there(given[1])
  local corpus <close> = newsreel.create(given[1])
  if given.compress then
    core.compress(corpus)
  end
  local how = { replace = given.replace, no_clean = given.no_clean, verbose = given.verbose,
    outlets = given.outlets and outlets.read(given.outlets) }
  local counts = core.add_paths(corpus, { table.unpack(given, 2) }, how, fields)
  corpus:commit()
  if rows then
    join_fields(corpus, given.fields, rows, id)
  end
  if not there and #corpus == 0 then -- nothing was good: no empty corpus is left behind
    os.remove(given[1])
  end
  if given.json then
    core.write(core.json.encode(counts) .. "\n")
  else
    cli.say(sentence(counts))
  end
  return counts.refused > 0 and 1 or 0
end
