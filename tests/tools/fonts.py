"""Which characters the fonts of Windows' terminals have, as ranges of code points.

- CASCADIA: what Cascadia Code and Cascadia Mono have upright, in both Regular and Bold, as far as
  U+0020 to U+017F, U+0370 to U+03FF and U+2000 to U+2BFF go. Read from the `unicode` of each glyph
  in sources/CascadiaCode-Regular.ufo and -Bold.ufo of https://github.com/microsoft/cascadia-code
  (commit 56bcca3f2c1e4cb19458954f0e2bb4635960df91 of 18 November 2024).
- WGL4: Windows Glyph List 4 without its two code points for private use, as Microsoft published it
  at http://www.microsoft.com/typography/otspec/wgl4.htm; read from the copy in
  tnbits/compilers/f5/scripts/verifyWGL4List.py of petrvanblokland/TYPETR-Assistants on GitHub.
  We know of no list of what Consolas has. WGL4 is what Microsoft asks of a font for all of Europe,
  so we take it for the part of Consolas and Lucida Console that can be relied on. What users found
  agrees: both lack ✓ (https://github.com/tape-testing/faucet/issues/12), Consolas lacks braille and
  the old console takes no sign from another font
  (https://github.com/microsoft/terminal/issues/12314), and it lacks blocks such as ▂
  (the table in https://github.com/microsoft/terminal/issues/4130).
"""

from __future__ import annotations


def _characters(ranges: str) -> frozenset[str]:
    ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
    return frozenset(chr(code) for end in ends for code in range(end[0], end[-1] + 1))


CASCADIA = _characters("""
0020-007E 00A0-017F 0374-0375 037E 0384-038A 038C 038E-03A1 03A3-03CF 03D7 2008 2010-2011 2013-2015
2017-201E 2020-2022 2024 2026 2028 2030 2032-2033 2039-203A 203C 203E 2044 2070 2074-2079 207F-2089
20A0-20A1 20A3-20A4 20A6-20AE 20B1-20B2 20B4-20B5 20B8-20BA 20BC-20BF 2105 2113 2116-2117 211E 2122
2126 212E 215B-215E 2190-2195 21A8 21B2 21E1 21E3 2202 2206 220F 2211-2212 2215 2219-221A 221E-221F
2229 222B 2236 2248 2260-2265 2302 2310 2320-2321 23AF 23CE 2400-2429 2500-25FF 2619 263A-263C 2640
2642 2660 2663 2665-2666 266A-266B 2713 2767 276C-2771 2800-28FF 2A2F 2B12-2B2F 2BC5-2BC8 2BCA-2BCB
""")

WGL4 = _characters("""
0020-007E 00A0-017F 0192 01FA-01FF 02C6-02C7 02C9 02D8-02DD 0384-038A 038C 038E-03A1 03A3-03CE
0400-045F 0490-0491 1E80-1E85 1EF2-1EF3 2013-2015 2017-201E 2020-2022 2026 2030 2032-2033 2039-203A
203C 203E 2044 207F 20A3-20A4 20A7 20AC 2105 2113 2116 2122 2126 212E 215B-215E 2190-2195 21A8 2202
2206 220F 2211-2212 2215 2219-221A 221E-221F 2229 222B 2248 2260-2261 2264-2265 2302 2310 2320-2321
2500 2502 250C 2510 2514 2518 251C 2524 252C 2534 253C 2550-256C 2580 2584 2588 258C 2590-2593
25A0-25A1 25AA-25AC 25B2 25BA 25BC 25C4 25CA-25CB 25CF 25D8-25D9 25E6 263A-263C 2640 2642 2660 2663
2665-2666 266A-266B FB01-FB02
""")
