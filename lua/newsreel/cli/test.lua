--- newsreel test [LIST...]
local core = require "newsreel.core"
local lists = require "newsreel.lists"
local newsreel = require "newsreel"

local verb = {
  usage = "test [LIST...] [--verbose]",
  about = [[
Run the examples and counter-examples that lists and rules carry, all of newsreel's own unless some are named:
a file of yours, or "harm", "dates en", "quotes de", "acts sanctions". The exit status is 1 where one fails.

  --verbose   name every example, not only those that fail

In a list, `examples` are { sentence, "words = category, value or actor", ... }, what is found in the order of the
sentence, and `counter_examples` are sentences in which nothing is found:

  return {
    killed = { "kill", "kills", "killed" },
    examples = { { "Two were killed.", "killed = killed" } },
    counter_examples = { "The killer whale sang." },
  }

  newsreel test mylist.lua
  newsreel test "dates uk" --verbose
]],
  options = { ["--verbose"] = "flag" },
  least = 0,
}

-- ---- what is found in a sentence, as its example tells it ----

local PRINTED = "2025-09-26" -- the Friday on which the sentences about dates are printed

local function by_list(list)
  local plain = lists.plain(list)
  return function(sentence)
    local c <close> = newsreel.memory()
    c:add { id = "example", text = sentence, lang = "en" }
    local spans, found, known = list.kind and c:actors(plain) or c:lexicon(plain), {}, {}
    for _, column in ipairs(core.columns(spans)) do
      known[column.name] = true
    end
    for hit in spans:each() do
      local value = known.actor and hit.actor or known.category and hit.category or known.value and hit.value
      found[#found + 1] = ("%s = %s"):format(hit.text, type(value) == "number" and ("%g"):format(value) or value)
    end
    return found
  end
end

local function by_dates(_, lang)
  return function(text)
    local found = {}
    for _, date in ipairs(newsreel.dates(text, { lang = lang, day = PRINTED })) do
      found[#found + 1] = date.text
      found[#found + 1] = date.value
    end
    return found
  end
end

local function by_quotes(_, lang)
  return function(text)
    local found = {}
    for _, one in ipairs(newsreel.quotes(text, { lang = lang })) do
      if one.kind ~= "direct" or one.speaker then
        found[#found + 1] = ("%s | %s | %s"):format(one.kind, one.speaker or "", one.text)
      end
    end
    return found
  end
end

-- An act's examples tell these of the first act found, or what its `tells` names.
local ACT_TELLS = { "status", "sender", "target" }

local function by_acts(rules, act)
  return function(text)
    local one, found = newsreel.events(text, act)[1], {}
    for i, name in ipairs(one and (rules.tells or ACT_TELLS) or {}) do
      found[i] = one[name] or ""
    end
    return found
  end
end

-- ---- what there is to test ----

local LANGUAGES = { "en", "de", "uk", "ru" }

---Everything of newsreel's own: {name, module, how}.
local function packaged()
  local all = {}
  for _, name in ipairs(lists.keys(lists.packaged)) do
    all[#all + 1] = { name, "newsreel.lists." .. name, by_list }
  end
  for _, lang in ipairs(LANGUAGES) do
    all[#all + 1] = { "dates " .. lang, "newsreel.dates." .. lang, by_dates, lang }
  end
  for _, lang in ipairs(LANGUAGES) do
    all[#all + 1] = { "quotes " .. lang, "newsreel.quotes." .. lang, by_quotes, lang }
  end
  for _, module in ipairs(core.modules "newsreel.acts.") do
    local act = module:match "[^.]+$"
    all[#all + 1] = { "acts " .. act, module, by_acts, act }
  end
  return all
end

local function chosen(names)
  local all, known, out = packaged(), {}, {}
  for _, one in ipairs(all) do
    known[one[1]] = one
  end
  for i = 1, #names do
    out[i] = known[names[i]] or { names[i], lists.read(names[i], "newsreel test"), by_list }
  end
  return #names > 0 and out or all
end

-- ---- running ----

local function quoted(list)
  for i, text in ipairs(list) do
    list[i] = ("%q"):format(text):gsub("\\\n", "\\n")
  end
  return #list == 0 and "nothing" or table.concat(list, ", ")
end

---Run one; tell where it fails.
local function passes(name, find, sentence, wanted, verbose)
  local found = find(sentence)
  local good = #found == #wanted
  for i = 1, #wanted do
    good = good and found[i] == wanted[i]
  end
  if not good or verbose then
    print(("%s %s: %s"):format(good and "ok    " or "not ok", name, sentence))
  end
  if not good then
    print("       wanted " .. quoted(wanted))
    print("       found  " .. quoted(found))
  end
  return good
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  local passed, failed = 0, 0
  for _, one in ipairs(chosen(given)) do
    local name, rules = one[1], type(one[2]) == "string" and require(one[2]) or one[2]
    local find, before, bad = one[3](rules, one[4]), passed, 0
    for _, example in ipairs(rules.examples or {}) do
      local good = passes(name, find, example[1], table.move(example, 2, #example, 1, {}), given.verbose)
      passed, bad = passed + (good and 1 or 0), bad + (good and 0 or 1)
    end
    for _, sentence in ipairs(rules.counter_examples or rules.counterexamples or {}) do
      local good = passes(name, find, sentence, {}, given.verbose)
      passed, bad = passed + (good and 1 or 0), bad + (good and 0 or 1)
    end
    failed = failed + bad
    print(("%-20s %4d passed, %d failed%s"):format(name, passed - before, bad,
      passed == before and bad == 0 and " (it has no examples)" or ""))
  end
  print(("%d passed, %d failed"):format(passed, failed))
  return failed > 0 and 1 or 0
end

return verb
