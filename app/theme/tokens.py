"""Design tokens: every colour and size of the window, for light and for dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One theme.

    Attributes:
        name: ``light`` or ``dark``.
        window: Background of the chat column.
        sidebar: Background of the left column.
        surface: Cards, inputs, menus.
        raised: Hovered and pressed controls.
        border: Hairlines.
        border_strong: Outlines of inputs.
        text: Body text.
        muted: Secondary text.
        faint: Placeholders, disabled text.
        accent: The one colour that asks for attention.
        accent_hover: The same, under the pointer.
        accent_text: Text on ``accent``.
        accent_soft: Tint behind selected rows and chips.
        accent_ink: Accent-coloured text on ``surface``.
        quote: Background of cited text.
        quote_ink: Text on ``quote``.
        quote_bar: Bar beside quoted sentences.
        difference: Background of words that the other answer lacks.
        difference_ink: Text on ``difference``.
        heat: Much attention, in heat maps.
        cold: Attention below zero, in heat maps.
        bubble: Background of the user's question.
        warning: Warning text and unsupported marks.
        warning_soft: Background of warnings.
        danger: Destructive buttons, errors.
        danger_soft: Background of errors.
        shadow: Scrim of overlays (``#AARRGGBB``).
    """

    name: str
    window: str
    sidebar: str
    surface: str
    raised: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    accent_ink: str
    quote: str
    quote_ink: str
    quote_bar: str
    difference: str
    difference_ink: str
    heat: str
    cold: str
    bubble: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    shadow: str


LIGHT = Tokens(
    name="light",
    window="#FAFBFD",
    sidebar="#F2F4F8",
    surface="#FFFFFF",
    raised="#E8ECF3",
    border="#E1E6EE",
    border_strong="#CAD2DE",
    text="#17212B",
    muted="#5B6975",
    faint="#93A0AB",
    accent="#2356B4",
    accent_hover="#1A4593",
    accent_text="#FFFFFF",
    accent_soft="#E3ECFA",
    accent_ink="#1D4B9F",
    quote="#FFF3C4",
    quote_ink="#3F3204",
    quote_bar="#E3B341",
    difference="#DDF2EC",
    difference_ink="#0F4A3F",
    heat="#1B4FAE",
    cold="#C77700",
    bubble="#E4ECF8",
    warning="#8A5A00",
    warning_soft="#FFF6E0",
    danger="#B3261E",
    danger_soft="#FDECEA",
    shadow="#8017212B",
)

DARK = Tokens(
    name="dark",
    window="#14171D",
    sidebar="#101318",
    surface="#1B2028",
    raised="#262D38",
    border="#2A313D",
    border_strong="#3B4555",
    text="#E5EAEE",
    muted="#9BA8B4",
    faint="#6B7884",
    accent="#3D76D8",
    accent_hover="#5289E6",
    accent_text="#FFFFFF",
    accent_soft="#1B2C4C",
    accent_ink="#93B8F7",
    quote="#4A3D12",
    quote_ink="#FBEBB5",
    quote_bar="#C4962B",
    difference="#173A34",
    difference_ink="#B4EBDD",
    heat="#6FA0F5",
    cold="#E8A33D",
    bubble="#1D2B45",
    warning="#E8B65A",
    warning_soft="#2F2714",
    danger="#F08A80",
    danger_soft="#3A2022",
    shadow="#A0000000",
)

RADIUS = 10
"""Corner radius of cards, in device-independent pixels."""

COLUMN_WIDTH = 780
"""Widest line of the chat column: longer lines are hard to read."""

MARKER = "#FFE48A"
"""Highlighter pen on page pictures; pages are white in both themes."""
