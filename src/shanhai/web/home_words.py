"""What waits between the two sides: records of the other side to confirm, and own records the other side disputes."""

from collections import Counter
from collections.abc import Iterator

from shanhai.access.actions import GIVE_WORD
from shanhai.access.sessions import may
from shanhai.base.language import say
from shanhai.journal.terms import Side
from shanhai.web import wording
from shanhai.web.declare import Look, Waiting
from shanhai.web.words_asked import WordsAsked
from shanhai.web.words_found import ACROSS, Narrowing, counts_in


def words_waiting(look: Look) -> Iterator[Waiting]:
    """Records of the other side that this reader confirms or disputes, and disputes of records of their own side."""
    mine = {side for side in ACROSS if may(look.actor, GIVE_WORD, scope_id=look.scope.pk, side=side)}
    if not mine:
        return
    waiting: Counter[tuple[str, str, str]] = Counter()
    for one in counts_in(look.scope.pk):
        if one.turn in mine:
            waiting[one.record_type, one.side, one.turn] += one.count
    for (record_type, side, turn), count in waiting.items():
        word = wording.type_word(wording.model_named(record_type))
        told = (
            say("本方登记的{type}，对方有异议", type=word)
            if turn == side
            else say("{side}登记的{type}，等本方确认", side=say(str(Side(side).label)), type=word)
        )
        asked = WordsAsked(look.scope, Narrowing(record_type, side=side, turn=turn))
        yield Waiting(told, asked.url(), count)
