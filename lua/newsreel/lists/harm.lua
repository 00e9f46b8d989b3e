--- What was done to people and things. `category` says which harm; "rescued" is no harm and says so.
return {
  killed = { "kill", "kills", "killed", "killing", "slain", "dead", "died", "dies", "death toll", "fatalit*", "casualt*", "lost their lives", "lost his life", "lost her life", "massacre*", "murder*", "assassinat*", "загин*", "вбит*", "убит*", "погиб*" },
  wounded = { "wound", "wounded", "wounding", "injur*", "hurt", "maimed", "hospitalised", "hospitalized", "поранен*", "ранен*" },
  missing = { "went missing", "unaccounted for", "reported missing", "зник* безвісти", "пропав* без вести" },
  captured = { "captured", "taken prisoner", "prisoner* of war", "=POW", "=POWs", "hostage*", "abduct*", "kidnap*", "deported", "detained", "полонен*", "пленн*" },
  displaced = { "displaced", "evacuat*", "fled", "refugee*", "homeless", "біженц*", "беженц*" },
  damaged = { "damaged", "destroyed", "destruction", "ruined", "burned down", "levelled", "leveled", "blackout*", "power outage*", "without power", "without electricity", "зруйнован*", "пошкоджен*", "разрушен*", "поврежден*" },
  rescued = { "rescued", "pulled from the rubble", "survived", "survivor*", "unharmed", "unhurt", "freed", "released", "врятован*", "спасен*" },

  examples = {
    { "Two guards were killed and nine people injured.", "killed = killed", "injured = wounded" },
    { "The death toll rose; a hundred families fled.", "death toll = killed", "fled = displaced" },
    { "Four miners were pulled from the rubble unharmed.", "pulled from the rubble = rescued", "unharmed = rescued" },
    { "Residents went missing after the blackout.", "went missing = missing", "blackout = damaged" },
    { "Загинули двоє, поранено п'ятьох.", "Загинули = killed", "поранено = wounded" },
  },
  counter_examples = { "The killer whale sang.", "Her skills are rare.", "Spring water is missing salt." },
}
