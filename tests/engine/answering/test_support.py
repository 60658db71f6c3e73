"""Adversarial claims: each is one step away from the truth."""

from __future__ import annotations

import pytest

from engine.answering.statements import Claim, Rarity, StoredSentence
from engine.answering.support import Judge, support

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


QUOTED = {
    "lease": "The lease starts on 1 September 2023 and ends on 31 August 2028.",
    "notice": "The tenant may end it on 31 August 2026 by giving six months' notice.",
    "eight": "Model: HX-25-T | Price EUR: 731.00 | Price CHF: 702.00 | Lead time (weeks): 8",
    "five": "Model: HX-25 | Price EUR: 566.50 | Price CHF: 544.00 | Lead time (weeks): 5",
    "rate": "The scrap rate fell from 4.1% in the third quarter to 2.6% in the fourth quarter.",
    "lifts": "The contractor services 14 lifts four times a year.",
    "sublet": "Subletting is not permitted.",
    "ja-lease": "契約期間は令和6年4月1日から令和9年3月31日までとする。",
    "ja-rent": "賃料は月額32万円とし、敷金は96万円とする。",
    "ja-late": "ベアリングB-608は、納期が1月30日から2月20日に変更となります。",
    "ja-budget": "部門: 情報システム | 2026年度（千円）: 13,100 | 責任者: 戸塚",
}
UNITS = [StoredSentence(1, 0, len(text), text, "", text) for text in QUOTED.values()]
JUDGE = Judge(UNITS, Rarity(QUOTED.values()))


def answered(question: str, claim: str) -> list[str]:
    """Return which of the sentences above support an answer to a question."""
    found = [JUDGE.verdict(Claim(claim, question), unit).score > 0 for unit in UNITS]
    return [name for name, held in zip(QUOTED, found, strict=True) if held]


@pytest.mark.parametrize(
    ("question", "claim", "name"),
    [
        ("When does the lease end?", "31 August 2028", "lease"),
        ("When does the lease end?", "The lease ends on 2028-08-31.", "lease"),
        ("How long is the lead time of the HX-25-T?", "8 weeks", "eight"),
        ("What does the HX-25 cost in francs?", "The HX-25 costs CHF 544.", "five"),
        ("What is the scrap rate?", "The scrap rate is 2.6%.", "rate"),
        (
            "What was the rate in the third quarter?",
            "The rate in the third quarter was 4.1%.",
            "rate",
        ),
        ("How often are the lifts serviced?", "The lifts are serviced four times a year.", "lifts"),
        ("May the tenant sublet?", "No, subletting is not permitted.", "sublet"),
        ("How large is the deposit?", "The lifts are serviced four times a year.", "lifts"),
        ("契約期間はいつまでですか。", "契約期間は2027年3月31日までです。", "ja-lease"),
        ("契約期間はいつまでですか。", "令和9年3月31日", "ja-lease"),
        ("賃料はいくらですか。", "賃料は月額320,000円です。", "ja-rent"),
        ("B-608の納期はいつですか。", "B-608の新しい納期は2月20日です。", "ja-late"),
        ("情報システムの予算はいくらですか。", "2026年度は1,310万円です。", "ja-budget"),
        ("情報システムの責任者は誰ですか。", "戸塚です。", "ja-budget"),
    ],
)
def test_a_claim_is_the_question_with_the_answer(question, claim, name):
    assert name in answered(question, claim)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("When does the lease end?", "31 August 2026"),
        ("When does the lease end?", "The lease ends on 31 August 2026."),
        ("How long is the lead time of the HX-25-T?", "5 weeks"),
        ("How long is the lead time of the HX-25-T?", "The lead time of the HX-25-T is 5 weeks."),
        ("What does the HX-25 cost in francs?", "The HX-25 costs CHF 566.50."),
        ("What is the scrap rate?", "The scrap rate is 4.1%."),
        ("How often are the lifts serviced?", "The lifts are serviced 14 times a year."),
        ("May the tenant sublet?", "Yes, subletting is permitted."),
        ("契約期間はいつまでですか。", "契約期間は2026年3月31日までです。"),
        ("賃料はいくらですか。", "96万円"),
        ("賃料はいくらですか。", "賃料は月額32円です。"),
        ("B-608の納期はいつですか。", "B-608の納期は1月30日です。"),
        ("情報システムの予算はいくらですか。", "2026年度は13,100円です。"),
        ("情報システムの責任者は誰ですか。", "小森です。"),
    ],
)
def test_a_figure_that_stands_somewhere_is_no_answer(question, claim):
    assert answered(question, claim) == []


