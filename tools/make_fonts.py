"""Make the web font of the house from Source Sans 3: only the signs our languages need, renamed as its licence asks.

Run by hand when the selection changes: `python -m tools.make_fonts`. Needs fonttools with the woff extra.
"""

from pathlib import Path

import fontpkg_source_sans_3 as source
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path("src/kilauta/site/static/kilauta/kilauta-sans.woff2")
FAMILY = "Kilauta Sans"
# Latin of our languages, the Nordic and Baltic ones, punctuation; tabular and lining figures.
SIGNS = [*range(0x20, 0x7F), *range(0xC0, 0x100), *map(ord, "\u00a0§«\u00ad°·»½ŠšŽžČč‐–—‘’“”•…›€−")]
NAMES = {1: FAMILY, 3: f"{FAMILY} 1", 4: FAMILY, 6: "KilautaSans", 16: FAMILY}


def main() -> None:
    path = next(Path(source.__file__).parent.rglob("SourceSans3*wght*.ttf"))
    font = TTFont(path)
    options = subset.Options(
        layout_features=["kern", "tnum", "lnum", "ccmp"], hinting=False, notdef_outline=True
    )
    tool = subset.Subsetter(options)
    tool.populate(unicodes=SIGNS)
    tool.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID]
    font.flavor = "woff2"
    font.save(TARGET)
    print(TARGET.name, TARGET.stat().st_size)


if __name__ == "__main__":
    main()
