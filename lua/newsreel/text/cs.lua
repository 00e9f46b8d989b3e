--- Czech and Slovak words that decide where sentences end; see en.lua.
return {
  title = [[bc doc dr gen judr kap kpt mgr mudr napr pplk plk phdr prof resp tj tzn tzv ul viz zvl]],
  closing = [[atd apod atp]],
  number = [[cl odst str obr tab]],
  time = [[ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince pondeli utery streda ctvrtek
    patek sobota nedele]],
  starter = [[a aby ale ani asi az bez bude by byl byla co do i ja jak jako je jeho jejich jen jeste k kdyz kde kdo ktery
    ma mezi my na nad ne nebo o od on ona oni po pod podle pokud pro proti prave pri s se si tak take tato ten tento
    tim to tu uz v ve vsak z za ze]],
  cue = [[rekl rekla uvedl uvedla dodal dodala zeptal zeptala odpovedel odpovedela prohlasil prohlasila]],
  credit = [[foto zdroj]],
}
