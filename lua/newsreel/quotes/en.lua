--- English: the words of reporting. Data only; speech.lua and phrase.lua hold the rules.
--
-- verbs[frames] = "base base:s,past,pp,ing base:2 (doubles its last letter)". The frames say what may follow the cue:
--   say    that-clause, bare clause or quotation          tell   an addressee, then as say
--   think  that-clause or bare clause, rarely a quotation  urge   somebody to do something
--   to     to do something                                 np     the thing spoken of
--   call   a thing and what it is called                   paper  also said by documents, polls, laws
-- particles[base] = prepositions that belong to the verb and turn what follows into the thing spoken of.
local en = { lang = "en", regular = true }

en.verbs = {
  ["say"] = [[say:says,said,said,saying add state claim insist argue stress emphasize emphasise reiterate maintain contend assert allege
    declare remark joke quip opine concede admit:2 acknowledge confirm caution comment counter reply respond retort conclude confess 
    explain elaborate hint lament observe proclaim pronounce recount recall tweet retweet put:puts,put,put,putting make:makes,made,made,making write:writes,wrote,written,writing
    boast brag:2 complain grumble gripe muse  shout yell scream whisper mutter murmur chant cry interject 
    predict forecast:forecasts,forecast,forecast,forecasting reason rebut:2 recommend reflect clarify underscore underline
    exclaim affirm protest plead repeat echo chime  deadpan:2     intone  testify note marvel theorize
    speculate posit propose suggest disclose reveal announce report mention  
    answer ask decree deny imply scoff   sneer   jeer rail argue]],
  ["quo"] = [[continue begin:begins,began,begun,beginning offer go:goes,went,gone,going read:reads,read,read,reading volunteer crow vent blog:2 email post sigh snap:2 bark roar
    sing:sings,sang,sung,singing start finish sum:2 laugh smile nod:2 thunder intone]],
  ["tell"] = [[tell:tells,told,told,telling assure remind inform warn notify advise promise ask text]],
  ["think"] = [[think:thinks,thought,thought,thinking believe feel:feels,felt,felt,feeling hope fear worry know:knows,knew,known,knowing expect
    suspect doubt wonder assume realize realise figure imagine understand:understands,understood,understood,understanding
    see:sees,saw,seen,seeing guess conclude decide determine agree fret reckon estimate calculate judge deem pray wish
    foresee:foresees,foresaw,foreseen,foreseeing envision signal learn remember forget:forgets,forgot,forgotten,forgetting]],
  ["urge"] = [[urge ask tell:tells,told,told,telling encourage press order beg:2 implore advise instruct invite persuade convince warn challenge
    pressure exhort command direct beseech want expect allow forbid:forbids,forbade,forbidden,forbidding request require]],
  ["to"] = [[want vow pledge promise refuse decline threaten offer hope seek:seeks,sought,sought,seeking agree plan intend prefer swear:swears,swore,sworn,swearing
    demand propose aim vote volunteer ask claim decide expect need wish like love long hesitate consent pretend profess]],
  ["np"] = [[criticize criticise praise endorse support oppose reject deny denounce condemn attack accuse blame mock defend question acknowledge
    propose cite describe mention discuss back favor favour blast slam:2 hail tout address disavow disown dismiss embrace echo welcome applaud
    ridicule deride decry rebuke rebut:2 repudiate refute challenge promise pledge demand express voice outline detail
    announce unveil reveal confirm reiterate emphasize emphasise stress underscore highlight note recall retweet repeat quote invoke compare liken
    advocate champion promote predict forecast:forecasts,forecast,forecast,forecasting want see:sees,saw,seen,seeing expect fear doubt prefer
    suggest recommend threaten admit:2 concede explain lament bemoan regret downplay defy contest dispute thank congratulate
    celebrate cheer insult lambaste lambast excoriate skewer assail pillory scold chide chastise lampoon castigate berate vilify belittle disparage
    portray paint cast:casts,cast,cast,casting characterize characterise depict label brand dub:2 consider regard view
    oppose resist renounce vote approve veto veto pan trash bash savage shrug weigh debate examine recognize recognise rue
    back reassure salute commend laud extol:2 extoll attribute credit fault criticise rip:2 torch trumpet vow warn urge order
    protest boycott admire respect trust distrust love hate loathe despise like dislike resent appreciate value document]],
  ["call"] = [[call label brand dub:2 describe portray characterize characterise deem declare consider term name nickname depict view see:sees,saw,seen,seeing
    regard liken compare paint rate]],
  ["paper"] = [[show:shows,showed,shown,showing find:finds,found,found,finding indicate suggest reveal estimate conclude report state say:says,said,said,saying
    note warn predict rule order document detail project demonstrate list cite read:reads,read,read,reading]],
  ["seem"] = [[seem appear]],
}

