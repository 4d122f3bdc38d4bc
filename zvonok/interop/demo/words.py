"""What teachers of the demo write: topics, homework, remarks, reasons, comments."""

from random import Random

from zvonok.domain.planning.rules import Draft

REMARKS = (
    ("PRAISE", "Отлично поработал на уроке, помогал товарищам."),
    ("PRAISE", "Подготовил прекрасный доклад."),
    ("PRAISE", "Молодец: заметный успех за эту неделю."),
    ("BEHAVIOUR", "Разговаривал на уроке, мешал соседям."),
    ("ORGANISATION", "Не было тетради и учебника."),
    ("ORGANISATION", "Забыл сменную обувь."),
    ("ORGANISATION", "Нет домашней работы."),
)
REASONS = ("олимпиада", "соревнования", "по заявлению родителей", "приём у врача", "семейные обстоятельства")
COMMENTS = (
    "Хороший развёрнутый ответ",
    "Небрежное оформление",
    "Две ошибки в вычислениях",
    "Решение верное, нет пояснений",
    "Прочитано выразительно",
    "Нужно повторить правило",
    "Работа у доски",
    "Исправлено после разбора",
)
FIRST_GRADE_COMMENTS = (
    "Читает уверенно, по слогам уже не сбивается",
    "Аккуратно пишет в прописях",
    "Считает в пределах десяти без ошибок",
    "Сегодня много отвечала и не боялась ошибиться",
    "Нужно потренировать счёт через десяток",
    "Старается, помогает соседу по парте",
    "Выучил стихотворение и прочитал его наизусть",
)
PASSED_SUBJECT, PASSED_GRADE = "Основы религиозных культур и светской этики", 4
RECITING = "Чтение наизусть"
_SECTIONS = {
    "Алгебра": ("Выражения и тождества", "Линейные уравнения", "Функции и графики", "Степень", "Многочлены"),
    "Геометрия": ("Начальные понятия", "Треугольники", "Параллельные прямые", "Соотношения в треугольнике"),
    "Математика": (
        "Устный счёт",
        "Сложение и вычитание",
        "Умножение и деление",
        "Задачи в два действия",
        "Дроби",
    ),
    "Русский язык": ("Повторение изученного", "Состав слова", "Части речи", "Предложение", "Развитие речи"),
    "Литература": ("Устное народное творчество", "Басни", "Повесть", "Лирика", "Внеклассное чтение"),
    "Литературное чтение": ("Сказки", "Стихи о природе", "Рассказы о детях", "Писатели детям"),
    "Физика": ("Физические величины", "Движение", "Силы", "Давление", "Работа и энергия"),
    "История": ("Источники", "Древние общества", "Средние века", "Новое время", "История нашего края"),
    "География": ("План и карта", "Литосфера", "Гидросфера", "Атмосфера", "Природные зоны"),
    "Биология": ("Клетка", "Ткани и органы", "Растения", "Животные", "Экосистемы"),
    "Химия": ("Вещества и смеси", "Атомы и молекулы", "Реакции", "Растворы"),
    "Информатика": ("Информация и данные", "Алгоритмы", "Логика", "Программирование", "Таблицы"),
}
_GENERAL = ("Введение", "Основные понятия", "Практическая работа", "Закрепление", "Обобщение")
_STEPS = ("знакомство с темой", "разбор примеров", "решение задач", "самостоятельная работа", "повторение")
_TASKS = (
    ("§ {n}, вопросы 1–{few} устно", 20),
    ("№ {hundred}–{hundred_more} в тетради", 30),
    ("Упр. {n}, правило наизусть", 25),
    ("Подготовить пересказ § {n}", 25),
    ("Рабочая тетрадь, с. {n}", 15),
    ("Повторить § {n}, подготовиться к проверочной", 35),
)
_WITHOUT_HOMEWORK = ("Физическая культура", "Музыка", "Изобразительное", "Труд", "Разговоры", "Классный час")
# What parents write about absences.
NOTES = (
    "Ездили к бабушке, вернулись поздно",
    "Были на семейном празднике",
    "Записаны к стоматологу",
)


def topics(subject: str, count: int) -> list[str]:
    """Make the topics of a year, each title once."""
    sections = next((own for name, own in _SECTIONS.items() if subject.startswith(name)), _GENERAL)
    titles = [f"{section}: {step}" for section in sections for step in _STEPS]
    rounds = -(-count // len(titles))
    every = [title if not again else f"{title} ({again + 1})" for again in range(rounds) for title in titles]
    return every[:count]


def plan(subject: str, lessons: int) -> list[Draft]:
    """Make a lesson plan whose hours are those of a year's lessons."""
    titles = topics(subject, -(-lessons * 2 // 3))
    extra = lessons - len(titles)
    return [_draft(subject, title, place, extra, len(titles)) for place, title in enumerate(titles)]


def _draft(subject: str, title: str, place: int, extra: int, count: int) -> Draft:
    section, _colon, step = title.partition(": ")
    task, minutes = _TASKS[place % len(_TASKS)]
    asks = place % 3 == 0 and not subject.startswith(_WITHOUT_HOMEWORK)
    number = place + 3
    text = task.format(n=number, few=4, hundred=100 + number, hundred_more=103 + number)
    again = step.partition(" (")[2]
    return Draft(
        title=title,
        section=f"{section} ({again}" if again else section,
        hours=1 + (place + 1) * extra // count - place * extra // count,
        homework=text if asks else "",
        homework_minutes=minutes if asks else None,
        control="INDEPENDENT" if step.startswith("самостоятельная") else "",
    )


def homework(rng: Random, subject: str) -> tuple[str, int]:
    """Draw a piece of homework and the minutes it should take."""
    text, minutes = rng.choice(_TASKS)
    number, hundred = rng.randint(3, 60), rng.randint(101, 480)
    filled = text.format(
        n=number, few=rng.randint(3, 6), hundred=hundred, hundred_more=hundred + rng.randint(2, 5)
    )
    return filled, minutes


def tests(subject: str) -> tuple[str, ...]:
    """Name the kinds of work by which a subject is tested."""
    if subject == "Русский язык":
        return ("DICTATION", "TEST", "ESSAY")
    if subject in ("Физика", "Химия", "Биология"):
        return ("TEST", "LAB")
    if subject.startswith(_WITHOUT_HOMEWORK):
        return ("PROJECT", "INDEPENDENT")
    return ("TEST", "INDEPENDENT")


def is_marked(group_title: str) -> bool:
    """Say whether a group gets marks: the first grade does not, and class hours do not."""
    return not _is_class_hour(group_title) and _grade(group_title) != "1"


def takes_comments(group_title: str) -> bool:
    """Say whether a group gets comments instead of marks: the lessons of the first grade."""
    return not _is_class_hour(group_title) and _grade(group_title) == "1"


def is_passed(group_title: str) -> bool:
    """Say whether a group passes or fails instead of getting marks."""
    return group_title.startswith(PASSED_SUBJECT)


def _is_class_hour(group_title: str) -> bool:
    return "Классный час" in group_title or "Разговоры" in group_title


def _grade(group_title: str) -> str:
    students, _, _ = group_title.rsplit(maxsplit=1)[-1].partition("/")
    return "".join(char for char in students if char.isdigit())


def has_homework(group_title: str) -> bool:
    """Say whether a group gets homework."""
    return is_marked(group_title) and not group_title.startswith(_WITHOUT_HOMEWORK)
