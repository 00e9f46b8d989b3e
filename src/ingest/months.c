/* months.c: names of the months and of the days of the week. Floor 4. */
#include "ingest/written.h"
#include "text/utf8.h"

enum { name_bytes_max = 24, room = name_bytes_max + 8 /* a last character that is cut short */ };

typedef struct month_name {
  const char *name;
  int month;
} month_name;

/* Full, genitive and short names in lower case, sorted by bytes: en de fr es pt it nl pl cs sk hu ro
 * sl hr ru uk bg tr da no sv fi el ar id sw. A name that two languages give to different months
 * has the month of the one named first here. */
static const month_name names[] = {
    {"abr", 4},        {"abril", 4},       {"ago", 8},         {"agosti", 8},       {"agosto", 8},
    {"agustus", 8},    {"aout", 8},        {"août", 8},        {"apr", 4},          {"april", 4},
    {"aprila", 4},     {"aprile", 4},      {"aprili", 4},      {"aprilie", 4},      {"apríl", 4},
    {"apríla", 4},     {"aralık", 12},     {"aug", 8},         {"august", 8},       {"augusta", 8},
    {"augusti", 8},    {"augustus", 8},    {"augusztus", 8},   {"avgusta", 8},      {"avr", 4},
    {"avril", 4},      {"ağustos", 8},     {"březen", 3},      {"března", 3},       {"cze", 6},
    {"czerwca", 6},    {"czerwiec", 6},    {"dec", 12},        {"december", 12},    {"decembra", 12},
    {"decembre", 12},  {"decembrie", 12},  {"des", 12},        {"desemba", 12},     {"desember", 12},
    {"dez", 12},       {"dezember", 12},   {"dezembro", 12},   {"dic", 12},         {"dicembre", 12},
    {"diciembre", 12}, {"duben", 4},       {"dubna", 4},       {"déc", 12},         {"décembre", 12},
    {"ekim", 10},      {"elokuu", 8},      {"elokuuta", 8},    {"ene", 1},          {"enero", 1},
    {"eylül", 9},      {"feb", 2},         {"febb", 2},        {"febbraio", 2},     {"feber", 2},
    {"febr", 2},       {"febrero", 2},     {"februar", 2},     {"februari", 2},     {"februarie", 2},
    {"februarja", 2},  {"february", 2},    {"február", 2},     {"februára", 2},     {"fev", 2},
    {"fevereiro", 2},  {"fevrier", 2},     {"fév", 2},         {"févr", 2},         {"février", 2},
    {"gen", 1},        {"gennaio", 1},     {"giu", 6},         {"giugno", 6},       {"gru", 12},
    {"grudnia", 12},   {"grudzień", 12},   {"haziran", 6},     {"heinäkuu", 7},     {"heinäkuuta", 7},
    {"helmikuu", 2},   {"helmikuuta", 2},  {"huhtikuu", 4},    {"huhtikuuta", 4},   {"ian", 1},
    {"ianuarie", 1},   {"iul", 7},         {"iulie", 7},       {"iun", 6},          {"iunie", 6},
    {"jan", 1},        {"janeiro", 1},     {"januar", 1},      {"januari", 1},      {"januarja", 1},
    {"january", 1},    {"január", 1},      {"januára", 1},     {"janv", 1},         {"janvier", 1},
    {"joulukuu", 12},  {"joulukuuta", 12}, {"juil", 7},        {"juillet", 7},      {"juin", 6},
    {"jul", 7},        {"julai", 7},       {"julho", 7},       {"juli", 7},         {"julija", 7},
    {"julio", 7},      {"july", 7},        {"jun", 6},         {"june", 6},         {"junho", 6},
    {"juni", 6},       {"junija", 6},      {"junio", 6},       {"jän", 1},          {"jänner", 1},
    {"júl", 7},        {"júla", 7},        {"július", 7},      {"jún", 6},          {"júna", 6},
    {"június", 6},     {"kasım", 11},      {"kesäkuu", 6},     {"kesäkuuta", 6},    {"kolovoza", 8},
    {"květen", 5},     {"května", 5},      {"kwi", 4},         {"kwiecień", 4},     {"kwietnia", 4},
    {"leden", 1},      {"ledna", 1},       {"lip", 7},         {"lipca", 7},        {"lipiec", 7},
    {"lipnja", 6},     {"lis", 11},        {"listopad", 11},   {"listopada", 11},   {"listopadu", 11},
    {"lokakuu", 10},   {"lokakuuta", 10},  {"lug", 7},         {"luglio", 7},       {"lut", 2},
    {"lutego", 2},     {"luty", 2},        {"maaliskuu", 3},   {"maaliskuuta", 3},  {"maart", 3},
    {"machi", 3},      {"maerz", 3},       {"mag", 5},         {"maggio", 5},       {"mai", 5},
    {"maio", 5},       {"maj", 5},         {"maja", 5},        {"mar", 3},          {"marca", 3},
    {"march", 3},      {"marco", 3},       {"maret", 3},       {"marraskuu", 11},   {"marraskuuta", 11},
    {"mars", 3},       {"mart", 3},        {"martie", 3},      {"marts", 3},        {"marzec", 3},
    {"marzo", 3},      {"março", 3},       {"may", 5},         {"mayo", 5},         {"mayıs", 5},
    {"mei", 5},        {"mrt", 3},         {"mrz", 3},         {"máj", 5},          {"mája", 5},
    {"május", 5},      {"márc", 3},        {"március", 3},     {"mär", 3},          {"märz", 3},
    {"nisan", 4},      {"noi", 11},        {"noiembrie", 11},  {"nov", 11},         {"novemba", 11},
    {"november", 11},  {"novembra", 11},   {"novembre", 11},   {"novembro", 11},    {"noviembre", 11},
    {"ocak", 1},       {"oct", 10},        {"october", 10},    {"octobre", 10},     {"octombrie", 10},
    {"octubre", 10},   {"okt", 10},        {"oktoba", 10},     {"oktober", 10},     {"oktobra", 10},
    {"október", 10},   {"októbra", 10},    {"ott", 10},        {"ottobre", 10},     {"out", 10},
    {"outubro", 10},   {"ožujka", 3},      {"paź", 10},        {"październik", 10}, {"października", 10},
    {"pebruari", 2},   {"prosinca", 12},   {"prosince", 12},   {"prosinec", 12},    {"rujna", 9},
    {"sep", 9},        {"sept", 9},        {"septemba", 9},    {"september", 9},    {"septembra", 9},
    {"septembre", 9},  {"septembrie", 9},  {"septiembre", 9},  {"set", 9},          {"setembro", 9},
    {"setiembre", 9},  {"sett", 9},        {"settembre", 9},   {"sie", 8},          {"sierpień", 8},
    {"sierpnia", 8},   {"siječnja", 1},    {"srpen", 8},       {"srpna", 8},        {"srpnja", 7},
    {"studenoga", 11}, {"sty", 1},         {"styczeń", 1},     {"stycznia", 1},     {"svibnja", 5},
    {"syyskuu", 9},    {"syyskuuta", 9},   {"szept", 9},       {"szeptember", 9},   {"tammikuu", 1},
    {"tammikuuta", 1}, {"temmuz", 7},      {"toukokuu", 5},    {"toukokuuta", 5},   {"travnja", 4},
    {"veljače", 2},    {"wrz", 9},         {"wrzesień", 9},    {"września", 9},     {"září", 9},
    {"ápr", 4},        {"április", 4},     {"únor", 2},        {"února", 2},        {"červen", 6},
    {"července", 7},   {"červenec", 7},    {"června", 6},      {"říjen", 10},       {"října", 10},
    {"şubat", 2},      {"απρ", 4},         {"απριλίου", 4},    {"αυγ", 8},          {"αυγούστου", 8},
    {"δεκ", 12},       {"δεκεμβρίου", 12}, {"ιαν", 1},         {"ιανουαρίου", 1},   {"ιουλ", 7},
    {"ιουλίου", 7},    {"ιουν", 6},        {"ιουνίου", 6},     {"μαΐου", 5},        {"μαρ", 3},
    {"μαρτίου", 3},    {"μαϊου", 5},       {"νοε", 11},        {"νοεμβρίου", 11},   {"οκτ", 10},
    {"οκτωβρίου", 10}, {"σεπ", 9},         {"σεπτεμβρίου", 9}, {"φεβ", 2},          {"φεβρουαρίου", 2},
    {"авг", 8},        {"август", 8},      {"августа", 8},     {"апр", 4},          {"апрель", 4},
    {"апреля", 4},     {"април", 4},       {"бер", 3},         {"березень", 3},     {"березня", 3},
    {"вер", 9},        {"вересень", 9},    {"вересня", 9},     {"груд", 12},        {"грудень", 12},
    {"грудня", 12},    {"дек", 12},        {"декабрь", 12},    {"декабря", 12},     {"декември", 12},
    {"жовт", 10},      {"жовтень", 10},    {"жовтня", 10},     {"июл", 7},          {"июль", 7},
    {"июля", 7},       {"июн", 6},         {"июнь", 6},        {"июня", 6},         {"квіт", 4},
    {"квітень", 4},    {"квітня", 4},      {"лип", 7},         {"липень", 7},       {"липня", 7},
    {"лист", 11},      {"листопад", 11},   {"листопада", 11},  {"лют", 2},          {"лютий", 2},
    {"лютого", 2},     {"май", 5},         {"мар", 3},         {"март", 3},         {"марта", 3},
    {"мая", 5},        {"ноември", 11},    {"ноя", 11},        {"нояб", 11},        {"ноябрь", 11},
    {"ноября", 11},    {"окт", 10},        {"октомври", 10},   {"октябрь", 10},     {"октября", 10},
    {"сен", 9},        {"сент", 9},        {"сентябрь", 9},    {"сентября", 9},     {"септември", 9},
    {"серп", 8},       {"серпень", 8},     {"серпня", 8},      {"січ", 1},          {"січень", 1},
    {"січня", 1},      {"трав", 5},        {"травень", 5},     {"травня", 5},       {"фев", 2},
    {"февр", 2},       {"февраль", 2},     {"февраля", 2},     {"февруари", 2},     {"черв", 6},
    {"червень", 6},    {"червня", 6},      {"юли", 7},         {"юни", 6},          {"янв", 1},
    {"январь", 1},     {"января", 1},      {"януари", 1},      {"أبريل", 4},        {"أغسطس", 8},
    {"أكتوبر", 10},    {"ابريل", 4},       {"اغسطس", 8},       {"اكتوبر", 10},      {"ديسمبر", 12},
    {"سبتمبر", 9},     {"فبراير", 2},      {"مارس", 3},        {"مايو", 5},         {"نوفمبر", 11},
    {"يناير", 1},      {"يوليو", 7},       {"يونيو", 6},
};

