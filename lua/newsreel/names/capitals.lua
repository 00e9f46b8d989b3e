--- When the name of a capital means the government that sits there.
--
-- "Moscow refused", "Kyiv's demands", "pressure on Minsk", "talks between Ankara and Athens" are governments;
-- "in Moscow", "left Moscow", "deep inside Russia, including Moscow" are places. Only what shows itself as a
-- government is taken: a capital without such a sign stays a place.
local words = require "newsreel.words"

local capitals = {}

-- What governments do, in the forms that follow a subject.
local verbs = [[accus* acknowledg* agree|agreed|agrees aim|aims|aimed announc* appeal* approv* argu* ask|asks|asked
  back|backs|backed ban|bans|banned blam* call|calls|called cancel* ced* claim* condemn* confirm* consider* cut|cuts
  deci* declar* declin* defend|defends|defended demand|demands|demanded den* denounc* deploy* describ* dismiss*
  downgrad* eas* expel* express* fear* fund* halt* hope|hopes|hoped ignor* impos* insist* intend* interven* invad*
  invit* launch* lift* maintain* negotiat* object* offer|offers|offered oppos* order|orders|ordered plan|plans|planned
  pledg* prefer* prepar* presses|pressed promis* propos* protest* provid* push* quit reacted recall* recogni*
  refus* regard* reject* releas* renounc* respond* resum* retaliat* return*|rul* said|say|says|saying sanction*
  see|sees|seek|seeks|seeking|sought sell|sells|sold send|sends|sent shar* sign|signs|signed speak* stop|stops|stopped
  suggest* summon* supplied|supplies|supply|supplying support|supports|supported suspend* suspect* tell|tells|told
  threat* tried|tries|trying turned urg* use|uses|used veto* view* violat* vow* wait* want|wants|wanted warn* welcom*
  wish* withdr* wrote became becom* annex* attack* believ* blockad* bomb* broke break* chang* contend* control*
  deliver* destabili* escalat* expect* fail* fail fight* fire|fires|fired gave|gives|give keep|keeps|kept know|knows|knew
  made|make|makes meddl* need|needs|needed occup* pay|pays|paid provok* put|puts pursu* ratif* re-* restor*
  scrapped seiz* show|shows|showed step* strik* struck take|takes|took think|thinks|thought train*]]

local helpers = [[has|have|had|will|would|could|should|must|may|might|can|did|does|do|is|was|also|then|still|now|later|
  again|repeatedly|quickly|immediately|initially|eventually|long|already|not|n't|never|even|only|first|itself|
  formally|publicly|recently|since|today|yesterday|reportedly|allegedly|been|being]]

local nouns = [[aggression|aim*|ally|allies|ambassador*|ambition*|annexation|answer|appeal|approach|army|approval|behavior|
  behaviour|backing|claim*|commitment*|concern*|condition*|consent|control|decision*|delegation|demand*|denial*|deployment|
  diplomacy|diplomat*|effort*|embassy|envoy*|failure|foreign|forces|goal*|government|help|influence|insistence|intention*|
  interest*|interference|intervention|invasion|involvement|leader*|leadership|military|minister*|missile*|motive*|
  negotiator*|nuclear|objection*|offensive|offer*|official*|opposition|plan*|policy|policies|position*|presence|pressure|
  proposal*|proxies|reaction|refusal|rejection|relation*|relationship|reply|request*|resistance|response|rhetoric|role|
  security|sovereignty|stance|strategy|support|terms|threat*|ties|top|troops|view*|war|willingness|readiness|warning*]]

