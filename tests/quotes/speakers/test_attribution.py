"""Snippets in many languages and layouts: does the text attribute the quoted words to somebody else?

The quoted words are between { and }. The claim's speaker is Ann Smith, unless a snippet names another
one before a bar. On file are also Bob Jones, Иван Петров and 田中.
"""

import pytest

from claimcli.quotes.speakers.attribution import other_speaker
from claimcli.quotes.speakers.names import ExpectedSpeakers, SpeakerNames

NAMES = SpeakerNames(("Bob Jones", "Ann Smith", "Иван Петров", "田中"))


def speaker_of(snippet: str) -> str:
    """Return the other speaker of a snippet, after a question mark if that is uncertain; else ""."""
    own, bar, text = snippet.rpartition("|")
    own = own if bar else "Ann Smith"
    start, end = text.index("{"), text.index("}") - 1
    text = text.replace("{", "").replace("}", "")
    found = other_speaker(text, (start, end), ExpectedSpeakers((own,), NAMES, named=True))
    if found is None:
        return ""
    assert " ".join(text[slice(*found.span)].split()) == found.name
    return found.name if found.certain else f"?{found.name}"


DANGEROUS = [
    # Without quotation marks.
    ("Bob Jones said that {the dam is old}.", "?Bob Jones"),
    ("Jones has warned {the dam is old} and left.", "?Jones"),
    ("Bob Jones, the engineer, claimed {the dam is old}.", "?Bob Jones"),
    ("According to Bob Jones, {the dam is old}.", "?Bob Jones"),
    ("{The dam is old}, said Bob Jones.", "?Bob Jones"),
    ("{The dam is old}, Jones said.", "?Jones"),
    ("{The dam is old}, according to Bob Jones, who saw it.", "?Bob Jones"),
    # After the quotation, English.
    ('"{The dam is old},"\nsaid Bob Jones.', "Bob Jones"),
    ("\u201cIt was long known that\n{the dam is old},\u201d said Bob\nJones.", "Bob Jones"),
    ('"{The dam is old}!" shouted Jones.', "Jones"),
    ('"{Is the dam old}?" asked Bob Jones.', "Bob Jones"),
    ('"{The dam is old}," Jones told Ann Smith.', "Jones"),
    ('"{The dam is old}," Bob Jones, an engineer who lives here, told reporters.', "Bob Jones"),
    ('"{The dam is old}," said the engineer, Bob Jones.', "Bob Jones"),
    ('"{The dam is old}," said chief engineer Bob Jones, who met Ann Smith.', "Bob Jones"),
    ('"{The dam is old}," Jones has repeatedly said.', "Jones"),
    ('"The dam," Jones said, "{is older than we are}."', "Jones"),
    ('"The dam is old," said Jones, "and {it leaks every day}."', "Jones"),
    ('"The dam is old," Jones said. "{It leaks every day}."', "?Jones"),
    ("'{The dam is old},' said Bob Jones.", "Bob Jones"),
    ("\u2018{The dam near the workers\u2019 hall is old},\u2019 said Bob Jones.", "Bob Jones"),
    ("'{We met in the workers' hall today},' said Bob Jones.", "Bob Jones"),
    ('"{The dam is old}." - Bob Jones, engineer', "Bob Jones"),
    ("\u201c{The dam is old}.\u201d \u2014 Bob Jones\n\nAnn Smith was there.", "Bob Jones"),
    ("\u201c{The dam is old}\u201d\n\u2015Bob Jones", "Bob Jones"),
    ('"{The dam is old}" (Bob Jones)', "Bob Jones"),
    ('"{The dam is old}," according to Bob Jones.', "Bob Jones"),
    ('He laughed: "Jones told me that \'{the dam is old},\'" said Kim.', "Jones"),
    ('"{The dam is old}," the report\'s author, Bob Jones, wrote.', "Bob Jones"),
    ('"{The dam is old}," said Smith\'s colleague Bob Jones.', "Bob Jones"),
    ('"{The dam is old}," said the minister of water, Bob Jones.', "?Bob Jones"),
    ('"{The dam is old}."\n\n\u2014 Bob Jones', "Bob Jones"),
    ("> \u201c{The dam is old}.\u201d\n>\n> \u2014 *Bob Jones*, engineer", "Bob Jones"),
    ("\u201c{The dam is old}\u201d\nBob Jones, engineer", "?Bob Jones"),
    ("\u2014 {La presa es vieja} \u2014dijo Jones\u2014. Y más.", "Jones"),
    ("Анна Белова|— {Плотина старая}, — сказал Петров.", "Петров"),
    ('Bob Jones called it "{an old dam}".', "Bob Jones"),
    ('Bob Jones described the dam as "{old}".', "Bob Jones"),
    # Before the quotation.
    ('Jones told Ann Smith: "{The dam is old}."', "Jones"),
    ('In a letter to Smith, Jones wrote: "{The dam is old}."', "Jones"),
    ('Bob Jones, an engineer, replied that "{the dam is old}".', "Bob Jones"),
    ('Jones was quoted as saying: "{The dam is old}."', "Jones"),
    ('The paper quotes Bob Jones as saying "{the dam is old}".', "Bob Jones"),
    ('Asked about the crest, Jones said: "The dam is high. {It is old, too}."', "Jones"),
    ('According to Bob Jones, "{the dam is old}".', "Bob Jones"),
    ('Jones: "{The dam is old}."', "Jones"),
    ('Jones said:\n\n"The dam is high.\n\n"{It is old, too}."', "Jones"),
    ('"The dam is high.\n\n"{It is old}.\n\n"It leaks," said Jones.', "Jones"),
    # Names that are not on file.
    ('Megan Kelly recently said: "{The dam is old}."', "?Megan Kelly"),
    ('"{The dam is old}," Alexis Tsipras said.', "?Alexis Tsipras"),
    ('"{The dam is old}," said Lena Roth.', "?Lena Roth"),
    ('"{The dam is old}," Lena Roth told reporters.', "?Lena Roth"),
    ('Lena Roth came. "{The dam is old}," Roth said.', "?Roth"),
    ('"{The dam is old}," Mr. Roth added.', "?Mr. Roth"),
    ('Prime Minister Lena Roth said: "{The dam is old}."', "?Prime Minister Lena Roth"),
    ('"{The dam is old}," said Ann Roth.', "?Ann Roth"),
    ("\u201e{Der Damm ist alt}\u201c, sagte Lena Roth am Montag.", "?Lena Roth"),
    ("\u00ab {Le barrage est vieux} \u00bb, a expliqu\u00e9 L\u00e9na Roth.", "?L\u00e9na Roth"),
    ("\u00ab{La presa es vieja}\u00bb, asegur\u00f3 Lena Roth.", "?Lena Roth"),
    ("Ирина Белова|«{Плотина старая}», — сказала Лена Ротова.", "?Лена Ротова"),
    # Other languages and marks.
    ("\u201e{Der Damm ist alt}\u201c, sagte Bob Jones der Zeitung.", "Bob Jones"),
    ("\u00bb{Der Damm ist alt}\u00ab, so Bob Jones.", "Bob Jones"),
    ("Am Montag sagte Jones: \u201e{Der Damm ist alt}.\u201c", "Jones"),
    ("Jones erkl\u00e4rte am Montag: \u201aDer Damm ist hoch. {Er ist alt}.\u2018", "Jones"),
    ("\u00ab {Le barrage est vieux} \u00bb,\na d\u00e9clar\u00e9 Bob Jones \u00e0 Ann Smith.", "Bob Jones"),
    ("Selon Bob Jones, \u00ab {le barrage est vieux} \u00bb.", "Bob Jones"),
    ("\u00ab{La presa es vieja}\u00bb, dijo Jones a Ann Smith.", "Jones"),
    ("Bob Jones a dit \u00e0 Ann Smith : \u00ab {Le barrage est vieux} \u00bb", "Bob Jones"),
    ("Bob Jones le dijo a Ann Smith: \u00ab{La presa es vieja}\u00bb", "Bob Jones"),
    ("Иван Петров сказал Беловой: «{Плотина старая}».", "?Иван Петров"),
    ("Según Bob Jones, «{la presa es vieja}».", "Bob Jones"),
    ("Анна Белова|«{Плотина старая}», — заявил Иван\nПетров.", "Иван Петров"),
    ("Анна Белова|Иван Петров заявил: «{Плотина старая}».", "Иван Петров"),
    ("Анна Белова|«{Плотина старая}», — отметил в среду министр Петров.", "Петров"),
    ("\u201d{Dammen \u00e4r gammal}\u201d, Jones.", "Jones"),
    ("\u00bb{Pato on vanha}\u00bb, Bob Jones kertoo.", "Bob Jones"),
    ("\u201e{Tama jest stara}\u201d, Jones.", "Jones"),
    ("\u201c{De dam is oud}\u201d, zei Bob Jones.", "?Bob Jones"),
    ("\u00ab{La diga è vecchia}\u00bb, dice Bob Jones.", "Bob Jones"),
    ("Анна Белова|«Плотина, — заявил Петров, — {очень старая}».", "Петров"),
    ("Анна Белова|«Плотина очень старая, — заявил Петров. — {Она течёт}».", "Петров"),
    ("\u201c{La presa es vieja}\u201d. (Ministro del agua, Bob Jones, en una conferencia)", "?Bob Jones"),
    ("Bob Jones, ministre de l\u2019eau, \u00e0 propos du barrage : \u00ab {Il est vieux} \u00bb", "?Bob Jones"),
    # Transcripts.
    ("KIM ROE: Good day.\n\nLENA DOE: {It is old}.\n\nKIM ROE: No.\n\nLENA DOE: Hm.", "LENA DOE"),
    ("MR. ROE: {It is old}.\n\nQ: Oh.\n\nMR. ROE: Yes.", "MR. ROE"),
    ("JONES: Good day.\n\n{It is old}.\n\nSMITH: No.", "JONES"),
    ("Bob Jones: Good day.\n\n{It is old}.\n\nAnn Smith: No.", "Bob Jones"),
    ("Bob Jones:\n\n{The dam is old}.", "Bob Jones"),
    ("Ann Smith: (00:22)\nGood day.\n\nKim Roe: (00:26)\n{It is old}.\n\nAnn Smith: (00:31)\nNo.\n\nKim Roe: (00:33)\nHm.", "Kim Roe"),
    ("Ann Smith, Managing Director: Good day.\n\nKim Roe, Chief Engineer: {It is old}.\n\nAnn Smith, Managing Director: No.\n\nKim Roe, Chief Engineer: Hm.", "Kim Roe"),
    ("Question: Is it true that {it is old}?\nMinister of Water:\nIt is not.\nQuestion: Why?\nMinister of Water:\nIt is new.", "Question"),
    ("MS. SMITH:  Good day.\n\nQ:  So {the dam is old}?\n\nMS. SMITH:  No.", "Q"),
    ("MS. SMITH:  Good day.\n\nQ    So {the dam is old}?\n\nMS. SMITH:  No.", "Q"),
    ("MS. SMITH:  Good day.\n\nQ  Thank you.\n\nNow, {the dam is old}?\n\nMS. SMITH:  No.", "Q"),
    ("**Q:** Is it true that {the dam is old}?\n\n**A:** It is not.", "Q"),
    ("Q. Is it true that {the dam is old}?\nA. It is not.", "Q"),
    ("Question: Is it true that {the dam is old}?\n\nAnn Smith: It is not.\n\nQuestion: Why?", "Question"),
    ("Анна Белова|Вопрос: Правда ли, что {плотина старая}?\n\nА.Белова: Нет.\n\nВопрос: Да?", "Вопрос"),
    ("REPORTER: Did she say {the dam is old}?\n\nSMITH: I did not.\n\nREPORTER: Thanks.", "REPORTER"),
    ("ANN SMITH: Good day.\n\nKIM ROE: Good day.\n\nANN SMITH: Yes.\n\nKIM ROE: Well.\n\n{It is old}.", "KIM ROE"),
    ("Ann Smith [00:01]: Good day.\nKim Roe [00:05]: {It is old}.\nAnn Smith [00:07]: No.\nKim Roe [00:09]: So?", "Kim Roe"),
    ("Ann Smith (engineer): Good day.\nKim Roe (mayor): {It is old}.\nAnn Smith (engineer): No.\nKim Roe (mayor): Hm.", "Kim Roe"),
    ("Ann Smith\n\nGood day to you all.\n\nKim Roe\n\n{It is old}.\n\nAnn Smith\n\nNo.\n\nKim Roe\n\nYes.", "?Kim Roe"),
    ("Good day to you all.\n\nBob Jones\n{The dam is old}.", "?Bob Jones"),
    ("Ann Smith\n\nGood day to you all.\n\nBob Jones\n\n{It is old}.", "Bob Jones"),
    ("Q\n\nIs it true that {it is old}?\n\nA\n\nNo.\n\nQ\n\nWhy?\n\nA\n\nIt is new.", "Q"),
    ("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Smith>Good day.\n\n00:05.000 --> 00:07.000\n<v Kim Roe>{It is old}.", "Kim Roe"),
    ("1\n00:00:01,000 --> 00:00:04,000\nJONES: The dam\n\n2\n00:00:04,100 --> 00:00:07,000\nis high, and {it is old}.", "JONES"),
    (">> SMITH: Good day.\n>> ROE: {It is old}.\n>> SMITH: No.\n>> ROE: Yes.", "ROE"),
    ("THE PRESIDENT: {It is old}.\n\nMS. SMITH: Thank you.\n\nTHE PRESIDENT: Well.", "THE PRESIDENT"),
    ("\u2014 Bob Jones: {The dam is old}.", "Bob Jones"),
    ("田中：{ダムは古い}。", "田中"),
    ("記者：{ダムは古い}ですか。\n\nSmith：いいえ。\n\n記者：そうですか。", "記者"),
]  # fmt: skip

