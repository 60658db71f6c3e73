"""Write the sample documents of an invented company into ``assets/samples/documents``.

Run from the root of the project: ``python -m scripts.make_samples [TARGET]``. The same
input gives the same bytes: dates are fixed and zip entries carry no clock time.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from scripts.samples import fonts
from scripts.samples.ledgers import write_ledgers
from scripts.samples.mails import write_notice, write_order, write_report, write_thread
from scripts.samples.markup import TEXTS, load
from scripts.samples.pdf import write_pdf
from scripts.samples.scans import write_mixed, write_scan
from scripts.samples.slides import write_pptx
from scripts.samples.web import write_html
from scripts.samples.word import write_docx
from scripts.samples.workbooks import write_workbooks

DOCUMENTS = Path(__file__).parents[1] / "assets" / "samples" / "documents"

_WRITERS = {".pdf": write_pdf, ".docx": write_docx, ".html": write_html}
_WRITTEN = {
    "contracts/supply-agreement-brindlemere.pdf": "supply-agreement",
    "contracts/nda-vellmark.docx": "nda",
    "contracts/業務委託契約書_つむぎ野翻訳室.pdf": "gyomu-itaku",
    "hr/leave-policy-2023.pdf": "leave-2023",
    "hr/leave-policy-2025.docx": "leave-2025",
    "hr/onboarding-guide.html": "onboarding",
    "人事/就業規則_抜粋.pdf": "shugyo-kisoku",
    "人事/育児休業規程.docx": "ikuji",
    "meetings/議事録_20250703_生産会議.docx": "gijiroku",
    "products/製品仕様書_KP-50.pdf": "kp50",
    "総務/情報セキュリティ規程.pdf": "infosec",
    "総務/出張旅費規程.html": "ryohi",
    "sales/quotation-aldergate-dairies.docx": "aldergate",
    "contracts/supply-agreement-brindlemere-amendment-1.pdf": "amendment",
    "finance/invoice-KE-25-0732.pdf": "invoice",
    "service/faq-kf-200.html": "faq-kf200",
    "品質/安全データシート_KS-7.pdf": "sds-ks7",
    "meetings/議事録_20250717_生産会議.docx": "gijiroku-0717",
    "開発/KF-210_開発計画書.docx": "kf210-plan",
    "人事/資格取得支援_よくある質問.html": "shikaku",
    "広報/報道資料_KF-210.docx": "press-kf210",
    "総務/出張旅費規程_2023年版.html": "ryohi-2023",
}
_FOLDERS = (
    "contracts hr 人事 meetings products 総務 品質 sales 営業 finance mail service facilities 製造 "
    "購買 開発 広報"
)
_COPIED = {
    "meetings/2025-06-12-product-planning.md": "planning.md",
    "品質/出荷検査手順書.md": "shukka-kensa.md",
    "products/warranty-terms.txt": "warranty.txt",
    "facilities/visitor-rules-derby.md": "visitors.md",
    "facilities/phone-list-derby.txt": "phones.txt",
}


def main(target: Path = DOCUMENTS) -> None:
    """Write all documents anew, replacing what stands in ``target``."""
    fonts.check_installed()
    shutil.rmtree(target, ignore_errors=True)
    for folder in _FOLDERS.split():
        (target / folder).mkdir(parents=True)
    for path, name in _WRITTEN.items():
        _WRITERS[Path(path).suffix](load(name), target / path)
    for path, name in _COPIED.items():
        shutil.copyfile(TEXTS / name, target / path)
    notice = (TEXTS / "kaki-kyugyo.txt").read_text(encoding="utf-8")
    (target / "総務/お知らせ_夏季休業.txt").write_bytes(
        notice.replace("\n", "\r\n").encode("shift_jis")
    )
    write_workbooks(
        target / "sales/price-list-2025.xlsx",
        target / "finance/expense-rates-2025.xlsx",
        target / "営業/見積書_白鷺飲料.xlsx",
    )
    write_ledgers(target)
    write_pptx(target / "sales/quarterly-review-fy2025-q1.pptx")
    write_thread(target / "mail/re-lot-3-new-delivery-date.eml")
    write_notice(target / "mail/圧電素子_納期変更のお願い.eml")
    write_report(target / "mail/kf-200-window-field-trial.eml")
    write_order(target / "mail/第2充填ライン_ご注文.eml")
    write_scan(target / "品質/scan_20250701_0932.pdf")
    write_mixed(target / "総務/防災訓練実施報告書.pdf")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
