"""Whose word is believed about where a request came from."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shanhai.web.proxies import ProxyMiddleware, from_this_machine

NEAR, FAR, VISITOR = "127.0.0.1", "10.1.2.3", "203.0.113.9"


@pytest.fixture
def passed(settings):
    """What the site sees of a request that comes from an address with some headers."""

    def see(address, *, proxies=("127.0.0.0/8", "10.0.0.0/8"), **headers):
        settings.PROXIES = tuple(ip_network(one) for one in proxies)
        request = RequestFactory().get("/", REMOTE_ADDR=address, **headers)
        ProxyMiddleware(lambda _: HttpResponse())(request)
        return request

    return see


def test_a_proxy_of_ours_is_believed(passed):
    request = passed(NEAR, HTTP_X_FORWARDED_FOR=VISITOR, HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == VISITOR
    assert request.is_secure()


def test_a_stranger_is_not_believed_and_nothing_of_what_they_said_stays(passed):
    request = passed(VISITOR, HTTP_X_FORWARDED_FOR=NEAR, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="evil")
    assert request.META["REMOTE_ADDR"] == VISITOR
    assert not request.is_secure()
    assert not [name for name in request.META if "FORWARDED" in name]


def test_without_proxies_in_the_settings_nobody_is_believed(passed):
    request = passed(NEAR, proxies=(), HTTP_X_FORWARDED_FOR=VISITOR, HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == NEAR
    assert not request.is_secure()


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (f"6.6.6.6, {VISITOR}, {FAR}", VISITOR),  # what stands before the first stranger is the stranger's own word
        (f"{FAR}", FAR),
        ("nonsense", NEAR),
        (f"{VISITOR}, nonsense", NEAR),
        ("2001:db8::7", "2001:db8::7"),
        ("", NEAR),
    ],
)
def test_the_visitor_is_the_first_stranger_from_the_site_outwards(passed, told, seen):
    assert passed(NEAR, HTTP_X_FORWARDED_FOR=told).META["REMOTE_ADDR"] == seen


def test_only_what_came_straight_from_this_machine_is_from_this_machine(passed):
    assert from_this_machine(passed(NEAR))
    assert from_this_machine(passed("::1"))
    assert not from_this_machine(passed(NEAR, HTTP_X_FORWARDED_FOR=NEAR))
    assert not from_this_machine(passed(NEAR, HTTP_VIA="1.1 somebody"))
    assert not from_this_machine(passed(NEAR, proxies=(), HTTP_X_FORWARDED_FOR=""))
    assert not from_this_machine(passed(VISITOR))
    assert not from_this_machine(passed(""))
