--- The words that names.find goes by: titles, heads of names, capitals that say nothing, and what the lists know.
local words = require "newsreel.words"

local lexicon = {}

local set = words.set

lexicon.titles = set [[mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady president
  prime minister chancellor senator sen sen. rep rep. representative governor gov gov. general gen gen. col
  col. colonel captain capt capt. lieutenant lt lt. sergeant sgt king queen prince princess sheikh pope judge
  justice ambassador secretary rev rev. reverend father sister brother bishop archbishop cardinal rabbi imam
  ayatollah mullah congressman congresswoman mayor chairman chairwoman spokesman spokeswoman spokesperson
  director ceo coach actor actress author analyst economist envoy premier deputy vice chief commissioner
  inspector detective officer admiral marshal commander attorney counsel treasurer editor saint aunt uncle
  comrade]]

-- Titles that stand behind a body or a country: "Bundesbank President Karl Otto Poehl".
lexicon.offices = set [[president minister chancellor senator governor ambassador secretary mayor chairman chairwoman
  spokesman spokeswoman spokesperson director premier commissioner congressman congresswoman treasurer envoy coach]]

lexicon.organisation_heads = set [[university college institute institution ministry department agency
  committee commission council party union association federation foundation corporation corp corp. inc inc.
  ltd ltd. co co. company llc plc gmbh ag bank group holdings airlines airways motors motor industries systems
  technologies pharmaceuticals laboratories labs museum library hospital school academy orchestra church court
  parliament congress senate assembly bureau office service services authority administration board club team
  league cup society alliance coalition front movement army navy force forces brigade regiment battalion
  police press times post news journal tribune herald magazine radio television network studios records
  entertainment productions films books publishing partners capital fund trust exchange center centre
  organization organisation consortium campaign caucus guild brothers sons rangers united city fc pirates sox
  observatory clinic seminary conservatory ngo spa sa nv kg chamber treasury squad unit division unions
  parties academies universities rotary lions federal chronicle gazette observer weekly daily bulletin review
  conference convention initiative project programme program telegraph guardian]]

lexicon.place_heads = set [[river lake mountain mountains mount sea ocean bay gulf island islands valley
  desert county province oblast region district street avenue road boulevard square park airport station
  bridge beach coast peninsula forest canyon hill hills harbor harbour port village town city territory
  cemetery stadium arena palace castle tower towers plaza garden gardens zoo cathedral basilica mosque temple
  monument reserve reservoir glacier plateau plain basin volcano cove isle archipelago suburb parish terrace
  quay pier highway motorway precinct hall campus strait creek canal falls cape republic kingdom]]

lexicon.place_openers = set [[mount lake fort cape san santa saint st st. los las el port new north south east
  west northern southern eastern western upper lower]]

lexicon.linkers = set "de del della da di van von der den la le du bin ibn al el y zu da do dos e ter"

