--- Words that tell of economic sanctions. `category` says which measure.
return {
  sanctions = { "sanction*", "sanctions package*", "sanctions regime*", "санкці*", "санкци*", "Sanktion*" },
  embargo = { "embargo*", "oil embargo", "arms embargo", "import ban", "export ban", "trade ban", "ембарго", "эмбарго" },
  ["price cap"] = { "price cap", "oil price cap", "price ceiling", "цінов* стел*", "потолк* цен" },
  freeze = { "asset freeze*", "frozen asset*", "frozen Russian asset*", "freez* . asset*", "blocked asset*", "immobilised asset*", "immobilized asset*", "заморожен* актив*" },
  tariffs = { "secondary tariff*", "punitive tariff*" },
  blacklist = { "blacklist*", "sanctions list", "entity list", "designated national*" },
  restrictions = { "export control*", "export restriction*", "trade restriction*", "travel ban*", "visa ban*" },
  ["shadow fleet"] = { "shadow fleet", "shadow tanker*", "dark fleet", "тіньов* флот*", "тенев* флот*" },
}
