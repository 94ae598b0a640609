# ruff: noqa: E501  # the paragraphs of the invented reports are single lines, as reports are filed
"""Invented agency reports and retellings of them, in the kinds that linking has to tell apart."""

from __future__ import annotations

import random
import re

from rapporteur.model.reading import Reading
from rapporteur.model.report import Credit, Dateline, Published, Report
from rapporteur.model.spans import Span

WIRE = """Rebels hand over weapons at Orvella bridge

TARSIK, March 3, 2031 (Norda)

A column of 340 fighters of the Highland Front handed over rifles and two armoured cars at the Orvella bridge on Monday, the joint ceasefire commission said, in the first disarmament since the Lesk accord was signed in January.

Commission chairwoman Ilse Brandvold told Norda that 412 rifles, 17 mortars and about 9,000 rounds of ammunition were counted and locked in containers guarded by Moravan peacekeepers.

"This is the first day on which the accord is more than paper," Brandvold said after the ceremony in the village of Orvella, 45 kilometres (28 miles) north of the capital Tarsik.

The fighters were taken by bus to a camp at Dusk Lake where they are to stay for up to six weeks. Each will receive 1,500 krona and a seed kit if he registers before April 20, according to the commission.

Front commander Jurek Talvo did not attend. In a letter read out by his deputy he said the remaining 2,100 men would follow only when the government had withdrawn its artillery from the Kessel heights.

Defence Minister Pavla Rons rejected that condition. "The heights are not part of the accord," she told parliament, adding that the guns would stay until all weapons had been surrendered.

The conflict in the Orvella valley broke out in 2024 over grazing rights and has killed some 6,200 people, by a count of the Lesk Institute. A truce held since October was broken twice in February near Sorn.

Moravan officers say the next handover, of heavy weapons at Sorn, is planned for March 17, but that mud may delay the trucks.
"""

REPOST = f"""The Westhaven Packet
World / Letters / Weather / Classifieds

Valley rebels lay down arms at bridge

Posted by foreign desk on March 3, 2031 | 2 replies

{WIRE.split(chr(10), 2)[2]}
Norda, via http://packet.example.org/world/883
Email this | Print
"""

TRIM = """Valley Watch
Page 4

First arms surrendered in Orvella valley

A column of 340 fighters of the Highland Front handed over rifles and two armoured cars at the Orvella bridge on Monday, the joint ceasefire commission said, in the first disarmament since the Lesk accord was signed in January.

Commission chairwoman Ilse Brandvold told Norda that 412 rifles, 17 mortars and about 9,000 rounds of ammunition were counted and locked in containers guarded by Moravan peacekeepers.

Front commander Jurek Talvo did not attend. In a letter read out by his deputy he said the remaining 2,100 men would follow only when the government had withdrawn its artillery from the Kessel heights.
"""

REWRITE = """Ridgeway Observer
Peace | Security

Talvo's men begin to disarm, but most still hold out

Disarmament has begun in the Orvella valley. On Monday 340 members of the Highland Front gave up their arms beside the Orvella bridge, among them two armoured vehicles, the commission that watches over the ceasefire reported. Nothing of the kind had happened since January, when both sides put their names to the Lesk accord.

Its head, Ilse Brandvold, spoke of 412 rifles and 17 mortars, together with around 9,000 cartridges; peacekeepers from Morava have put them behind lock and key. For her it was the first day that the agreement existed anywhere but on paper.

Buses then carried the men to Dusk Lake. They can expect to be housed in that camp for as many as six weeks. Whoever signs up by April 20 is promised 1,500 krona as well as a kit with seeds.

Jurek Talvo, who leads the Front, stayed away. His deputy read a letter from him: the other 2,100 will come once the state has pulled its guns off the Kessel heights. Defence Minister Pavla Rons would not hear of it and let the deputies know that the artillery remains where it is as long as a single weapon is missing, since the accord says nothing about the heights.

Some 6,200 lives have been lost, the Lesk Institute reckons, since herders fell out over grazing in 2024. The truce of October was violated two times near Sorn in February. At Sorn, too, heavy weapons are to be given up next, on March 17, unless mud holds up the lorries, Moravan officers say.
"""

HOP = """Rebels in Orvella valley start to disarm, Ridgeway Observer reports

LINDAHL, March 4, 2031 (Sundby News Bureau) - Disarmament has begun in the Orvella valley, where 340 members of the Highland Front gave up their arms beside the Orvella bridge on Monday, the Ridgeway Observer reported.

According to the Observer, the head of the commission that watches over the ceasefire, Ilse Brandvold, spoke of 412 rifles and 17 mortars. Peacekeepers from Morava have put them behind lock and key, the paper said.

Whoever signs up by April 20 is promised 1,500 krona as well as a kit with seeds, the Ridgeway Observer added. The men can expect to be housed in a camp at Dusk Lake for as many as six weeks.

Jurek Talvo, who leads the Front, let it be known that the other 2,100 will come once the state has pulled its guns off the Kessel heights. Defence Minister Pavla Rons would not hear of it, the newspaper wrote.
"""

RIVAL = """Highland Front surrenders guns in valley ceremony

ORVELLA, March 3, 2031 (Ostpress)

Several hundred guerrillas surrendered their guns to foreign monitors in northern Tarsia on Monday while villagers looked on from rooftops and a brass band played.

An Ostpress correspondent saw men in worn greatcoats climb down from trucks, sign a ledger and walk away without a word. Some wept. An old fighter kissed his carbine before he laid it on the table.

"I have carried it since I was nineteen," said the man, who gave his name as Tomas. "Now I want to see whether my orchard is still there."

Commission chairwoman Ilse Brandvold called it "the first day on which the accord is more than paper".

Diplomats in Tarsik were cautious. One ambassador said the movement had kept its best units back in the forests around Sorn, and that spring would show who meant it. Another pointed to the harvest and to the price of diesel, which has doubled since winter.

The government gave its soldiers a day off. In the market of Orvella the price of bread fell for the first time this year, traders said.
"""

