--- The program: finds the verb and hands it the rest of the command line.
local core = require "newsreel.core"

local cli = {}

---Every verb and the line that `newsreel --help` shows for it, in that order.
cli.verbs = {
  { "add", "put files and folders into a corpus" },
  { "articles", "list the articles and where their dates come from" },
  { "find", "show, count or group the places of a pattern" },
  { "layer", "list the spans of a layer: sentences, dates, actors, boiler" },
  { "test", "run the examples that lists and rules carry" },
  { "diff", "what a change of rules or lists adds and takes away" },
  { "words", "count the words" },
  { "collocates", "words that stand near a pattern more often than chance" },
  { "run", "run a script" },
  { "show", "show one article" },
  { "dump", "write all articles as JSON Lines, to be added again" },
  { "set", "correct fields of an article" },
  { "remove", "take articles out" },
  { "info", "sizes and counts" },
  { "check", "verify every byte of a corpus" },
  { "compact", "write a corpus anew without dead space" },
}

---Talk to the person, on standard error.
---@param text string
function cli.say(text)
  io.stdout:flush()
  io.stderr:write(text, "\n")
end

---Say that the command line is wrong; gives the exit status 2.
---@param message string
---@return integer
function cli.misuse(message)
  cli.say("newsreel: " .. message)
  return 2
end

---Open a file for reading; raises in our own words.
---@param path string
---@return file*
function cli.file(path)
  local file, message = io.open(path, "rb")
  if not file then
    local reason = message:sub(#path + 3):lower():gsub("no such file or directory", "no such file or folder")
    core.raise(path .. ": " .. reason, "notfound")
  end
  return file
end

local function help(about)
  if about then
    return cli.main(about, "--help")
  end
  core.write "newsreel: news archives, asked in Lua\n\n"
  core.write "  newsreel VERB CORPUS ...     newsreel -e CODE     newsreel (the prompt)\n\n"
  for _, verb in ipairs(cli.verbs) do
    core.write(("  %-11s %s\n"):format(verb[1], verb[2]))
  end
  core.write "\n'newsreel VERB --help' tells more about a verb.\n"
  return 0
end

local function run_code(code, ...)
  if not code then
    return cli.misuse "-e needs the code to run: newsreel -e 'print(1)'"
  end
  require("newsreel.lint").tell(code, "(-e)")
  core.load_string(code, "(-e)", ...)(...)
  return 0
end

local function unknown_verb(name)
  local names = {}
  for _, verb in ipairs(cli.verbs) do
    names[verb[1]] = true
  end
  local near = core.nearest(name, names)
  local hint = near and (" (did you mean '%s'?)"):format(near)
    or name:find "%.lua$" and (" (newsreel run %s runs a script)"):format(name) or ""
  return cli.misuse(("there is no verb '%s'%s; 'newsreel --help' lists them"):format(name, hint))
end

local function version()
  core.write("newsreel " .. core.version .. "\n")
  return 0
end

local options = {
  ["--help"] = help,
  ["-h"] = help,
  help = help,
  ["--version"] = version,
  ["-v"] = version,
  ["-e"] = run_code,
}

---Run a verb with its part of the command line. A verb without `options` reads that itself.
local function run(name, ...)
  require "newsreel"
  local verb = require("newsreel.cli." .. name)
  if not verb.options then
    return verb.run(...)
  end
  local given, status = require("newsreel.cli.arguments").read(verb, ...)
  return given and verb.run(given) or status
end

---Run one command line and give its exit status: 0 done, 1 failed, 2 misused.
---@param name string
---@param ... string
---@return integer
function cli.main(name, ...)
  if options[name] then
    return options[name](...)
  end
  for _, verb in ipairs(cli.verbs) do
    if verb[1] == name then
      return run(name, ...) or 0
    end
  end
  return unknown_verb(name)
end

return cli
