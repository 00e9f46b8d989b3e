--- German words that decide where sentences end; see en.lua.
return {
  title = [[allg bzgl bzw ca dipl dr evtl gebr ggf hrsg hr inkl ing insb mrd nr prof sog str tel u usw-a vgl z.b
    d.h i.d.r u.a o.g s.o v.a zzgl exkl zit kath med]],
  abbreviation = [[co abt bd jh u.s.w v.chr n.chr mwst]],
  closing = [[usw etc]],
  number = [[art bd kap s seite abb ziff nr]],
  time = [[januar februar marz april mai juni juli august september oktober november dezember montag dienstag
    mittwoch donnerstag freitag samstag sonntag jahrhundert jahrhunderts geburtstag]],
  starter = [[aber als am an auch auf aus bei bis da damit danach dann das dass dem den der deshalb die dies
    diese dieser doch ein eine einer er es fur hier ich ihr im in ist jetzt mit nach nun nur ob ohne seit sein
    sie so trotz und unter von vor wahrend was wenn wer wie wir wo zu zudem zum zur zwar]],
  cue = [[sagte sagt fragte fragt erklarte antwortete betonte schrieb rief meinte]],
  credit = [[foto bild quelle]],
}
