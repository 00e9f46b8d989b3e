--- Tone of a text, and toward a target in it: from a lexicon, with negation, degree and "but".
--
-- Method: longest match of the lexicon's entries; an entry's value is turned by a negator up to three
-- words before it in the same clause and by a verb that takes it away ("ended the war"), scaled by words of
-- degree, and weighted by the side of a "but" it stands on; a denial ("not", "never") is itself a little bad.
-- The sum s becomes s / sqrt(s^2 + 15), between -1 and 1 (Hutto and Gilbert 2014, VADER,
-- for the last two; Polanyi and Zaenen 2006 for shifters). Everything is told in the hits, word by word.
local words = require "newsreel.words"

local tone = {}

local set = words.set

local negators = set [[not no never none nobody nothing neither nor n't cannot without hardly barely scarcely
  rarely seldom lack lacks
  lacked lacking fail fails failed failing refuse refuses refused deny denies denied nt isnt wasnt dont doesnt
  didnt cant couldnt wont wouldnt
  не ні нет без ніколи никогда]]

-- Whoever denies tells of something that is not as it should be, whatever it is.
local denials, denial = set "not n't no never", -0.6

-- What takes something away: "the war was ended" is no bad news, "deprived of hope" is.
local removers = set [[end ends ended ending stop stops stopped stopping prevent prevents prevented preventing avert averts
  averted averting curb curbs curbed curbing reduce reduces reduced reducing eliminate eliminates eliminated eliminating
  halt halts halted halting combat combats combating fight fighting fights against free relief cure cures defeat defeats
  defeated defeating solve solves solved solving resolve resolves resolved resolving overcome overcomes overcame
  lift lifts lifted lifting]]
local articles = set "the a an this that" -- "the fight": no verb
local deprivers = set "deprive deprives deprived depriving strip stripped robbed lost losing lose loses"

local degrees = {}
for degree, list in pairs {
  [1.4] = [[very extremely deeply highly hugely incredibly particularly especially truly utterly absolutely
    completely totally remarkably
    so such most more really widely strongly severely seriously sharply massive huge enormous increasingly
    considerably]],
  [0.6] = [[slightly somewhat partly partially fairly rather relatively little less almost nearly marginally
    mildly sort kind bit]],
} do
  for word in list:gmatch "%S+" do
    degrees[word] = degree
  end
end

-- What is only wished for or supposed is weaker: "should be safe" does not say that it is.
local suppositions = set [[should must need needs needed ought would could might may if unless whether until
  cannot can't
  hope hopes]]

local turns = set "but however yet although though nevertheless nonetheless але але однак но однако"

-- Words of texts about markets, where going up is good and going down is bad.
local market_words = set [[shares share stock stocks market markets index profit profits revenue revenues sales earnings
  quarter q1 q2 q3 q4 crore lakh rs rupee sensex nifty bse nse ipo investor investors trading traders analysts bonds yields
  futures brokerage dividend forex gdp inflation exports imports price prices bank banks bullion mutual fund funds equity
  equities bourse output demand growth loan loans fii fiis pct bps pc percent stake rating ratings target buy sell upgrade
  downgrade bullish bearish gold silver copper zinc nickel aluminium crude cotton sugar wheat soybean cement steel metal
  metals pharma telecom auto motors infra ltd earning turnover margin margins lender lenders bid ipos euro yen dollar
  economy outlook forecast volumes firms company companies industry retail airline airlines car commodity commodities]]

local moves = set [[up down gain gains gained slip slips slipped surge surges surged jump jumps jumped fall falls fell rise
  rises rose soar soars soared tumble tumbles tumbled slump slumps slumped plunge plunges plunged dip dips dipped higher lower
  rally rallies rallied climb climbs climbed drop drops dropped slide slides slid advance advances advanced]]

-- What tone asks of a word, asked once a spelling.
local read = words.reader(function(form)
  local word = form.word
  form.market, form.move = market_words[word], moves[word]
  form.turn, form.denial = turns[word], denials[word]
  form.mark = form.market or form.move
end)

local function about_markets(list, text)
  local count, move = 0, false
  for i = 1, list.marked_count do
    local form = list[list.marked[i]]
    count, move = count + (form.market and 1 or 0), move or form.move
  end
  if move and list.count <= 16 and text:find "%d" then
    count = count + 1
  end
  count = count + (text:find "%d%%" and 1 or 0)
  return count > 0 and count * 20 >= list.count
end

local compiled = setmetatable({}, { __mode = "k" })
local politics, markets
local files = {} -- path -> list