def test_an_empty_claim_is_not_supported():
    for claim in ("", "...", "?!"):
        assert score("leave", claim) == 0.0


def test_a_unit_that_the_next_word_follows_without_a_space_is_no_word() -> None:
    question = "圧力伝送器は、通常どのくらいの間隔で校正すればよいですか。"
    unit = StoredSentence(
        1, 0, 16, "推奨する校正周期は12か月です。", "製品仕様書　圧力伝送器 KP-50"
    )
    rarity = Rarity([unit.text, unit.context])
    claim = "圧力伝送器は、通常12か月間隔で校正すればよいです。"
    assert support(claim, unit, rarity, question) > 0
    assert support(claim.replace("12", "6"), unit, rarity, question) == 0


def test_names_alone_do_not_say_who_does_what() -> None:
    question = "Who deputises for Owen Tarrick as contract manager?"
    mail = "From: Hanna Mills <h@mills.example>\nTo: Owen Tarrick <o.t@brindle.example>"
    clause = "Lena Marsh is named deputy contract manager for Owen Tarrick."
    units = [
        StoredSentence(1, 0, len(mail), mail, "Re: Lot 3"),
        StoredSentence(2, 0, len(clause), clause, "Amendment"),
    ]
    judge = Judge(units, Rarity(unit.text for unit in units))

    def best(name: str) -> float:
        claim = Claim(f"{name} deputises for Owen Tarrick as contract manager.", question)
        return max(judge.verdict(claim, unit).score for unit in units)

    assert best("Lena Marsh") > 0
    assert best("Hanna Mills") == 0


def judged(question: str, units: list[StoredSentence], claim: str) -> float:
    judge = Judge(units, Rarity(unit.text for unit in units))
    return max(judge.verdict(Claim(claim, question), unit).score for unit in units)


def lines(context: str, *texts: str) -> list[StoredSentence]:
    around = "\n".join((context, *texts))
    return [
        StoredSentence(1, 100 * n, 100 * n + len(text), text, context, around)
        for n, text in enumerate(texts)
    ]


def test_the_line_of_a_form_answers_what_its_label_is_asked_for() -> None:
    units = lines(
        "Invoice HB-25-118",
        "Customer: Lumsden Brewery Ltd., stores, order LB-44 of 1 September 2025",
        "Payment due: 18 October 2025",
    )
    question = "By what date does Lumsden Brewery have to pay our invoice?"
    said = "Lumsden Brewery has to pay our invoice by {}."
    assert judged(question, units, said.format("18 October 2025")) > 0
    assert judged(question, units, said.format("1 September 2025")) == 0
    forms = lines("御見積書 Q-12", "宛先: 青葉製薬株式会社　御中", "担当: 営業第1課　牧瀬 千尋")
    question = "青葉製薬の見積もりを作った担当は誰ですか。"
    assert judged(question, forms, "営業第1課 牧瀬 千尋") > 0


def test_other_cells_of_a_row_do_not_deny_the_one_that_is_meant() -> None:
    units = lines(
        "Amendment",
        "Model: MG-80 | Until 31 March 2025 (GBP): 910.00 | From 1 April 2025 (GBP): 932.75",
        "Model: MG-50 | Until 31 March 2025 (GBP): 735.00 | From 1 April 2025 (GBP): 753.40",
    )
    question = "What does the buyer pay for an MG-80 since April 2025?"
    assert judged(question, units, "The buyer pays 932.75 GBP for an MG-80 since April 2025.") > 0
    assert judged(question, units, "The buyer pays 753.40 GBP for an MG-80 since April 2025.") == 0


def test_a_sentence_that_says_its_subject_is_held_against_its_own_words() -> None:
    units = lines(
        "設備のご注文　白浜飲料 設備部",
        "6月20日付のお見積もりのとおり、機器を発注いたします。",
        "検収は10月10日を予定しています。",
    )
    question = "白浜飲料の工場での検収はいつですか。"
    assert judged(question, units, "白浜飲料の工場での検収は10月10日になります。") > 0
    assert judged(question, units, "白浜飲料の工場での検収は6月20日になります。") == 0
