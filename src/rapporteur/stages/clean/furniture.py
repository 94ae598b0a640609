"""Site furniture: what a page puts around a report. Lines are marked by what they are and where they stand, never cut.

Three kinds of evidence: the words that interfaces use (share, subscribe, leave a reply, related, tagged ...: ``CHROME``), form
(shortcodes, chains of short parts between bars, captions with a photographer, sign-offs of desks), and place: above the
headline, after the body's last sentence, in one block with a line that is furniture beyond doubt. Running text is never
marked for its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.stages.clean.lines import Layout, Line

# The words of interfaces, matched against the beginning of a line in lower case.
# Openings that no sentence of a report has; a whole sentence may follow.
_ANY = (
    r"(?:please\s)?(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply|reflection|review)",
    r"your (?:e-?mail|email address) (?:address )?will not be",
    r"required fields are",
    r"(?:save my name|notify me of|you must be logged in|logged in as|you need to (?:be logged|register))\b",
    r"(?:share|tweet|pin|e-?mail|print|save|send|recommend|bookmark|like|follow)(?: (?:this|on|via|it|us|me|to a"
    r"|with|article|story|page|by)\b|:|\s*\||\s*/|$)",
    r"(?:subscribe|sign up|sign in|signup|log in|login|register(?: now| here| for|$)|unsubscribe)\b(?!ed|s\b)",
    r"(?:get|receive) (?:the|our|all|more|breaking|daily|free|this)\b.{0,60}(?:inbox|newsletters?|alerts?"
    r"|e-?mails?|apps?|phone)",
    r"(?:download|install|get) (?:the|our)\b.{0,60}\bapps?\b",
    r"(?:advertise(?:ment|ments| here| with us)?|sponsored|promoted|ad|paid post|partner content)(?:\s*[:.-].{0,60})?$",
    r"(?:story|article) continues (?:below|after)",
    r"(?:carried over|continued|continues|turn|cont['’]?d)(?: over)?\s(?:from|on|to)\s(?:page|p\.)",
    r"(?:skip|scroll|jump|back|return|go) (?:to|down)\b(?!.{60})",
    r"(?:click|tap) (?:here|on|to|the)\b",
    r"(?:please )?(?:enable|turn on|activate|allow) (?:java ?script|cookies|notifications)",
    r"(?:we use|this (?:site|website) uses|by (?:continuing|using) (?:this|our|to)|accept (?:all )?cookies"
    r"|cookie (?:policy|settings|preferences))\b",
    r"(?:be the first|your (?:view|opinion|thoughts|say|turn)|what do you think|have your say|tell us|let us know"
    r"|join the)\b(?!.{90})",
    r"(?:was this|did you find|is this|rate this|report (?:a|this|an)) (?:\w+ ){0,2}(?:useful|helpful|interesting"
    r"|article|story|typo|error|mistake|page|ad)\b",
    r"(?:send|submit|email|write to|got|have)(?: \w+){0,2} (?:tips?|corrections?|feedback|the editor|letters"
    r"|story ideas?)\b(?!.{90})",
    r"you are (?:visitor|reader|here|reading|currently)\b(?!.{80})",
    r"(?:support|donate|contribute|become a|make a (?:gift|donation))\b.{0,40}\b(?:us|our|today|now|here"
    r"|journalism|member|subscriber|supporter|donation)\b(?!.{80})",
    r"(?:stay (?:with|tuned|up|connected|informed)|stick with us|check back|keep up|don['’]t miss"
    r"|never miss)\b(?!.{160})",
    r"(?:anyone with|if you have any) (?:any )?information (?:is asked|should|can) .{0,20}(?:here:|click)",
    r"this (?:material|content|article|story|page|site) (?:may|must|can|is|has been|was) (?:not|protected"
    r"|copyrighted|automatically|generated|licensed|restricted)\b",
    r"(?:all rights reserved|©|\(c\)\s*\d{4}|copyright\b(?!s? (?:law|infringement|act|case|dispute|violation"
    r"|protection|office|holder|issue)))",
    r"subscribers? only|members? only|free to read|premium content|unlock this",
    r"(?:abstracts?|summar(?:y|ies)|translations?|articles?|this (?:text|summary|report|story)) (?:is|are|was"
    r"|were) (?:prepared|generated|produced|translated|created|written) (?:with|by|using"
    r"|automatically)\b(?!.{120})",
    r"the mention (?:sources?|of sources?)\b|sources? (?:can )?contact (?:us|is)\b|(?:to|for) (?:remov|chang"
    r"|tak)\w{1,3} (?:down )?(?:this|the) (?:article|post|content)",
    r"read or share (?:this|the)\b",
)
# Openings that sentences of reports have as well: furniture only on lines that are no sentences.
_SHORT = (
    r"(?:read|see|watch|listen|view|hear)(?: (?:also|more|next|the full|full|all|below|it here|live|now"
    r"|here))\b(?!.{90})",
    r"(?:also|more|further|next|must|you may|you might)[ -](?:read|reading|see|on this|from|stories|news|coverage"
    r"|like|also|info|in this)\b(?!.{110})",
    r"(?:related|recommended|trending|popular|most (?:read|popular|viewed|shared|commented)|latest|top"
    r"|editor'?s'? (?:picks?|choice))"
    r"(?: (?:articles?|stor(?:y|ies)|posts?|news|content|topics?|links?|coverage|videos?|reading|searches"
    r"|headlines|items|reports?|now|today|for you|from.{0,40}))?\s*:?$",
    r"(?:related|recommended|trending|also read|read also|see also|read more|more|next up|up next|read next"
    r"|elsewhere(?: on.{0,30})?|in other news)\s*[:>»]",
    r"(?:read next|up next|next up|also read|read also|see also) (?=\S)",
    r"elsewhere (?:on|in|at) (?:our|the|this)\b",
    r"(?:previous|next|prev|newer|older|back|continue)(?: (?:post|article|story|page|entry|posts"
    r"|articles))?\s*(?:[:»«→←>]|$)",
    r"\(?page \w{1,4}\b.{0,30}\)?$",
    r"(?:on a )?mobile (?:device|users?|app)\b.{0,60}",
    r"(?:privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|contact us|about us|sitemap"
    r"|site map|help|faq|careers|rss)\b(?!.{60})",
    r"(?:filed under|posted (?:in|under|by|on|at)|tagged|tags?|topics?|categor(?:y|ies)|keywords|section"
    r"|labels?)(?:\s*[:|]| (?:in|by|on|with|as|under)?\b.{0,100}$)",
    r"(?:reading time|read(?:ing)? in|time to read|estimated reading)\b.{0,40}$",
    r"(?:(?:about )?\d{1,3}|one|two|three|four|five)[ -]min(?:ute)?s?[ -](?:read|listen)\b.{0,20}$",
    r"(?:no|one|\d[\d,.]{0,8}) (?:comments?|replies|reply|repl(?:y|ies)|responses?|shares?|likes?|views?|readers?"
    r"|votes?|reactions?)\b(?! (?:said|say|that|were|was|by|from|in|at)\b)(?!.{80})",
    r"(?:view|show|load|see|hide|join|start|read) (?:\d+ |all |the |more |previous )*(?:comments?|replies"
    r"|conversation|discussion|reactions)",
    r"(?:comments?|replies|discussion|conversation)(?: \(\d+\)|:| are (?:closed|off|open)| \d+|$| below| section)",
    r"write to (?:the|us|our)\b(?!.{90})",
    r"(?:font|text)(?: size)?\s*:|a- a a\+|(?:print|text|mobile|desktop|e-?mail) (?:view|version|edition"
    r"|page)\b(?!.{40})",
    r"(?:listen to|watch|play|hear) (?:this|the) (?:item|article|story|report|episode|podcast|audio|video)\b(?!.{60})",
    r"(?:photo|image|picture|video|gallery|slideshow|graphic|audio|caption|file)s?(?: (?:credit|source|by"
    r"|courtesy|gallery))?s?\s*[:|(]",
    r"(?:license|file|handout|courtesy|getty|ap|stock|archive) (?:photo|image|picture)s?\b(?!.{80})",
    r"(?:text|copy|photo|permanent|permalink|short|direct) ?(?:link|address|url)\b(?!.{160})",
    r"(?:last )?(?:updated|modified|edited|published)(?: (?:on|at|in|by))?\s*[:0-9]",
    r"(?:home|news|front ?page|menu|search|navigation|close|toggle|loading)(?:\s*[>/|»].{0,100})?$",
    r"(?:automatic|automated|machine|computer)(?:ally)?[ -](?:generated|overview|summary|translat\w+)\b(?!.{100})",
    r"(?:twitter|facebook|instagram|whatsapp|telegram|youtube|linkedin|pinterest|reddit|tumblr|digg|flipboard"
    r"|messenger)\b(?:\s*(?::|\||/|@|$|•|·)|(?:\s+(?:facebook|twitter|linkedin|whatsapp|reddit|email|pinterest"
    r"|telegram|print))+\s*$)",
    r"read (?:this|it) in\b(?!.{50})",
    r"(?:related|recommended) (?:coverage|headlines|stories|articles|content|video|links) \S",
    r"\d{1,2}:\d\d (?![ap]\.?m\b)(?=[\w'\"“])(?!.{110})",  # a film's length and title
    r"contact [\w.'’ -]{3,40}(?:: |\bat )[\d(+@]",
)
CHROME = re.compile("|".join((*_ANY, *_SHORT)))
CHROME_SENTENCE = re.compile("|".join(_ANY))
CHROME_SENTENCE_WORDS = (
    24  # a sentence so opened is furniture only when short: "Share prices" cannot match, "Sign up ... today." can
)
# What opens a list of links. The lines after it are furniture as long as they are no sentences.
_LIST_LABEL = re.compile(
    r"(?:related|recommended|trending|popular|most (?:read|popular)|elsewhere|more (?:from|on|stories|news|in)"
    r"|you (?:may|might)(?: also)?"
    r"|read (?:more|also|next)|also read|see also|latest (?:news|stories)|top stories|in other news|don['’]t miss)\b"
)
_SHORTCODE = re.compile(r"\[/?[a-zA-Z][\w-]{1,30}(?:\s[^\[\]]{0,300})?/?\]")
_POINTER = re.compile(r"(?:>{2,}|»|▶|►|→|\|\s)\s*\S")
_PARTS = re.compile(r"\s*(?:[|»·•~>]|/{1,2})\s*|\s+(?:-|–|—|\*)\s+|\s*\]\s*\[\s*")
_CAPTION_HINTS = ("hoto", "icture", "mage", "/", "raphic", "redit", "ourtesy", "ource", "etty", "HOTO", "REDIT", "OURCE", "MAGE")
_CAPTION = re.compile(
    r"\b(?i:(?:file |handout |stock |courtesy )?(?:photo|photograph|image|picture|graphic)s?(?: (?:credit"
    r"|courtesy|supplied|provided))?)\s*"
    r"(?:(?i:by|courtesy(?: of)?|via)\s(?=[A-Z@])(?!.{0,100}[a-z]{3}[.] )|:\s*\S|/)"
    r"|\((?i:photo|image|picture|source|credit|courtesy|file|ap|afp|reuters|getty)\b[^()]{3,80}\)\s*$"
    r"|\bImage \d{1,3} of /? ?\d{1,3}\b|\([A-Z][\w.'’-]+ [A-Z][\w.'’ -]{1,30}\s?/\s?[A-Z][\w.'’ -]{1,40}\)\s*$"
    r"|\b(?:Getty Images|AP Photo|AFP Photo|AP PHOTO|AFP PHOTO|Shutterstock|File [Pp]hoto|FILE PHOTO)\b"
    r"|\b(?i:is|are) (?i:seen|pictured|shown) (?:in|at|here|during)\b.{0,120}\b(?i:photo|picture|image|photograph)\b"
)
_CREDITED_END = re.compile(r"\b(?:credit|courtesy|photo|image|source)s?\s*:\s*[^.]{2,60}$", re.I)
_SIGN_OFF = re.compile(
    r"(?:[A-Z]{2,6}[ /]*)?[a-z]{2,3}(?:[-/][a-z]{2,4}){1,3}(?:[ /]\d{4})?"
    r"|[A-Z]{2,6}/[a-z]{2,3}(?:/\w{2,4}){0,3}(?:\s[-–—]\s.{3,60})?|[A-Z]{2,6} [a-z]{2,3}[-/][a-z]{2,3}(?: \d{4})?"
    r"|-{2,}\s?(?:30|end|ends|0)\s?-*|#{2,}|[-*_=~](?:\s?[-*_=~]){2,99}"
)
_CONTACT = re.compile(
    r"^(?:[\w. ]{0,40}:\s*)?[\w.+-]+@[\w-]+\.[\w.]+$|^(?:twitter|follow)\b.{0,20}@\w+$|^@\w+$"
    r"|^[\w.+-]+@[\w-]+\.[\w.]+[,;|]? .{0,80}$",
    re.I,
)
CAPTION_WORDS = 90  # the longest caption seen had 61 words
PART_WORDS = 4  # words between two bars of a navigation line


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers of the lines that are furniture; ``captions`` among them; the body's first line and the line"
    " after its last."""

    furniture: frozenset[int]
    captions: frozenset[int]
    body: int
    end: int


