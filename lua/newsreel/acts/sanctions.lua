--- Economic sanctions: what tells of them, what does not, who, whom, and how far it has come.
--
-- An act file is data for newsreel.events: patterns of words ("*" ends a glob, "." is any word).
-- `examples` are run by the tests; { sentence, status, sender, target }, "" where none is told.
return {
  name = "sanctions",

  -- What is found, and the measure it is.
  triggers = {
    ["sanction"] = "sanctions", ["sanctions"] = "sanctions", ["sanctioned"] = "sanctions",
    ["sanctioning"] = "sanctions",
    ["sanctions package*"] = "sanctions", ["sanctions-only"] = "sanctions", ["sanctions regime*"] = "sanctions",
    ["embargo*"] = "embargo", ["arms embargo*"] = "arms embargo", ["oil embargo*"] = "oil embargo",
    ["trade embargo*"] = "trade embargo",
    ["price cap"] = "price cap", ["oil price cap"] = "price cap", ["asset freeze*"] = "asset freeze",
    ["frozen asset*"] = "asset freeze",
    ["freez* . assets"] = "asset freeze", ["froze . assets"] = "asset freeze", ["freez* assets"] = "asset freeze",
    ["froze assets"] = "asset freeze",
    ["frozen . assets"] = "asset freeze", ["blacklisted"] = "blacklist", ["blacklisting"] = "blacklist",
    ["blacklist"] = "blacklist",
    ["export ban*"] = "export ban", ["import ban*"] = "import ban", ["export control*"] = "export controls",
    ["secondary tariff*"] = "tariffs",
    ["санкці*"] = "sanctions", ["санкци*"] = "sanctions",
    ["sanktion*"] = "sanctions", ["eu-sanktion*"] = "sanctions", ["us-sanktion*"] = "sanctions",
    ["ембарго"] = "embargo", ["эмбарго"] = "embargo",
  },

  -- Verbs: only with an object or an agent are they sanctions of this kind.
  present = "sanctions", -- a noun, and between an actor and what is sanctioned a verb
  verbs = "sanction sanctioned sanctioning blacklisted blacklisting blacklist",

  -- Other things that look alike. Matched from a little before the trigger to a little after.
  excluded = {
    ["government sanctioned"] = "approved", ["government-sanctioned"] = "approved",
    ["state-sanctioned"] = "approved", ["qaeda-sanctioned"] = "approved",
    ["legally sanctioned"] = "approved", ["sanctioned by the state"] = "approved",
    ["sanctioned by it"] = "approved", ["officially sanctioned"] = "approved",
    ["sanctioned by law"] = "approved", ["sanctioned by the constitution"] = "approved",
    ["sanctioned killing*"] = "approved", ["sanctioned violence"] = "approved",
    ["sanctioned event*"] = "approved", ["sanctioned match*"] = "approved", ["un-sanctioned"] = "approved",
    ["unsanctioned"] = "approved", ["court sanction*"] = "court",
    ["criminal sanction*"] = "court", ["civil sanction*"] = "court", ["disciplinary sanction*"] = "court",
    ["sanctions hearing"] = "court", ["sporting sanction*"] = "sport",
    ["legal sanction*"] = "court", ["consented to the sanctions"] = "court", ["sanction the use"] = "approved",
    ["sanctioned the use"] = "approved",
    ["sanctioned the raid"] = "approved", ["sanctioned the operation"] = "approved",
    ["sanctioned plot"] = "approved", ["never be sanctioned"] = "approved", ["be sanctioned by"] = "approved",
    ["embargoed until"] = "press", ["media embargo"] = "press", ["lawyer* sanction*"] = "court",
    ["judge sanction*"] = "court", ["judge . sanction*"] = "court", ["court . sanction*"] = "court",
    ["blacklisted from"] = "trade",
    ["санкци* на арест*"] = "court", ["санкци* суда"] = "court", ["санкци* прокур*"] = "court",
    ["санкци* на обыск*"] = "court", ["санкционир*"] = "approved", ["санкціон*"] = "approved",
    ["санкци* . властей"] = "approved",
  },

  -- Markers of how far it has come, tried in this order over the words around the trigger.
  status = {
    { "refused", [[from imposing, pause in imposing, pause on imposing, will block, would block, slow down, not yet ready, veto threat*, killed, not ready,
      no new sanctions, against new sanctions, rule* out sanctions, ruled out sanctions,
      oppos* sanctions, oppos* new sanctions, veto* sanctions, reject* sanctions,
      refus* to impose, declin* to impose, unwilling to impose, block* sanctions, oppos* . sanctions,
      rejected . sanctions, not impose, n't impose,
      lehnt* . sanktionen, lehnt* sanktionen, ablehn*, відмов*, відкид*, отказ*, выступ* против, не будет вводить,
      не введ*]] },
    { "eased", [[eas* sanctions, eas* . sanctions, easing, ease, lift, lifts, lifted, lifting, remov* sanctions,
      remove, removal of, end the sanctions, ending sanctions, end sanctions, relief, waiv*,
      exempt*, suspend* sanctions, suspend* the sanctions, roll* back, loosen*, relax*, scrap*, unfreez*,
      drop sanctions, dropped sanctions, delist*, carve-out*,
      aufheb*, aufgehob*, lockern*, gelocker*, lockerung*, скасув*, скасован*, зняття, зняти, знял*, послаб*,
      снят*, снял*, снима*, отмен*, смягч*, ослаб*,
      an end to, end to . sanctions, put an end to]] },
    { "evaded", [[evad*, evasion, circumvent*, skirt*, bypass*, violat* sanctions, violat* . sanctions,
      violat* . . sanctions, sanctions violation*, in violation of,
      defy . sanctions, despite sanctions, despite . sanctions, despite . . sanctions, dodge*,
      loophole*, in breach of, flout*, bust*, sidestep*, smuggl*, get around, work* around, undermin* . sanctions,
      umgeh*, umgang*, обход*, обійти, обхід, обходу, обойти, despite . . . sanctions, defeat* . sanctions,
      defeat* sanctions]] },
    { "threatened", [[threat*, could face, may face, would face, face . sanctions, faces sanctions, warn*,
      could trigger, would trigger, ultimatum, or face, ready to impose, prepared to impose,
      droh*, angedroh*, погрож*, пригроз*, загрож*, угроз*, угрож*, пригрозил*,
      lead to new sanctions, lead to sanctions, lead to more sanctions]] },
    { "demanded", [[needed, call* for, calls for, call* on, called on, need for, must,
      should, ought to, urg*, demand*, appeal*, press* for, push* for, pressur* . to, ask* for,
      want* . to impose, request*, advocat*, plead*, should impose, must impose, need to impose,
      forder*, verlang*, вимага*, закли*, потріб*, повинн*, мають, треба, недостатньо, очіку*, призыва*, призвал*,
      призыв*, требу*, потребов*, should receive, must receive, named . . for,
      support* strengthening, for strengthening, support* tightening, for tightening]] },
    { "planned", [[preparing to, will be a new, agreeing on, open to, will be announcing, will announce, will introduce, would introduce,
      to introduce, will adopt, working on, відкрит* до, открыт* для,
      plan*, propos*, consider, considers, considered, considering, weigh*, bill, draft*, prepar* to,
      prepar* sanctions, prepar* new, will impose, would impose, will reimpose, will be imposed,
      will be introduced, will be adopted, be imposed, to impose,
      intends, intend to, intended to, promis*, discuss* new, mull*, vow*, pledg*, upcoming, next package,
      would renew, renewal,
      legislation, set to, about to, expected to, looking at, pass new sanctions, negotiat* new,
      agree on, could impose, may impose, might impose, more sanctions against, possible, possib* sanctions,
      erwäg*, vorschlag*, vorgeschlag*, beraten, berät, prüf*, плану*, готу*, пропону*, запропон*, розгляда*,
      узгод*, обговор*, планир*, готов*, предлаг*, предлож*, рассматр*, обсужда*, обсудил*, likely to target,
      намерен*, законопроект*, намір*]] },
    { "enforced", [[enforce, enforces, enforced, enforcing, enforcement of, comply, complian*, complied, honor*,
      honour*, observ* the, abid*, implement*, uphold*,
      tighten* control*, intercept*, maintain* . embargo, close . port, monitor*]] },
    { "imposed", [[reimpos*, re-impos*, prolong*, анонсир*, объяв*, оголос*, signed into law, ramp* up,
      moved to sanction, hit . with, impos*, slap*, introduced, sanctioned, sanctioning, strengthen*, tighten*,
      expand*, extend*,
      step up, stepped up, stepping up, ratchet*, announc*, unveil*, adopt*, approv*, pass, passed, levied, levy,
      hit with, hit by, freez*, froze, blacklisted,
      blacklisting, target*, under sanctions, under . sanctions, sanctions in place, sanctions remain, designat*,
      toughen*, add* to, enact*, put sanctions,
      place* under, impose, slash*, renewed, renew,
      verhäng*, beschlo*, erließ*, erlass*, verschärf*, ausgeweit*, verlänger*, запровадж*, запровадив,
      запровадил*, введен*, ввів, ввела, ввели, ввело, введ*, накла*, ухвал*, застосув*, посилив*, посилил*,
      посилює*, посилюют*, посилен*, розширив*, розширил*, розширен*, продовжив*, продовжил*, продовжен*, ввел*,
      ввёл, налож*, расширил*, расширен*, расширя*, продли*, ужесточ*, принял*, одобр*, утверд*,
      схвал*, затверд*,
      embargoed, included in, included on, introduction of, will be maintained, remain in, are in place, in force, lives under,
      live under, issue sanctions, issued, включен*, включил*, потрапил*, попал*]] },
    -- What is asked to be done: infinitives that nothing above governs.
    { "demanded", [[stronger sanctions, tougher sanctions, stricter sanctions, increased sanctions, посилити, посилювати, запровадити, запроваджувати, ввести, вводити, розширити, усилить,
      усиливать, расширить]] },
  },

  -- What is sanctioned in this sense; another object ("sanctioned a vote") is approved.
  objects = [[compan* firm firms bank banks individual* official* people person persons entit* oligarch* vessel*
    tanker* ship
    ships leader* member* organi* government* countr* regime* group* businessm* minister* dozens hundreds executives
    general* commander* airline* exporter* importer* trader* refiner* judge* prosecutor* network* institution*
    nation* tycoon*
    abuser* violator* hacker* mercenar* arms
    crony cronies associate* ally allies lawmaker* diplomat* agenc* program* sector* industr* oil]],

  -- Before the trigger: whose it is. After it: on whom.
  onto = "on against targeting toward towards aimed upon gegen проти щодо против отношении",

  lies = true, -- what sanctions do tells on whom they lie: "force Iran to"

  -- What is frozen is whose it is: "Russia's frozen assets".
  owned = "frozen",

  -- Behind the trigger: verbs whose subject or agent is the sender. Statuses whose marker has the sender
  -- as subject.
  agents = "imposed ordered announced adopted introduced approved slapped levied lifted eased passed put enacted extended",
  senders = { imposed = true, eased = true, planned = true, threatened = true, refused = true, enforced = true },
  deeds = [[impos* slap* introduc* strengthen* tighten* expand* extend* announc* unveil* adopt* approv* pass passed
    levied
    levy put renew* enact* threat* ready prepared plans planned planning proposed proposes
    proposing consider* will would intend* promis* vow* pledg* mull* weigh*
    lift* eas* waiv* remov* suspend* refus* declin* reject* veto* oppos* rule* ruled relax* scrap* loosen* roll*
    drop* end* to
    freez* froze blacklist* sanction* toughen* step* target* unwilling
    verhäng* beschlo* erließ* verschärf* droh* planen plant planten erwäg* lehnt ablehn* запровад* ввів ввела ввели ввело накла*
    ухвал* застосув* посил*
    ввел* ввёл налож* расшир* продли* ужесточ* готу* плану* планир* готов* скасув* снял* отмен* погрож* пригроз*
    угрож*
    отказ* відмов* снима* вводит вводят одобр* утверд* схвал* затверд* намерен*]],

  examples = {
    { "The European Union imposed new sanctions on Russia.", "imposed", "European Union", "Russia" },
    { "Washington may lift its sanctions against Belarus.", "eased", "United States", "Belarus" },
    { "Senators introduced a bill to impose sanctions on buyers of Russian oil.", "planned", "",
    "buyers of Russian oil" },
    { "Kyiv called for tougher sanctions against Moscow.", "demanded", "", "Russia" },
    { "Tankers of the shadow fleet evade the price cap.", "evaded", "", "" },
    { "The president threatened Moscow with sanctions.", "threatened", "", "Russia" },
    { "Sanctions were hardly mentioned.", "mentioned", "", "" },
    { "US sanctions Russian oligarchs", "imposed", "United States", "Russian oligarchs" },
    { "The new us sanctions against Iran bite.", "mentioned", "United States", "Iran" },
    { "The EU must strengthen sanctions on Russia.", "demanded", "", "Russia" },
    { "She said that Russia must stop by June, or face secondary sanctions.", "threatened", "", "Russia" },
    { "The sanctions President Obama imposed last year hurt.", "imposed", "Barack Obama", "" },
    { "Two banks were sanctioned by the EU.", "imposed", "European Union", "" },
    { "Officials in Washington said new sanctions were imposed on Iran.", "imposed", "", "Iran" },
    { "The anti-Russian sanctions were extended.", "imposed", "", "Russia" },
    { "The U.S. sanctioned two Russian oil companies.", "imposed", "United States", "two Russian oil companies" },
    { "The EU put sanctions on Iran, Russia and Belarus.", "imposed", "European Union", "Iran" },
    { "Die EU verhängt neue Sanktionen gegen Russland.", "imposed", "European Union", "Russia" },
    { "Die EU-Sanktionen gegen Russland wurden verlängert.", "imposed", "European Union", "Russia" },
    { "США ввели новые санкции против Ирана.", "imposed", "United States", "Iran" },
    { "Санкції ЄС проти Росії треба посилити.", "demanded", "European Union", "Russia" },
    { "The sanctions will force Iran to talk.", "mentioned", "", "Iran" },
    { "The US pressed on, sanctioning two Russian banks.", "imposed", "United States", "two Russian banks" },
  },
  counterexamples = {
    "The march was sanctioned by the state.",
    "The judge may sanction the lawyer for contempt.",
    "A government-sanctioned rally drew few people.",
    "The court upheld the travel ban.",
    "Суд выдал санкцию на арест.",
  },
}
