"""Words and phrases around a quote that reverse, restrict or weaken it."""

import pytest

from claimcli.quotes.searchable import SearchableText
from claimcli.quotes.verdict import CitedQuote, check_quote


def polarity(marked: str) -> list[str]:
    """Return the warnings about the words between ``[[`` and ``]]`` in a text."""
    before, _, rest = marked.partition("[[")
    quote, _, after = rest.partition("]]")
    result = check_quote(CitedQuote(quote), SearchableText(before + quote + after))
    assert result.verdict.is_found, result
    return [one.message for one in result.warnings if one.kind.value == "polarity"]


DANGEROUS = [
    # a question, quoted as a statement
    ("So [[the shepherd sold the flock]]?", 'a question in the text, with "?"'),
    ("Donc [[le troupeau est vendu]]\u00a0?", 'a question in the text, with "?"'),
    # English, before the quote
    ("It is a myth that [[the shepherd sold the flock]].", '"It is a myth that"'),
    ("It would be a lie to say [[the shepherd sold the flock]].", '"It would be a lie to"'),
    ("In the event that prices fall, [[we will sell the flock]].", '"In the event"'),
    ("The bishop dismissed reports that [[the roof is safe]].", '"dismissed reports"'),
    ("He did not deny that [[he sold the flock]].", '"not" and "deny"'),
    ("The council has not [[approved the plan]].", '"not"'),
    ("The council never intended to [[approve the plan]].", '"never"'),
    ("She declined to say whether [[the bridge had been closed]].", '"declined to"'),
    ("The mayor refused to explicitly [[endorse the plan]].", '"refused to"'),
    ("The company ruled out [[any sale of the mine]].", '"ruled out"'),
    ("The company ruled [[out a sale of the mine]].", '"ruled out" is cut by its start'),
    ("The inquiry failed to establish that [[the guards slept]].", '"failed to"'),
    ("The result is far from [[a victory for the farmers]].", '"far from"'),
    ("The bank stopped short of [[raising the rate]].", '"stopped short of"'),
    ("It is untrue that [[the king has fled]].", '"It is untrue that"'),
    ("The actor denied that [[he had ever been to the island]].", '"denied"'),
    ("There is no evidence that [[the fish are dying]].", '"no"'),
    ("We found little evidence that [[the fish are dying]].", '"little evidence"'),
    ("In the absence of [[a clear order]], the troops stayed.", '"In the absence of"'),
    ("They chose to talk rather than [[attack the town]].", '"rather than"'),
    ("Instead of [[closing the mine]], the owner sold it.", '"Instead of"'),
    ("The road is anything but [[safe in winter]].", '"anything but"'),
    ("This is by no means [[the end of the affair]].", '"by no means"'),
    ("The ice is too thin to [[carry a horse]].", '"too thin to"'),
    ("The idea that [[the ice carries a horse]] is wrong.", '"The idea that … is wrong"'),
    ("The farmers would have [[sold the whole herd]].", '"would have"'),
    ("Had it rained, [[the harvest would be in]].", '"Had it"'),
    ("If the price falls, [[we will sell the herd]].", '"If"'),
    ("[[We will sell the herd]] if the price falls.", '"if"'),
    ("[[We will sell the herd]], unless the price rises.", '"unless"'),
    ("“[[We will sell the herd]],” provided that the price rises.", '"provided that"'),
    ("“[[We will sell the herd]],” he said, “provided that it rains.”", '"provided that"'),
    ("Few believe that [[the roof is safe]].", '"Few believe"'),
    ("It would be wrong to say that [[the roof is safe]].", '"It would be wrong to"'),
    ("Der Hirte bestritt, [[das Schaf je gesehen zu haben]].", '"bestritt"'),
    ("Die Bank bestreitet, [[das Geld verloren zu haben]].", '"bestreitet"'),
    ("[[We will sell the herd]] as long as prices last.", '"as long as"'),
    ("[[He will testify]] on condition that he is not named.", '"on condition that"'),
    ("The clerk allegedly [[took the money]].", '"allegedly"'),
    ("The clerk is said to [[have taken the money]].", '"is said to"'),
    ("They fear the so-called [[people's army]].", '"so-called"'),
    ("Nobody [[believes in the treaty]].", '"Nobody"'),
    ("Neither [[the north nor the south agreed]].", '"Neither"'),
    ("The court could have [[freed the prisoners]].", '"could have"'),
    ("The court might still [[free the prisoners]].", '"might"'),
    ("I do not think [[the roof is safe]].", '"not"'),
    ("It was not, in our view, [[a fair election]].", '"not"'),
    ("The mill is not old and [[rotten]].", '"not"'),
    (
        "The ministry rejected the claim that [[wells were poisoned]].",
        '"rejected" and "the claim that"',
    ),
    ("He never said, “[[We will burn it down]].”", '"never"'),
    # English, after the quote
    ("[[The roof]] is not safe.", '"not"'),
    ("That [[the roof leaks]] is not true.", '"is not true"'),
    ("That [[the roof leaks]] is a lie.", '"is a lie"'),
    ("“[[The roof leaks]],” he falsely claimed.", '"falsely claimed"'),
    ("[[The roof leaks]], allegedly.", '"allegedly"'),
    ("[[They love their new masters]] — not.", '"not"'),
    ("The statement that [[the roof leaks]] was wrong.", '"The statement that … was wrong"'),
    ("[[Our troops have]] no orders to fire.", '"no"'),
    # lines
    ("The speaker said they will never\n[[give up the island]] in any case.", '"never"'),
    # German
    ("Wir stimmen [[dem Vorschlag]] nicht zu.", '"nicht"'),
    ("Dass [[die Brücke einstürzt]], ist nicht wahr.", '"ist nicht"'),
    ("Der Minister leugnete, dass [[die Brücke gesperrt war]].", '"leugnete"'),
    ("Die Firma lehnt [[einen Verkauf der Grube]] ab.", '"lehnt … ab"'),
    (
        "Die Firma schließt [[einen baldigen Verkauf der alten Grube an Fremde]] aus.",
        '"schließt … aus"',
    ),
    ("Wenn der Preis fällt, [[verkaufen wir die Herde]].", '"Wenn"'),
    ("Es gibt keine Belege, dass [[die Fische sterben]].", '"keine"'),
    ("Er weigerte sich, [[den Hahn zu schließen]].", '"weigerte"'),
    ("Angeblich [[hat er das Geld genommen]].", '"Angeblich"'),
    # French
    ("Le conseil n'a pas [[approuvé le plan]].", '"n\'a pas"'),
    ("[[Le conseil]] n'a jamais vu le plan.", '"n\'a jamais"'),
    ("Il est faux que [[le roi soit en fuite]].", '"Il est faux que"'),
    ("La mairie a refusé de [[fermer le pont]].", '"refusé"'),
    ("[[Nous vendrons le troupeau]] à moins que les prix montent.", '"à moins que"'),
    ("Si les prix baissent, [[nous vendrons le troupeau]].", '"Si"'),
    ("Le pont est loin d’[[être achevé]].", '"loin d’"'),
    # Spanish
    ("El alcalde no [[ha cerrado el puente]].", '"no"'),
    ("El alcalde negó que [[el puente estuviera cerrado]].", '"negó que"'),
    ("Nunca dijimos que [[el puente es seguro]].", '"Nunca"'),
    ("La empresa descartó [[la venta de la mina]].", '"descartó"'),
    ("[[Venderemos el rebaño]] si bajan los precios.", '"si"'),
    ("Jamás [[hemos vendido la mina]].", '"Jamás"'),
    ("No hay pruebas de que [[los peces mueran]].", '"No"'),
    # Russian
    ("Мэр не [[закрыл мост]].", '"не"'),
    ("Министр опроверг, что [[мост закрыт]].", '"опроверг"'),
    ("Если цены упадут, [[мы продадим стадо]].", '"Если"'),
    ("Он якобы [[взял деньги]].", '"якобы"'),
    ("Компания отказалась [[продать рудник]].", '"отказалась"'),
    ("Мы никогда не говорили, что [[мост безопасен]].", '"никогда" and "не"'),
]


