--- Armed attacks: who struck whom or what.
return {
  name = "strike",
  triggers = "struck, strikes on, strike on, strikes against, strike against, airstrike* on, attack on, attacks on, attacked, "
    .. "attacks, attacking, bombed, bombs, bombing, shelled, shells, shelling, bombarded, bombards, fired on, fired at, "
    .. "fired missiles at, fired rockets at, launched an attack on, launched attacks on, raided, invaded, invades, invading, "
    .. "air strike* on, missile strike* on, drone attack* on, drone strike* on, invasion of, shot down, hit, targeted, attack, strike, bomb, invade",
  verbs = "struck attacked attacks attacking bombed bombs bombing shelled shells shelling bombarded bombards fired raided invaded "
    .. "invades invading shot launched hit targeted attack strike bomb invade",
  excluded = { ["struck a deal"] = "agreed", ["struck by"] = "impressed", ["struck an agreement"] = "agreed",
    ["struck deals"] = "agreed", ["hunger strike*"] = "hunger", ["attacked the president"] = "words", ["struck out"] = "sport",
    ["struck down"] = "court", ["heart attack*"] = "illness", ["attacks ads"] = "words", ["panic attack*"] = "illness",
    ["struck a"] = "other", ["hit by"] = "hit", ["hit with"] = "other", ["hit a record"] = "figures", ["hit back"] = "words",
    ["hit the"] = "other", ["hit a"] = "other", ["targeted by"] = "other" },
  onto = "on against at of in",
  agents = "launched carried",
  needs = "both",
  examples = {
    { "Russia bombed Kharkiv overnight.", "done", "Russia", "Kharkiv" },
    { "Ukrainian drones struck refineries near Saratov.", "done", "Ukraine", "refineries near Saratov" },
    { "Israel was attacked by Iran.", "done", "Iran", "Israel" },
    { "North Korea threatened to attack South Korea.", "threatened", "North Korea", "South Korea" },
  },
  counterexamples = { "The two sides struck a deal.", "The court struck down the law.", "He had a heart attack." },
}
