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
    ["shadow fleet"] = "shadow fleet", ["санкці*"] = "sanctions", ["санкци*"] = "sanctions",
    ["sanktion*"] = "sanctions",
  },

  -- Verbs: only with an object or an agent are they sanctions of this kind.
  verbs = { ["sanction"] = true, ["sanctioned"] = true, ["sanctioning"] = true, ["blacklisted"] = true,
  ["blacklisting"] = true, ["blacklist"] = true },

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
  },

  -- Markers of how far it has come, tried in this order over the words around the trigger.
  status = {
    { "refused", [[no new sanctions, against new sanctions, rule* out sanctions, ruled out sanctions,
      oppos* sanctions, oppos* new sanctions, veto* sanctions, reject* sanctions,
      refus* to impose, declin* to impose, unwilling to impose, block* sanctions, oppos* . sanctions,
      rejected . sanctions, not impose, n't impose]] },
    { "eased", [[eas* sanctions, eas* . sanctions, easing, ease, lift, lifts, lifted, lifting, remov* sanctions,
      remove, removal of, end the sanctions, ending sanctions, end sanctions, relief, waiv*,
      exempt*, suspend* sanctions, suspend* the sanctions, roll* back, loosen*, relax*, scrap*, unfreez*,
      drop sanctions, dropped sanctions, delist*, carve-out*]] },
    { "evaded", [[evad*, evasion, circumvent*, skirt*, bypass*, violat*, defy . sanctions, despite, dodge*,
      loophole*, in breach of, flout*, bust*, sidestep*, smuggl*, get around, work* around, undermin* . sanctions]] },
    { "threatened", [[threat*, could face, may face, would face, face . sanctions, faces sanctions, warn*, if,
      unless, could trigger, would trigger, ultimatum, deadline, or face, ready to impose, prepared to impose]] },
    { "demanded", [[call* for, calls for, urg*, demand*, appeal*, press* for, push* for, pressur* . to, ask* for,
      want* . to impose, request*, advocat*, lobb*, plead*, should impose, must impose, need to impose]] },
    { "planned", [[plan*, propos*, consider*, weigh*, bill, draft*, prepar*, will impose, would impose, to impose,
      introduc*, intend*, promis*, discuss* new, mull*, vow*, pledg*, upcoming, next package, new package,
      would renew, renewal,
      legislation, work* on, set to, about to, expected to, looking at, pass new sanctions, negotiat* new,
      agree on, could impose, may impose, might impose, more sanctions against, possible, possib* sanctions]] },
    { "enforced", [[enforc*, comply, complian*, complied, honor*, honour*, observ* the, abid*, implement*, uphold*,
      tighten* control*, intercept*, maintain* . embargo, close . port, monitor*]] },
    { "imposed", [[impos*, slap*, introduced, sanctioned, sanctioning, strengthen*, tighten*, expand*, extend*,
      step up, stepped up, stepping up, ratchet*, announc*, unveil*, adopt*, approv*, pass, passed, levied, levy,
      hit with, hit by, freez*, froze, blacklisted,
      blacklisting, target*, new sanctions, fresh sanctions, designat*, toughen*, add* to, enact*, put sanctions,
      place* under, impose, slash*, renewed, renew]] },
  },

  -- Before the trigger: whose it is. After it: on whom.
  onto = { "on", "against", "targeting", "toward", "towards", "aimed", "upon" },

  examples = {
    { "The European Union imposed new sanctions on Russia.", "imposed", "European Union", "Russia" },
    { "Washington may lift its sanctions against Belarus.", "eased", "United States", "Belarus" },
    { "Senators introduced a bill to impose sanctions on buyers of Russian oil.", "planned", "",
    "buyers of Russian oil" },
    { "Kyiv called for tougher sanctions against Moscow.", "demanded", "", "Russia" },
    { "Tankers of the shadow fleet evade the price cap.", "evaded", "", "" },
    { "The president threatened Moscow with sanctions.", "threatened", "", "Russia" },
    { "Sanctions were hardly mentioned.", "mentioned", "", "" },
    { "The U.S. sanctioned two Russian oil companies.", "imposed", "United States", "two Russian oil companies" },
  },
  counterexamples = {
    "The march was sanctioned by the state.",
    "The judge may sanction the lawyer for contempt.",
    "A government-sanctioned rally drew few people.",
    "The court upheld the travel ban.",
  },
}