-- The lexicon of an analyst, or ours; where a text is about markets, with the words of those.
local function lexicon_of(given, list, text)
  if type(given) == "string" then
    local dictionaries, lists = require "newsreel.dictionaries", require "newsreel.lists"
    files[given] = files[given] or dictionaries.valued(lists.load(given, "tone.score"))
    given = files[given]
  end
  if given then
    compiled[given] = compiled[given] or words.compile(given)
    return compiled[given]
  elseif not about_markets(list, text) then
    politics = politics or words.compile(require "newsreel.lists.politics")
    return politics
  elseif not markets then
    local all = {}
    for _, name in ipairs { "politics", "markets" } do
      for entry, value in pairs(require("newsreel.lists." .. name)) do
        all[entry] = value
      end
    end
    markets = words.compile(all)
  end
  return markets
end

-- Negation, taking away and degree before word `at`, inside its clause.
local function shift(list, at, value)
  local factor, why = 1, nil
  for back = 1, 3 do
    local before = list[at - back]
    if not before or list.clause[at - back] ~= list.clause[at] then
      break
    end
    local taker = value < 0 and removers or deprivers
    if negators[before.word] then
      factor, why = factor * -0.3, (why and why .. ", " or "") .. "negated by " .. before.word
    elseif taker[before.word] and not articles[list[at - back - 1] and list[at - back - 1].word] then
      factor, why = factor * -0.3, (why and why .. ", " or "") .. "taken away by " .. before.word
    elseif suppositions[before.word] then
      factor = factor * (value > 0 and 0.5 or 0.8)
    elseif back <= 2 and degrees[before.word] then
      factor, why = factor * degrees[before.word], (why and why .. ", " or "") .. before.word
    end
  end
  return factor, why
end

-- "Best Buy", "the Lawful Immigrant Visa": a capitalised word beside another, where words are also written small.
local function is_name(list, at, stop)
  local raw, clause, sentence = list[at].raw, list.clause, list.sentence
  local function capital(i)
    return list[i] and clause[i] == clause[at] and list[i].raw:find "^%u"
  end
  if at ~= stop or not raw:find "^%u" or raw:find "^%u%u" or at == 1 or sentence[at - 1] ~= sentence[at]
    or not (capital(at + 1) or capital(at - 1) and at > 2) then
    return false
  end
  for i = math.max(1, at - 8), math.min(at + 8, list.count) do
    if sentence[i] == sentence[at] and list[i].raw:find "^%l%l%l%l%l" then
      return true
    end
  end
  return false
end

-- Sum over a text; what follows a "but" outweighs what stands before it.
local function whole(hits, turn)
  local sum = 0
  for _, hit in ipairs(hits) do
    sum = sum + hit.value * (turn and (hit.at < turn and 0.6 or 1.3) or 1)
  end
  return sum
end

local speech = set [[said says say told tells added adds asked asks replied replies responded noted notes argued argues
  wrote writes announced declared explained insisted insists suggested suggests warned warns stated recalled tweeted]]

-- How much a hit concerns a target: other clauses less, what stands before it less, and what a target says hardly.
local function relevance(hit, before, same, speaks)
  local weight = same and 1.2 or 0.6
  if before and not same then
    return speaks and 0 or weight * 0.5
  end
  return weight * ((before and hit.value > 0 or speaks) and 0.6 or 1)
end

-- Sum of the hits that concern the words at bytes first..last, near ones more.
local function toward(list, hits, first, last)
  local from, to
  for i = 1, list.count do
    if list.at[i] + list[i].size > first and list.at[i] <= last then
      from, to = from or i, i
    end
  end
  local after, ahead = from and list[to + 1], from and list[from - 1]
  local speaks = after and speech[after.word] or ahead and speech[ahead.word]
  local sum = 0
  for _, hit in ipairs(hits) do
    if hit.last < first or hit.first > last then
      local before = from ~= nil and hit.at < from
      local distance = from and (before and from - hit.at or hit.at - to) or 10
      local weight = relevance(hit, before, from ~= nil and hit.clause == list.clause[from], speaks)
      sum = sum + hit.value * weight / (1 + distance / 8)
    end
  end
  return sum
end

local WIDE, WIDE_TARGET = 15, 60 -- what sums come near to 1: one word says less of a target than of a sentence

-- The words of tone in a text, and where its last "but" stands. In a lexicon of an analyst all counts as it is written.
local function hits_of(list, trie, ours)
  local hits, turn, at = {}, nil, 1
  local function hit(stop, entry, value, why)
    hits[#hits + 1] = { first = list.at[at], last = list.at[stop] + list[stop].size - 1, entry = entry, value = value,
      why = why, at = at, clause = list.clause[at] }
  end
  while at <= list.count do
    local form = list[at]
    while form and form[trie] == false do -- says nothing by this lexicon: most words
      at = at + 1
      form = list[at]
    end
    if not form then
      break
    elseif form[trie] == nil then
      form[trie] = form.turn or form.denial or words.starts(trie, form)
    end
    turn = form.turn and at or turn
    local value, stop, entry = words.longest(trie, list, at)
    if stop and type(value) == "number" then
      if value ~= 0 and not (ours and is_name(list, at, stop)) then
        local factor, why = shift(list, at, value)
        hit(stop, entry, value * factor, why)
      end
      at = stop
    elseif ours and form.denial then
      hit(at, form.word, denial, "denial")
    end
    at = at + 1
  end
  return hits, turn
