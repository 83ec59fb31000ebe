"""Papers as PDF, in the style of NĐ 30/2020/NĐ-CP. `data` says what each holds, `documents` makes them."""
