"""Which pieces of a researched note are for users, and which are a curator's working notes.

Pieces are joined by "; ". Of a hub mostly working notes were written down (where a lead's URN was
read, how old a page was), so there only what `OF_A_HUB` names is for users. Of a network,
partnership or diocese it was mostly facts, so there all is for users that `OF_A_CURATOR` doesn't
name. Every piece was read once; what the two get wrong stands in `FOR_USERS` and `FOR_CURATORS`.
"""

from __future__ import annotations

import re

from tests.tools.carry_tables import Row

OF_A_HUB = re.compile(
    r"led by |two lead schools|lead school not found$|lead setting and LAs not found"
    r"|(a )?DfE answers? |the site says a school may|hub site: \d+ partner schools|MP page: "
    r"|\d+ more partner schools|run (as|with the|through) |replaced (by )?|second area "
    r"|one of |with |jointly run|consortium of |trades as |associate of |parent of "
    r"|research school for |named (for|Barnsley)|still a member|not confirmed as a member"
    r"|lead (was|is|sits|\(\w+\) sits) |lead not confirmed since \d|not confirmed since about"
    r"|present name and lead not confirmed|area includes |covers |spans |priority area: "
    r"|primary hub of |secondary hub of |new hub of |first hub for |the other \w+( \w+)? hub"
    r"|one partner is |the list is likely longer|LAs not stated|(full )?list of areas not found$"
    r"|the hub's own list not found|the record says the list includes these.* may be longer"
    r"|host, area and dates|four hubs run for|DfE cut all|parts of |DfE says the hub confirms"
    r"|[\w, ]+ (is in|goes to|go to|went to) .* hub$|Sunderland goes to|Kirklees and Wakefield go"
    r"|Isles of Scilly not named|whether Oxfordshire alone|NCETM (calls it|lists a hub)|DfE's own"
    r"|Lancashire with the "
)
OF_A_CURATOR = re.compile(
    r"undated|from memory|not seen|not shown|initials|stored|infer|by us|in the cop|press|article"
    r"|old |page|named (at|in the (AEPA|heads)|in a|only|as a)|AEPA|heads' networks|listed as"
    r"|see investment_areas|worked out|minutes|letter |assigned here|per HFL|searches|LocalE[dD]"
    r"|Tes |case study|slides|by its content|site content|about \d{4}$|linked in the|so c\.20"
    r"|diocese's site|named (by|on)|not found$|recruitment site|telephone |its e-mails"
)

FOR_USERS = {
    "(Outwood lists Wakefield too)",
    "184 members per Tes Nov 2025",
    "Essex: worked with schools there in 2022-23 under the county strategy, not an area of its own",
    "DfE answer: nearest hub for the Isle of Wight",
    "about 95% of eligible primary schools per SDSA page",
    "areas are where it says it had worked with schools",
    "constituent areas as the page lists them (Bury, Bolton, Blackburn and Darwen, Lancashire, "
    "Manchester, Oldham, Rochdale and Calderdale, Salford, Stockport, Tameside, Trafford)",
    "four or five primaries, the pages differ",
    "says it is a member of AEPA",
    "superseded by Oldham Learning (2020), the succession being inferred",
    "that it was set up is not seen",
    "that it was set up was not seen",
    "the Cornerstone hub also says Devon and former West Somerset: line between the two not found",
    "the hubs of the region counted three without it on later pages, so present status doubtful",
    "the website given is the former KAH one, KALE has its own that was not seen",
    "type and whether it still runs not seen",
    "was Alpha Teaching School Hub 2021-24",
    "whether it still meets was not seen",
}
FOR_CURATORS = {
    "a DfE answer of June 2025 gives Newbury (West Berkshire) to BBO: conflict, the hub's and "
    "NCETM's list kept",
    "announced as launching in an autumn during the tenure of that director of education",
    "as such: 19 schools in 2014 including one independent",
    "borough secondary heads also wrote jointly in July 2019",
    "mentioned by a primary head",
    "named by Slough Teaching School Alliance alongside the Slough School Improvement Board",
    "no website seen",
    "one of the region's two hubs is called Yorkshire and Humber Together on GOV.UK, by "
    "elimination perhaps this one",
    "ownership and start from sources",
    "protocol has a section on strategic education partnerships",
    "secondary EIP and a primary group named in the second",
}


def split_note(row: Row, *, of_hub: bool = False) -> None:
    """Leave what is for users in `note`, and put the rest into `curator_note`, in its order."""
    kept: tuple[list[str], list[str]] = ([], [])
    for piece in filter(None, row["note"].split("; ")):
        ours = not OF_A_HUB.match(piece) if of_hub else bool(OF_A_CURATOR.search(piece))
        kept[piece in FOR_CURATORS or (ours and piece not in FOR_USERS)].append(piece)
    row["note"], row["curator_note"] = ("; ".join(pieces) for pieces in kept)
