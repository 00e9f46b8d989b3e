/* months.c: names of the months. Floor 4.
 * A string per language: twelve groups parted by blanks, alternatives by bars, lower case. */
#include "ingest/written.h"
#include "text/utf8.h"

static const char *const languages[] = {
    /* en */ "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
             "september|sept|sep october|oct november|nov december|dec",
    /* de */
    "januar|jänner|jän februar|feber märz|maerz|mär|mrz april mai juni juli august september oktober|okt "
    "november dezember|dez",
    /* fr */
    "janvier|janv février|fevrier|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre "
    "octobre novembre décembre|decembre|déc",
    /* es */
    "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set octubre "
    "noviembre diciembre|dic",
    /* pt */
    "janeiro fevereiro|fev março|marco abril maio|mai junho julho agosto setembro outubro|out novembro "
    "dezembro",
    /* it */
    "gennaio|gen febbraio|febb marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre|sett "
    "ottobre|ott novembre dicembre",
    /* nl */ "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    /* pl */
    "stycznia|styczeń|sty lutego|luty|lut marca|marzec kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze "
    "lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź "
    "listopada|listopad|lis grudnia|grudzień|gru",
    /* cs */
    "ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec "
    "srpna|srpen "
    "září října|říjen listopadu prosince|prosinec",
    /* sk */
    "januára|január februára|február marca apríla|apríl mája|máj júna|jún júla|júl augusta septembra "
    "októbra|október novembra decembra",
    /* hu */
    "január február|febr március|márc április|ápr május|máj június|jún július|júl augusztus "
    "szeptember|szept október november december",
    /* ro */
    "ianuarie|ian februarie martie aprilie mai iunie|iun iulie|iul august septembrie octombrie "
    "noiembrie|noi decembrie",
    /* sl, hr */
    "januarja|siječnja februarja|veljače marca|ožujka aprila|travnja maja|svibnja junija|lipnja "
    "julija|srpnja avgusta|kolovoza septembra|rujna oktobra novembra|studenoga decembra|prosinca",
    /* ru */
    "января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн "
    "июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт ноября|ноябрь|ноя|нояб "
    "декабря|декабрь|дек",
    /* uk */
    "січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт травня|травень|трав "
    "червня|червень|черв липня|липень|лип серпня|серпень|серп вересня|вересень|вер жовтня|жовтень|жовт "
    "листопада|листопад|лист грудня|грудень|груд",
    /* bg */ "януари февруари март април май юни юли август септември октомври ноември декември",
    /* tr */ "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    /* da, no, sv */
    "januar|januari februar|februari marts|mars april maj|mai juni juli august|augusti september "
    "oktober november december|desember|des",
    /* fi */
    "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu toukokuuta|toukokuu "
    "kesäkuuta|kesäkuu heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu lokakuuta|lokakuu "
    "marraskuuta|marraskuu joulukuuta|joulukuu",
    /* el */
    "ιανουαρίου|ιαν φεβρουαρίου|φεβ μαρτίου|μαρ απριλίου|απρ μαΐου|μαϊου ιουνίου|ιουν ιουλίου|ιουλ "
    "αυγούστου|αυγ σεπτεμβρίου|σεπ οκτωβρίου|οκτ νοεμβρίου|νοε δεκεμβρίου|δεκ",
    /* ar */ "يناير فبراير مارس أبريل|ابريل مايو يونيو يوليو أغسطس|اغسطس سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر",
    /* id, sw */
    "januari februari|pebruari maret|machi april|aprili mei juni julai|juli agustus|agosti septemba "
    "oktoba novemba desember|desemba",
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

/* Whether `word` spells the `size` bytes at `name` but for case. */
static bool spells(nr_text word, const char *name, size_t size)
{
  const char *a = word.bytes, *a_end = a + word.size, *b = name, *b_end = name + size;
  while (a < a_end && b < b_end)
    if (lower(nr_utf8_next(&a)) != nr_utf8_next(&b))
      return false;
  return a == a_end && b == b_end;
}

static int month_in(const char *names, nr_text word)
{
  int month = 1;
  for (const char *at = names; *at != '\0'; at++) {
    size_t size = strcspn(at, " |");
    if (spells(word, at, size))
      return month;
    at += size;
    if (*at == '\0')
      break;
    month += *at == ' ';
  }
  return 0;
}

int nr_month_of(nr_text word)
{
  int month = 0;
  if (word.size < 3 || word.size > 24)
    return 0;
  for (size_t i = 0; i < sizeof languages / sizeof languages[0] && month == 0; i++)
    month = month_in(languages[i], word);
  return month;
}
