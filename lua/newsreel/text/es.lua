--- Spanish words that decide where sentences end; see en.lua.
return {
  title = [[av avda dr dra dres excmo gral lic prof profa sr sra sres srta sta sto ud uds vd ej p.ej cnel tte ee
    parrf]],
  abbreviation = [[cia ee.uu s.a aa.vv rr.hh a.c d.c]],
  closing = [[etc a.m p.m]],
  number = [[cap fig num pag pags vol]],
  time = [[enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
    miercoles jueves viernes sabado domingo]],
  starter = [[a al ahora ademas antes asi aunque cada como con cuando de del desde despues durante el ella ellas
    ellos en entonces entre es esa ese esta estas este esto estos fue ha hasta hay hoy la las lo los mas
    mientras muchos ni no nos nosotros para pero por porque pues que quien se segun si sin sobre solo su sus
    tambien tras un una uno y ya yo]],
  cue = [[dijo dice pregunto pregunta respondio anadio explico afirmo declaro senalo]],
  credit = [[foto fuente imagen]],
}