/* Lower case of the letters that month names start with or are written in. */
static uint32_t lower(uint32_t code)
{
  if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
      (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
    return code + 32;
  if (code >= 0x400 && code <= 0x40F)
    return code + 80;
  if (code >= 0x100 && code <= 0x17F)
    return (code >= 0x139 && code <= 0x148) || code >= 0x179 ? code + (code & 1) : code | 1;
  return code;
}

/* Write the word in lower case, closed by a NUL; it does not grow. */
static void fold(nr_text word, char out[room])
{
  const char *at = word.bytes, *end = at + word.size;
  size_t size = 0;
  while (at < end)
    size += nr_utf8_put(out + size, lower(nr_utf8_next(&at)));
  out[size] = '\0';
}

int nr_month_of(nr_text word)
{
  char name[room];
  size_t low = 0, high = sizeof names / sizeof names[0];
  if (word.size < 3 || word.size > name_bytes_max)
    return 0;
  fold(word, name);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(name, names[middle].name);
    if (order == 0)
      return names[middle].month;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

/* From Monday to Sunday, then words for the day of writing; in lower case, parted by bars: en de fr es pt it
 * nl pl cs sk hu ro sl hr uk ru be bg sr tr da no sv fi el id. Cases only where they stand before a date. */
static const char *const weekdays[] = {
    "|monday|mon|montag|lundi|lunes|segunda-feira|lunedì|maandag|poniedziałek|pondělí|pondelok|hétfő|luni|"
    "ponedeljek|ponedjeljak|понеділок|понедельник|панядзелак|понеделник|понедељак|pazartesi|mandag|måndag|"
    "maanantai|maanantaina|δευτέρα|senin|",
    "|tuesday|tue|tues|dienstag|mardi|martes|terça-feira|martedì|dinsdag|wtorek|úterý|utorok|kedd|marți|"
    "torek|"
    "utorak|вівторок|вторник|аўторак|уторак|salı|tirsdag|tisdag|tiistai|tiistaina|τρίτη|selasa|",
    "|wednesday|wed|mittwoch|mercredi|miércoles|quarta-feira|mercoledì|woensdag|środa|środę|středa|středu|"
    "streda|stredu|szerda|miercuri|sreda|sredo|srijeda|srijedu|середа|середу|среда|среду|серада|сряда|"
    "çarşamba|"
    "onsdag|keskiviikko|keskiviikkona|τετάρτη|rabu|",
    "|thursday|thu|thur|thurs|donnerstag|jeudi|jueves|quinta-feira|giovedì|donderdag|czwartek|čtvrtek|"
    "štvrtok|"
    "csütörtök|joi|četrtek|četvrtak|четвер|четверг|чацвер|четвъртък|четвртак|perşembe|torsdag|torstai|"
    "torstaina|"
    "πέμπτη|kamis|",
    "|friday|fri|freitag|vendredi|viernes|sexta-feira|venerdì|vrijdag|piątek|pátek|piatok|péntek|vineri|"
    "petek|"
    "petak|п'ятниця|п'ятницю|п’ятниця|п’ятницю|пятница|пятницу|пятніца|петък|петак|cuma|fredag|perjantai|"
    "perjantaina|παρασκευή|jumat|",
    "|saturday|sat|samstag|sonnabend|samedi|sábado|sabato|zaterdag|sobota|sobotu|sobotę|szombat|sâmbătă|"
    "soboto|"
    "subota|subotu|субота|суботу|суббота|субботу|събота|cumartesi|lørdag|lördag|lauantai|lauantaina|σάββατο|"
    "sabtu|",
    "|sunday|sun|sonntag|dimanche|domingo|domenica|zondag|niedziela|niedzielę|neděle|neděli|nedeľa|nedeľu|"
    "vasárnap|duminică|nedelja|nedeljo|nedjelja|nedjelju|неділя|неділю|воскресенье|нядзеля|неделя|недеља|"
    "недељу|"
    "pazar|søndag|söndag|sunnuntai|sunnuntaina|κυριακή|minggu|",
    "|today|heute|aujourd'hui|aujourd’hui|hoy|hoje|oggi|vandaag|dziś|dzisiaj|dnes|mai|danes|danas|astăzi|"
    "сьогодні|сегодня|сёння|днес|данас|bugün|idag|tänään|σήμερα|",
};

int nr_weekday_of(nr_text word)
{
  char name[room + 2] = "|";
  if (word.size < 2 || word.size > name_bytes_max)
    return 0;
  fold(word, name + 1);
  strcat(name, "|");
  for (int day = 0; day < 8; day++)
    if (strstr(weekdays[day], name) != NULL)
      return day + 1;
  return 0;
}