def mark(layout: Layout, keep: Iterable[int]) -> Marks:
    """Furniture by its words and form, then by its place. ``keep`` are lines known to belong to the report (a"
    " dateline's)."""
    kept = set(keep)
    lines = layout.lines
    captions = {line.number for line in lines if line.number not in kept and _is_caption(line)}
    marked = captions | {line.number for line in lines if line.number not in kept and is_chrome(line)}
    prose = [line.number for line in lines if (line.prose or line.number in kept) and line.number not in marked]
    body = prose[0] if prose else len(lines)
    end = prose[-1] + 1 if prose else len(lines)
    _mark_lists(lines, marked, kept)
    _mark_blocks(lines, marked, kept, range(0, body))
    _mark_tail(lines, marked, kept, end)
    return Marks(frozenset(marked), frozenset(captions), body, end)


def is_chrome(line: Line) -> bool:
    """Furniture by its words or its form alone."""
    words = line.text
    if len(words) > 400:
        return False
    if words[0] in "[>»▶►→|" and (_SHORTCODE.fullmatch(words) or (_POINTER.match(words) and not line.sentence)):
        return True
    if len(words) <= 100 and (_SIGN_OFF.fullmatch(words) or _CONTACT.match(words) or is_navigation(line)):
        return True
    words = words.lower().lstrip("-–—•*|[( ")
    if line.prose:
        return line.words <= CHROME_SENTENCE_WORDS and CHROME_SENTENCE.match(words) is not None
    return CHROME.match(words) is not None


