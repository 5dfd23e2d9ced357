"""Sales seen from three sides, and held against what the land of a product can give in a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from shanhai.areas.orders.models import Product, Sale, SaleContract

#: The three views on one sale: the column each groups by.
VIEWS = {"seller": "seller_name", "buyer": "buyer_name", "channel": "channel_code"}


@dataclass(frozen=True, slots=True)
class Share:
    """What one seller, buyer or channel has of the sales; amounts in fen."""

    name: str
    count: int
    bought: int
    helped: int

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.bought + self.helped


@dataclass(frozen=True, slots=True)
class Held:
    """A product's sales of a year beside what area, yield and price allow; kilograms and fen, None where not recorded."""

    product: Product
    year: int
    quantity: Decimal
    amount: int

    @property
    def most_kg(self) -> Decimal | None:
        """Area times yield."""
        area, each = self.product.area_mu, self.product.yield_kg
        return None if area is None or each is None else area * each

    @property
    def most_fen(self) -> int | None:
        """Area times yield times the highest price."""
        kilograms, price = self.most_kg, self.product.price_fen
        return None if kilograms is None or price is None else int(kilograms * price)

    @property
    def beyond(self) -> bool:
        """Whether more was sold than the land can give."""
        weight, money = self.most_kg, self.most_fen
        return (weight is not None and self.quantity > weight) or (money is not None and self.amount > money)


def sales(scope_id: int, *, year: int | None, until: date) -> "QuerySet[Sale]":
    """Sales up to a day, of a year or of all."""
    found = Sale.objects.filter(scope_id=scope_id, sold_on__lte=until)
    return found.filter(sold_on__year=year) if year else found


def by_view(scope_id: int, view: str, *, year: int | None, until: date) -> list[Share]:
    """The sales by seller, buyer or channel, the largest first; each view holds every sale once."""
    grouped = sales(scope_id, year=year, until=until).order_by().values_list(VIEWS[view])
    summed = grouped.annotate(
        count=Count("key"),
        bought=Sum("amount_fen", filter=Q(kind_code="bought")),
        helped=Sum("amount_fen", filter=Q(kind_code="helped")),
    )
    shares = [Share(name, count, bought or 0, helped or 0) for name, count, bought, helped in summed]
    return sorted(shares, key=lambda share: (-share.total, share.name))


def held(scope_id: int, *, until: date) -> list[Held]:
    """Every product and year with sales, those beyond what the land can give first."""
    products = {one.key: one for one in Product.objects.filter(scope_id=scope_id)}
    grouped = sales(scope_id, year=None, until=until).order_by().annotate(year=ExtractYear("sold_on"))
    summed = grouped.values_list("product_key", "year").annotate(Sum("quantity_kg"), Sum("amount_fen"))
    found = [
        Held(products[key], year, quantity or Decimal(0), amount)
        for key, year, quantity, amount in summed
        if key in products
    ]
    return sorted(found, key=lambda one: (not one.beyond, -one.year, one.product.key))


def contracts(scope_id: int, *, until: date) -> list[tuple[SaleContract, int]]:
    """Every contract signed by a day, latest first, with what was sold under it in fen."""
    sold = sales(scope_id, year=None, until=until).exclude(contract_key="").order_by()
    realised = dict(sold.values_list("contract_key").annotate(Sum("amount_fen")))
    found = SaleContract.objects.filter(scope_id=scope_id, signed_on__lte=until).order_by("-signed_on", "key")
    return [(one, realised.get(one.key, 0)) for one in found]


def years_of(scope_id: int, *, until: date) -> list[int]:
    """The years with sales, latest first."""
    found = sales(scope_id, year=None, until=until).order_by()
    return sorted(found.values_list("sold_on__year", flat=True).distinct(), reverse=True)
