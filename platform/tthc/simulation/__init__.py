"""A month of an agency, played through the real services with a clock that is moved: `tthc simulate month`.

`place`: a database of its own, never the installation's; `deck`: which applications come when and what is to befall them;
`offices`: what an official or an applicant does with what their page offers; `month`: the order of events; `mischief`: wrong
acts that must be refused; `second_count` and `checks`: what came of it, counted anew from the raw histories.
"""
