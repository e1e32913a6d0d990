import cProfile, pstats
from contracts.walking import walk
def test_p():
    pr=cProfile.Profile(); pr.enable(); walk(); pr.disable()
    pstats.Stats(pr).sort_stats("cumulative").print_stats(60)
