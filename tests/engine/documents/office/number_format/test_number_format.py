"""Format, value and what Excel shows; blanks of alignment included."""

from __future__ import annotations

import pytest

from engine.documents.office.number_format.apply import number_text, words_text


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        # Places for digits.
        ("#.##", 0.5, ".5"),
        ("000.00", 12.3, "012.30"),
        ("$###.##", -12.3, "-$12.3"),
        ('\\a $#.00" profit"', -12.3, "-a $12.30 profit"),
        ("#,##.#", 1234567, "1,234,567."),
        (",#", 1234567, ",1234567"),
        ("0,000000000", 1234567, "0,001,234,567"),
        ("?,?????????", -1234567, "-    1,234,567"),
        ("|??.??|", 1.1, "| 1.1 |"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("(###) ###-####", 8005551234, "(800) 555-1234"),
        # Rounding is half away from zero, on 15 digits.
        ("0.00", 1.005, "1.01"),
        ("0", 2.5, "3"),
        ("0", -0.5, "-1"),
        ("0.0", 0.25, "0.3"),
        # Scaling.
        ("0.#,", -1234567, "-1234.6"),
        ("#,.#,", 1234567, "1.2"),
        ("0,0.00%%", 123.45, "1,234,500.00%%"),
        # Exponents.
        ("0.00E+00", 12345, "1.23E+04"),
        ("##0.0E+0", 12345, "12.3E+3"),
        ("0.0E+0", 999999, "1.0E+6"),
        ("####.####e-#", 0.0000123456789, "1234.5679e-8"),
        ("#.#E+0000", 1.2345678e142, "1.2E+0142"),
        ("####.####e+#", 0, "0000.e+0"),
        # General.
        ("General", 1.2345678919, "1.234567892"),
        ("General", 123456789012, "1.23457E+11"),
        ("General", 1e-9, "0.000000001"),
        ("General", -1.123459e-10, "-1.12346E-10"),
        ('General" pcs"', 12, "12 pcs"),
    ],
)
def test_numbers(code, number, expected):
    assert number_text(number, code) == expected


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("# ?/?", 23.75, "23 3/4"),
        ("# ?/?", 0.75, " 3/4"),
        ("# ?/?", 2, "2    "),
        ("# ??/??", -1.05, "-1  1/20"),
        ("# ??/??", 0.93, " 40/43"),
        ("# ?/8", 0.9, " 7/8"),
        ("# ??/100", 1.04, "1  4/100"),
        ("?/?", 3.75, "15/4"),
        ("#/#", 0, "0/1"),
        ("# 00/000", 2.5, "2 01/002"),
        ("# ?/?", 0.96, "1    "),
    ],
)
def test_fractions(code, number, expected):
    assert number_text(number, code) == expected


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("[<10]#;General", 12, "12"),
        ('[< 10]#" few"', 9, "9 few"),
        ('[<10]#" few"', 10, "10"),
        ('[>999999]#,,"M";[>999]#,"K";#', 10210210.2, "10M"),
        ('[>999999]#,,"M";[>999]#,"K";#', 1021.02, "1K"),
        ('[>999999]#,,"M";[>999]#,"K";#', 102.1, "102"),
        ('[=1]"Yes";[=0]"No";0', 0, "No"),
        ("0.0;(0.0)", -3, "(3.0)"),
        ('0;-0;"none"', 0, "none"),
        ("[<0]0.0;0", -3, "3.0"),
        ("[>100]0.0;0", -3, "-3"),
        ("[Red]0", -3, "-3"),
    ],
)
def test_sections_and_conditions(code, number, expected):
    assert number_text(number, code) == expected


@pytest.mark.parametrize(
    ("code", "serial", "expected"),
    [
        ("d-m-y", 19278.6, "11-10-52"),
        ("DDD-MMM-YYY", 19278.6, "Sat-Oct-1952"),
        ("dddd-mmmm-yyyy H:M:S am/pm", 19278.607951388887, "Saturday-October-1952 2:35:27 PM"),
        ("HH:MM:SS.000 A/P", 19278.607951388887, "02:35:27.000 P"),
        ("mmmmm", 46113, "A"),
        ("[$-411]dddd", 46113, "水曜日"),
        ("[$-411]AM/PM h:mm", 46113.75, "午後 6:00"),
        ("gge.m.d", 46113, "令8.4.1"),
        ("ggge", 32515, "昭和64"),
        ("ggge", 32516, "平成1"),
        ("yyyy/m/d", 60, "1900/2/29"),
        ("h:mm:ss", 0.999999, "0:00:00"),
        ("[h]:m:s.000", 3.14159, "75:23:53.376"),
        ("[mm]:ss.0", -0.08546296296296296, "-123:04.0"),
        (
            '"It was "[h]" [yes, "h"] hours and "mm:ss',
            3.14159,
            "It was 75 [yes, 75] hours and 23:53",
        ),
        ("[ss]", 0, "00"),
        ("[h]:mm;-[h]:mm", -0.0208333, "-0:30"),
        ("h:mm", -0.25, "-0.25"),
    ],
)
def test_dates_and_durations(code, serial, expected):
    assert number_text(serial, code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("General", "jello"), (";;;-@-@-", "-jello-jello-"), ('"h"@', "hjello"), (';;;"hi"', "hi")],
)
def test_words(code, expected):
    assert words_text("jello", code) == expected


@pytest.mark.parametrize(
    "code", ["[", '"', "\\", "_", "*", "/", "0/", "/0", "E+", "[h", ";;;;;", "."]
)
@pytest.mark.parametrize("number", [0, -1.5, 1e300, 46113.5])
def test_broken_formats_do_no_harm(code, number):
    assert isinstance(number_text(number, code), str)
    assert isinstance(words_text("x", code), str)


def test_a_format_longer_than_any_is_not_followed():
    assert number_text(5, "0" * 100_000) == "5"
