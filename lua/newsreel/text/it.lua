--- Italian words that decide where sentences end; see en.lua.
return {
  title = [[avv dott dott.ssa egr geom gent lic prof sig sig.ra sigg psicol]],
  closing = [[ecc]],
  number = [[art cap fig n pag pagg vol]],
  time = [[gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedi
    martedi mercoledi giovedi venerdi sabato domenica]],
  starter = [[ai al alla anche ancora che ci come con cosi dal dalla degli dei del della delle di dopo
    durante e ecco gli i il in infatti intanto invece l la le lo ma mentre nel nella no noi non ogni ora per
    pero perche quando questa questo se secondo si sono su tra tutti un una]],
  cue = [[detto chiede chiesto risponde spiega aggiunge afferma dichiara]],
  credit = [[foto fonte]],
}
