"""How the tags of site generators are called that show an image: `{% img %}`, `{% include image.html %}`."""

IMAGE_TAG = (
    r"(?:include(?:_\w{1,9})?\s{1,9})?[\w/-]{0,40}?(?:figure|img|image|picture|photo)(?:s|[_-]\w{0,20})?(?:\.html)?"
    r"(?=[\s%>}])"
)
"""Matches the name, below `re.IGNORECASE`."""
