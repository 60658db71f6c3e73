"""Adversarial claims: each is one step away from the truth."""

from __future__ import annotations

import pytest

from engine.answering.support import Rarity, StoredSentence, support

TEXTS = {
    "leave": "Every employee has 25 days of paid leave in a calendar year.",
    "carry": "Unused days can be carried over until 31 March, but not more than five days.",
    "approve": "Expense reports above 500 euros are approved by Sato, the head of finance.",
    "plans": "The Basic plan costs 40 euros and the Premium plan costs 90 euros per month.",
    "phones": "Private phones must not be used in the laboratory.",
    "hyphen": "The confidentiality agree-\nment continues for three years after termination.",
    "manager": "Suzuki reports to Tanaka since April.",
    "hotel": "Hotels should not cost more than 140 euros a night, breakfast included.",
    "other": "The fee is not 140 euros but 150 euros.",
    "ja-other": "手数料は140円ではなく150円です。",
    "ja-hotel": "宿泊費は140円を超えてはならない。",
    "discs": "Formats such as Video Compact Disc (VCD), Super Video Compact Disc (SVCD), Photo CD.",
    "names": "There he was called Starkard, the Thrall of the Alders or the Red Fellow.",
    "song": '"Don\'t Stop the Music" is a song by Yarbrough and Peoples from 1980.',
    "carpet": "Guests can rent a carpet for 40 euros.",
    "rule": 'The sign "Do not enter" hangs at the laboratory\'s door.',
    "ja-leave": "有給休暇は入社６か月後に１０日付与する。",
    "ja-phone": "機密文書の社外への持ち出しは禁止する。",
    "ja-term": "本契約の有効期間は締結日から2年間とする。",
    "row": "Model: KP-50-H | Price EUR: 362.00 | Price JPY: 58,000",
    "ja-mail": "圧電素子KZ-14の納期を2025年7月18日から2025年8月22日に変更します。",
    "ja-approve": "出張申請は田中部長が承認し、経費精算は佐藤課長が承認する。",
}
EVIDENCE = {name: StoredSentence(1, 0, len(text), text, "") for name, text in TEXTS.items()}
RARITY = Rarity(TEXTS.values())