-- Capitalised by rule, not by name.
lexicon.common = set [[monday tuesday wednesday thursday friday saturday sunday january february march april
  may june july august september october november december christmas easter thanksgiving ramadan i i'm i've
  i'll god internet english christian muslim jewish islam islamic catholic protestant christianity hindu
  buddhist western arab latino hispanic black white the a an this that these those there here he she it we you
  they his her its our your their my in on at by for with from to of and or but if when while as after before
  since because although though however what who why how where which not no yes so then now also more most
  some many all one two three first second last new old today tomorrow yesterday according both each every
  another such other others only even just still yet until during despite earlier later meanwhile over under
  between among against about into through without within along following including like unlike once thus
  hence instead perhaps maybe indeed moreover furthermore nevertheless nonetheless besides finally eventually
  recently currently much several few any photo image video related advertisement share read story source
  copyright updated published figure table chapter section part note see sign do does did is are was were be
  been have has had can could will would should might must let's let please thank thanks well oh ok okay
  don't]]

-- Words of every day that are no name when they stand alone with a capital.
lexicon.lone = set [[people president government minister state states police officials authorities experts
  critics party house church school university college department ministry committee council commission court
  congress parliament society club team city street members member nation nations presidency chapter store]]

-- Acronyms that name things, not bodies.
lexicon.things = set [[dna rna ai ict gps tv dvd cd pdf utc gmt usd gdp hiv aids ceo cfo faq usb led lcd url
  api sms pm am ad bc phd mba vat id iq diy pc pcs ufo suv sat gpa lgbt lgbtq covid ptsd adhd sars html http
  isbn doi ed eds vol pp usa uk us]]


local function fold_key(name)
  return words.fold(name)
end

local states = require "newsreel.lists.states"

-- What the lists know: folded name -> { kind, actor }; folded demonym -> state. Made at the first use.
local function load_lists()
  local known, demonyms = {}, {}
  local function add(name, kind, actor)
    name = (type(name) == "table" and name[1] or name):gsub("^=", "")
    if not name:find "[%*%.]$" or name:find "^%u%.%u" then
      known[fold_key(name):gsub("%.$", "")] = known[fold_key(name):gsub("%.$", "")] or { kind = kind, actor = actor }
    end
  end
  for name, entry in pairs(states) do
    if type(entry) == "table" then
      add(name, "place", name)
      for i, alias in ipairs(entry) do
        alias = type(alias) == "table" and alias[1] or alias
        local plain = alias:gsub("^=", "")
        local same = plain == name or plain:find "^%u[%u%.]+$" or plain:find("land$") or i == 1
          or plain:find " " and (plain:find " of " or not plain:find "ans?$")
        if same then
          add(alias, "place", name)
        else
          demonyms[fold_key(plain)] = name
        end
      end
      for _, place in ipairs(entry.capital or {}) do
        add(place, "place", place)
      end
    end
  end
  for _, alias in ipairs { "America", "Britain", "England", "Great Britain", "Holland", "Burma",
  "Russian Federation", "Czechia" } do
    add(alias, "place", demonyms[fold_key(alias)] or alias)
    demonyms[fold_key(alias)] = nil
  end
  for name in pairs(require "newsreel.lists.places") do
    add(name, "place", name)
  end
  for list, kind in pairs { leaders = "person", organisations = "organisation" } do
    for name, entry in pairs(require("newsreel.lists." .. list)) do
      if type(entry) == "table" then
        add(name, kind, name)
        for _, alias in ipairs(entry) do
          add(alias, kind, name)
        end
      end
    end
  end
  return known, demonyms
end

lexicon.given = require "newsreel.lists.given_names"

lexicon.said = set [[said says told tells added adds asked asks wrote writes argued argues explained noted
  claimed insisted warned believes thinks called met visited arrived resigned died was has had is will would
  who whose signed spoke urged announced]]

-- Verbs that the text gives to whoever acts, a body as well as a person.
lexicon.acts = set [[is was has had will would announced signed claimed argues argued]]

-- Given names that are words of the language, or of other names: alone they say nothing.
lexicon.double = set [[will mark may grant chase rose grace faith hope joy bill drew frank jack art bob dawn
  daisy april june august summer autumn angel crystal amber ruby pearl jade ivy lily violet olive heather
  holly iris victor earl duke dean guy rich sandy brook brooke dale glen cliff ray gene pat sue carol harry
  bond miles max austin charlotte chelsea sydney florence victoria paris jordan israel georgia virginia dakota
  brandon kent lance wade chuck christian major norman roman misty melody star royal rusty sky norm buddy cash
  case lane ward webb don san]]

-- Words of every day that open or close a title of a work, a programme, a theory: two capitals beside them
-- are no person.
lexicon.ordinary = set [[golden age story way forward show love day days night nights week month year years
  time times life death world war wars peace game games match point points road man men woman women boy girl
  boys girls child children book big small little great good bad best worst high higher low lower long short
  deep wide light dark red blue green white black grey gray gold silver bronze yellow orange purple pink brown
  fire water air earth sun moon star stars sky wind rain snow storm hurricane typhoon cyclone flight super
  ultra free open easy hard fast slow savage suitable angel cat dog horse bird fish wolf bear lion tiger eagle
  king kings queen queens knight knights medal cup prize award awards act bill law laws rule rules treaty
  accord agreement pact plan deal reform order report survey study studies theory theorem principle model
  method analysis test tests index scale function equation system technology science sciences art arts music
  history philosophy psychology sociology biology chemistry physics mathematics economics medicine engineering
  education culture language languages literature linguistics grammar gospel scripture testament bible edition
  volume issue series season episode movie film song album single video audio digital global national
  international regional local federal public private social civil human rights natural general special
  central common final full total main major minor early late modern ancient medieval classical new old second
  third fourth fifth body pro core duo mini plus max car cars auto truck bus train ship boat plane aircraft
  jet engine motor phone computer software hardware internet web site website online email data information
  knowledge intelligence learning research revolution rebellion uprising crisis disaster attack attacks
  bombing massacre genocide holocaust protest protests strike strikes election elections campaign primary vote
  debate speech address lecture interview interviews questions question answer introduction conclusion
  abstract background methods results discussion references acknowledgements appendix summary overview
  contents press house secretary chief executive officer staff head member members leader speaker vice deputy
  assistant team group standard standards quality level grade class course school program programme project
  network service services security defence defense health care food energy power oil gas nuclear space
  station telescope satellite mission launch center centre home office room hall building bridge street
  festival fair exhibition event events ceremony parade concert tour trip journey visit summit meeting
  conference session workshop seminar company electronics foods airlines market markets stock exchange money
  cash bank card price prices tax aid help kids family father mother brother sister son daughter friend
  friends people voters citizens workers student students teacher teachers doctor doctors nurse player players
  fan fans coach manager hebrew latin greek english french german spanish italian chinese japanese korean
  russian arabic african american european asian british irish scottish welsh indian mexican canadian
  australian not how why what when where who is are was be have has had get got make made do does can from
  with without over under after before between against like real true first last next top most more less only
  even ever never always finest excellent outstanding original official virtual visual practical theoretical
  clinical cognitive mental physical political economic financial commercial industrial agricultural
  environmental cultural historical]]

-- Nouns that stand before the name of a body ("automaker Volna"), and nouns after it ("Volna shares").
lexicon.kinds = set [[company firm automaker carmaker maker manufacturer airline retailer bank insurer startup
  publisher newspaper magazine website broadcaster channel network band club team party group agency charity
  union brand supplier operator developer giant subsidiary carrier airframer parent bookmaker brewer chain
  contractor lender conglomerate foundation organisation organization label newsmagazine daily weekly tabloid
  portal platform]]
lexicon.belongings = set [[shares share stock employees executives executive executives' ceo spokesman
  spokeswoman spokesperson chairman subsidiary products product website customers users shareholders board
  stores headquarters factories plants plant workers revenue profit profits sales brand officials editor
  reporters reporter management vehicles cars staff app platform]]

-- Words of a match: where they abound, a state's name is its team.
lexicon.match = set [[goal goals match midfielder striker goalkeeper penalty half-time halftime defender
  scored equaliser equalizer quarter-final semi-final quarterfinal semifinal kick-off kickoff offside]]
lexicon.legal_forms = set "inc corp ltd llc plc gmbh ag nv spa"
lexicon.compounds = set [[based born led owned backed held controlled occupied style like related wide bound
  listed trained educated sponsored brokered made built era]]
lexicon.compass = set "north south east west northern southern eastern western central upper lower"
lexicon.whereabouts = set "in from to at near of across throughout"

-- Peoples, and those of a faith, that the demonyms of states with -ns or -is do not give.
lexicon.peoples = set [[turks poles czechs slovaks swedes danes finns greeks serbs croats scots arabs tatars
  kurds britons spaniards uzbeks kazakhs tajiks afghans filipinos jews muslims christians catholics
  protestants buddhists hindus sikhs sunnis shiites thais uyghurs roma rohingya latinos bosniaks chechens]]

lexicon.set, lexicon.key = set, fold_key
lexicon.known, lexicon.demonyms = load_lists()

-- How many words the longest known name has that begins with a word; at most three are looked up inside names.
lexicon.reach = {}
for name in pairs(lexicon.known) do
  local _, spaces = name:gsub(" ", "")
  local first = name:match "^%S+"
  lexicon.reach[first] = math.max(lexicon.reach[first] or 0, math.min(spaces + 1, 3))
end
lexicon.states = states

return lexicon
