"""What the drawing of 资金去向 shows: its places and bands, each named, each with the address of its rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from shanhai.areas.funds.models import Movement, Source
from shanhai.areas.funds.pages.choices import Look, place_of, project_words
from shanhai.areas.funds.pages.ledger import FIGURES, url_of
from shanhai.areas.funds.queries.flowing import OTHERS, Flow, flow_of
from shanhai.base.language import say
from shanhai.web import amounts, wording
from shanhai.web.flows import Band, Place, laid_out

_SOURCES, _MIDDLES = 12, 14
_UNALLOCATED, _UNPAID = "unallocated", "unpaid"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A flow as it is drawn: what is asked, the amounts, what fields or projects are called."""

    look: Look
    flow: Flow
    names: dict[str, str]

    @property
    def has_money(self) -> bool:
        """Whether there is anything to draw."""
        return sum(self.flow.issued.values()) > 0

    @property
    def summary(self) -> str:
        """The drawing in a sentence, for who cannot see it."""
        return say(
            "资金去向：下达 {issued}，安排 {arranged}，支付给 {n} 个收款人 {paid}。",
            issued=wording.money(sum(self.flow.issued.values())),
            arranged=wording.money(sum(self.flow.arranged.values()) + self.flow.refunded),
            n=self.flow.payees,
            paid=wording.money(sum(self.flow.paid.values())),
        )

    def facts(self) -> list[dict[str, str]]:
        """The sums of the drawing, each with the figure or the lines that give it."""
        issued, net = sum(self.flow.issued.values()), sum(self.flow.arranged.values())
        paid = sum(self.flow.paid.values())
        told = (
            (say("下达"), issued, self._step("issue")),
            (say("安排"), net + self.flow.refunded, self._step("allocation")),
            (say("退回"), self.flow.refunded, self._step("refund")),
            (say("支付"), paid, self._step("payment")),
            (say("已下达未分配"), issued - net, self._figure("funds.unallocated")),
            (say("未支付余额"), net - paid, self._figure("funds.balance")),
        )
        return [{"label": label, "value": wording.money(fen), "url": url} for label, fen, url in told]

    def laid_out(self) -> dict[str, Any]:
        """The drawing for its template."""
        middle = say("项目") if self.flow.by == "project_key" else say("领域")
        heads = [say("资金级次"), say("下达（资金来源）"), middle, say("收款人")]
        return laid_out(heads, list(self.places()), list(self.bands()))

    def places(self) -> Iterator[Place]:
        """Every place, column by column, the largest first; what only waits comes last."""
        for level, fen in self._levels().most_common():
            word = wording.cell(Source, "level_code", level) or say("未登记的来源")
            yield _place((f"level {level}", 0, word), fen, self._of_level(level))
        for source, fen in self.flow.issued.most_common():
            yield _place(
                (f"source {source}", 1, self._source_word(source)), fen, self._of_source("funds.issued", source)
            )
        for middle, fen in self.flow.middles.most_common():
            yield _place((f"middle {middle}", 2, self._middle_word(middle)), fen, self._lines(middle))
        if left := sum(max(0, self.flow.unallocated(source)) for source in self.flow.issued):
            yield _place((_UNALLOCATED, 2, say("未分配")), left, self._figure("funds.unallocated"), is_rest=True)
        for payee, fen in sorted(self.flow.by_payee.items(), key=lambda one: (one[0] == OTHERS, -one[1], one[0])):
            yield _place((f"payee {payee}", 3, self._payee_word(payee)), fen, self._paid(payee))
        if left := sum(max(0, self.flow.unpaid(middle)) for middle in self.flow.middles):
            yield _place((_UNPAID, 3, say("未支付")), left, self._figure("funds.balance"), is_rest=True)

    def bands(self) -> Iterator[Band]:
        """Every band between two columns, in the order of the places at their ends."""
        words = {place.key: place.label for place in self.places()}
        order = {key: number for number, key in enumerate(words)}
        for origin, target, fen, url in sorted(
            self._pairs(), key=lambda pair: (order.get(pair[0], 0), order.get(pair[1], 0))
        ):
            if fen > 0:
                told = say(
                    "{origin} → {target}：{amount}",
                    origin=words[origin],
                    target=words[target],
                    amount=wording.money(fen),
                )
                yield Band(origin, target, fen, told, url)

    def _pairs(self) -> Iterator[tuple[str, str, int, str]]:
        """Where each band starts and ends, how much it carries, and its address."""
        for source, fen in self.flow.issued.items():
            yield f"level {self._level(source)}", f"source {source}", fen, self._of_source("funds.issued", source)
            left = self.flow.unallocated(source)
            yield f"source {source}", _UNALLOCATED, left, self._of_source("funds.unallocated", source)
        for (source, middle), fen in self.flow.arranged.items():
            yield f"source {source}", f"middle {middle}", fen, self._lines(middle, source=source)
        for (middle, payee), fen in self.flow.paid.items():
            yield f"middle {middle}", f"payee {payee}", fen, self._paid(payee, middle)
        for middle in self.flow.middles:
            yield f"middle {middle}", _UNPAID, self.flow.unpaid(middle), self._unpaid(middle)

    def _level(self, source: str) -> str:
        return self.look.sources[source].level_code if source in self.look.sources else source.removeprefix(OTHERS)

    def _levels(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for source, fen in self.flow.issued.items():
            found[self._level(source)] += fen
        return found

    def _source_word(self, source: str) -> str:
        if source.startswith(OTHERS):
            return say("其余 {n} 个来源", n=self.flow.others[source])
        return self.look.source_word(source)

    def _middle_word(self, middle: str) -> str:
        if middle == OTHERS:
            return say("其余 {n} 个项目", n=self.flow.others["middle"])
        nothing = say("未落到项目") if self.flow.by == "project_key" else say("未注明领域")
        return self.names.get(middle, wording.local(middle)) or nothing

    def _payee_word(self, payee: str) -> str:
        return say("其余 {n} 个收款人", n=self.flow.others["payee"]) if payee == OTHERS else payee

    def _step(self, step: str) -> str:
        """The lines of a step; its figure where nothing but a source narrows it."""
        return url_of(self.look, step=step) if self.look.narrowing.budget else self._figure(FIGURES[step][0])

    def _figure(self, name: str) -> str:
        """A figure, of the source chosen where one is; where a budget year is chosen, what its sources come to."""
        asked = self.look.narrowing
        if asked.budget and not asked.source:
            return self._standing()
        return self._of_source(name, asked.source)

    def _standing(self) -> str:
        return wording.with_query(reverse("funds-balances"), **self.look.told())

    def _of_source(self, name: str, source: str) -> str:
        if source.startswith(OTHERS):
            return self._standing()
        told = amounts.narrowed_name(amounts.declared(name), {"source": source})
        return amounts.figure_url(told, self.look.scope.code, as_of=self.look.day)

    def _of_level(self, level: str) -> str:
        return url_of(self.look, step="issue", level=level)

    def _narrowed(self, middle: str) -> dict[str, str]:
        return {"project" if self.flow.by == "project_key" else "field": middle}

    def _lines(self, middle: str, **more: str) -> str:
        """The allocations to a field or project, and what came back from it where anything did."""
        if not middle or any(key.startswith(OTHERS) for key in (middle, *more.values())):
            return self._standing()
        step = "" if self.flow.refunded else "allocation"
        return url_of(self.look, step=step, **self._narrowed(middle), **more)

    def _paid(self, payee: str, middle: str = "") -> str:
        """The payments to a payee, out of a field or project where one is named; the list for those not told by name."""
        narrowed = self._narrowed(middle) if middle not in ("", OTHERS) else {}
        if payee != OTHERS:
            return url_of(self.look, step="payment", payee=payee, **narrowed)
        named = [(fen, name) for name, fen in self.flow.by_payee.items() if name != OTHERS]
        after = {} if middle else {"after": place_of(*min(named, key=lambda one: (one[0], _turned(one[1]))))}
        return wording.with_query(reverse("funds-payees"), **self.look.told(**narrowed, **after))

    def _unpaid(self, middle: str) -> str:
        if self.flow.by != "project_key" or middle in ("", OTHERS):
            return self._lines(middle)
        told = {"project": middle, "source": self.look.narrowing.source}
        name = amounts.narrowed_name(amounts.declared("funds.balance"), told)
        return amounts.figure_url(name, self.look.scope.code, as_of=self.look.day)


def _turned(name: str) -> tuple[int, ...]:
    """Turns the order of names: among equal amounts the last name is the least."""
    return tuple(-ord(letter) for letter in name)


def _place(place: tuple[str, int, str], fen: int, url: str, *, is_rest: bool = False) -> Place:
    key, column, label = place
    amount = wording.money(fen)
    told = say("{place}：{amount}", place=label, amount=amount)
    return Place(key, column, label, max(0, fen), amount, told, url, is_rest)


def drawing_of(look: Look) -> Drawing:
    """The drawing as it is asked for: by project where one source is chosen, else by field."""
    by = "project_key" if look.narrowing.source else "field_code"
    found = flow_of(look.scope.pk, look.chosen, by=by, until=look.day)
    found = found.folded(_SOURCES, _MIDDLES, {key: source.level_code for key, source in look.sources.items()})
    middles = set(found.middles)
    words = (
        project_words(look.scope.pk, middles)
        if by == "project_key"
        else {middle: wording.cell(Movement, "field_code", middle) for middle in middles}
    )
    return Drawing(look, found, words)
