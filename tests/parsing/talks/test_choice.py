"""Which candidates together are chosen as the talks of a post."""

from talks.parsing.pipeline import read_post
from talks.parsing.talks.choice import choose_talks
from talks.parsing.talks.evidence import Candidate


def test_many_doubtful_sections_do_not_take_the_place_of_certain_talks(monkeypatch):
    sections = "".join(f"### {part}\n\n- a\n\n" for part in ("Why", "How to", "Then"))
    text = f"# GardenConf 2019\n\n## Moss\n\n{sections}## Roses\n\n{sections}"
    document = read_post(text, name="x.md")[1].document
    monkeypatch.setattr(Candidate, "weight", property(lambda self: 0.5 if self.shape == "heading 2" else -0.1))
    headings = [
        Candidate(number, document.find_end(number), f"heading {document.blocks[number].level}", "")
        for number in document.headings[1:]
    ]
    assert {talk.shape for talk in choose_talks(document, headings).talks} == {"heading 2"}
