"""Statements: who said what, in which words, and on which terms.

A statement is a cue ("said", "according to", "a call for") with the content it ascribes and the speaker it ascribes it to, as in
PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018). Cues come from a lexicon of English that gives for each verb, noun and
adjective the constructions in which it carries content (data/cues.txt): a clause ("said that ..."), an infinitive ("promised
to ..."), an object and what is said of it ("accused X of ..."), a prepositional phrase ("called for ...") and the passives of
these. Content and speaker are read from the parse; for reporting clauses set beside what they report ("..., he said, ...") from
commas and quotation marks, which hold where a parse does not. Content grows to the whole of a quotation that runs over several
sentences or paragraphs, and a quotation without a cue of its own goes on with the speaker before it. What is said inside
quotation marks makes no statement of its own, nor does what stands inside the content of another statement, save plain speech by
somebody else ("a diplomat said the ministry had warned that ..."). "Y quoted X as saying" and "as Y reported, citing X" are
statements of X that came through Y.

The speaker resolves to the fullest description in the report: names through the names extractor, pronouns and "the official" to
the speaker or subject before who fits. Terms: ``on-record`` (a named person, an institution, a spokesperson), ``anonymous``
("officials", "a diplomat", "on condition of anonymity"), ``document``, ``media``. ``hop`` names the outlets and agencies to
which or through which it was said. Form: ``direct`` when all content stands in quotation marks, ``mixed`` when a part does.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.model.claims import StatementClaim
from rapporteur.stages.extract.base import Sheet
from rapporteur.stages.extract.statements.claims import claims
from rapporteur.stages.extract.statements.frames import found_cues
from rapporteur.stages.extract.statements.quotations import quotations
from rapporteur.stages.extract.statements.relays import credited
from rapporteur.stages.extract.statements.transcripts import transcript_turns
from rapporteur.stages.extract.statements.tree import Tree
from rapporteur.stages.extract.statements.turns import continued, outermost, unquoted, whole_quotations

NAME = "statements"


def extract(sheet: Sheet) -> Iterator[StatementClaim]:
    """The statements of a report, in text order."""
    tree = Tree(sheet.parsed)
    quoted = quotations(sheet.parsed)
    cues = credited(tree, sorted([*found_cues(tree), *transcript_turns(tree)], key=lambda found: found.head))
    found = whole_quotations(outermost(tree, unquoted(cues, quoted)), quoted)
    yield from claims(sheet, tree, continued(tree, found, quoted), quoted)
