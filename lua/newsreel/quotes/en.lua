--- English: the words of reporting. Data only; speech.lua and phrase.lua hold the rules.
--
-- verbs[frames] = "base base:s,past,pp,ing base:2 (doubles its last letter)". The frames say what may follow the cue:
--   say    that-clause, bare clause or quotation          tell   an addressee, then as say
--   think  that-clause or bare clause, rarely a quotation  urge   somebody to do something
--   to     to do something                                 np     the thing spoken of
--   call   a thing and what it is called                   paper  also said by documents, polls, laws
-- particles = "base:preposition,..": with it, what follows the verb is the thing spoken of.
local en = { lang = "en", regular = true, according_comma = true }

en.verbs = {
  ["say"] = [[
    say:says,said,said,saying add state claim insist argue stress emphasize emphasise reiterate maintain contend
    assert allege declare remark joke quip opine concede admit:2 acknowledge confirm caution comment counter reply
    respond retort conclude confess explain elaborate hint lament observe proclaim pronounce recount recall tweet
    retweet put:puts,put,put,putting make:makes,made,made,making write:writes,wrote,written,writing boast brag:2
    complain grumble gripe muse shout yell scream whisper mutter murmur chant cry interject predict
    forecast:forecasts,forecast,forecast,forecasting reason rebut:2 recommend reflect clarify underscore underline
    exclaim affirm protest plead repeat echo chime deadpan:2 intone testify note marvel theorize speculate posit
    propose suggest disclose reveal announce report mention answer ask decree deny imply scoff sneer jeer rail argue]],
  ["quo"] = [[
    continue begin:begins,began,begun,beginning offer go:goes,went,gone,going read:reads,read,read,reading volunteer
    crow vent blog:2 email post sigh snap:2 bark roar
    wail moan sob:2 chuckle groan croak rage boom sing:sings,sang,sung,singing start finish sum:2 laugh smile
    nod:2 thunder intone]],
  ["clause_only"] = [[
    add maintain reflect answer disclose clarify state write:writes,wrote,written,writing
    find:finds,found,found,finding]],
  ["asking"] = "ask explain recall describe wonder question know",
  ["tell"] = [[tell:tells,told,told,telling assure remind inform warn notify advise promise ask text]],
  ["think"] = [[
    agree think:thinks,thought,thought,thinking believe feel:feels,felt,felt,feeling hope fear worry
    know:knows,knew,known,knowing expect suspect doubt wonder assume realize realise guess conclude decide determine
    fret reckon estimate calculate judge deem wish foresee:foresees,foresaw,foreseen,foreseeing envision]],
  ["urge"] = [[
    urge ask tell:tells,told,told,telling encourage press order beg:2 implore advise instruct invite persuade
    convince warn challenge pressure exhort command beseech request]],
  ["to"] = [[
    want vow pledge promise refuse decline threaten offer hope agree plan intend
    swear:swears,swore,sworn,swearing demand propose vote volunteer claim consent profess]],
  ["np"] = [[
    back recall criticize criticise praise endorse support oppose reject deny denounce condemn attack accuse
    blame mock defend question acknowledge propose cite describe mention favor favour blast slam:2 hail tout disavow
    disown dismiss embrace echo welcome applaud ridicule deride decry rebuke rebut:2 repudiate refute challenge
    promise pledge demand express voice outline detail announce unveil reveal confirm reiterate emphasize emphasise
    stress underscore highlight note retweet repeat quote invoke compare liken advocate champion promote predict
    forecast:forecasts,forecast,forecast,forecasting fear doubt suggest recommend admit:2 explain
    lament bemoan regret downplay defy contest dispute thank congratulate cheer insult lambaste lambast excoriate
    skewer assail pillory scold chide chastise lampoon castigate berate vilify belittle disparage portray paint
    characterize characterise depict label brand dub:2 oppose renounce approve veto veto pan trash bash savage
    recognize recognise rue reassure salute commend laud extol:2 extoll attribute credit fault criticise
    rip:2 trumpet vow warn urge order protest boycott admire distrust loathe despise dislike resent]],
  ["call"] = [[
    call label brand dub:2 describe portray characterize characterise deem declare term name nickname depict liken
    compare paint rate]],
  ["paper"] = [[
    find:finds,found,found,finding show:shows,showed,shown,showing indicate suggest reveal estimate conclude report
    state say:says,said,said,saying note warn predict rule detail cite]],
}

