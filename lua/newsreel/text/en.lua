--- English words that decide where sentences end. Folded spelling, without the final stop; a word
--- written with a capital here counts as an abbreviation only where the text has the capital too.
return {
  -- Stand before a name or a word: the stop never ends a sentence.
  title = [[adm amb asst atty brig capt cdr cf cmdr col comdr cpl dr e.g ens eq esp gen gov hon i.e insp lt
    lieut maj messrs mlle mme mr mrs ms mt mx pfc pres prof pvt Rep Reps Rev rt sen sens sgt Sr supt treas v viz
    vs Assn Asst Atty Fr Msgr Ven lt.col brig.gen maj.gen approx]],
  -- The stop may also end the sentence: the next word decides.
  abbreviation = [[al anon assn assoc ave blvd bldg bros cie cia co comm corp dept dist div est ext ft hwy inc
    inst intl jr ltd mfg mgr mgmt natl plc pty rd ret sq sr St univ u.s u.k u.n e.u u.s.a u.s.s.r d.c n.y l.a
    b.c a.d mtn Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev
    Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Sask Ph.D ph.d m.d b.a m.a r.i n.j n.c s.c n.h n.m
    n.d s.d w.va]],
  -- The stop ends the sentence before any capital that is no name of a time.
  closing = [[a.m p.m etc]],
  -- The stop ends no sentence before a number.
  number = [[Art Sec Nos No no ch chap eq fig figs p pp Apr Aug Dec Feb Jan Jul Jun Mar Nov Oct Sep Sept vol
    vols ca c circa]],
  -- Months, weekdays, time zones.
  time = [[january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday est edt cst cdt mst mdt pst pdt et gmt utc bst cet cest]],
  -- Likely first words of a sentence.
  starter = [[a about according additionally after again all almost already also although among an and another
    any are as asked at based because before behind besides between both but by can compared could critics
    currently despite did do does during each earlier either even eventually ever every experts few finally
    first following for former from furthermore given half has have he hence her here hers his how however i if
    in indeed initially inside instead is it its just last later like made many maybe meanwhile more moreover
    most much my nearly neither nevertheless next nine no nobody none nonetheless nor not nothing now of
    officials often on once one only or other others our out over overall people perhaps police previously
    rather recently several she should similarly since six so some someone sometimes soon still such ten thank
    that the their then there therefore these they this those though three through thus to today together
    tomorrow two under unlike until was we were what when where whether which while who why will with within
    without yes yesterday yet you your]],
  -- Tell who speaks: "..." Peskov said.
  cue = [[said says say asked asks added adds told tells replied replies wrote writes explained explains
    continued exclaimed declared recalled noted insisted answered argued quipped joked shouted demanded wondered
    tweeted posted commented announced warned stressed remarked]],
  -- Begin a credit glued to a caption: "... at the summit Image: Reuters".
  credit = [[image photo picture credit source video graphic]],
}