def is_navigation(line: Line) -> bool:
    """Three or more short parts between bars, slashes, dots: ``News / World / Asia``; two only where a part is one word
    and none a name's.
    """
    if line.sentence or line.bullet or len(line.text) > 200:
        return False
    parts = [part for part in _PARTS.split(line.text.strip("[]| ")) if part]
    return (
        len(parts) >= 3 and all(len(part.split()) <= PART_WORDS for part in parts) and not any(c.isdigit() for c in line.text[:1])
    )


def _is_caption(line: Line) -> bool:
    """A caption names its photographer near its end; a report's sentence about a photo does not."""
    if line.words > CAPTION_WORDS or not any(hint in line.text for hint in _CAPTION_HINTS):
        return False
    found = _CAPTION.search(line.text)
    if found is None:
        return _CREDITED_END.search(line.text, max(0, len(line.text) - 80)) is not None and line.words > 3
    return len(line.text) - found.start() <= 100 and line.text[:1] not in '"“'


def _mark_lists(lines: tuple[Line, ...], marked: set[int], kept: set[int]) -> None:
    """Links after a label such as "Related": every line that is no sentence, until one is."""
    open_list = False
    for line in lines:
        if line.number in marked and (line.text.endswith(":") or line.words <= 5) and _LIST_LABEL.match(line.text.lower()):
            open_list = True
        elif line.number in kept or line.prose:
            open_list = False
        elif open_list:
            marked.add(line.number)


def _mark_blocks(lines: tuple[Line, ...], marked: set[int], kept: set[int], numbers: range) -> None:
    """A block (lines without an empty one between) that holds furniture and no running text is furniture as a whole."""
    block: list[Line] = []
    for number in numbers:
        block.append(lines[number])
        if lines[number].gap_after:
            _mark_block(block, marked, kept)
            block = []


def _mark_block(block: list[Line], marked: set[int], kept: set[int]) -> None:
    if len(block) < 2 or not any(line.number in marked for line in block):
        return
    if any(line.number in kept or (line.number not in marked and (line.prose or line.words > 9)) for line in block):
        return
    marked.update(line.number for line in block)


def _mark_tail(lines: tuple[Line, ...], marked: set[int], kept: set[int], end: int) -> None:
    """After the body's last sentence everything from the first furniture on; what stands before it may be a"
    " list or a table."""
    first = next((number for number in range(end, len(lines)) if number in marked), None)
    if first is None:
        return
    while first > end and not lines[first].gap_before:  # the block it stands in, up to the empty line above
        first -= 1
    marked.update(number for number in range(first, len(lines)) if number not in kept)