en.particles = [[
  call:for,on,upon,into,out speak:of,about point:to,out refer:to allude:to complain:about,of talk:about,of,up
  insist:on warn:of,about,against rule:out agree:with,on apologize:for argue:for,against lash:out
  hint:at object:to reply:to comment:on push:for,back press:for campaign:for,against
  advocate:for believe:in worry:about ask:for,about brag:about boast:of,about joke:about rail:against
  inveigh:against testify:about,against speculate:about,on disagree:with,on hope:for plead:for,with appeal:to,for
  approve:of disapprove:of muse:about lie:about think:about,of know:about wonder:about dream:of
  write:of,about say:of tell:of,about decide:on,against protest:against elaborate:on dwell:on reflect:on
  sympathize:with side:with weigh:in zero:in touch:on bristle:at balk:at scoff:at laugh:at,off
  brush:off,aside shrug:off play:down,up fire:back hit:back,out opt:for long:for gush:about,over
  fume:about,over,at fret:about,over confess:to admit:to attest:to pray:for chime:in swear:by commit:to
  subscribe:to vouch:for]]
-- Forms of these verbs that tell of deeds more often than of words.
en.no_cue = [[
  supporting backing challenging advising inviting naming voting embracing welcoming endorsing invite invites invited
  name names named thank thanks thanked thanking congratulate congratulates congratulated congratulating
  compares highlights underscore pressing promising countering]]
-- Verbs that report only with the words after them.
en.needs = { put = { "it" }, make = { "clear", "it clear", "it known", "plain" } }

-- Verbs that report only together with their particle.
en.verbs["only_particle"] = [[
  speak:speaks,spoke,spoken,speaking talk point refer allude lash object push campaign inveigh disagree
  appeal disapprove apologize rail vote rule sympathize side dwell bristle balk laugh brush play
  fire:fires,fired,fired,firing touch opt lie:lies,lied,lied,lying dream gush fume
  attest vouch subscribe hit:hits,hit,hit,hitting commit:2]]

