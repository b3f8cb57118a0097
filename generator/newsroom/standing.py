"""What an edition holds already when its day is published again."""

from __future__ import annotations

from dataclasses import dataclass

from generator.news import Story


@dataclass(frozen=True, slots=True)
class Standing:
    """The stories of an edition as it was last written, each by the id of its leading report."""

    full: frozenset[str] = frozenset()  # under a heading of their own
    brief: frozenset[str] = frozenset()  # in a line
    deleted: frozenset[str] = frozenset()  # of these, what a person has since taken out of the post

    def holds(self, story: Story) -> bool:
        return any(item.id in self.full or item.id in self.brief for item in story.items)

    def holds_in_full(self, story: Story) -> bool:
        return any(item.id in self.full for item in story.items)

    def lacks(self, story: Story) -> bool:
        """Whether a person took `story` out; one that another report leads today would come in as news."""
        return story.lead.id in self.deleted


NOTHING = Standing()
