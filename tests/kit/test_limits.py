"""How often is often enough: counted for all processes together, by an address that can be believed."""

from __future__ import annotations

import time
from datetime import timedelta
from ipaddress import ip_address, ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from kilauta.kit.limits import counters
from kilauta.kit.limits.addresses import client_address, told, visitor_of
from kilauta.kit.limits.models import Count
from kilauta.site import environment as env
from tests.cast import NOW, at_once

TEN = timedelta(minutes=10)


def allow(key="a", most=3, now=NOW, within=TEN):
    return counters.allow("form", key, most=most, within=within, now=now)


@pytest.mark.django_db
def test_as_many_pass_as_may_and_no_more():
    assert [allow() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_each_key_kind_and_bound_has_a_count_of_its_own():
    assert [allow(most=1), allow("b", most=1), allow(most=2)] == [True, True, True]
    assert counters.allow("letter", "a", most=1, within=TEN, now=NOW)
    assert not allow(most=1)


@pytest.mark.django_db
def test_the_next_window_begins_empty_and_takes_the_old_counts_away():
    assert [allow(most=1), allow(most=1)] == [True, False]
    assert (allow(most=1, now=NOW + TEN - timedelta(seconds=1)), Count.objects.count()) == (False, 1)
    assert (allow(most=1, now=NOW + TEN), Count.objects.count()) == (True, 1)
    assert counters.forget(now=NOW + 2 * TEN) == 1


@pytest.mark.django_db
def test_what_is_counted_cannot_be_read_and_is_another_in_every_window():
    allow("192.0.2.1")
    first = Count.objects.get().key
    allow("192.0.2.1", now=NOW + TEN)
    assert (len(first), "192.0.2.1" in first) == (64, False)
    assert Count.objects.get().key != first


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 600), (4, 360), (9, 60)])
def test_who_is_refused_is_told_when_the_window_ends(minutes, seconds):
    assert counters.wait(within=TEN, now=NOW + timedelta(minutes=minutes)) == seconds


def test_even_at_the_last_moment_there_is_something_to_wait():
    assert counters.wait(within=TEN, now=NOW + TEN - timedelta(milliseconds=1)) == 1


@pytest.mark.usefixtures("own_database")
def test_of_many_at_once_no_more_pass_than_may():
    passed = at_once(*[lambda: [allow(most=20) for _ in range(5)] for _ in range(8)])
    assert sum(map(sum, passed)) == 20


@pytest.mark.usefixtures("own_database")
def test_counting_in_two_steps_lets_more_pass():
    """The control of the test above: who reads and then writes what was read counts some of them once."""

    def careless():
        count = Count.objects.get(key="careless")
        if count.times >= 20:
            return False
        time.sleep(0.005)
        Count.objects.filter(pk=count.pk).update(times=count.times + 1)
        return True

    at_once(lambda: Count.objects.create(key="careless", ends_at=NOW))
    passed = at_once(*[lambda: [careless() for _ in range(5)] for _ in range(8)])
    assert sum(map(sum, passed)) > 20


# Where a request comes from


def came(remote, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


OFFICE = [ip_network("10.0.0.0/8"), ip_network("2001:db8:1::/48")]
COMING = [
    # without a proxy what the header says is anybody's word
    (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
    (0, "192.0.2.1", None, "192.0.2.1"),
    # by number
    (1, "10.0.0.1", "192.0.2.1", "192.0.2.1"),
    (1, "10.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
    (2, "10.0.0.1", "198.51.100.7, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
    (2, "10.0.0.1", "192.0.2.1", "192.0.2.1"),
    (1, "", "192.0.2.1", "192.0.2.1"),
    (1, "10.0.0.1", "192.0.2.1, rubbish", "10.0.0.1"),
    (1, "10.0.0.1", "", "10.0.0.1"),
    # by address
    (OFFICE, "10.0.0.1", "198.51.100.7, 192.0.2.1, 10.9.9.9", "192.0.2.1"),
    (OFFICE, "192.0.2.9", "198.51.100.7", "192.0.2.9"),
    (OFFICE, "10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
    (OFFICE, "10.0.0.1", "192.0.2.1, <script>, 10.0.0.3", "10.0.0.3"),
    (OFFICE, "2001:db8:1::5", "192.0.2.1", "192.0.2.1"),
    # the ways an address is written
    (1, "10.0.0.1", "192.0.2.1:4711", "192.0.2.1"),
    (1, "10.0.0.1", "[2001:db8:7:8:9::1]:4711", "2001:db8:7:8::/64"),
    (1, "10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
    (0, "2001:db8:7:8:ffff::2", None, "2001:db8:7:8::/64"),
    (0, "fe80::1%eth0", None, "fe80::/64"),
    (0, "", None, ""),
]


@pytest.mark.parametrize(("proxies", "remote", "forwarded", "visitor"), COMING)
def test_the_visitor_is_the_rightmost_hop_that_is_not_ours(settings, proxies, remote, forwarded, visitor):
    settings.PROXIES = proxies
    assert client_address(came(remote, forwarded)) == visitor


def test_a_household_is_one_visitor():
    assert told(ip_address("2001:db8::1")) == told(ip_address("2001:db8:0:0:ffff::2"))
    assert told(ip_address("2001:db8::1")) != told(ip_address("2001:db8:0:1::1"))
    assert visitor_of([None], 0) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("2", 2),
        ("10.0.0.1", [ip_network("10.0.0.1/32")]),
        ("10.0.0.0/8, 2001:db8::/32", [ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]),
    ],
)
def test_proxies_are_set_by_number_or_by_address(monkeypatch, written, meant):
    monkeypatch.setenv("KILAUTA_PROXIES", written)
    assert env.proxies("KILAUTA_PROXIES", "0") == meant


@pytest.mark.parametrize("written", ["-1", "yes", "10.0.0.0/99", "10.0.0.1/8"])
def test_nonsense_about_proxies_is_refused_at_the_start(monkeypatch, written):
    monkeypatch.setenv("KILAUTA_PROXIES", written)
    with pytest.raises(ImproperlyConfigured, match="must be a number or addresses"):
        env.proxies("KILAUTA_PROXIES", "0")
