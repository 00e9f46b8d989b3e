--- What was done to people and things. `category` says which harm; "rescued" is no harm and says so.
return {
  killed = { "kill", "kills", "killed", "killing", "slain", "dead", "died", "dies", "death toll", "fatalit*", "casualt*", "lost their lives", "lost his life", "lost her life", "massacre*", "murder*", "assassinat*", "загин*", "вбит*", "убит*", "погиб*" },
  wounded = { "wound", "wounded", "wounding", "injur*", "hurt", "maimed", "hospitalised", "hospitalized", "поранен*", "ранен*" },
  missing = { "went missing", "unaccounted for", "reported missing", "зник* безвісти", "пропав* без вести" },
  captured = { "captured", "taken prisoner", "prisoner* of war", "=POW", "=POWs", "hostage*", "abduct*", "kidnap*", "deported", "detained", "полонен*", "пленн*" },
  displaced = { "displaced", "evacuat*", "fled", "refugee*", "homeless", "біженц*", "беженц*" },
  damaged = { "damaged", "destroyed", "destruction", "ruined", "burned down", "levelled", "leveled", "blackout*", "power outage*", "without power", "without electricity", "зруйнован*", "пошкоджен*", "разрушен*", "поврежден*" },
  rescued = { "rescued", "pulled from the rubble", "survived", "survivor*", "unharmed", "unhurt", "freed", "released", "врятован*", "спасен*" },
}
