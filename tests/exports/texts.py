"""Hostile texts: what would steer a terminal, break a page or throw off a column."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J",
    "user\u202egnp.exe \u2066isolated\u2069 \u200frtl",
    "<script>alert(1)</script></style></title><img src=x onerror=alert(1)>",
    "javascript:alert(1) &lt;b&gt; &#x3C;script&#x3E; {{ 7*7 }} {% raw %}",
    "| a | b |\n|---|---|\n# heading\n- item\n```\ncode\n```\n[link](javascript:alert(1)) ![i](http://x.example/i.png)",
    "中文報導說城市已經被攻占了" * 20,
    "שלום עולם مرحبا بالعالم " * 10,
    "e\u0301\u0301\u0301 " + "z" + "\u0335" * 200,
    "👩‍👩‍👧‍👦 🇺🇦 ☎️ 🏳️‍🌈 ",
    "\ttabs\tand\tmore\t\n\x00NUL\x7f\x85 \u2028 \ud800 \uffff \U000e0041",
    "x" * 3000,
    "word " * 3000,
    " ",
    "\n",
    '\'" onmouseover="alert(1)',
)

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(), min_size=1, max_size=300),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=4).map("".join),
)
