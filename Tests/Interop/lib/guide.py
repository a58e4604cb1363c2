"""A guide as its readers have it: what it tells them to press and to see (bold), what it says the software says (italics), and its commands."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


class Guide:
    def __init__(self, name):
        self.name = name
        self.text = (ROOT / "Docs/Guides" / f"{name}.md").read_text()

    def section(self, heading=None):
        """What stands under a heading; before the first where none is named."""
        parts = re.split(r"(?m)^## (.*)\n", self.text)
        return parts[0] if heading is None else parts[parts.index(heading) + 1]

    def bold(self, heading=None):
        """In the order that it is read."""
        return [re.sub(r"\s+", " ", words) for words in re.findall(r"\*\*([^*]+)\*\*", self.section(heading))]

    @property
    def italics(self):
        without = re.sub(r"```.*?```|`[^`]*`|\*\*[^*]+\*\*", "", self.text, flags=re.S)
        return [re.sub(r"\s+", " ", words) for words in re.findall(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])", without)]

    def commands(self, heading):
        """Lines of its blocks that call the program, without remarks."""
        blocks = re.findall(r"(?m)^ {4,7}(homeline .*)$", self.section(heading))
        return [line.split(" # ")[0].strip() for line in blocks]

    @property
    def images(self):
        return re.findall(r"!\[[^\]]*\]\(([^)]+)\)", self.text)
