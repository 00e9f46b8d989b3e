--- Transcripts: paragraphs that begin with their speaker and a colon, "Anna Lindqvist: Good morning."
-- One such paragraph proves nothing; a text is a transcript when its labels come back, or when most of what follows
-- the label speaks as "I" and "we": a speech.
local lexicon = require "newsreel.quotes.lexicon"

local transcript = {}

local LABEL_BYTES = 140
local LABEL_WORDS = 16
local LABELLED_MIN = 3 -- labelled paragraphs in a transcript
local FIRST_LABEL_MAX = 4 -- a text whose first label comes later may end in the narrator's words

local SPOKEN_MIN = 3 -- paragraphs of a speech behind the labelled one
local SPOKEN_SHARE = 0.6 -- of them that speak as "I" and "we"
local LONE_SHARE = 0.25 -- of the paragraphs with a label of one word: shorter turns than a speech has
local SPOKEN_BYTES = 1500 -- of a paragraph looked at

local small = {}
for word in ("of the and for in on at to with a an de von van der al – — &"):gmatch "%S+" do
  small[word] = true -- "Head of the Institute for Peace Anna Lind:"
end
local roles = {
  Question = true, Answer = true, Remark = true, Moderator = true, Host = true, Interviewer = true, Reporter = true,
  Q = true, A = true, Frage = true, Antwort = true, ["Вопрос"] = true, ["Ответ"] = true, ["Реплика"] = true,
  ["Питання"] = true, ["Запитання"] = true, ["Відповідь"] = true,
}

local first_person = {}
for word in ([[
  i i'm i've i'd i'll we we're we've we'll my our us you your let's ich wir mein meine unser unsere uns euch ihnen
  я ми мы мій мой наш наша наше наші наши нас нам вас вам мені мне]]):gmatch "%S+" do
  first_person[word] = true
end

-- What begins a heading or an address, and no speaker.
local no_head = {}
for word in ("About On In For At With As To By And But Mr Mrs Ms Dear"):gmatch "%S+" do
  no_head[word] = true
end

-- What a page writes before its links, pictures and news of the hour.
local of_pages = {}
for word in ([[
  related more read watch listen see also update updated updates breaking exclusive story stories photo photos picture
  pictures gallery video videos audio graphic advertisement advertising sponsored full live analysis opinion explainer
  explained fact timeline investigations investigation recommended trending latest correction corrections clarification
  note subscribe newsletter click follow source sources summary background topics tags share
  mehr lesen foto fotos anzeige hintergrund quelle фото
  видео відео источник джерело читайте смотрите дивіться]]):gmatch "%S+" do
  of_pages[word] = true
end

---Is a label a role, capitalised or in capitals?
local function is_role(label)
  return roles[label] or roles[label:sub(1, 1) .. label:sub(2):lower()] or false
end

---Is a stretch before a colon the name of a speaker in one word of capitals, as some transcripts and many lists have it?
local function lone(label)
  return not label:find "%s" and not is_role(label)
end

---Is a stretch before a colon a name with what its bearer is: "Anna Lind, editor of the Port magazine"?
local function with_office(label)
  local name, office = label:match "^(%u[^,]*) (%u[^,]*), (.+)$"
  if not name or #office > LABEL_BYTES // 2 then
    return false
  end
  for word in (name .. " " .. office):gmatch "[%a\x80-\xFF']+" do
    if first_person[lexicon.lower(word)] then
      return false
    end
  end
  return not (name .. " "):find "%s%l"
end