-- What governments stand in, before the word that leads to their name.
local relations = {
  { "between" },
  { [[accord*|agreement*|alliance|ceasefire|conflict|confrontation|contact*|cooperation|deal*|dialogue|dispute*|
    friction|link*|negotiation*|pact|peace|relation*|relationship*|rift|row|stand-off|standoff|talk*|tension*|tie*|
    treaty|truce|war|negotiate|negotiating|deal|dealing|cooperate|work|working]], "with" },
  { [[embargo*|measure*|pressure|sanction*|tariff*|restriction*|attack*|case|war|lean|leaned|leaning|tougher|tough|
    hard]], "on|against" },
  { [[aid|assistance|arms|concession*|delivery|deliveries|loan*|message|offer|sale*|shipment*|signal|support|supplies|
    supply|threat*|ultimatum|weapons|missiles|warning|loyal|close|closer|hostile|friendly|allied]], "to|for" },
  { [[demand*|approval|assurance*|concession*|help|pressure|reaction|response|signal*|support|independence|threat*|
    answer|money|permission|orders|instructions]], "from" },
  { [[imposed|backed|supported|controlled|financed|funded|sponsored|supplied|rejected|demanded|annexed|proposed|approved|
    ordered|appointed|installed|favored|favoured|accused|denied|seized|held|occupied]], "by" },
  { [[accuse*|accusing|allow*|ask|asked|asking|blame*|blaming|convince*|criticise*|criticize*|condemn*|force*|forcing|help*|
    isolate|isolating|persuade*|press|pressed|pressing|pressure*|provoke*|punish*|punishing|reassure*|support|
    supporting|threaten*|threatening|told|urge*|urging|warn*|warning|anger*|arm|arming|appease*|sanction|sanctioning|
    confront*|deter|deterring|recognise*|recognize*|contain|containing]] },
}

local tails = "backed|led|imposed|controlled|sponsored|friendly|installed|appointed|occupied|funded|aligned"

-- Before a capital that is only where something is.
local places = [[in|from|near|outside|inside|around|across|at|of|through|via|over|above|beyond|toward|towards|throughout|
  central|downtown|greater|northern|southern|eastern|western|into|leaving|left|visit|visited|visiting|reach|reached]]

-- ---- lists as sets: words, and stems behind a star ----

local function set_of(list)
  local set = { words = {}, stems = {} }
  for entry in list:gmatch "[^|%s]+" do
    local stem = entry:match "^(.+)%*$"
    set[stem and "stems" or "words"][stem or entry] = true
  end
  return set
end

local function has(set, word)
  if not word or set.words[word] then
    return word ~= nil
  end
  for size = 2, #word do
    if set.stems[word:sub(1, size)] then
      return true
    end
  end
  return false
end

local verb, helper, noun, place, tail = set_of(verbs), set_of(helpers), set_of(nouns), set_of(places), set_of(tails)
for _, relation in ipairs(relations) do
  relation.before, relation.leads = set_of(relation[1]), relation[2] and set_of(relation[2])
end

---The folded words of a slice that lie in the same clause as its near end.
local function words_in(slice)
  local out = {}
  for word in slice:gmatch "[%a\x80-\xff'-]+" do
    out[#out + 1] = word:find "^%u" and word or words.fold(word) -- what is capitalised is a name, not a verb
  end
  return out
end

-- "refused", "has also refused"
local function acts(after)
  local at = 1
  while at <= 3 and has(helper, after[at]) and not has(verb, after[at]) do
    at = at + 1
  end
  return has(verb, after[at])
end

---Does a capital between these two stretches of text mean its government?
---@param before string what stands before it, some words
---@param after string what stands behind it, some words
---@return boolean
function capitals.government(before, after)
  local left = words_in(before:match "[^.,;:!?()\n\"]*$")
  local word = left[#left]
  for _, relation in ipairs(relations) do
    local stands = relation.leads and has(relation.leads, word) and has(relation.before, left[#left - 1])
      or not relation.leads and has(relation.before, word)
    if stands then
      return true
    end
  end
  if has(place, word) and before:find "%s$" then
    return false
  end
  local compound = after:match "^%-(%a+)"
  if compound then
    return has(tail, compound:lower())
  end
  local owned = after:match "^'s (.*)" or after:match "^\u{2019}s (.*)"
  if owned then
    local right = words_in(owned:match "^[^.,;:!?()\n\"]*")
    return has(noun, right[1]) or has(noun, right[2])
  end
  return after:find "^ " ~= nil and acts(words_in(after:match "^[^.,;:!?()\n\"]*"))
end

return capitals
