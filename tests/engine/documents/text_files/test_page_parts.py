"""Fields, buttons, panels, frames, pictures of text and links of web pages."""

from __future__ import annotations

import pytest
from document_builders import texts, whole_text

from engine.documents import read_document


def page(tmp_path, body):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", "utf-8")
    return read_document(path)


def test_fields_with_their_labels(tmp_path):
    document = page(
        tmp_path,
        """<h1>Ticket</h1><form><label>Assigned to</label><input value="Yestin Fairlamb">
        <label>優先度:</label> <select><option>低<option selected>至急</select>
        <p>Colours <select multiple><option selected>red<option selected>blue<option>green</select>
        <p>State <select><option>open<option>closed</select>
        <textarea>Stops above 71 percent.</textarea>
        <p><input type=checkbox checked> fragile <input type="checkbox"> heavy
        <input type=hidden value=secret><input type=password value=secret><input type=submit
        value="Send"><input value=""></form>""",
    )
    assert texts(document) == [
        "Ticket",
        "Assigned to: Yestin Fairlamb\n優先度: 至急",
        "Colours: red, blue",
        "State: open\nStops above 71 percent.",
        "☒ fragile ☐ heavy",
    ]


def test_questions_on_buttons_and_their_panels(tmp_path):
    document = page(
        tmp_path,
        """<main><h2><button>How do I reset it?</button></h2>
        <div class="panel"><p>Hold both keys.</div>
        <button aria-controls="a2">返却の窓口</button><div id="a2" hidden>三番窓口です。</div>
        <button>Copy</button><button>Menu</button><button>What does the yellow lamp mean?</button>
        <div class="accordion-collapse" style="display:none"><p>Low oil.</p></div>
        <section hidden="until-found">Found by the search of the page.</section>
        <div role="tabpanel" hidden>Second tab.</div>
        <p hidden>template text</p><a href="#more">More</a>
        <div id="more" hidden>Even more.</div></main>""",
    )
    assert texts(document) == [
        "How do I reset it?",
        "Hold both keys.",
        "返却の窓口",
        "三番窓口です。",
        "What does the yellow lamp mean?",
        "Low oil.",
        "Found by the search of the page.",
        "Second tab.",
        "More",
        "Even more.",
    ]


@pytest.mark.parametrize(
    ("frame", "is_read"),
    [
        ("<footer>Tel. 03-3555-1234, Mill Road 4</footer>", True),
        ("<footer>mail@larkfield.example</footer>", True),
        ("<footer>〒160-0023 新宿区</footer>", True),
        ("<aside>営業時間: 9時から</aside>", True),
        ("<footer>© 2010-2024 Larkfield. All rights reserved.</footer>", False),
        ("<header>Larkfield | Home | News</header>", False),
        ("<noscript><p>The office is closed on 4 May.</p></noscript>", True),
        ("<noscript>Please enable JavaScript.</noscript>", False),
        ("<noscript>JavaScriptを有効にしてください。</noscript>", False),
    ],
)
def test_frames_are_read_where_they_say_something(tmp_path, frame, is_read):
    document = page(tmp_path, f"<p>Text</p>{frame}")
    assert (len(document.blocks) == 2) == is_read


def test_formulas_drawings_and_signs(tmp_path):
    document = page(
        tmp_path,
        """<p>share <math><mfrac><mn>12</mn><mn>50</mn></mfrac></math> of <math><semantics><mrow>
        <msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msqrt><mi>a</mi></msqrt></mrow>
        <annotation>x^2</annotation></semantics></math></p>
        <svg><title>icon</title><text>Oak 449</text><text>Elm 312</text></svg>
        <p><img class="emoji" alt="✅"> done <img alt="photo of the yard" src="a.png"></p>""",
    )
    assert texts(document) == ["share 12/50 of x^2+√(a)", "Oak 449\nElm 312", "✅ done"]


def test_a_formula_nested_without_end_is_read_all_the_same(tmp_path):
    math = "<mrow>" * 300 + "<mn>7</mn>" + "</mrow>" * 300
    assert "7" in whole_text(page(tmp_path, f"<p>n <math>{math}</math></p>"))


def test_where_links_lead(tmp_path):
    document = page(
        tmp_path,
        """<p><a href="https://travel.example/claims">Travel portal</a>,
        <a href="mailto:a@b.example?subject=x">Ana</a>,
        <a href="tel:+81-3-3555-1234">電話</a>, <a href="tel:0312345678">03-1234-5678</a>,
        <a href="/local">local</a>, <a href="https://c.example/">c.example</a></p>""",
    )
    assert texts(document) == [
        "Travel portal (https://travel.example/claims), Ana (a@b.example), 電話 (+81-3-3555-1234), "
        "03-1234-5678, local, c.example"
    ]
    many = "".join(f'<li><a href="https://d.example/{n}">Entry {n}</a>' for n in range(30))
    assert "d.example" not in whole_text(page(tmp_path, f"<ul>{many}</ul>"))
