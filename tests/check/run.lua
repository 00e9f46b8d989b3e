-- The rules of the house that a program can hold. Prints a line a rule; the last is "N passed, N failed".
--   build/bin/newsreel run tests/check/run.lua build
local build = arg[1]
local passed, failed = 0, 0

---@return string # what a command prints
local function shell(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read "a"
  pipe:close()
  return text
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

---@return fun(): string? # the committed or new files that match a glob list
local function files(globs)
  return shell("LC_ALL=C ls -d " .. globs .. " 2>/dev/null"):gmatch "[^\n]+"
end

---Run one rule: `check` calls its argument with each complaint, and returns what it looked at.
local function rule(name, check)
  local complaints = {}
  local seen = check(function(...)
    complaints[#complaints + 1] = string.format(...)
  end)
  local good = #complaints == 0
  passed, failed = passed + (good and 1 or 0), failed + (good and 0 or 1)
  print(("%-12s %s%s"):format(name, good and "ok" or #complaints .. " wrong", seen and ": " .. seen or ""))
  for index = 1, math.min(#complaints, 20) do
    print("  " .. complaints[index])
  end
end

local SOURCES = "src/*/*.[ch]"
local FLOOR = {
  base = 0, text = 1, date = 1, disk = 1, segment = 2, corpus = 3, query = 4, ingest = 4, frame = 5, engine = 6,
  cli = 7,
}

-- At the top stand the folders, the documents, the Makefile and what tools want there.
local TOP = { Makefile = true, LICENSE = true, src = true, lua = true, include = true, seeds = true, examples = true,
  tests = true }
rule("top level", function(complain)
  for name in shell("git ls-files | sed 's|/.*||' | sort -u"):gmatch "[^\n]+" do
    if not TOP[name] and not name:find "^[A-Z]+%.md$" and not name:find "^%." then
      complain("%s does not belong there", name)
    end
  end
end)

-- A file includes its own room and the headers of lower floors; the program only what hosts have.
rule("floors", function(complain)
  local count = 0
  for path in files(SOURCES) do
    local room = path:match "^src/(%w+)/"
    for header in read(path):gmatch '\n%s*#%s*include%s+"([^"]+)"' do
      count = count + 1
      local other = header:match "^(%w+)/"
      local floor = header == "newsreel.h" and FLOOR.engine or FLOOR[other]
      local allowed = other == room or FLOOR[room] and floor
        and (floor < FLOOR[room] and room ~= "cli" or header == "newsreel.h" and floor <= FLOOR[room])
      if not allowed then
        complain("%s (floor %s) includes %s (floor %s)", path, FLOOR[room], header, floor)
      end
    end
  end
  return count .. " includes"
end)

-- Which rooms alone know a library, or files.
local ALONE = {
  ["utf8proc.h"] = "text", ["libstemmer.h"] = "text", ["json-c/"] = "tests", ["xxhash.h"] = "base",
  ["lua.h"] = "engine", ["lauxlib.h"] = "engine", ["lualib.h"] = "engine", ["lpeg"] = "engine",
  ["pcre2.h"] = "query", ["fcntl.h"] = "disk", ["sys/mman.h"] = "disk base", ["sys/stat.h"] = "disk",
  ["dirent.h"] = "disk", ["editline/"] = "cli",
}
rule("libraries", function(complain)
  local count = 0
  for path in files(SOURCES) do
    for header in read(path):gmatch "\n%s*#%s*include%s+<([^>]+)>" do
      count = count + 1
      for part, room in pairs(ALONE) do
        local own = path:match "^src/(%w+)/" or "tests"
        if header:find(part, 1, true) == 1 and not room:find(own, 1, true) then
          complain("%s includes <%s>; only %s/ knows it", path, header, room)
        end
      end
    end
  end
  return count .. " includes"
end)

-- Things go upstairs by three doors only. In headers that other rooms include, the structs below the engine hold no
-- other function pointers than these.
local DOORS = {
  ["base/doors.h"] = "poll, report, annotate", ["base/memory.h"] = "where memory comes from",
  ["base/task.h"] = "what a thread does",
  ["disk/disk.h"] = "files, which tests replace", ["segment/segment.h"] = "where packed bytes go",
  ["corpus/corpus.h"] = "stored layers through a merge", ["ingest/json.h"] = "what is read, to whoever asked for it",
}
rule("doors", function(complain)
  local count, public = 0, {}
  for path in files(SOURCES) do
    for room, header in read(path):gmatch '#include "(%w+)/([%w_]+%.h)"' do
      public[room .. "/" .. header] = public[room .. "/" .. header] or path:match "^src/(%w+)/" ~= room
    end
  end
  for path in files "src/*/*.h" do
    local header = path:match "^src/(.*)"
    for struct in read(path):gmatch "struct [%w_]* ?{(.-)\n}" do
      for pointer in struct:gmatch "%(%s*%*%s*([%a_][%w_]*)%s*%)%s*%(" do
        count = count + 1
        if public[header] and FLOOR[path:match "^src/(%w+)/"] < FLOOR.engine and not DOORS[header] then
          complain("%s: the function pointer %s is no door", path, pointer)
        end
      end
    end
  end
  return count .. " function pointers"
end)

-- lua/newsreel: core < rules < reports < cli. Only layers.lua, a part of the core, finds rules, when a layer is asked
-- for; what it finds is in layers/.
local LEVEL = { dates = 1, quotes = 1, names = 1, tone = 1, events = 1, acts = 1, rules = 1, reports = 2, cli = 3 }
rule("lua floors", function(complain)
  local count = 0
  for path in shell("find lua -name '*.lua' | LC_ALL=C sort"):gmatch "[^\n]+" do
    local level = path:find "^lua/newsreel/layers/" and LEVEL.rules or LEVEL[path:match "^lua/newsreel/(%w+)"] or 0
    local source = read(path):gsub("later(%s*[\"']newsreel)", "require%1") -- newsreel.later
    for module in source:gmatch "require%s*%(?%s*[\"'](newsreel[%w._]*)" do
      count = count + 1
      local other = LEVEL[module:match "^newsreel%.(%w+)"] or 0
      if other > level and not (path == "lua/newsreel/layers.lua" and other == LEVEL.dates) then
        complain("%s (floor %d) requires %s (floor %d)", path, level, module, other)
      end
    end
  end
  return count .. " requires"
end)

-- The library shows a host nothing but newsreel_ names.
rule("names", function(complain)
  local count = 0
  for name in shell(("nm -g --defined-only '%s/lib/libnewsreel.a'"):format(build)):gmatch "%x+ %u ([^\n]+)" do
    count = count + 1
    if not name:find "^newsreel_" then
      complain("libnewsreel.a exports %s", name)
    end
  end
  if count == 0 then
    complain "libnewsreel.a exports nothing"
  end
  return count .. " exported"
end)

-- Every public function has its comment right above it or its group: what hosts and scripts may call.
local function comments(complain, path, is_public)
  local before, count = "", 0
  for line in io.lines(path) do
    if is_public(line) then
      count = count + 1
      if not before:find "%*/$" and not before:find "^%-%-" and not before:find "^[^ ].*;$" then
        complain("%s: no comment above: %s", path, line)
      end
    end
    before = line
  end
  return count
end

rule("comments", function(complain)
  local count = 0
  for path in files "include/*.h" do
    count = count + comments(complain, path, function(line)
      return line:find "^[%a][%w_ %*]*newsreel_[%w_]+%(" and not line:find "^typedef"
    end)
  end
  for path in files "src/engine/*.c" do
    local methods = {} -- what Lua calls by a name of its own; metamethods speak for themselves
    for name, method in read(path):gmatch '{"([%w_]+)", ([%w_]+)}' do
      methods[method] = not name:find "^__"
    end
    count = count + comments(complain, path, function(line)
      return methods[line:match "^static int ([%w_]+)%(lua_State %*L%)$"]
    end)
  end
  for path in shell("find lua -name '*.lua'"):gmatch "[^\n]+" do
    local module = read(path):match "return ([%a_][%w_]*)%s*$" or "" -- others' functions are the file's own business
    count = count + comments(complain, path, function(line)
      return line:find("^function " .. module .. "[.:]")
    end)
  end
  return count .. " functions"
end)

-- The rules are written for the language, never for the samples: no six words of a seed stand in the sources.
rule("seeds", function(complain)
  local phrases = {}
  local function windows(text, visit)
    local words = {}
    for word in text:lower():gmatch "[%w\128-\255]+" do
      words[#words + 1] = word
      if #words > 5 then
        visit(table.concat(words, " ", #words - 5))
      end
    end
  end
  for path in files "seeds/*.txt seeds/*.jsonl" do
    windows(read(path), function(phrase)
      phrases[phrase] = path
    end)
  end
  local sources = shell("find src lua -type f | LC_ALL=C sort")
  for path in sources:gmatch "[^\n]+" do
    local text = read(path)
    windows(text, function(phrase)
      if phrases[phrase] then
        complain("%s holds words of %s: %s", path, phrases[phrase], phrase)
      end
    end)
    for seed in files "seeds/*.*" do
      if not seed:find "README" and text:find(seed:match "[^/]+$", 1, true) then
        complain("%s names %s", path, seed)
      end
    end
  end
end)

-- Every test that ARCHITECTURE.md names for an invariant is there.
rule("invariants", function(complain)
  local tests, count = shell "cat tests/unit/*.c tests/spec/*.lua", 0
  for row in read("ARCHITECTURE.md"):gmatch "\n|[^\n]+|([^\n|]+)|" do
    for name in row:gmatch "`([%l%d]+_[%l%d_]+)`" do
      count = count + 1
      if not tests:find(name, 1, true) then
        complain("ARCHITECTURE.md names %s, which is in no test", name)
      end
    end
  end
  return count .. " tests"
end)

---A rule kept by another program: it must be there and succeed.
local function tool(name, command)
  rule(name, function(complain)
    local text = shell(("command -v %s > /dev/null || echo %s is not installed; said=$(%s 2>&1) || echo \"$said\"")
      :format(name, name, command))
    for line in text:gmatch "[^\n]+" do
      complain("%s", line)
    end
  end)
end
tool("luacheck", "luacheck -q --no-color lua examples tests")
tool("clang-format", "clang-format --dry-run -Werror $(git ls-files '*.c' '*.h' | grep -v '_table\\.h$')")

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
