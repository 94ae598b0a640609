import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rapporteur.stages.write.page.marked import Mark, marked_excerpt, marked_text


class Nesting(HTMLParser):
    """Checks that elements nest, and gathers the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.ids += [v or "" for k, v in attrs if k == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "sup" not in self.open:
            self.words.append(data)


texts = st.text(alphabet="ab <>&\"'\né", min_size=1, max_size=60)
marks = st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30), st.booleans()), max_size=8)


@given(texts, marks)
def test_marks_nest_and_no_character_is_lost(text: str, places: list[tuple[int, int, bool]]) -> None:
    given_marks = [
        Mark(start, min(len(text), start + length), "k", f"c{i}" if cited else "", i if cited else 0)
        for i, (start, length, cited) in enumerate(places)
    ]
    result = marked_text(text, given_marks)
    reader = Nesting()
    reader.feed(result.html)
    reader.close()
    assert reader.open == []
    assert re.sub(r"\n", "", "".join(reader.words)) == re.sub(r"\n", "", text)
    assert len(reader.ids) == len(set(reader.ids))


def test_crossing_marks_are_cut_and_named() -> None:
    result = marked_text("one two three four", [Mark(0, 13, "k", "c1", 1), Mark(8, 18, "k", "c2", 2)])
    assert result.split == ("c2",)
    assert result.html.count('id="c2"') == 1
    assert result.html.count("x-c2") == 2


def test_a_mark_over_two_paragraphs_is_in_both() -> None:
    result = marked_text("one\n\ntwo", [Mark(0, 8, "k", "c1", 1)])
    assert result.split == ("c1",)
    assert result.html.count("x-c1") == 2


def test_markup_in_a_report_is_shown_not_obeyed() -> None:
    result = marked_text("<script>x</script> & co", [Mark(0, 8, "k", "", 0)])
    assert "<script>" not in result.html
    assert "&lt;script&gt;" in result.html
    assert marked_excerpt("<b>7</b> men", (0, 12), (3, 4), "k") == '&lt;b&gt;<mark class="k">7</mark>&lt;/b&gt; men'
