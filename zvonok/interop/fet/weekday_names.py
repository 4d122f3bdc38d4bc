"""The days of the week, Monday first, in the languages that FET files come in; after a slash, short forms.

Only short forms that are no beginning of the full name are listed. The order matters where languages share
words: the first language in which every day of a file is known wins.
"""

LANGUAGES = {
    "ru": "понедельник/пн вторник среда четверг/чт пятница/пт суббота/сб воскресенье/вс",
    "bg": "понеделник/пн вторник сряда четвъртък/чт петък/пт събота/сб неделя/нд",
    "uk": "понеділок/пн вівторок/вт середа четвер/чт п'ятниця/пт субота/сб неділя/нд",
    "be": "панядзелак/пн аўторак/аут серада чацвер/чц пятніца/пт субота/сб нядзеля/нд",
    "mk": "понеделник/пн вторник среда четврток/чт петок/пт сабота недела",
    "sr": "понедељак/пн уторак среда четвртак петак субота недеља",
    "kk": "дүйсенбі/дс сейсенбі/сс сәрсенбі/ср бейсенбі/бс жұма сенбі/сн жексенбі/жс",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles/x jueves viernes sábado domingo",
    "ca": "dilluns/dl dimarts/dt dimecres/dc dijous/dj divendres/dv dissabte/ds diumenge/dg",
    "gl": "luns martes mércores xoves venres sábado domingo",
    "pt": "segunda terça quarta quinta sexta sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "pl": "poniedziałek/pn wtorek środa czwartek piątek/pt sobota niedziela/nd",
    "cs": "pondělí úterý středa čtvrtek pátek sobota neděle",
    "sk": "pondelok utorok streda štvrtok piatok sobota nedeľa",
    "sl": "ponedeljek torek sreda četrtek petek sobota nedelja",
    "hr": "ponedjeljak/ponedeljak utorak srijeda/sreda četvrtak petak subota nedjelja/nedelja",
    "lt": "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis",
    "lv": "pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "el": "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "tr": "pazartesi/pzt salı çarşamba perşembe cuma cumartesi/cmt pazar",
    "sq": "hënë/hëna martë/marta mërkurë/mërkura enjte/enjtja premte/premtja shtunë/shtuna diel/diela",
    "id": "senin selasa rabu kamis jumat sabtu minggu",
    "ar": "الاثنين/الإثنين الثلاثاء الأربعاء/الاربعاء الخميس الجمعة السبت الأحد/الاحد",
    "he": "שני שלישי רביעי חמישי שישי שבת ראשון",
}
