--- German: the words of reporting. Data only; see en.lua for what the lists mean.
--
-- Verbs list their forms: "sagen:sagte,sagt,gesagt"; `expand` makes the plural of a past.
local de = { lang = "de", free_order = true, comma_that = true, nouns_capital = true }

de.expand = { { "te", "te ten" } }

de.verbs = {
  ["say"] = [[
    sagen:sagte,sagt,gesagt erklären:erklärte,erklärt betonen:betonte,betont meinen:meinte,meint,gemeint
    behaupten:behauptete,behauptet berichten:berichtete,berichtet schreiben:schrieb,schrieben,schreibt,geschrieben
    äußern:äußerte,äußert,geäußert mitteilen:mitteilte,mitteilt,mitgeteilt ergänzen:ergänzte,ergänzt
    hinzufügen:hinzufügte,hinzugefügt antworten:antwortete,antwortet,geantwortet fragen:fragte,fragt,gefragt
    warnen:warnte,warnt,gewarnt versichern:versicherte,versichert bekräftigen:bekräftigte,bekräftigt
    unterstreichen:unterstrich,unterstrichen,unterstreicht bestätigen:bestätigte,bestätigt
    verkünden:verkündete,verkündet ankündigen:ankündigte,ankündigt,angekündigt melden:meldete,meldet,gemeldet
    argumentieren:argumentierte,argumentiert kommentieren:kommentierte,kommentiert
    kritisieren:kritisierte,kritisiert fordern:forderte,fordert,gefordert loben:lobte,lobt,gelobt
    hervorheben:hervorhob,hervorgehoben einräumen:einräumte,eingeräumt zugeben:zugegeben zitieren:zitierte,zitiert
    erzählen:erzählte,erzählt rufen:rief,riefen,ruft,gerufen erwidern:erwiderte,erwidert klagen:klagte,klagt,geklagt
    entgegnen:entgegnete,entgegnet mahnen:mahnte,mahnt,gemahnt prognostizieren:prognostizierte,prognostiziert
    twittern:twitterte,twittert beklagen:beklagte,beklagt beteuern:beteuerte,beteuert konstatieren:konstatierte
    feststellen:feststellte,festgestellt resümieren:resümierte,resümiert so]],
  ["think"] = [[
    glauben:glaubte,glaubt,geglaubt hoffen:hoffte,hofft,gehofft fürchten:fürchtete,fürchtet
    befürchten:befürchtete,befürchtet
    denken:dachte,denkt,gedacht vermuten:vermutete,vermutet erwarten:erwartete,erwartet finden:fand,fanden,findet]],
  ["np"] = [[
    kritisieren:kritisierte,kritisiert fordern:forderte,fordert,gefordert loben:lobte,lobt,gelobt
    verurteilen:verurteilte,verurteilt begrüßen:begrüßte,begrüßt bezeichnen:bezeichnete,bezeichnet,nannte
    nennen:nannte,nennt,genannt ablehnen:ablehnte,abgelehnt verlangen:verlangte,verlangt
    bestreiten:bestritt,bestreitet,bestritten dementieren:dementierte,dementiert]],
}
de.tail_only = "so"