en.particles = {
  call = "for on upon into out", speak = "of about", point = "to out", refer = "to", allude = "to", complain = "about of", talk = "about of up",
  insist = "on", warn = "of about against", vote = "for against", rule = "out", agree = "with on", apologize = "for", argue = "for against",
  lash = "out", hint = "at", object = "to", respond = "to", reply = "to", comment = "on", focus = "on", push = "for back", press = "for",
  campaign = "for against", advocate = "for", believe = "in", worry = "about", care = "about", vow = "", ask = "for about", brag = "about", boast = "of about",
  joke = "about", rail = "against", inveigh = "against", testify = "about against", speculate = "about on", disagree = "with on", hope = "for", plead = "for with",
  appeal = "to for", approve = "of", disapprove = "of", boil = "", muse = "about", lie = "about", think = "about of", know = "about", wonder = "about",
  go = "on", dream = "of", write = "of about", say = "of", tell = "of about", decide = "on against", protest = "against", elaborate = "on", dwell = "on",
  reflect = "on", sympathize = "with", side = "with", weigh = "in", lean = "", zero = "in", seek = "", look = "for", touch = "on", hammer = "", bristle = "at",
  balk = "at", scoff = "at", laugh = "at off", brush = "off aside", shrug = "off", play = "down up", fire = "back", hit = "back out", strike = "", cast = "",
  demand = "", opt = "for", account = "", long = "for", read = "", cry = "", gush = "about over", fume = "about over at", fret = "about over",
  confess = "to", admit = "to", testified = "", attest = "to", pray = "for", signal = "", chime = "in", swear = "by", commit = "to", subscribe = "to", note = "", vouch = "for",
}
-- Verbs that report only with the words after them.
en.needs = { put = { "it" }, make = { "clear", "it clear", "it known", "plain" } }

-- Verbs that report only together with their particle.
en.verbs["only_particle"] = [[speak:speaks,spoke,spoken,speaking talk point refer allude lash object focus push campaign inveigh disagree appeal disapprove apologize rail care vote rule
  sympathize side dwell bristle balk laugh brush play fire:fires,fired,fired,firing touch opt lie:lies,lied,lied,lying dream gush fume attest vouch subscribe
  look hit:hits,hit,hit,hitting commit:2]]

