--- Portuguese words that decide where sentences end; see en.lua.
return {
  title = [[av dr dra drs eng exma exmo gen p.ex prof profa sr sra srs sras sto]],
  abbreviation = [[cia s.a]],
  closing = [[etc]],
  number = [[fig num pag pags vol]],
  time = [[janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro segunda terca quarta
    quinta sexta sabado domingo]],
  starter = [[a ao aos apesar apos as assim ate com como depois desde do dos durante e ela elas ele eles em entre era
    essa esse esta estao este foi ha isso ja mas muitos na nao nas no nos o os ou para pela pelo por porque quando que
    se segundo sem ser seu sua tambem tem um uma]],
  cue = [[disse diz perguntou respondeu afirmou acrescentou explicou declarou]],
  credit = [[foto fonte imagem]],
}
