--- Swedish, Danish and Norwegian words that decide where sentences end; see en.lua.
return {
  title = [[ang bl.a dr dvs evt f.eks fr.o.m hr inkl jfr kl nr pga prof resp s.k t.ex t.o.m]],
  closing = [[m.fl m.m m.v o.s.v osv]],
  number = [[kap sid fig]],
  time = [[januari februari mars april maj juni juli augusti september oktober november december januar februar mandag
    tirsdag onsdag torsdag fredag sondag tisdag lordag]],
  starter = [[alla alle att av de den denna denne dermed derfor det detta dette dock du efter en ett et
    for forst fra fran han hun hon hvis hvor hvordan i idag inte ikke jag jeg man med men mens nar nu och og om
    pa sa samtidig samtidigt som til till trots under var vi vid vad]],
  cue = [[sade sager sier siger sa fragade spurgte svarade svarede skrev forklarade]],
  credit = [[foto kalla kilde]],
}
