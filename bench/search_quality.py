"""How well searches are answered, beside the databases' own searches, and whether both databases answer alike.

    python bench/search_quality.py --save answers.json [--against other.json]

The script asks the judged queries (tests/search) of the base of DATABASE_URL, into which samples and corpus were
imported. It prints the figures of the engine by kind of query, and those of plain searches over the same texts. With
answers that were saved on the other database, it prints how many queries have the same talks and the same first ten.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

import django
from django.db import connection

# Modules that import models are imported inside functions, once Django is set up.

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")

KEPT = 50  # talks of an answer that are compared as a set when they are saved


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--save", type=Path)
    options.add_argument("--against", type=Path)
    given = options.parse_args()
    django.setup()
    print_engine()
    print_plain()
    answers = list_answers()
    if given.save:
        given.save.write_text(json.dumps(answers))
    if given.against:
        compare(answers, json.loads(given.against.read_text()))


def print_engine():
    from tests.search.judging import judge

    figures, wrong = judge()
    print(f"{'kind':<26} {'n':>3} {'nDCG@10':>8} {'MRR':>6} {'first':>6} {'zero':>6}")
    for kind, found in figures.items():
        print_row(kind, found)
    print(f"found where nothing is: {len(wrong)}\n")


def print_row(name, found):
    row = [found.mean(figure) for figure in ("ndcg", "reciprocal", "first", "empty")]
    print(f"{name:<26} {found.count:>3} {row[0]:>8.3f} {row[1]:>6.3f} {row[2]:>6.3f} {row[3]:>6.3f}")


def print_plain():
    from tests.search.judging import QUERIES, Base, Figures

    base = Base("")
    for name, ask in make_plain().items():
        figures, wrong = Figures(), 0
        for query in QUERIES:
            found = ask(query["query"])
            if query.get("none"):
                wrong += bool(found)
            elif query["talks"] and (wanted := base.find_talks(query)):
                figures.add(query["query"], found, wanted)
        print_row(name, figures)
        print(f"{'':<26} found where nothing is: {wrong}")


def make_plain():
    """Return the database's own searches and a search for substrings, by name.

    Each is a function that returns for a query the primary keys of the first ten talks.
    """
    texts = list_texts()
    folded = {pk: text.casefold() for pk, text in texts.items()}

    def scan(query):
        words = [word.casefold() for word in split(query)]
        counts = {pk: sum(text.count(word) for word in words) for pk, text in folded.items()}
        found = [pk for pk, text in folded.items() if words and all(word in text for word in words)]
        return sorted(found, key=lambda pk: -counts[pk])[:10]

    if connection.vendor == "sqlite":
        return {"FTS5 unicode61, AND": make_fts5(texts, "unicode61", " "),
                "FTS5 porter, OR": make_fts5(texts, "porter unicode61", " OR "), "substrings": scan}  # fmt: skip
    return {"websearch_to_tsquery": make_tsvector(texts), "substrings": scan}


def make_fts5(texts, tokenizer, joint):
    table = f"plain_{tokenizer.split()[0]}"
    cursor = connection.cursor()
    cursor.execute(f"CREATE VIRTUAL TABLE temp.{table} USING fts5(words, tokenize = '{tokenizer}')")
    cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", list(texts.items()))

    def ask(query):
        words = joint.join(f'"{word}"' for word in split(query))
        if not words:
            return []
        cursor.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rank LIMIT 10", [words])
        return [pk for (pk,) in cursor.fetchall()]

    return ask


def make_tsvector(texts):
    cursor = connection.cursor()
    cursor.execute("CREATE TEMPORARY TABLE plain (id integer, words tsvector)")
    cursor.executemany("INSERT INTO plain VALUES (%s, to_tsvector('english', %s))", list(texts.items()))
    sql = (
        "SELECT id FROM plain, websearch_to_tsquery('english', %s) asked WHERE words @@ asked"
        " ORDER BY ts_rank_cd(words, asked) DESC, id LIMIT 10"
    )

    def ask(query):
        cursor.execute(sql, [query])
        return [pk for (pk,) in cursor.fetchall()]

    return ask


def split(query):
    return [word for word in re.findall(r"[\w+#.]+", query) if any(map(str.isalnum, word))]


def list_texts():
    """Return by primary key of each public talk one text: its title, event, speakers, tags and takeaways."""
    from talks.models import Takeaway, Talk

    talks = Talk.objects.visible().select_related("conference__series")
    texts = {}
    for talk in talks.prefetch_related("appearances__speaker"):
        names = [appearance.speaker.name for appearance in talk.appearances.all()]
        texts[talk.pk] = [talk.title, str(talk.conference), *names]
    for talk, tag in talks.values_list("pk", "listings__tag__name").exclude(listings=None):
        texts[talk].append(tag)
    for talk, text in Takeaway.objects.visible().order_by("position").values_list("talk", "text"):
        if talk in texts:
            texts[talk].append(text)
    return {pk: "\n".join(parts) for pk, parts in texts.items()}


def list_answers():
    """Return for each query how many talks the engine finds, the first of them, and the titles of posts found.

    A talk is named by file and line of a post, which are the same in every base.
    """
    from talks.models import TalkSource
    from talks.search import search
    from tests.search.judging import QUERIES

    rows = TalkSource.objects.order_by("talk", "post__key", "line").values_list("talk", "post__path", "line")
    named = {talk: f"{Path(path).name}:{line}" for talk, path, line in rows}
    answers = {}
    for query in QUERIES:
        results = search(query["query"])
        hits = results.load_talks(results.rows[:KEPT])
        posts = [hit.post.title for hit in results.posts]
        answers[query["query"]] = [results.total, [named[hit.talk.pk] for hit in hits], posts]
    return answers


def compare(answers, others):
    same = dict.fromkeys(("as many talks", "the same talks", "the same first ten in order", "the same posts"), 0)
    for query, (total, talks, posts) in answers.items():
        other_total, other_talks, other_posts = others[query]
        facts = [
            total == other_total,
            set(talks) == set(other_talks),
            talks[:10] == other_talks[:10],
            posts == other_posts,
        ]
        for name, holds in zip(same, facts, strict=True):
            same[name] += holds
        if not all(facts):
            print(f"  {query}: {facts}")
    for name, count in same.items():
        print(f"{name}: {count} of {len(answers)}")


if __name__ == "__main__":
    main()
