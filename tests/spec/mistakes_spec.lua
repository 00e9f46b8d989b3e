-- What an analyst does wrong, and what the message must tell. None may speak of the interpreter.
local lu = require "luaunit"
local core = require "newsreel.core"
local newsreel = require "newsreel"

local c = newsreel.memory()
c:add { id = "a", date = "2025-09-24", source = "CNN", text = "Peace talks paused." }

local mistakes = {
  { 'c:fnd "talks"', "did you mean 'find'" },
  { 'c:search "talks"', 'write c "word"' },
  { "c.sentnces:any()", "did you mean 'sentences'" },
  { 'return c "a" .. "b"', "a:followed_by(b)" },
  { 'return c "a" .. c "b"', "a:followed_by(b)" },
  { 'return c "a" + c "b"', "a | b" },
  { 'return c "a" < c "b"', "#a < #b" },
  { 'return -c "a"', "a:outside(b)" },
  { 'newsreel.opn "x"', "did you mean 'open'" },
  { 'newsreel.open "missing.reel"', "missing.reel: no such file" },
  { "newsreel.open()", 'newsreel.open "talks.reel"' },
  { 'newsreel.open("x.reel", { wirte = true })', "did you mean 'write'" },
  { 'c:actors "leader"', "did you mean 'leaders'" },
  { 'c:actors { "Putin" }', '["Vladimir Putin"]' },
  { 'c:lexicon { "progress" }', '["stall*"] = -1' },
  { 'c "talks":by("mnth"):count()', 'did you mean "month"' },
  { 'c "talks":by("month"):cont()', "did you mean 'count'" },
  { 'return #c "talks":by "month"', ":count()" },
  { 'c "talks":mean "value"', 's:by("month"):mean' },
  { 'c "talks":sum "value"', "no number 'value'" },
  { 'c "talks":frame { "dya" }', 'did you mean "day"' },
  { 'c "talks":frame "day"', 'a:frame{ "day"' },
  { 'c "talks":by("month"):count():sort "cuont"', "did you mean 'count'" },
  { 'c "talks":where { sorce = "CNN" }', "did you mean 'source'" },
  { 'c:where { sorce = "CNN" }', "did you mean 'source'" },
  { 'c:during "2025-13"', "12 months" },
  { "c:during(2025)", 'c:during "2025-09"' },
  { 'c "talks":near(5)', "spans or a pattern" },
  { 'c "talks":near(c)', "not a corpus" },
  { 'c "talks":flip("not", "x")', "number of tokens" },
  { 'c "talks":sample()', "number of hits" },
  { 'c "talks":kwic(2, { width = -1 })', "whole number from 0 up, not -1" },
  { 'c "talks":kwic(2, { width = 1.5 })', "whole number from 0 up, not 1.5" },
  { 'c "talks":kwic(2, { width = 4000000000 })', "at most 100000" },
  { 'c "talks":by("month"):count()[1]:kwic(1, { width = -1 })', "whole number from 0 up, not -1" },
  { 'c "talks":by("month"):count()[1]:kwic(-1)', "number of lines, not -1" },
  { 'c "talks":by("month"):count():kwic(-1)', "number of lines, not -1" },
  { 'c "talks":by("month"):count():print(-1)', "number of rows, not -1" },
  { 'c "talks":by("month"):count():head(-1)', "number of rows, not -1" },
  { 'c "talks":by("month"):count():top(-1)', "number of rows, not -1" },
  { 'c "talks":by("month"):count():sample(-1)', "number of rows, not -1" },
  { 'c "talks":by("month"):per(0)', "above 0" },
  { 'c "talks":by("month"):per(-1000)', "above 0" },
  { 'c "talks"()', "s:each()" },
  { 'for h in c "talks" do end', "s:each()" },
  { 'for k in pairs(c "talks") do end', "s:each()" },
  { 'return c "talks"[1].txt', "did you mean 'text'" },
  { 'return c "talks"[99].text', "nothing was found" },
  { 'return c:article "zz".text', "nothing was found" },
  { "c:article(5)", 'c:article "a1"' },
  { 'c.find "talks"', "with a colon" },
  { 'c "talks".kwic()', "with a colon" },
  { "c.name = 1", "read-only" },
  { 'c "(talks"', "not closed" },
  { 'c "[talks"', "write (a|b)" },
  { 'c "talks{2}"', ".{0,2}" },
  { 'c "!talks"', "lacking" },
  { 'c:pair "talks"', "a method of spans" },
  { 'c "talks":without "peace"', "a:outside(b)" },
  { 'c "talks":collocates { window = -1 }', "option 'window'" },
  { 'c "talks":frame { "day" }:save "/nonexist/x.csv"', "/nonexist/x.csv: no such" },
  { 'c ""', "is empty" },
  { "c(nil)", "a text in quotes" },
  { 'c "talks":frame { "day" }:save "x.xls"', "there are .csv" },
  { 'c "talks":frame { "day" }:save "x"', "with an ending" },
  { 'c:layer("sentences", function() end)', "is taken" },
  { 'c "talks":expand "sentence"', "did you mean 'sentences'" },
  { 'c "@Putin"', 'c:actors "leaders"' },
  { 'c "<dats>"', "did you mean 'dates'" },
  { 'c "talks":label { none = "no" }', "list of rules" },
  { 'c:find("a", { overlp = true })', "did you mean 'overlap'" },
  { 'c "talks":flip "not"', "`value`" },
  { "prnt(1)", "did you mean 'print'" },
  { "return None", "did you mean 'nil'" },
  { "local x = nil; return x.y", "'x' is nil" },
  { 'return c "talks" * 2', "#a for the count" },
  { 'c "talks":by("month"):count()[1].cuont()', "did you mean 'count'" },
  { "newsreel.dates(nil)", "reads a text in quotes, not nothing" },
  { "newsreel.quotes(c)", "reads a text in quotes, not a " },
  { 'newsreel.dates("in May", "en")', "options in a table, not a string" },
  { 'newsreel.dates("in May", { day = 20250926 })', "option 'day' of newsreel.dates is a string" },
  { 'newsreel.dates("nothing", { day = "2025-02-30" })', "is no day like 2025-09-26" },
  { 'newsreel.dates("in May", { lang = "fr" })', "it has en, de, uk, ru" },
  { 'newsreel.quotes("x", { lng = "en" })', "did you mean 'lang'" },
}