def score(name: str, claim: str) -> float:
    return support(claim, EVIDENCE[name], RARITY)


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("leave", "Each employee has 25 days of paid leave per calendar year."),
        ("leave", "Every employee has twenty-five days of paid leave in a year."),
        ("leave", "ＥＶＥＲＹ employee has ２５ days of paid leave."),
        ("carry", "Unused days can be carried over until 31 March."),
        ("approve", "Expense reports above 500 euros are approved by Sato."),
        ("approve", "Sato approves expense reports above €500."),
        ("plans", "The Premium plan costs 90 euros per month."),
        ("plans", "The Basic plan costs 40 euros."),
        ("phones", "Private phones must not be used in the laboratory."),
        ("phones", "Private phones cannot be used in the laboratory."),
        ("hyphen", "The confidentiality agreement continues for 3 years after termination."),
        ("manager", "Suzuki reports to Tanaka."),
        ("hotel", "140 euros"),
        ("other", "150 euros"),
        ("ja-hotel", "140円"),
        ("ja-other", "150円"),
        ("discs", "Super Video Compact Disc"),
        ("names", "the Thrall of the Alders or the Red Fellow"),
        ("song", "Yarbrough and Peoples"),
        ("song", "The song is by Yarbrough and Peoples."),
        ("ja-leave", "有給休暇は入社6か月後に10日付与されます。"),
        ("ja-leave", "有給休暇は入社六か月後に十日付与される。"),
        ("ja-phone", "機密文書の社外持ち出しは禁止です。"),
        ("ja-term", "有効期間は締結日から２年間です。"),
        ("ja-approve", "出張申請は田中部長が承認します。"),
        ("row", "The price of the KP-50-H is 362.00 euros."),
        ("ja-mail", "圧電素子KZ-14の納期は2025年8月22日です。"),
        ("ja-approve", "経費精算は佐藤課長が承認します。"),
    ],
)
def test_what_the_document_says_is_supported(name, claim):
    assert score(name, claim) > 0.6


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("leave", "Every employee has 20 days of paid leave in a calendar year."),
        ("leave", "Every employee has 25 weeks of paid leave in a calendar year."),
        ("leave", "Every employee has 25 days of paid leave and 10 days of study leave."),
        ("leave", "Every employee has no paid leave in a calendar year."),
        ("leave", "Every manager in Osaka has 25 days of paid leave in a calendar year."),
        ("carry", "Unused days can be carried over until 31 May."),
        ("carry", "Unused days can be carried over after 31 March."),
        ("carry", "Unused days cannot be carried over until 31 March."),
        ("approve", "Expense reports above 500 euros are approved by Tanaka."),
        ("approve", "Expense reports below 500 euros are approved by Sato."),
        ("approve", "Expense reports above 500 euros are rejected by Sato."),
        ("approve", "Expense reports above 5,000 euros are approved by Sato."),
        ("plans", "The Premium plan costs 40 euros per month."),
        ("plans", "The Basic plan costs 90 euros per month."),
        ("phones", "Private phones must be used in the laboratory."),
        ("phones", "Private phones may be used in the laboratory."),
        ("hyphen", "The confidentiality agreement continues for five years after termination."),
        ("manager", "Tanaka reports to Suzuki."),
        ("carry", "More than five unused days can be carried over."),
        ("hotel", "150 euros"),
        ("hotel", "Hotels should cost more than 140 euros."),
        ("other", "140 euros"),
        ("ja-other", "140円"),
        ("discs", "Photo Video Compact Disc (SVCD)"),
        ("song", "Stop the music"),
        ("carpet", "rent a car"),
        ("carpet", "0 euros"),
        ("rule", "Enter at the laboratory's door."),
        ("ja-approve", "経費精算は田中部長が承認する。"),
        ("ja-approve", "出張申請は鈴木部長が承認する。"),
        ("leave", "The company was founded in Kyoto by two engineers."),
        ("leave", "Employees enjoy generous benefits and a friendly atmosphere."),
        ("ja-leave", "有給休暇は入社6か月後に20日付与されます。"),
        ("ja-leave", "有給休暇は入社6年後に10日付与されます。"),
        ("ja-leave", "有給休暇は入社6か月後に10日付与されません。"),
        ("ja-phone", "機密文書の社外への持ち出しは可能です。"),
        ("ja-term", "本契約の有効期間は締結日から3年間とする。"),
        ("ja-term", "本契約の解除は書面で通知する。"),
        ("row", "The price of the KP-60-H is 362.00 euros."),
        ("row", "The price of the KP-50-H is 382.00 euros."),
        ("ja-mail", "圧電素子KZ-15の納期は2025年8月22日です。"),
        ("ja-mail", "圧電素子KZ-14の納期は2025年8月23日です。"),
    ],
)
def test_one_step_away_is_not_supported(name, claim):
    assert score(name, claim) == 0.0


def test_a_year_may_stand_in_the_heading_but_not_an_amount():
    text = "Every employee has 25 days of paid leave."
    evidence = StoredSentence(1, 0, len(text), text, "Leave policy 2024 > 30 days notice")
    assert support("In 2024 every employee has 25 days of paid leave.", evidence, RARITY) > 0
    assert support("Every employee has 30 days of paid leave.", evidence, RARITY) == 0


def test_words_from_the_heading_alone_are_no_support():
    evidence = StoredSentence(1, 0, 10, "See below.", "Paid leave of every employee per year")
    assert support("Every employee has paid leave per year.", evidence, RARITY) == 0


def test_an_empty_claim_is_not_supported():
    for claim in ("", "...", "?!"):
        assert score("leave", claim) == 0.0
