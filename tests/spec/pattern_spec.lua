local lu = require "luaunit"
local pattern = require "newsreel.pattern"

-- Patterns and their trees, as `pattern.show` writes them.
local CASES = {
  { "talks", "talks" },
  { "Talks", "talks" },
  { "peace talks", "[peace talks]" },
  { "sanction*", "glob:sanction*" },
  { "wom?n", "glob:wom?n" },
  { "*gate", "glob:*gate" },
  { "price cap|embargo*", "{[price cap] | glob:embargo*}" },
  { "price (cap|ceiling)", "[price {cap | ceiling}]" },
  { "((talks))", "talks" },
  { "talks .{0,3} paused", "[talks .{0,3} paused]" },
  { "frozen . assets", "[frozen .{1,1} assets]" },
  { "talks .{2} paused", "[talks .{2,2} paused]" },
  { "talks .{,2} paused", "[talks .{0,2} paused]" },
  { "=US", "surface:US" },
  { '="May Day"', "[surface:May surface:Day]" },
  { "stem:negotiate", "stem:negotiate" },
  { "/negotiat(e|or)s?/", "regex:negotiat(e|or)s?" },
  { [[/a\/b/]], "regex:a/b" },
  { "@Putin", "actor:Putin" },
  { '@"Marco Rubio" said', "[actor:Marco Rubio said]" },
  { "<dates>", "layer:dates" },
  { "on <dates>", "[on layer:dates]" },
  { '"and/or"', "[and or]" },
  { '"quotes"', "quotes" },
  { "long-range", "[long~ range]" },
  { "long range", "[long range]" },
  { "Trump's", "[trump~ 's]" },
  { "Trump’s", "[trump~ 's]" },
  { "don't", "[do~ n't]" },
  { "Путин*", "glob:путин*" },
  { "talks, paused", "[talks paused]" },
  { "a|b|c", "{a | b | c}" },
}

TestPattern = {}

function TestPattern:test_every_case_reads_as_it_says()
  for _, case in ipairs(CASES) do
    lu.assertEquals(pattern.show(pattern.parse(case[1])), case[2], case[1])
  end
end

local function message_of(source)
  local _, message = pcall(pattern.parse, source)
  return message
end

function TestPattern:test_a_mistake_has_a_caret_under_it()
  lu.assertStrContains(message_of "price (cap", "this bracket is not closed:\n  price (cap\n        ^")
  lu.assertStrContains(message_of "Київ (a", "\n       ^") -- columns, not bytes
  lu.assertStrContains(message_of "東京 (a", "\n       ^") -- wide letters take two
end

function TestPattern:test_each_mistake_says_what_to_write()
  for source, words in pairs {
    ["a)"] = "never opened", ["a||b"] = "a word is wanted here", ["()"] = "a word is wanted here",
    ['"abc'] = 'write "..."', ["/abc"] = "write /.../", ["<dat"] = "<dates>", ["@"] = "@Putin", ["= x"] = "=US",
    ["a .{3,1} b"] = "write .{1,3}", ["a .{2,} b"] = "has no end", ["--"] = "punctuation alone", [""] = "is empty",
    ["=US*"] = "behind =", ["stem:a*"] = "one word",
    ["x .{a} y"] = ".{0,3}", ["a .{0,5000} b"] = "at most 1000",
  } do
    lu.assertStrContains(message_of(source), words, false, source)
  end
end

function TestPattern:test_brackets_nest_a_hundred_deep_and_no_deeper()
  lu.assertEquals(pattern.show(pattern.parse(("("):rep(100) .. "a" .. (")"):rep(100))), "a")
  lu.assertStrContains(message_of(("("):rep(101) .. "a" .. (")"):rep(101)), "more than 100 deep")
end

function TestPattern:test_no_text_breaks_the_reader()
  local signs = {
    "(", ")", "|", "*", "?", ".", "{", "}", ",", '"', "/", "\\", "@", "<", ">", "=", "stem:", " ", "a", "1", "є", "'",
  }
  local seed = 7
  for _ = 1, 3000 do
    local parts = {}
    for i = 1, 12 do
      seed = (seed * 1103515245 + 12345) % 2147483648
      parts[i] = signs[seed // 65536 % #signs + 1]
    end
    local source = table.concat(parts)
    local ok, result = pcall(pattern.parse, source)
    local shown = ok and pattern.show(result) or result
    lu.assertTrue(type(shown) == "string" and (ok or not shown:find "attempt to"), source)
  end
end

function TestPattern:test_entries_of_lists_are_words_in_a_row()
  local words = pattern.entry "freez* . asset*"
  lu.assertEquals({ words[1].text, words[2].text, words[3].text }, { "freez*", "*", "asset*" })
  lu.assertErrorMsgContains("words in a row", pattern.entry, "a|b")
end

function TestPattern:test_operators_of_other_query_languages_are_noted()
  lu.assertStrContains(pattern.note "talks & peace", "near")
  lu.assertStrContains(pattern.note "talks OR peace", "talks|peace")
  for _, plain in ipairs { "AT&T", "talks or peace", '"talks OR peace"', "=OR" } do
    lu.assertNil(pattern.note(plain), plain)
  end
end