HARMLESS = [
    "Smith and Bob Jones said that {the dam is old}.",
    "Bob Jones and Ann Smith said that {the dam is old}.",
    "She told Bob Jones that {the dam is old}.",
    "Bob Jones was told that {the dam is old}.",
    "Unlike Bob Jones, Smith said that {the dam is old}.",
    "Contrary to what Bob Jones said, {the dam is old}.",
    "According to Bob Jones's friend Smith, {the dam is old}.",
    "{The dam is old}, and Bob Jones said so.",
    "{The dam is old}, Smith told Bob Jones.",
    "{The dam is old}. Bob Jones said nothing.",
    '"{The dam is old}," the engineer, Bob Jones, and Ann Smith wrote.',
    # The person addressed, or mentioned.
    '"{The dam is old}," he told Bob Jones.',
    '"{The dam is old}," she said to Bob Jones.',
    '"{The dam is old}," the spokeswoman told Bob Jones.',
    '"{The dam is old}," Smith told Bob Jones.',
    '"{The dam is old}," said Smith, while Bob Jones slept.',
    '"{The dam is old}," said the spokeswoman for Bob Jones.',
    '"{The dam is old}," said a friend of Bob Jones.',
    '"{The dam is old}," Bob Jones\'s lawyer said.',
    '"{The dam is old}," said Jones\u2019s lawyer, Ann Smith.',
    '"{The dam is old}," she said in an interview with Bob Jones.',
    '"{The dam is old}," she said, thanking Bob Jones.',
    '"{The dam is old}," they wrote to Bob Jones.',
    'She told Bob Jones: "{The dam is old}."',
    'In an interview with Bob Jones she said: "{The dam is old}."',
    'In a letter to Bob Jones the ministry wrote: "{The dam is old}."',
    'A friend of Bob Jones said: "{The dam is old}."',
    'Ann Smith, who had told Bob Jones of it, said: "{The dam is old}."',
    'Bob Jones asked, and Ann Smith answered: "{The dam is old}."',
    '"{Is the dam old}?" Bob Jones was asked.',
    'Bob Jones was told: "{The dam is old}."',
    '"{The dam is old}," the paper, owned by Bob Jones, said.',
    '"{The dam is old}," the paper said, citing Bob Jones.',
    '"{The dam is old}," said a spokesman, quoting Bob Jones.',
    '"{The dam is old}," said Ann Smith and Bob Jones.',
    '"{The dam is old}," said Smith\'s boss. Bob Jones agreed.',
    'When Bob Jones asked her, Smith said: "{The dam is old}."',
    '"{The dam is old}," wrote The Herald.',
    '"{The dam is old}," says a report by Bob Jones.',
    '"{The dam is old}," reads a letter to Bob Jones.',
    'Jones came. "{The dam is old}," said the spokeswoman.',
    'Smith met Jones. "{We will sue}." Jones left.',
    'Ann Smith said: "{The dam is old}." Bob Jones agreed.',
    'Ann Smith said: "{The dam is old}." Bob Jones said: "It is new."',
    '"The dam is new," Bob Jones said. Ann Smith replied: "{The dam is old}."',
    '"The dam," Smith said, "{is older than Bob Jones}."',
    '"The dam is new," said Jones. "{The dam is old}," said Smith.',
    '"Bob Jones told me that {the dam is old}," said Ann Smith.',
    '"{The dam is old}," both Bob Jones and Ann Smith said.',
    'He saw the "{old dam}" that Bob Jones built.',
    'The "{old dam}" is high, and Bob Jones is tall.',
    'Jones said Smith called the dam "{old}".',
    '"{The dam is old}," Jones said Smith had remarked.',
    'Jones quoted Smith as saying: "{The dam is old}."',
    'Jones, asked whether "{the dam is old}", said no.',
    "Jones: Dam signals compromise\n\nSmith: Dam signals surrender\n\n{The dam is old}.",
    # Expected speakers, with titles, parts of names and transcriptions.
    '"{The dam is old}," said President Ann Smith.',
    '"{The dam is old}," Ms. Smith said.',
    '"{The dam is old}," said White House press secretary Ann Smith.',
    "Sergey Lavrov|\u201e{Der Damm ist alt}\u201c, sagte Au\u00dfenminister Sergej Lawrow.",
    "Sergey Lavrov|«{Плотина старая}», — заявил Сергей Лавров.",
    "Kim Jong Un|\"{The dam is old},\" said Chairman Kim.",
    '"{The dam is old}," said Monday.',
    '"{The dam is old}," the White House said.',
    '"{The dam is old}," Reuters reported.',
    '"{The dam is old}," the United Nations said.',
    # Pronouns and persons without a name in other languages.
    "\u201e{Der Damm ist alt}\u201c, sagte sie zu Bob Jones.",
    "\u201e{Der Damm ist alt}\u201c, sagte die Sprecherin der Zeitung.",
    "\u201e{Der Damm ist alt}\u201c, sagte der Minister am Montag in Berlin.",
    "Zu Bob Jones sagte sie: \u201e{Der Damm ist alt}.\u201c",
    "\u00ab {Le barrage est vieux} \u00bb, a-t-elle dit \u00e0 Bob Jones.",
    "\u00ab {Le barrage est vieux} \u00bb, dit-il \u00e0 Bob Jones.",
    "\u00ab {Le barrage est vieux} \u00bb, a d\u00e9clar\u00e9 la ministre \u00e0 Bob Jones.",
    "\u00ab{La presa es vieja}\u00bb, dijo a Bob Jones.",
    "\u00ab{La presa es vieja}\u00bb, dijo la ministra a Bob Jones.",
    "Анна Белова|«{Плотина старая}», — сказала она Ивану Петрову.",
    "Анна Белова|«{Плотина старая}», — сказала министр. Иван Петров молчал.",
    "Анна Белова|«{Плотина старая}», — заявила Белова. Иван Петров молчал.",
    "\u00ab{La diga è vecchia}\u00bb, ha detto a Bob Jones.",
    "\u201c{A barragem é velha}\u201d, disse ao Bob Jones.",
    "\u201c{De dam is oud}\u201d, zei zij tegen Bob Jones.",
    "\u201d{Dammen är gammal}\u201d, sa hon till Bob Jones.",
    "\u201e{Tama jest stara}\u201d, powiedziała ona do Bob Jones.",
    '"{The dam is old}," she said.\n\n- Bob Jones came later.',
    'The dam, which is called "{old}" by Bob Jones, broke.',
    "\u2014 {The dam is old} \u2014 said to be the oldest, Bob Jones wrote.",
    # Datelines, headings and lists.
    "NEW DELHI: {Nobody will be moved}, Ann Smith said.\n\nALSO READ: Other news.",
    "LONDON: {The dam is old}.\n\nMOSCOW: The rouble rose.",
    "BREAKING: {The dam is old}.\n\nBREAKING: It leaks.\n\nUPDATE: It fell.",
    "UPDATE 1-{The dam is old}, officials say.",
    "ANALYSIS: {The dam is old}.\n\nOPINION: It is not.",
    "NEW DELHI (Reuters) \u2014 {The dam is old}, Ann Smith said.",
    "HARSTAD BAY, 14 March - {The dam is old}, Ann Smith said.",
    "MONDAY: {The dam is old}.\nTUESDAY: It leaks.\nMONDAY: It is older.",
    "Note: {the dam is old}.\nNote: it is new.\n\nSummary: all is well.",
    "Background: {The dam is old}.\n\nUpdate: It is new.\n\nBackground: Hm.",
    "Photo: Bob Jones\n\n{The dam is old}.",
    "Height: 12 m\nWidth: 3 m\nState: {old dam}\nHeight: 13 m\nWidth: 4 m",
    "See https://example.org/ for {the dam that is old}.",
    "At 12:30: {the dam is old}.",
    "FROM ABROAD\n\n{The dam is old}.",
    "One thing is clear: {the dam is old}.\n\nOne thing is clear: it leaks.",
    "The \u201c{old dam}\u201d Bob Jones built is high.",
    "Jones: Dam signals compromise\n{The dam is old}, Ann Smith said.",
    "Bob Jones: The dam is old, and nobody can say that it will not break one day, which is known to "
    "all who live below it.\n{It is new}.",
    "Default: {it is old}.\n\nReturns: It is new.\n\nDefault: It is high.\n\nReturns: It is low.",
    "Tier 1: {It is old}.\n\nTier 2: It is new.\n\nTier 1: It is high.\n\nTier 2: It is low.",
    # Transcripts in which the right speaker is labelled.
    "MS. SMITH:  Good day.\n\nQ:  So it is new?\n\nMS. SMITH:  No.\n\n{It is old}.",
    "Q: Is it new?\n\nA: No. {It is old}.\n\nQ: Oh.",
    "THE PRESIDENT: {It is old}.\n\nQ: Oh.\n\nTHE PRESIDENT: Yes.",
    "JONES: Good day.\nSMITH: Good day.\nJONES: Yes.\nSMITH: No.\n\nFROM ABROAD\n\n{The dam is old}.",
    "Q: Good day.\n\nMS. ROE: Good day.\n\nEND 2:45 P.M. EDT\n\n{The dam is old}.",
    "Q: Good day.\n\nMS. ROE: Good day.\n\n---\n\n{The dam is old}.",
    "Putin: It is new\n\n{The dam is old}.",
    "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Kim Roe>Hi.\n\n00:05.000 --> 00:07.000\n{It is old}.",
    "Lena Roth\nBob Jones\n\n{The dam is old}.",
    "Press secretary|\"{The dam is old},\" said Lena Roth.",
    '"{The dam is old}," South Korea said.',
    "\u201c{The dam is old}.\u201d \u2014 New York, 3 May",
    "Open Letter: \u201c{The dam is old}.\u201d",
    "Kim Roe\nLena Roth\n\n{The dam is old}.",
    "Share\n\n{The dam is old}.\n\nRead More\n\nIt leaks.\n\nGetty Images\n\nRead More\n\nGetty Images\n\nIt fell.",
    # Marks that are no quotation.
    "The workers' hall and {the dam are old}, in the farmers' view, said Bob Jones.",
    'A 6" pipe and {the dam are old}, said Bob Jones of a 7" pipe.',
]  # fmt: skip


@pytest.mark.parametrize(("snippet", "name"), DANGEROUS)
def test_dangerous(snippet: str, name: str) -> None:
    """The text attributes the words to another speaker, who is named."""
    assert speaker_of(snippet) == name


@pytest.mark.parametrize("snippet", HARMLESS)
def test_harmless(snippet: str) -> None:
    """The text names the expected speaker, or nobody clearly."""
    assert speaker_of(snippet) == ""


@pytest.mark.parametrize(("snippet", "name"), [one for one in DANGEROUS if "\n" in one[0]])
def test_other_line_ends(snippet: str, name: str) -> None:
    """Line ends of other systems make no difference."""
    assert speaker_of(snippet.replace("\n", "\r\n")) == name