de.words = {
  det = [[
    der die das den dem des ein eine einer einem einen eines dieser diese dieses diesem diesen jener jene alle viele
    einige mehrere manche beide kein keine keiner zwei drei vier fünf sechs]],
  poss = "sein seine seiner seinem seinen seines ihr ihre ihrer ihrem ihren ihres mein meine unser unsere unserer",
  pron = "er sie es wir ich man ihm ihn",
  rel = "welcher welche welches",
  sub = "dass ob weil wenn als während obwohl nachdem bevor damit sodass da wie warum wo was wer",
  prep = [[
    von vom mit bei beim in im an am auf aus für gegen nach vor über unter um zu zum zur durch ohne seit wegen trotz
    zwischen bis laut gegenüber]],
  conj = "und oder aber sondern denn doch",
  have = "hat haben habe hatte hatten hätte hätten",
  be = "ist sind war waren sei seien wäre wird werden wurde wurden worden",
  modal = [[
    kann können könne konnte will wollen wolle wollte soll sollen solle sollte muss müssen müsse darf dürfe würde]],
  neg = "nicht nie niemals",
  adv = [[
    auch zudem außerdem jedoch allerdings bereits schon noch erneut wieder weiter dabei zugleich gleichzeitig später
    zuvor nun dann hier dort heute gestern morgen sich daraufhin dazu wörtlich unterdessen]],
  time = [[
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august
    september oktober november dezember abend mittag vormittag nachmittag nacht woche wochenende jahr]],
  title = [[
    präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister ministerin außenminister
    außenministerin verteidigungsminister innenminister ministerpräsident ministerpräsidentin sprecher sprecherin
    regierungssprecher chef chefin herr frau dr prof abgeordneter abgeordnete vorsitzende vorsitzender bürgermeister
    bürgermeisterin general staatschef regierungschef us-präsident generalsekretär]],
  noun = "leute experten beobachter kritiker behörden polizei zeugen journalisten medien",
}
de.singular = "er sie es man"
de.abbreviation = "dr prof st nr bzw ca usw z.b d.h u.a"
de.joins = "und"
de.settings = [[
  interview erklärung mitteilung rede brief bericht gespräch pressekonferenz sitzung zeitung sender journalisten
  agentur nachrichtenagentur twitter fernsehen radio sendung]]
de.sure = "sagte sagten sagt erklärte erklärten meinte schrieb"
de.saying = "sagte sagten sagt erklärte meinte schrieb betonte fragte antwortete so"
-- A clause in this mood after a comma is reported speech: "sagte, die Lage sei ernst".
de.subjunctive = [[
  sei seien habe hätten hätte wäre wären werde würde würden könne könnten müsse müssten solle sollten wolle wollten
  dürfe gebe gehe stehe komme bleibe brauche wisse]]
de.according = {
  laut = { "" },
  nach = {
    "Angaben von", "Angaben der", "Angaben des", "Angaben", "Ansicht von", "Ansicht der", "Ansicht des", "Aussage von",
    "Aussage der", "Aussage des", "Worten von", "Worten der", "Worten des", "Einschätzung von", "Einschätzung der",
  },
}
de.postposed = "zufolge"
de.male, de.female = "herr sprecher kanzler minister", "frau sprecherin kanzlerin ministerin"
de.particle = "van de la del ibn al el di"
de.linking = "von der den zu"
de.he, de.she = "er", "sie"
de.me = "ich"
de.fragment_words = 6

de.examples = {
  { "„Der Hafen bleibt offen“, sagte Bürgermeisterin Anna Lindqvist.",
    "direct | Anna Lindqvist | „Der Hafen bleibt offen“" },
  { "Lindqvist sagte: „Der Hafen bleibt offen.“", "direct | Lindqvist | „Der Hafen bleibt offen.“" },
  { "»Wir warten«, so Lindqvist am Freitag.", "direct | Lindqvist | »Wir warten«" },
  { "Der Minister erklärte, dass die Gespräche stocken.", "indirect | Der Minister | dass die Gespräche stocken" },
  { "Am Montag sagte Lindqvist, die Lage sei ernst.", "indirect | Lindqvist | die Lage sei ernst" },
  { "Laut Polizei liefen zwei Schiffe auf Grund.", "indirect | Polizei | liefen zwei Schiffe auf Grund" },
  { "„Wir haben gewartet“, sagte er. „Niemand kam.“",
    "direct | er | „Wir haben gewartet“", "direct | er | „Niemand kam.“" },
}
de.counter_examples = {
  "Das Schiff „Goldenes Tor“ legte mittags ab.",
  "Die Lage im Hafen war ernst.",
}

return de
