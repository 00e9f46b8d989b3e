--- Dutch words that decide where sentences end; see en.lua.
return {
  title = [[bijv blz ca drs dhr dr ds evt ir jhr jkvr kol mevr mr mw o.a prof resp t.a.v z.g zgn]],
  closing = [[e.d enz etc]],
  number = [[art blz hfst nr nrs]],
  time = [[januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag
    woensdag donderdag vrijdag zaterdag zondag]],
  starter = [[aan als bij daar daarna dat de deze die dit dus een en er eerder haar het hij hoe hun ik in is maar met na naar
    niet nog nu of om ook op over sinds te toch toen tot tijdens uit van vanaf veel volgens voor waar want wat we wel wie
    wij ze zij zijn zo zoals]],
  cue = [[zei zegt vroeg antwoordde verklaarde schreef]],
  credit = [[foto bron beeld]],
}