-- Verbs that introduce quotations most of all: a name before or after them is a speaker.
en.words = {
  det = [[
    the a an this these those some many several few most all both each every another any no such other two three
    four five six seven eight nine ten]],
  poss = "my your his her its our their whose",
  pron = "he she they it we i you",
  rel = "who which that",
  act = [[
    became become becomes remain remains remained went goes gone came comes took takes taken gave gives given got
    held holds kept keeps met meets won wins lost loses led leads ran fell falls rose rises spent sent built brings
    brought buys bought stood stands sat lay drew grew grows began left moved moves turned turns helped helps tried
    tries used uses worked works lived lives died killed arrived arrives joined joins opened opens closed closes
    started starts stopped stops followed follows increased increases continued faced faces served serves raised
    raises entered enters received receives presented presents included includes provided provides allowed allows
    required requires created creates needed needs liked likes loved loves visited visits attended attends appeared
    caused causes happened happens seems walked walks passed passes carried carries reached reaches sold sells paid
    pays cost costs caught catches chose chooses hit hits cut cuts let put sets broke breaks spoke wore wears threw
    throws flew flies drove drives fought fights sought taught teaches won't shot struck slept swept hid hung dealt
    shook sank swam woke struggled ended ends]],
  sub = [[
    that when if as because while although though since unless until whether before after where why how what than
    whereas once so]],
  prep = [[
    alongside of for at in from with to on by about against over under into between among during through without
    within toward towards across near amid despite per outside inside upon behind beyond around off along following
    regarding like including via ahead]],
  conj = "and or but nor yet then plus neither either",
  have = "has have had 've 'd having he's",
  be = [[
    is are was were be been being am isn't aren't wasn't weren't it's he's she's they're we're i'm you're that's
    gets got getting]],
  modal = [[
    will would can could may might must shall should won't wouldn't can't cannot couldn't shouldn't do does did
    don't doesn't didn't hasn't haven't hadn't 'll he'd she'd they'd we'd i'd he'll she'll they'll he've they've
    we've i've you've you'd let let's to]],
  neg = "not never n't no longer",
  adv = [[
    also later again once repeatedly often even still just now soon already further however too first once earlier
    previously meanwhile recently reportedly ever always sometimes instead thus therefore perhaps maybe simply
    merely rather quite very so there here both back today's famously yet only have long all]],
  time = [[
    monday tuesday wednesday thursday friday saturday sunday last next yesterday today tomorrow tonight january
    february march april june july august september october november december jan feb mar apr jun jul aug sept sep
    oct nov dec morning afternoon evening night week weekend month year monday's weeks months years days hours ago]],
  title = [[
    mr mrs ms miss dr sen rep gov lt col gen capt sgt maj adm prof rev hon sens reps gov president vice senator
    representative governor secretary minister prime chancellor king queen prince princess pope judge justice mayor
    chairman chairwoman chair chief director general attorney former professor doctor officer sheriff detective
    spokesman spokeswoman spokesperson candidate nominee leader speaker majority minority congressman congresswoman
    ambassador commissioner deputy senior republican democrat democratic republicans democrats gop conservative
    liberal analyst ceo founder co-founder strategist adviser advisor pollster us u.s. american russian ukrainian
    british french german chinese european israeli turkish iranian polish canadian japanese indian mexican white
    house state foreign defense defence rival billionaire businessman host anchor reporter columnist editor author
    activist lawyer economist sir lord lady dame father brother sister pastor bishop cardinal archbishop imam rabbi
    sergeant captain colonel major admiral lieutenant commander marshal]],
  noun = [[
    people officials lawmakers experts analysts critics supporters sources reporters voters polls aides allies
    statement interview tweet email e-mail letter speech report release briefing conference op-ed column post memo
    message call note debate rally event hearing appearance article book poll survey study]],
}

en.self, en.noun_maker = "i we you", "of"
en.article = "the a an no every"
-- Names with these words are no persons: "he" does not mean them.
en.organisation = [[
  party journal times post university ministry committee department council house administration organisation
  organization agency bureau company corp inc bank court senate congress union association institute institution
  campaign news group front movement army police force forces office commission federation republic league club
  foundation kremlin pentagon]]
-- Small words inside names: "de la Cruz", "bin Salman".
en.particle = "de la del della di da du des van von der bin ibn el al abu dos le"
-- What they say is supposed, not told: "some might say".
en.supposed = "might may can could should must"
-- What one writes: whoever is named before it speaks in it.
en.letters = "message letter telegram greetings greeting condolences congratulations address"
en.letter = "^The %l+ re?a"
-- Subjects that take "says", not "say".
en.singular = "he she it who which that"

-- Abbreviations: a full stop after them ends no sentence.
en.abbreviation = [[
  mr mrs ms dr sen rep gov lt col gen capt sgt maj adm prof rev hon sens reps st jr sr vs etc jan feb mar apr jun
  jul aug sept sep oct nov dec inc co corp ltd no ariz ark calif colo conn del fla ga ill ind kan ky la md mass
  mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo d r i.e e.g]]

-- An abbreviation only before a number.
en.numbered = "no"

-- What an ending says of a word that no list knows.
en.endings = {
  { "ly$", { k = "adv" } },
  { "ing$", { k = "noun", ing = true } },
  { "ed$", { k = "noun", ed = true } },
  { "[^su]s$", { k = "noun", plural = true } },
}

en.infinitive, en.joins, en.agent = "to", "and or", "by"
-- Forms that are nouns more often than verbs: they need a plain subject.
en.nounish = [[
  states state remarks remark comments comment tweets tweet debates debate votes vote plans plan demands demand
  claims claim hopes hope fears fear attacks attack reports report calls call notes note promises promise posts
  post charges charge offers offer doubts doubt forecasts forecast estimates estimate questions question answers
  answer praise cheers urges volunteers volunteer fault faults jokes joke brands brand labels label texts text
  emails email warrants projects project rates rate documents document advocates advocate rules rule challenges
  challenge contests contest backs disputes dispute details detail]]
-- Verb forms that are never part of a noun phrase.
en.sure = "say said says told tells added adds wrote writes asked asks"
en.according = { according = { "to" } }
en.saying = [[
  said says say told asked added wrote tweeted explained replied continued insisted noted argued warned declared
  recalled responded]]

-- He and she for those whose title tells it.
en.male = "mr sir king prince congressman chairman spokesman businessman father brother pope lord"
en.female = "mrs ms miss queen princess congresswoman chairwoman spokeswoman sister lady dame"
en.he, en.she = "he", "she"
en.me = "i"
-- Places of speaking: "said in an interview" says nothing of the content.
en.settings = [[
  interview statement tweet email e-mail letter speech report release briefing conference op-ed column post memo
  message call note debate rally event hearing appearance article book video filing testimony remarks address blog
  podcast broadcast television tv radio twitter facebook telegram press news meeting town forum reporters
  telephone phone affidavit essay editorial text]]

-- Verbs between a subject and "to say": the chain is read as one cue.
en.chain = [[
  went goes going gone continued continues refused refuses declined declines began begins seemed seems appeared
  appears wants wanted want hastened failed tried dared used needs had likes liked came]]
en.fragment_words = 5

-- What the rules find: text, then "kind | speaker | what is reported" for every result, in the order of the text.
en.examples = {
  { "“The harbour stays open,” Mayor Anna Lindqvist said.",
    "direct | Anna Lindqvist | “The harbour stays open,”" },
  { '"The harbour stays open," said Anna Lindqvist, the mayor of Port Elm.',
    'direct | Anna Lindqvist | "The harbour stays open,"' },
  { "“We waited,” she said. “Nobody came.”",
    "direct | she | “We waited,”", "direct | she | “Nobody came.”" },
  { "Some might say the harbour is open, and officials this month said it was shut.",
    "indirect | officials | it was shut" },
  { "Lindqvist said, “The harbour stays open.”", "direct | Lindqvist | “The harbour stays open.”" },
  { "The minister told Radio Nord that the talks had stalled.",
    "indirect | The minister | that the talks had stalled" },
  { "Lindqvist called the plan “a gift to the banks.”",
    "mixed | Lindqvist | the plan “a gift to the banks.”" },
  { "According to the harbour office, two ships ran aground.",
    "indirect | the harbour office | two ships ran aground" },
  { "Two ships ran aground, the harbour office said on Friday.",
    "indirect | the harbour office | Two ships ran aground" },
  { "The talks, he noted, are ongoing.", "indirect | he | The talks", "indirect | he | are ongoing" },
  { "Piet Maas, a fisherman from Elm who lost his boat, said the sea was calm.",
    "indirect | Piet Maas | the sea was calm" },
  { "The harbour master, Piet Maas, warned that ice was coming.",
    "indirect | Piet Maas | that ice was coming" },
  { "Maas criticised the delay, adding that the council “sleeps at noon.”", "indirect | Maas | the delay",
    "mixed | Maas | that the council “sleeps at noon.”" },
  { "Ms. Lindqvist declined to comment.", "indirect | Lindqvist | to comment" },
  { "Critics who read the report say it was written in a hurry.",
    "indirect | Critics | it was written in a hurry" },
  { "Lindqvist refused to sign the letter.", "indirect | Lindqvist | to sign the letter" },
  { "The letter was signed by Piet Maas. He said it was a mistake.", "indirect | He | it was a mistake" },
  { "Maas: “Not one litre was spilled.”", "direct | Maas | “Not one litre was spilled.”" },
  { "Piet Maas spoke first.\n\n“Why did nobody call?” Maas asked.",
    "direct | Piet Maas | “Why did nobody call?”" },
  { "‘We will pay,’ the council’s lawyer said.",
    "direct | the council’s lawyer | ‘We will pay,’" },
}

-- What they leave alone: no quotation with a speaker, nothing reported.
en.counter_examples = {
  "The ship, named “Golden Gate”, left at noon.",
  "The states’ claims and the council’s plans were old.",
  "It’s the harbour’s ’90s cranes that don’t work.",
  "The so-called “winter fund” was empty.",
  "The United States and the 6'2\" captain left.",
  "The band played “Silver Rain” twice.",
}

return en
