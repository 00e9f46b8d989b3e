--- Polish words that decide where sentences end; see en.lua.
return {
  title = [[abp bp dr gen hab inz kard kpt ks mgr mjr np pkt plk prof przyp red tj tzn tzw ul wlk woj
    zm m.in]],
  abbreviation = [[blm cd godz lp zob]],
  closing = [[itd itp]],
  number = [[art nr poz str ust rozdz tab rys]],
  time = [[stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia poniedzialek
    wtorek sroda czwartek piatek sobota niedziela]],
  starter = [[a ale bo by byl byla czy dla do gdy i ich jak jego jednak jest jesli juz kiedy ktory lecz ma mamy na nie o
    od ona oni po pod podczas poza przed przez przy sa takze tak tam ten ta to tu tylko w we wedlug wiec wtedy z za ze
    zdaniem zgodnie]],
  cue = [[powiedzial powiedziala mowi dodal dodala zapytal zapytala odpowiedzial odpowiedziala stwierdzil stwierdzila]],
  credit = [[fot zdjecie zrodlo]],
}
