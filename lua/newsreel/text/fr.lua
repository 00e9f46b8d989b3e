--- French words that decide where sentences end; see en.lua.
return {
  title = [[M MM mme mmes mlle dr pr prof ste av bd boul cf env gen vol]],
  abbreviation = [[cie janv fevr avr juil sept oct nov dec j.-c]],
  closing = [[etc]],
  number = [[chap fig nos pp vol]],
  time = [[janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi
    mercredi jeudi vendredi samedi dimanche]],
  starter = [[a afin ainsi alors apres au aucun aussi autre aux avant avec car ce cela ces cet cette chaque
    comme dans de depuis des du elle elles en enfin entre et il ils je la le les leur leurs lors lorsque mais
    malgre nous on or ou par parmi pendant plus pour pourtant quand que quelques qui sa sans selon ses si son
    sous sur tandis tous tout un une vous]],
  cue = [[dit demande repond ajoute explique affirme declare lance souligne]],
  credit = [[photo source credit]],
}
