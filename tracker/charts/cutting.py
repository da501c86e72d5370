"""Names too long for the room they have: cut after a word, with a mark that tells so."""


def cut(name: str, letters: int) -> str:
    """Give ``name`` in at most ``letters``: cut after a word, inside one only where it alone is too long."""
    told = " ".join(name.split(" "))
    if len(told) <= letters:
        return told
    room = told[: letters - 1]
    if told[letters - 1] != " " and " " in room.strip():
        room = room[: room.rindex(" ")]
    return room.rstrip(" ,;:.–-\u00a0\u202f") + "…"