end

-- A sentence that names several actors is read once.
local function reading(text, lexicon)
  local list = read(text)
  local hits, turn = hits_of(list, lexicon_of(lexicon, list, text), not lexicon)
  return { text = text, list = list, hits = hits, turn = turn }
end

local function sum_of(one, first, last)
  local sum = first and toward(one.list, one.hits, first, last) or whole(one.hits, one.turn)
  return sum / math.sqrt(sum * sum + (first and WIDE_TARGET or WIDE))
end

---Score the tone of a text.
---
---@param text string UTF-8
---@param first? integer bytes of a target in the text, both ends in; nil: the whole text is meant
---@param last? integer
---@param lexicon? table<string, number>|string entries with values, or a file (CSV, LIWC, Lexicoder, VADER, AFINN)
---@return number score # -1 to 1; 0 where nothing speaks
---@return { first: integer, last: integer, entry: string, value: number, why: string? }[] hits
function tone.score(text, first, last, lexicon)
  local one = reading(text, lexicon)
  return sum_of(one, first, last), one.hits
end

-- ---- over a corpus ----

---The tone of each sentence toward the actor it names: a row a mention, with actor, day, article, tone, sentence.
---
---With `voices` a column `label` says "reported" where the mention lies inside quoted or reported speech.
---@param spans newsreel.Spans with the attribute actor
---@param given? {lexicon?: table, voices?: boolean}
---@return newsreel.Frame
function tone.toward(spans, given)
  local options = require "newsreel.options"
  given = options.check("tone.toward", given, { lexicon = "table", voices = "boolean" })
  local columns = { "actor", "day", "article", "text", "sentence" }
  if given.voices then
    spans = spans:label { { "reported", require("newsreel.core").corpus_of(spans).voices } }
    table.insert(columns, 2, "label")
  end
  local one = {}
  return spans:frame(columns):with("tone", function(row)
    local text = row.sentence
    one = text == one.text and one or reading(text, given.lexicon)
    return sum_of(one, text:find(row.text, 1, true))
  end)
end

---The mean tone by columns: mean, low and high (95 of 100 such means lie between), toned of count sentences.
---@param frame newsreel.Frame of tone.toward
---@param ... string columns
---@return newsreel.Frame
function tone.summary(frame, ...)
  local core, names = require "newsreel.core", { ... }
  local groups, order = {}, {}
  for row in frame:each() do
    local key = {}
    for i, name in ipairs(names) do
      key[i] = row[name] ~= nil and tostring(row[name]) or false
    end
    local id = ""
    for _, part in ipairs(key) do
      id = id .. tostring(part) .. "\0"
    end
    local group = groups[id]
    if not group then
      group = { key = key, count = 0, toned = 0, sum = 0, squares = 0 }
      groups[id], order[#order + 1] = group, group
    end
    group.count, group.toned = group.count + 1, group.toned + (row.tone ~= 0 and 1 or 0)
    group.sum, group.squares = group.sum + row.tone, group.squares + row.tone * row.tone
  end
  local columns, cells = { ... }, {}
  table.move({ "mean", "low", "high", "toned", "count" }, 1, 5, #names + 1, columns)
  for _, group in ipairs(order) do
    local n, mean = group.count, group.sum / group.count
    local wide = n > 1 and 1.96 * math.sqrt(math.max(0, (group.squares - n * mean * mean) / (n - 1)) / n)
    table.move(group.key, 1, #names, #cells + 1, cells)
    table.move({ mean, wide and mean - wide, wide and mean + wide, group.toned, n }, 1, 5, #cells + 1, cells)
  end
  return core.frame_of_cells(columns, cells, #order)
end

---Print sentences of a frame of tone.toward: the `n` lowest, and the `n` highest. Gives the frame back.
---@param frame newsreel.Frame
---@param n integer
---@return newsreel.Frame
function tone.read(frame, n)
  local sorted = frame:sort("tone", "article")
  local core = require "newsreel.core"
  for i = 1, #sorted do
    if i <= n or i > #sorted - n then
      local row = sorted[i]
      core.write(("%+.2f  %s  %s\n"):format(row.tone, row.article, (row.sentence:gsub("%s+", " "))))
    end
  end
  return frame
end

return tone