---Is a stretch before a colon the name of a speaker: capitals, two words at least, or a role?
local function names_speaker(label)
  local words = 0
  if no_head[label:match "^%a+"] or of_pages[lexicon.lower(label:match "^[%a\x80-\xFF]+" or "")] then
    return false
  elseif with_office(label) then
    return true
  end
  for word in label:gmatch "%S+" do
    words = words + 1
    if not lexicon.capital(word) and not small[word] and not (words > 1 and word:find "^%(") then
      return false
    end
  end
  return words <= LABEL_WORDS and (words > 1 or roles[label] ~= nil or #label > 2 and label:upper() == label)
end

---The last byte of the speaker's label of the paragraph first..last and the first byte after it; nil without one.
local function label_of(text, first, last)
  local head = text:sub(first, math.min(last, first + LABEL_BYTES))
  if not head:find(":", 1, true) then
    return nil
  end
  local stop, from = head:match "^[^:\n\"“«%.%?!]-[%w\x80-\xFF%)]():%s+()"
  if not stop then -- "J. K. Smith: ..."
    stop, from = head:match "^[%u%.%s]+[^:\n\"“«%.%?!]-[%w\x80-\xFF%)]():%s+()"
  end
  local label = stop and first + from - 1 <= last and head:sub(1, stop - 1)
  if label and names_speaker(label) then
    label = label:match "^(.-(%S+) (%S+)) %3 %2" or label -- "Anna Lind Lind Anna": the name, then the page's index of names
    return first + #label - 1, first + from - 1
  end
end

---Does a paragraph speak as "I" or "we"?
local function speaks(text, first, last)
  for word in text:sub(first, math.min(last, first + SPOKEN_BYTES)):gmatch "[%a\x80-\xFF']+" do
    if word ~= "US" and first_person[lexicon.lower(word)] then
      return true
    end
  end
  return false
end

---Are the paragraphs from number n on a speech, the first of them labelled with a full name?
local function speech(text, paragraphs, labelled)
  local n = labelled.turn
  local label = text:sub(labelled[1], labelled[2])
  local behind = #paragraphs - n
  if behind < SPOKEN_MIN or not label:find " " or label:find "^The " or label:upper() == label then
    return false
  end
  local spoken = 0
  for m = n, #paragraphs do
    spoken = spoken + (speaks(text, m == n and labelled.from or paragraphs[m][1], paragraphs[m][2]) and 1 or 0)
  end
  return spoken >= SPOKEN_SHARE * (behind + 1)
end

---Does a paragraph address the one who spoke before: "Mr President, ...", "you remember, Mr President – ..."?
local function addresses(text, first, last, label)
  local name = "M[rs]s?%.? (%u[%w\x80-\xFF%-]+)"
  local stretch = text:sub(first, last)
  local who = stretch:match("^" .. name) or stretch:match(", " .. name .. " ?[,%.%?!\xE2]")
  return who ~= nil and (who == "President" or label:find(who, 1, true) ~= nil)
end

---Of two labels that follow each other and are the same, somebody spoke between: from the paragraph that addresses the
---one labelled, nobody is named.
local function take_back(turns, text, paragraphs, from, to)
  if text:sub(turns[from][1], turns[from][2]) ~= text:sub(turns[to][1], turns[to][2]) then
    return
  end
  local other = false
  for n = from + 1, to - 1 do
    local turn = turns[n]
    other = other or turn ~= nil and addresses(text, turn.from, paragraphs[n][2], text:sub(turn[1], turn[2]))
    if other and turn then
      turns[n] = { from = turn.from, turn = n }
    end
  end
end

---The paragraphs with a speaker's label. Labels of one word in capitals count where what they label is spoken: a list
---of "TARGET: ..." and "DAMAGE: ..." is not, but what a moderator leads is.
local function labelled_paragraphs(text, paragraphs)
  local all, others, spoken, led = {}, {}, 0, false
  for n, range in ipairs(paragraphs) do
    local last, from = label_of(text, range[1], range[2])
    if last then
      local one = { range[1], last, from = from, turn = n }
      all[#all + 1] = one
      local label = text:sub(range[1], last)
      led = led or is_role(label)
      if not lone(label) then
        others[#others + 1] = one
      elseif speaks(text, from, range[2]) then
        spoken = spoken + 1
      end
    end
  end
  return (led or spoken >= LONE_SHARE * (#all - #others)) and all or others
end

---Does a label come back?
local function comes_back(text, labelled)
  local seen = {}
  for _, one in ipairs(labelled) do
    local label = text:sub(one[1], one[2])
    if seen[label] then
      return true
    end
    seen[label] = true
  end
  return false
end

---Find who speaks each paragraph of a transcript.
--
-- Returns nil for other texts; else by paragraph number { label_first, label_last, from, turn }, `from` being the
-- first byte spoken and `turn` the number of the paragraph with the label; without a label where it was lost.
function transcript.turns(text, paragraphs)
  local labelled = labelled_paragraphs(text, paragraphs)
  local repeated = comes_back(text, labelled)
  local spoken = labelled[1] and speech(text, paragraphs, labelled[1])
  if not (#labelled >= LABELLED_MIN and repeated or spoken) then
    return nil
  end
  local turns, next_label = {}, 1
  local stop = (spoken or labelled[1].turn <= FIRST_LABEL_MAX) and #paragraphs or labelled[#labelled].turn
  for n = labelled[1].turn, stop do
    local following = labelled[next_label]
    if following and following.turn == n then
      turns[n] = following
      if next_label > 1 then
        take_back(turns, text, paragraphs, labelled[next_label - 1].turn, n)
      end
      next_label = next_label + 1
    elseif text:find("^[<%(%[%*…]", paragraphs[n][1]) then
      turns[n] = nil -- a note of the stenographer
    else
      local before = labelled[next_label - 1]
      turns[n] = { before[1], before[2], from = paragraphs[n][1], turn = before.turn }
    end
  end
  return turns
end

return transcript