MARKET = [
    f"""Tarsik shares close {'higher' if day % 2 else 'lower'}

TARSIK, March {day}, 2031 (Norda)

Share prices on the Tarsik Stock Exchange closed {'higher' if day % 2 else 'lower'} on {name} with the benchmark TSX 40 index {'gaining' if day % 2 else 'losing'} {3 * day + 7}.{day} points, or 1.{day} percent, to end at {2100 + 13 * day}.{90 - day}.

Turnover stood at {40 + day}.{day} million krona against {60 - day}.{day + 3} million krona in the session before, the exchange said. Gainers outnumbered losers {day + 31} to {70 - day}, while {day + 8} issues were unchanged.

Among the heavyweights, Tarsik Cement moved {day}.5 krona to {210 + day}.5 and Lesk Power moved {day + 2} krona to {88 + day}. The krona traded at {5 + day / 100:.2f} to the dollar in late dealings on the interbank market.
"""
    for day, name in ((3, "Monday"), (4, "Tuesday"), (6, "Thursday"))
]  # fmt: skip

UPDATE = WIRE.replace("Rebels hand over", "2nd Ld-Writethru: Rebels hand over").replace(
    "Moravan officers say",
    'A spokesman for the Moravan contingent, Captain Olin Verrat, said late on Monday that 28 more men had walked in after dark.\n\n"They asked for soup and for the list," Verrat said.\n\nMoravan officers say',
)

OTHER = """Ferry strike halts traffic across Sound of Brann

PORT AMBLE, March 3, 2031 (Norda)

Deckhands on the Brann ferries walked off the job on Monday, stranding some 4,000 passengers and 600 lorries on both shores of the sound, the operator said.

The union wants a pay rise of 9 percent and heated cabins on the night boats. "Nobody should have to sleep in a wet coat," union leader Mairi Dolan said on the quay at Port Amble.

Operator Soundlink called the walkout unlawful and said it would ask the maritime court in Tarsik for an order. Talks broke down on Saturday over the rota for Easter week.

Fishing boats were taking islanders across for 30 krona a head.
"""


def reading(
    name: str,
    text: str,
    *,
    outlet: str | None = None,
    dateline: tuple[str, str | None] | None = None,
    published: str | None = "2031-03-03",
    credited: tuple[str, ...] = (),
) -> Reading:
    """A reading of ``text`` with what the clean stage would have found in it; ``credited`` names stand in the text."""
    line = None
    if dateline is not None:
        at = text.index(dateline[0] + ",")
        end = text.index("\n", at) if "(" not in text[at : at + 60] else text.index(")", at) + 1
        line = Dateline(dateline[0], published, dateline[1], Span.of(text, at, end))
    title = next((part for part in text.split("\n") if part), None) if outlet is None else None
    credits = tuple(
        Credit((name_,), "media", Span.of(text, text.index(name_), text.index(name_) + len(name_))) for name_ in credited
    )
    date = Published(published, "day", "given") if published else None
    report = Report(name, None, None, title, outlet, (), line, date, "en", text, (), credits, ())
    return Reading(1, report, (), ())


def wire(name: str = "wire", text: str = WIRE) -> Reading:
    return reading(name, text, dateline=("TARSIK", "Norda"))


def repost() -> Reading:
    return reading("repost", REPOST, outlet="The Westhaven Packet", dateline=("TARSIK", "Norda"))


def trim() -> Reading:
    return reading("trim", TRIM, outlet="Valley Watch")


def rewrite() -> Reading:
    return reading("rewrite", REWRITE, outlet="Ridgeway Observer")


def hop() -> Reading:
    return reading("hop", HOP, dateline=("LINDAHL", "Sundby News Bureau"), credited=("Ridgeway Observer",))


def rival() -> Reading:
    return reading("rival", RIVAL, dateline=("ORVELLA", "Ostpress"))


def other() -> Reading:
    return reading("other", OTHER, dateline=("PORT AMBLE", "Norda"))


def update() -> Reading:
    return reading("update", UPDATE, dateline=("TARSIK", "Norda"))


def markets() -> list[Reading]:
    days = ("2031-03-03", "2031-03-04", "2031-03-06")
    return [
        reading(f"market-{d[-1]}", text, dateline=("TARSIK", "Norda"), published=d) for d, text in zip(days, MARKET, strict=True)
    ]


def everything() -> list[Reading]:
    return [wire(), repost(), trim(), rewrite(), hop(), rival(), other(), update(), *markets()]


def web(seed: int, count: int) -> list[Reading]:
    """``count`` retellings of a few texts and of one another, cut and mixed by chance, dated within three days or not at all; the
    same for the same seed, in no order."""
    dice = random.Random(seed)
    texts = [WIRE, REWRITE, HOP, OTHER]
    out = []
    for number in range(count):
        sentences = [
            s
            for t in dice.sample(texts, dice.choice([1, 1, 1, 2]))
            for s in re.split(r"(?<=[.?!])\s+", t)
            if s.endswith((".", "?", "!"))
        ]
        kept = [s for s in sentences if dice.random() < 0.8]
        text = f"Hill Courier {number}\n\n" + "\n\n".join(" ".join(kept[i : i + 2]) for i in range(0, len(kept), 2))
        texts.append(text)
        day = dice.choice([None, "2031-03-03", "2031-03-04", "2031-03-05"])
        out.append(reading(f"w{number:02}", text, outlet=f"Hill Courier {number}", published=day))
    dice.shuffle(out)
    return out
