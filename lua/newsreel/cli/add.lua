--- newsreel add CORPUS PATH...
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local lists = require "newsreel.lists"
local newsreel = require "newsreel"
local outlets = require "newsreel.outlets"

local verb = {
  usage = "add CORPUS PATH... [--field NAME=VALUE] [--fields FILE.csv] [--map NAME=FIELD] [--replace] "
    .. "[--outlets FILE.lua] [--no-clean] [--repair] [--compress] [--workers N] [--verbose] [--json]",
  about = [[
Put articles into a corpus, which is made where it is missing. A PATH is a file, a folder (all files
below it) or "-" (standard input; its first bytes tell what it is). Files of text, Markdown and HTML are
one article each; JSON Lines, JSON arrays, tables (.csv, .tsv), feeds, web archives (.warc), mail (.mbox,
.eml) and newswire in SGML (.sgm) hold many; all of them may be compressed (.gz, .zst, .xz, .bz2) or lie
in a .tar or .zip. All that is good is committed as one; what is not is named, and the exit status is then 1.

  --field NAME=VALUE   a field for every article that has none of that name
  --fields FILE.csv    fields by id: the first line names the columns, one of them `id`, or `file` for
                       names of files with their endings
  --map NAME=FIELD     read the field FIELD of JSON, tables and front matter as NAME; may be repeated
  --replace            replace articles of the same id that came from elsewhere
  --outlets FILE.lua   which lines of outlets' pages are furniture, and which are not ('help outlets')
  --no-clean           leave menus, captions and the like on the line
  --repair             mend what was encoded twice ("cafÃ©") and references of HTML in plain text
                       ("Moody&#8217;s"); without this they are kept and told of
  --compress           keep texts compressed, from now on: half the size; reading one takes 0.1 ms
  --workers N          read articles with N threads, as many as there are cores unless given
  --verbose            name every item that something is noted of, not the first three of a kind

  newsreel add talks.reel texts/ --field source=CNN
  newsreel add talks.reel export.csv --map date=published_at --map text=body
  zcat 2025.jsonl.gz | newsreel add talks.reel -
]],
  options = {
    ["--field"] = "list", ["--fields"] = "value", ["--map"] = "list", ["--repair"] = "flag", ["--replace"] = "flag",
    ["--no-clean"] = "flag", ["--outlets"] = "value", ["--compress"] = "flag", ["--workers"] = "number",
    ["--verbose"] = "flag", ["--json"] = "flag",
  },
  least = 2,
}

local REMARKS = {
  { "undated", "undated" }, { "inferred", "dated by what they tell of" }, { "empty", "without text" },
  { "repaired", "with bytes that were not UTF-8" }, { "guessed", "with a guessed language" },
  { "unknown", "of an unknown language" }, { "mixed", "with letters that look alike" },
  { "twice", "with signs encoded twice" }, { "references", "with references of HTML" },
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

---Say how to list what the counts only count.
local function tell_lists(counts, path)
  for _, kind in ipairs { "undated", "empty" } do
    if counts[kind] > 0 then
      cli.say(("  %s: newsreel articles %s --%s"):format(kind, path, kind))
    end
  end
end

---Warn of fields to be read under another name that nothing had: a typing error, most likely.
local function tell_unmet(counts)
  for _, name in ipairs(counts.unmet) do
    core.tell("warning", ("--map: nothing that was read has a field '%s'"):format(name))
  end
  counts.unmet = nil
end

---The column of this name.
local function column(head, wanted)
  for i, name in ipairs(head or {}) do
    if name == wanted then
      return i
    end
  end
end

---A file's name as the id of its article has it.
local function without_ending(name)
  for _, packed in ipairs { "gz", "zst", "xz", "bz2" } do
    name = name:gsub("%." .. packed .. "$", "")
  end
  return (name:gsub("([^/])%.[^./]*$", "%1"))
end

---The rows of a CSV file, and which column is `id`. Names of files become the ids that their articles have.
local function read_fields(path)
  local file = cli.file(path)
  local rows = lists.csv(file:read "a")
  file:close()
  local id = column(rows[1], "id")
  local name = not id and column(rows[1], "file")
  if not id and not name then
    core.raise(path .. ":1: no column is called 'id' or 'file'")
  end
  for _, stored in ipairs { "title", "text", "day", "date_source", "date_evidence" } do -- not set beside an article
    local at = column(rows[1], stored)
    if at then
      core.tell("note", ("%s: the column '%s' is left out: it is no field that can be set"):format(path, stored))
      rows[1][at] = false
    end
  end
  for i = 2, name and #rows or 0 do
    rows[i][name] = without_ending(rows[i][name] or "")
  end
  return rows, id or name
end

---Set the fields of rows on the articles they name; give how many rows were refused.
local function join_fields(corpus, path, rows, id)
  local head, unknown, refused = rows[1], 0, 0
  for i = 2, #rows do
    local fields, date = {}, nil
    for j, value in ipairs(rows[i]) do
      if head[j] == "date" and value ~= "" then
        date = value
      elseif j ~= id and head[j] and value ~= "" then
        fields[#fields + 1] = { head[j], "string", value }
      end
    end
    local ok, message, code = newsreel.try(core.set, corpus, rows[i][id] or "", fields, date)
    if code == "notfound" then
      unknown = unknown + 1
    elseif not ok and message then
      refused = refused + 1
      core.tell("refusal", ("%s: %s: %s"):format(path, rows[i][id] or "", message))
    end
  end
  corpus:commit()
  if unknown > 0 then
    core.tell("note", ("%s: %s named there, but not in the corpus"):format(path, plural(unknown, "article")))
  end
  return refused
end

---Names and values as core takes them, in the order of their names.
local function field_list(pairs_given)
  local fields = {}
  for name, value in pairs(pairs_given) do
    fields[#fields + 1] = { name, "string", value }
  end
  table.sort(fields, function(a, b)
    return a[1] < b[1]
  end)
  return fields
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

---@param given table # options by name, the rest from 1
function verb.run(given)
  local pairs_given, message = arguments.pairs(given.field)
  if not pairs_given then
    return cli.misuse("add: --field: " .. message)
  end
  for _, name in ipairs { "id", "text" } do
    if pairs_given[name] then
      return cli.misuse(("add: --field can't give '%s': every article has its own"):format(name))
    end
  end
  local fields = field_list(pairs_given)
  local names
  names, message = arguments.pairs(given.map)
  if not names then
    return cli.misuse("add: --map: " .. message)
  end
  local rows, id
  if given.fields then
    rows, id = read_fields(given.fields)
  end
  local there = is_there(given[1])
  local corpus <close> = newsreel.create(given[1])
  if given.compress then
    core.compress(corpus)
  end
  local how = {
    replace = given.replace, no_clean = given.no_clean, verbose = given.verbose, repair = given.repair,
    names = field_list(names), outlets = given.outlets and outlets.read(given.outlets), workers = given.workers,
  }
  local counts = core.add_paths(corpus, { table.unpack(given, 2) }, how, fields)
  tell_unmet(counts)
  corpus:commit()
  local rows_refused = 0
  if rows then
    local undated = core.counts(corpus).undated
    rows_refused = join_fields(corpus, given.fields, rows, id)
    counts.undated = counts.undated - (undated - core.counts(corpus).undated)
  end
  if not there and #corpus == 0 then -- nothing was good: no empty corpus is left behind
    os.remove(given[1])
  end
  if given.json then
    core.write(core.json.encode(counts) .. "\n")
  else
    cli.say(sentence(counts))
    tell_lists(counts, given[1])
  end
  return counts.refused + rows_refused > 0 and 1 or 0
end

return verb
