import time
from .walking import walk, routes
def test_probe():
    t=time.perf_counter(); w=walk(); print(len(w.pages), len(w.seen), time.perf_counter()-t)
    for r in routes(): print(r, len(w.by_route().get(r.name,())))
    print({(p.address,p.status) for p in w.pages.values() if p.status!=200})
    print([a for a,p in w.pages.items() if p.is_html and p.read.crossed][:10])
    print([k for k in w.by_route() if k not in {r.name for r in routes()}], w.by_route()[""])