TestMistakes = {}

function TestMistakes:test_each_mistake_is_told_in_the_words_of_the_analyst()
  core.globals().c = c
  for _, mistake in ipairs(mistakes) do
    local f = core.load_string(mistake[1], "script")
    local ok, message = pcall(f)
    lu.assertFalse(ok, mistake[1])
    message = core.plain(message)
    lu.assertStrContains(message, mistake[2], false, mistake[1])
    lu.assertNotStrContains(message, "attempt to", mistake[1])
    lu.assertStrContains(message, "script:1: ", false, mistake[1]) -- the script's line, none of ours
  end
end

local lint = require "newsreel.lint"

function TestMistakes:test_and_or_between_queries_is_seen_before_the_script_runs()
  for source, word in pairs {
    ['local c = newsreel.open "x" local s = c "a" or c "b"'] = "or",
    ['c = newsreel.memory() s = c "a"\n  and c "b"'] = "and",
    ['c = d:during "2025" s = c:find("a") or c:find("b")'] = "or",
    ['s = known "a":near("x") and known "b"'] = "and",
    ['s = a:within(b) or a:near(b)'] = "or",
  } do
    lu.assertEquals((lint.check(source, { known = true })[1] or {}).word, word, source)
  end
end

function TestMistakes:test_and_or_elsewhere_is_left_alone()
  for _, source in ipairs {
    'local path = arg[1] or "talks.reel"',
    'if not a:find "x" and b:find("y") then print(1) end',
    'print(x and "a" or "b")',
    'if a and b then f "x" end',
    '-- c "a" or c "b"',
    'x = [[c "a" or c "b"]]',
    'local c = newsreel.open(arg[1] or "x.reel")',
    'if #c "a" > 1 and #c "b" > 1 then end',
    'return name == "a" or f "b"',
    'if not seed:find "README" and text:find(seed:match "x") then end',
  } do
    lu.assertEquals(lint.check(source), {}, source)
  end
