"""Nouns with their articles and plurals."""

PLURALS = {"knife": "knives", "shelf": "shelves", "loaf": "loaves", "dish": "dishes", "glass": "glasses"}
MASS = frozenset(
    "glasses scissors slippers keys socks chips cookies nuts tissues leftovers peanuts popcorn bread rice cheese salt "
    "water coffee tea juice milk butter ketchup mustard sugar flour jerky honey jam lettuce food chocolate candy soap "
    "toothpaste shampoo paper silverware wine beer soda lemonade bubbly fruit pasta garlic celery corn meat ham bacon "
    "produce bedding stationery footwear equipment gear luggage booze clothing "
    "yogurt trail pepper mail music lotion bleach detergent salad".split()
)
"""Words that take no indefinite article."""


def plural(noun: str) -> str:
    """Returns the plural of a noun phrase."""
    first, of, rest = noun.partition(" of ")
    *front, last = first.split()
    if last.endswith("s") and last not in PLURALS and last[-2:] != "ss":
        made = last
    elif last in PLURALS:
        made = PLURALS[last]
    elif last.endswith(("s", "sh", "ch", "x")) or last in ("potato", "tomato", "mango"):
        made = f"{last}es"
    elif last.endswith("y") and last[-2] not in "aeiou":
        made = f"{last[:-1]}ies"
    else:
        made = f"{last}s"
    return " ".join([*front, made]) + of + rest


def a(noun: str) -> str:
    """Returns a noun with its indefinite article."""
    head = noun.split(" of ")[0].split()[-1]
    if head in MASS or (head.endswith("s") and head[-2:] not in ("ss", "us")):
        return f"some {noun}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