@pytest.mark.parametrize(("marked", "found"), DANGEROUS)
def test_changed_meaning(marked: str, found: str) -> None:
    """A word or phrase that governs the quoted words is a warning that names it."""
    messages = polarity(marked)

    assert any(found in message for message in messages), messages


HARMLESS = [
    # questions
    'Did she say "[[the shepherd sold the flock]]"?',
    "[[Who sold the flock?]] Nobody knew.",
    "[[Did the shepherd sell the flock]]?",
    "[[A-t-elle vendu le troupeau]] ?",
    "[[Hat er die Herde verkauft]]?",
    "[[The shepherd sold the flock]]. Who bought it?",
    # English
    "I cannot deny that [[the roof is safe]].",
    "Nobody denies that [[the roof is safe]].",
    "It's no secret that [[the roof is safe]].",
    "We couldn't be happier that [[the roof is safe]].",
    "[[The roof is safe]], if I remember rightly.",
    "We have provided [[all the figures]].",
    "Only [[the north has voted]].",
    "There is no doubt that [[the roof is safe]].",
    "Not only [[the north has voted]].",
    "I must say [[the hall is beautiful]].",
    "If I may, [[the hall speaks for itself]].",
    "I would say [[the hall is beautiful]].",
    "As you can see, [[the hall is beautiful]].",
    "May I add that [[the hall is beautiful]].",
    "You will see that [[the hall is beautiful]].",
    "[[We sent four letters]], and we never got an answer.",
    "[[We sent four letters]], but nobody wrote back.",
    "[[The hall is finished]], isn't it?",
    "In May [[the hall was finished]].",
    "[[The hall was finished]] in May and not in June.",
    "Will Turner said [[the hall was finished]].",
    "The paper did not name him, but [[he sold the herd]].",
    "The mayor did not come because [[the road was closed]].",
    "The mayor did not come, and [[the meeting was cancelled]].",
    "The mayor could not come, said [[the hall was finished]].",
    "Although he was not asked, [[the mayor spoke for an hour]].",
    "They do not like it; [[the hall is too big]].",
    "They don't like it. [[The hall is too big]].",
    "You don't.\n[[The hall is too big]].",
    "Far from finished, [[the hall is a building site]].",
    "Without a word, [[she left the room]].",
    "“I will not resign,” he said, adding that [[the hall was finished]].",
    "The herd (which is not ours) [[was sold last week]].",
    "[[The herd was sold]] while the owner was not at home.",
    "[[The herd was sold]] to a man who had no money.",
    "[[The herd was sold]] because nobody wanted it.",
    "[[The herd was sold on Monday]], not on Tuesday.",
    "She asked if he was coming, and [[we left the room]].",
    "It was nothing but [[a misunderstanding]].",
    "No sooner had he left than [[the roof fell in]].",
    "Even if it rains, [[the roof will hold]].",
    "It looks as if it could snow. [[The roof will hold]].",
    "- no smoking\n- [[dogs are welcome]]",
    "We can all see that [[the roof has fallen in]].",
    "He couldn't help but [[admire the roof]].",
    "I cannot stress enough that [[the roof is safe]].",
    "[[The roof is safe]], whether or not you like it.",
    "Needless to say, [[the roof is safe]].",
    "No, [[I sold the herd in March]].",
    "No. [[I sold the herd in March]].",
    "The ministry had told the paper on Monday that [[the bridge was open]].",
    "People could see [[the smoke over the hills]].",
    "[[The bridge is open]], the minister told a crowd that would not go.",
    # German
    "Kein Zweifel: [[die Brücke ist sicher]].",
    "Nicht nur [[die Brücke ist gesperrt]].",
    "Er kam nicht, weil [[die Brücke gesperrt war]].",
    "Er kam nicht, aber [[die Brücke ist gesperrt]].",
    "[[Die Brücke ist gesperrt]], und niemand weiß, warum.",
    "[[Die Brücke ist gesperrt]], nicht wahr?",
    "Wenn ich darf: [[die Brücke ist gesperrt]].",
    "Die Leute, die [[die Brücke gebaut haben]], kamen.",
    # French
    "Il ne fait aucun doute que [[le pont est sûr]].",
    "Non seulement [[le pont est fermé]].",
    "Il n'est pas venu, mais [[le pont est ouvert]].",
    "[[Le pont est fermé]], et personne ne sait pourquoi.",
    "[[Le pont est fermé]], n'est-ce pas ?",
    "La ville a réparé [[le pont sur la rivière]].",
    "Même si les prix baissent, [[le pont sera construit]].",
    # Spanish
    "No cabe duda de que [[el puente es seguro]].",
    "No obstante, [[el puente está cerrado]].",
    "Sin embargo, [[el puente está cerrado]].",
    "El alcalde no vino, pero [[el puente está abierto]].",
    "[[El puente está cerrado]], y nadie sabe por qué.",
    "La ciudad reparó [[el puente sobre el río]].",
    # Russian
    "Не только [[мост закрыт]].",
    "Мэр не пришёл, но [[мост открыт]].",
    "[[Мост закрыт]], и никто не знает почему.",
    "Нет сомнений, что [[мост безопасен]].",
    "Мэр сказал, что [[мост открыт]].",
    # other languages
    "Ponte no centro da cidade: as pessoas no centro e no porto [[não viram o barco]].",
    "A cidade tem uma ponte e os barcos são do porto no [[centro da cidade]].",
]


@pytest.mark.parametrize("marked", HARMLESS)
def test_unchanged_meaning(marked: str) -> None:
    """A word in another clause, or in a harmless phrase, is no warning."""
    assert polarity(marked) == []