-- Verbs that introduce quotations most of all: a name before or after them is a speaker.
en.words = {
  det = "the a an this these those some many several few most all both each every another any no such other two three four five six seven eight nine ten",
  poss = "my your his her its our their whose",
  pron = "he she they it we i you",
  rel = "who which that",
  sub = "that when if as because while although though since unless until whether before after where why how what than whereas once so",
  prep = "of for at in from with to on by about against over under into between among during through without within toward towards across near amid despite per outside inside upon behind beyond around off along following regarding like including via ahead",
  conj = "and or but nor yet then plus",
  have = "has have had 've 'd having he's",
  be = "is are was were be been being am isn't aren't wasn't weren't it's he's she's they're we're i'm you're that's gets got getting",
  modal = "will would can could may might must shall should won't wouldn't can't cannot couldn't shouldn't do does did don't doesn't didn't hasn't haven't hadn't 'll he'd she'd they'd we'd i'd he'll she'll they'll he've they've we've i've you've you'd let let's to",
  neg = "not never n't no longer",
  adv = "also later again once repeatedly often even still just now soon already further however too first once earlier previously meanwhile recently reportedly ever always sometimes instead thus therefore perhaps maybe simply merely rather quite very so there here both back today's famously yet only have long all",
  time = "monday tuesday wednesday thursday friday saturday sunday last next yesterday today tomorrow tonight january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec morning afternoon evening night week weekend month year monday's",
  title = [[mr mrs ms miss dr sen rep gov lt col gen capt sgt maj adm prof rev hon sens reps gov president vice senator representative governor secretary minister prime
    chancellor king queen prince princess pope judge justice mayor chairman chairwoman chair chief director general attorney former professor doctor officer
    sheriff detective spokesman spokeswoman spokesperson candidate nominee leader speaker majority minority congressman congresswoman
    ambassador commissioner deputy senior republican democrat democratic republicans democrats gop conservative liberal analyst ceo founder co-founder strategist adviser advisor pollster
    us u.s. american russian ukrainian british french german chinese european israeli turkish iranian polish canadian japanese indian mexican white house state foreign defense defence
    rival billionaire businessman host anchor reporter columnist editor author activist lawyer economist sir lord lady dame father brother sister pastor bishop cardinal archbishop
    imam rabbi sergeant captain colonel major admiral lieutenant commander marshal]],
  noun = [[people officials lawmakers experts analysts critics supporters sources reporters voters polls aides allies statement interview tweet email e-mail letter speech
    report release briefing conference op-ed column post memo message call note debate rally event hearing appearance article book poll survey study]],
}

-- Subjects that take "says", not "say".
en.singular = "he she it who which that"

-- Abbreviations: a full stop after them ends no sentence.
en.abbreviation = [[mr mrs ms dr sen rep gov lt col gen capt sgt maj adm prof rev hon sens reps st jr sr vs etc jan feb mar apr jun jul aug sept sep oct nov dec
  inc co corp ltd no ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo d r i.e e.g]]

en.endings = { { "ly$", "adv" }, { "ing$", { k = "noun", ing = true } }, { "ed$", { k = "noun", ed = true } }, { "[^su]s$", { k = "noun", plural = true } } }

-- Where quotations come by themselves.
en.infinitive, en.joins = "to", "and or"
-- Verb forms that are never part of a noun phrase.
en.sure = "said says told tells added adds wrote writes asked asks"
en.according = { according = { "to" } }
en.saying = {}
for word in ([[said says say told asked added wrote tweeted explained replied continued insisted noted argued warned declared recalled responded]]):gmatch "%S+" do en.saying[word] = true end

-- He and she for those whose title tells it.
en.gender = { mr = "m", sir = "m", king = "m", prince = "m", congressman = "m", chairman = "m", spokesman = "m", businessman = "m", father = "m", brother = "m", pope = "m", lord = "m",
  mrs = "f", ms = "f", miss = "f", queen = "f", princess = "f", congresswoman = "f", chairwoman = "f", spokeswoman = "f", sister = "f", lady = "f", dame = "f" }
en.pronouns = { he = "m", she = "f", him = "m", her = "f" }
-- Places of speaking: "said in an interview" says nothing of the content.
en.settings = [[interview statement tweet email e-mail letter speech report release briefing conference op-ed column post memo message call note debate rally event hearing appearance article book
  video filing testimony remarks address blog podcast broadcast television tv radio twitter facebook telegram press news meeting town forum reporters telephone phone affidavit essay editorial text]]

-- Verbs between a subject and "to say": the chain is read as one cue.
en.chain = {}
for word in ([[went goes going gone continued continues refused refuses declined declines began begins seemed seems appeared appears wants wanted want hastened
  failed tried dared used needs had likes liked came]]):gmatch "%S+" do en.chain[word] = true end
en.fragment_words = 5

return en
