"""An editor who changes rows in the admin's forms at random, and remembers the texts that must survive imports."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from talks.admin.reading_forms import CorrectionForm
from talks.editing import make_version
from talks.line_ends import split_lines
from talks.models import Conflict, Correction, Day, Post, Speaker, SpeakerAlias, Tag, TagAlias, Takeaway, Talk
from tests.admin.rows import read_errors, read_form
from tests.stories.posts import say


@dataclass
class Editor:
    """An editor acting at random. `texts` and `hidden` are by permalink, `titles` by address of the talk."""

    client: Any
    texts: dict[str, str] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def work(self, dice: random.Random) -> str:
        """Make a random change; return what it was."""
        often = [self._edit, self._edit_talk, self._settle]
        deed = dice.choice([*often, *often, self._mend, self._mend, self._switch, self._tag, self._people, self._names])
        return f"{deed.__name__.strip('_')}: {deed(dice)}"

    def save(self, address: str, change: Callable[[dict[str, str]], None]) -> list[str]:
        """Send a form of the admin with changes; return the form's errors."""
        form = read_form(self.client, address)
        change(form)
        return read_errors(self.client.post(address, form))

    def act(self, noun: str, action: str, *rows: int, **answers: object) -> None:
        """Run an action on rows of a list."""
        data = {"action": action, "_selected_action": list(rows), **answers}
        response = self.client.post(f"/admin/talks/{noun}/", data)
        assert response.status_code in {200, 302}, response.status_code

    def _edit(self, dice: random.Random) -> str:
        if not (row := _draw(Takeaway.objects.all(), dice)):
            return "nothing"
        text = dice.choice([f"{row.text} {say(dice)}", say(dice), f"Edited: {row.text}"])
        if not self.save(f"/admin/talks/takeaway/{row.pk}/change/", lambda form: form.update(text=text)):
            row.refresh_from_db()
            self.texts[row.public_id] = row.text
        return f"{row.public_id} {text!r}"

    def _edit_talk(self, dice: random.Random) -> str:
        if not (talk := _draw(Talk.objects.select_related("conference"), dice)):
            return "nothing"
        deed = dice.choice(["title", "takeaway", "takeaway", "day", "speaker", "place"])
        title, text, level = f"{talk.title} {say(dice)}"[:200], say(dice), dice.choice("1123")
        day = _draw(Day.objects.all(), dice)
        rows = talk.takeaways.count()

        def change(form: dict[str, str]) -> None:
            if deed == "title":
                form["title"] = title
            elif deed == "takeaway":
                place = str(dice.randint(1, rows + 1))
                form |= {f"takeaways-{rows}-{name}": value for name, value in (("text", text), ("level", level))}
                form[f"takeaways-{rows}-kind"] = "point"
                form[f"takeaways-{rows}-place"] = dice.choice(["", place])
            elif deed == "place" and rows:
                form[f"takeaways-{dice.randrange(rows)}-place"] = str(dice.randint(1, rows))
                form[f"takeaways-{dice.randrange(rows)}-level"] = level
            elif deed == "day" and day:
                form["day"] = str(day.pk)
            elif deed == "speaker":
                names = [name for name in form if name.startswith("appearances-") and name.endswith("-affiliation")]
                form[names[0]] = say(dice)

        found = self.save(f"/admin/talks/talk/{talk.pk}/change/", change)
        if not found and deed == "title":
            talk.refresh_from_db()
            self.titles[talk.conference.slug, talk.slug] = talk.title
        return f"{deed} of {talk.conference.slug}/{talk.slug}: {found or 'saved'}"

    def _mend(self, dice: random.Random) -> str:
        """Correct how a post is read, or undo a correction."""
        if not (post := _draw(Post.objects.filter(withdrawn=False), dice)):
            return "nothing"
        page, data = f"/admin/talks/post/{post.pk}/reading/", {"version": make_version(post)}
        correction = _draw(Correction.objects.filter(post=post), dice)
        if correction and dice.random() < 0.3:
            self.client.post(f"{page}{correction.number}/", data)
            return f"switch {correction}"
        filled = {number: line for number, line in enumerate(split_lines(post.source), 1) if line.strip()}
        form = CorrectionForm(post, None)
        used = {field.name: acts.split() for field, acts in form.list_fields()}
        acts = [act for _, group in form.fields["act"].choices for act, _ in group]
        act, talk = dice.choice(acts), _draw(post.sources.filter(withdrawn=False), dice)
        ticked = sorted(dice.sample(list(filled), min(len(filled), 1 if act == "alike" else dice.choice([1, 1, 2]))))
        data |= {"line": [str(number) for number in ticked], "act": act, "save": ""}
        words = filled[ticked[0]].split() if ticked else []
        if len(words) > 1 and act in used["within"] and dice.random() < 0.5:
            start = dice.randrange(len(words) - 1)
            data["within"] = " ".join(words[start : start + 2])
        data |= {"speakers": "-"} if act in used["speakers"] and dice.random() < 0.4 else {}
        data |= {"talk": str(talk.line)} if talk and act == "notes" else {}
        data |= {"day": str(dice.randrange(4))} if act in ("details", "day", "alone") else {}
        response = self.client.post(page, data)
        assert response.status_code in {200, 302}, response.status_code
        said = {name: data[name] for name in ("within", "speakers") if name in data}
        return f"{act} {ticked} {said} of {post.key}: {'saved' if response.status_code == 302 else 'not saved'}"

    def _names(self, dice: random.Random) -> str:
        """Merge two tags, or split one."""
        alias = _draw(TagAlias.objects.all(), dice)
        if alias and dice.random() < 0.5:
            self.act("tag", "split", alias.tag_id, name=alias.pk)
            return f"split {alias}"
        tags = dice.sample(sorted(Tag.objects.values_list("pk", flat=True)), k=min(2, Tag.objects.count()))
        if len(tags) == 2:
            self.act("tag", "merge", *tags, kept=tags[0])
        return f"merge tags {tags}"

    def _switch(self, dice: random.Random) -> str:
        deeds = {"talk": ["hide", "show", "restore"], "post": ["withdraw", "restore", "publish", "make_private"]}
        noun = dice.choice(["takeaway", "takeaway", "talk", "post"])
        rows = {"takeaway": Takeaway, "talk": Talk, "post": Post}[noun].objects
        action = dice.choice(deeds.get(noun, ["hide", "show", "withdraw", "restore"]))
        if action == "restore":
            rows = rows.filter(withdrawn=True)
        if row := _draw(rows.all(), dice):
            self.act(noun, action, row.pk)
        self.hidden = set(Takeaway.objects.filter(hidden=True).values_list("public_id", flat=True))
        return f"{action} {noun} {row!r}"

    def _settle(self, dice: random.Random) -> str:
        if not (conflict := _draw(Conflict.objects.filter(settled=""), dice)):
            return "nothing"
        how, text = dice.choice(["mine", "post", "edited"]), say(dice)
        self.client.post(f"/admin/talks/conflict/{conflict.pk}/answer/{how}/", {f"text-{conflict.pk}": text})
        if conflict.takeaway:
            self.texts.pop(conflict.takeaway.public_id, None)
        if conflict.talk:
            self.titles.pop((conflict.talk.conference.slug, conflict.talk.slug), None)
        return f"{how} {conflict.field} of {conflict.about!r}"

    def _tag(self, dice: random.Random) -> str:
        noun, related = dice.choice([("post", Post), ("talk", Talk), ("takeaway", Takeaway)])
        row, tag, drop = _draw(related.objects.all(), dice), _draw(Tag.objects.all(), dice), dice.random() < 0.5
        if not row or not tag:
            return "nothing"

        def change(form: dict[str, str]) -> None:
            count = int(form["tagged-INITIAL_FORMS"])
            if drop and count:
                form[f"tagged-{dice.randrange(count)}-DELETE"] = "on"
            else:
                form |= {"tagged-TOTAL_FORMS": str(count + 1), f"tagged-{count}-tag": str(tag.pk)}

        return f"{noun} {row!r}: {self.save(f'/admin/talks/{noun}/{row.pk}/change/', change) or 'saved'}"

    def _people(self, dice: random.Random) -> str:
        alias = _draw(SpeakerAlias.objects.all(), dice)
        if alias and dice.random() < 0.5:
            self.act("speaker", "split", alias.speaker_id, name=alias.pk)
            return f"split {alias}"
        people = dice.sample(sorted(Speaker.objects.values_list("pk", flat=True)), k=min(2, Speaker.objects.count()))
        if len(people) == 2:
            self.act("speaker", "merge", *people, kept=people[0])
        return f"merge {people}"


def _draw(rows: Any, dice: random.Random) -> Any:
    keys = sorted(rows.values_list("pk", flat=True))
    return rows.get(pk=dice.choice(keys)) if keys else None
