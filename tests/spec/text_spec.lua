local lu = require "luaunit"
local newsreel = require "newsreel"

TestText = {}

---What a generator prints, run here with the given arguments.
local function output(path, ...)
  local lines = {}
  local env = setmetatable({
    arg = { ... },
    print = function(line)
      lines[#lines + 1] = line
    end,
  }, { __index = _G })
  assert(loadfile(path, "t", env))()
  return table.concat(lines, "\n") .. "\n"
end

local function content(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function texts(list)
  local found = {}
  for i, item in ipairs(list) do
    found[i] = item.text
  end
  return found
end

function TestText:test_the_built_in_words_are_those_of_the_lists()
  local lists = {}
  for _, lang in ipairs { "cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "uk" } do
    lists[#lists + 1] = "lua/newsreel/text/" .. lang .. ".lua"
  end
  lu.assertTrue(output("src/text/make_words.lua", table.unpack(lists)) == content "src/text/words_table.h")
end

function TestText:test_the_words_of_languages_are_those_of_the_generator()
  lu.assertTrue(output "src/text/make_languages.lua" == content "src/text/lang_table.h")
end

function TestText:test_the_table_of_characters_is_that_of_the_unicode_database()
  local root = "/usr/share/unicode"
  local version = io.open(root .. "/ReadMe.txt")
  if not version or not version:read("a"):find("Version 15.0.0", 1, true) then
    lu.skip "the package unicode-data 15.0 is not installed"
  end
  lu.assertTrue(output("src/text/make_tables.lua", root) == content "src/text/char_table.h")
end

function TestText:test_the_sentences_of_a_text_keep_their_marks()
  local text = "“Why now?” Peskov asked. He met Sen. Hall in the U.S. That was on Sept. 24."
  lu.assertEquals(texts(newsreel.sentences(text)), {
    "“Why now?” Peskov asked.",
    "He met Sen. Hall in the U.S.",
    "That was on Sept. 24.",
  })
end

function TestText:test_tokens_say_where_they_stand()
  local text = "Trump’s $15bn"
  for _, token in ipairs(newsreel.tokens(text)) do
    lu.assertEquals(text:sub(token.first, token.last), token.text)
  end
  lu.assertEquals(texts(newsreel.tokens(text)), { "Trump", "’s", "$", "15bn" })
end

function TestText:test_breaks_are_those_of_unicode()
  lu.assertEquals(newsreel.breaks("can't stop", "word"), { 0, 5, 6, 10 })
  lu.assertEquals(newsreel.breaks("Dr. Who", "sentence"), { 0, 4, 7 })
  lu.assertEquals(newsreel.breaks("e\u{301}!", "grapheme"), { 0, 3, 4 })
end