end

TestHelp = {}

---What `f` writes.
local function written(f)
  local parts, write = {}, core.write
  core.write = function(text)
    parts[#parts + 1] = text
  end
  local ok, message = pcall(f)
  core.write = write
  lu.assertTrue(ok, message)
  return table.concat(parts)
end

function TestHelp:test_every_method_is_documented()
  local help = require "newsreel.help"
  local objects = { corpus = c, spans = c "talks", frame = c "talks":frame { "day" }, article = c:article "a" }
  for of, object in pairs(objects) do
    local text = written(function() help(object) end)
    for name in pairs(core.types[of].methods) do
      lu.assertStrContains(text, ":" .. name .. "(")
    end
    for name in pairs(core.types[of].getters) do
      lu.assertStrContains(text, "." .. name)
    end
  end
end

function TestHelp:test_help_knows_methods_by_name_and_by_themselves()
  local help = require "newsreel.help"
  lu.assertStrContains(written(function() help "kwic" end), "concordance")
  lu.assertStrContains(written(function() help(c.find) end), "newsreel.Corpus:find")
  lu.assertStrContains(written(function() help() end), "newsreel.open")
  lu.assertStrContains(written(function() help "nosuch" end), "nothing is known")
end

function TestHelp:test_the_reference_is_up_to_date()
  local file <close> = assert(io.open("lua/README.md", "rb"))
  lu.assertEquals(file:read "a", require "newsreel.docs".markdown())
end

TestPrompt = {}

function TestPrompt:test_words_are_completed_from_objects_and_the_corpus()
  local prompt = require "newsreel.cli.prompt"
  prompt.ask("drop", "")
  core.globals().c = c
  lu.assertEquals(prompt.complete "c:fi", { "c:find" })
  lu.assertEquals(prompt.complete "print(c.sen", { "c.sentences" })
  lu.assertEquals(prompt.complete "newsreel.me", { "newsreel.memory" })
  lu.assertEquals(prompt.complete 'c "paus', { "paused" })
  lu.assertEquals(prompt.complete 'c "PAUS', { "paused" }) -- patterns ignore case
  lu.assertEquals(prompt.complete 'c:find("peace pau', { "paused" })
  lu.assertEquals(prompt.complete "x = newsr", { "newsreel" })
  lu.assertEquals(prompt.complete "nothing.x", {})
end

function TestPrompt:test_a_statement_may_take_several_lines()
  local prompt = require "newsreel.cli.prompt"
  lu.assertEquals(prompt.ask("line", "for i = 1, 2 do"), 1)
  lu.assertEquals(prompt.ask("line", "seen = i"), 1)
  lu.assertEquals(prompt.ask("line", "end"), 0)
  lu.assertEquals(rawget(core.globals(), "seen"), 2)
  lu.assertErrorMsgContains("unexpected symbol", prompt.ask, "line", "x = )")
  lu.assertEquals(prompt.ask("line", "x = {"), 1)
  prompt.ask("drop", "")
  lu.assertEquals(prompt.ask("line", "y = 1"), 0)
end

function TestPrompt:test_exit_and_quit_leave_the_prompt_unless_they_are_names_of_the_analyst()
  local prompt = require "newsreel.cli.prompt"
  lu.assertEquals(prompt.ask("line", " exit "), 2)
  lu.assertEquals(prompt.ask("line", "quit()"), 2)
  prompt.ask("line", "quit = false")
  lu.assertEquals(prompt.ask("line", "quit"), 0)
  prompt.ask("line", "quit = nil")
  lu.assertEquals(prompt.ask("line", "quit"), 2)
end
