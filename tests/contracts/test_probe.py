import time, collections
import pytest
from django.test import Client
import time_machine
from tests.cast import NOW
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
def test_probe():
    with time_machine.travel(NOW, tick=True):
        t=time.perf_counter(); r=Client().get("/"); print(r.status_code, time.perf_counter()-t)
        t=time.perf_counter(); r=Client().get("/"); print(r.status_code, time.perf_counter()-t)
        for p in ["/haku/","/haku/?q=pankki","/kilauta/puhelin/290-kuhmo/","/palvelut/","/kartta/", "/sitemap.xml","/kunnat/290-kuhmo/","/kortti/290-kuhmo/","/kortti/290-kuhmo/a5.pdf","/antajat/", "/selko/","/kilauta/puhelin/"]:
            r=Client().get(p)
            t=time.perf_counter(); r=Client().get(p); print(p, r.status_code, len(r.content), time.perf_counter()-t)
    from kilauta.domains.directory.queries import catalogue
    c=catalogue()
    print(len(c.services), len(c.localities), len(c.topics), len(c.eservices), len(c.groups), len(c.organisations), len(c.places))
    print(c.networks.keys(), [sum(l.municipality in n.municipalities for l in c.localities.values()) for n in c.networks.values()])
def test_two():
    t=time.perf_counter()
    r=Client().get("/"); print(r.status_code, time.perf_counter()-t)
