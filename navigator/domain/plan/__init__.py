"""The year's professional learning, looked at from several sides. Pure: no files, no terminal.

What the screens and the command line ask, and what they get (all of it named tuples):

| module | ask | get |
|---|---|---|
| `programmes` | `templates()[id]`, `start(id)` | a template; an activity begun from it |
| `listing` | `rows(activities, today, …)` | `PlanRow`s, what closes soon first; `check_again` |
| `session_text` | `read(text, year)` | the sessions that a text tells of |
| `year` | `glance(activities, days, year)` | the year's `Week`s, with all that is in them |
| `clashes` | `find(activities, days)` | `Clash`es by day, each with its `words` |
| `money` | `account(activities, days, year, …)` | `Account`: lines by term, by provider; totals |
| `coverage` | `cover(activities, landscape)` | `Cover`: a `Cell` each, who might be asked |
| `table` | `write(activities)` | CSV bytes |
| `table_read` | `read(data)` | activities and what is told of each, or every fault by line |
| `table_merge` | `merge(held, given)` | what a table would add, change and leave |
| `calendar` | `write(activities)` | .ics bytes |
| `calendar_read` | `read_days(data)` | one's own days from a .ics |

The nouns are in `navigator.core.activity`; the store is `records.RecordStore` (`add`, `change`,
`take_in`, `remove("activity", id)`).
"""
