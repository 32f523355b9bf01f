"""Makes talks that have tags, and reads what is related to them."""

from talks.models import Takeaway, Talk
from talks.related import find_related
from tests import builders as make


def make_talk(title, *, series="QCon London", year=2017, number=2, speakers=(), tags=(), notes=(), **fields):
    """Make a talk with takeaways (text, tags); the talk has their tags and its own."""
    day = make.make_day(make.make_conference(series, year), number)
    post = make.make_post(day=day)
    everything = sorted({*tags, *(tag for _, mentioned in notes for tag in mentioned)})
    talk = make.make_talk(title, post=post, speakers=speakers, tags=everything, **fields)
    for text, mentioned in notes:
        make.make_takeaway(talk, text, post=post, tags=mentioned)
    return talk


def read_near(talk, *, staff=False):
    return find_related(*load_talk(talk, staff=staff), staff=staff)


def load_talk(talk, *, staff=False):
    """Load the talk and its takeaways as `find_related` needs them."""
    takeaways = Takeaway.objects.visible(staff=staff).filter(talk=talk).in_reading_order().with_mentions()
    return Talk.objects.with_cards().with_tags().with_neighbours(staff=staff).get(pk=talk.pk), list(takeaways)


def read_beside(talk, *, staff=False):
    near = read_near(talk, staff=staff)
    texts = dict(Takeaway.objects.values_list("pk", "text"))
    return {texts[pk]: [row.text for row in rows] for pk, rows in near.beside.items()}


def read_related(talk, *, staff=False):
    return [(row.talk.title, [tag.name for tag in row.shared]) for row in read_near(talk, staff=staff).talks]
