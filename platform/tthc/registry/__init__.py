"""The published catalogue of procedures and what is made of it: registration, coverage, roadmap, published lists.

`model`, `tables`, `coverage`, `slips`, `roadmap`, `publications`, `levels`, `gate` are pure; `store` keeps;
`queries` asks store, definitions and agencies together; `sending` registers what a slip holds.
"""
