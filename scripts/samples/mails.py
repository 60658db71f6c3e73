"""Writes the mails: a thread and a report in English, a notice and an order in Japanese."""

from __future__ import annotations

from email import policy
from email.header import Header
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.utils import formataddr
from pathlib import Path

_THREAD = """\
Dear Owen,

Thank you for the quick answer. I confirm on behalf of Kazamori, under clause 3.2
of agreement KI-SA-2024-017:

1. 40 KF-200-50 from Lot 3 will reach Leeds by air freight by 5 September 2025,
   in time for your work in Grimsby. We pay the freight.
2. The new delivery date for the remaining 80 meters of Lot 3 is 10 October 2025.
3. You receive a credit of 2% on the invoice for Lot 3.
4. Liquidated damages, should they ever become due, are counted from the new date.

The date of Lot 4 does not change. I shall send the air waybill number as soon
as the parcel has left Matsumoto.

Kind regards,
Haruka Minase
Manager, Overseas Sales, Kazamori Instruments Co., Ltd.

On Mon, 7 Jul 2025 at 10:42, Owen Tarrick <owen.tarrick@brindlemere.example> wrote:
> Dear Haruka,
>
> Not what I hoped to read, but I prefer to know in July. Our fitters start at
> the Grimsby dairy on 15 September and need 36 meters there, so the air shipment
> has to be here a week earlier than you offer. If you can manage 5 September for
> those 40, and add a credit of 2% for our rescheduling costs, we accept
> 10 October for the others and will not claim liquidated damages as long as
> that date is kept.
>
> Please confirm in writing so that I can close this with our project manager,
> Leonie Marsh.
>
> Best regards,
> Owen Tarrick
> Head of Procurement, Brindlemere Process Systems Ltd.
>
> On Fri, 4 Jul 2025 at 08:15, Haruka Minase <h.minase@kazamori.example> wrote:
>> Dear Owen,
>>
>> I am sorry to bring bad news about Lot 3 (120 meters, due on 12 September).
>> The kiln of the company that makes our piezo elements has broken down, and
>> the elements will reach us five weeks late, on 22 August.
>>
>> From stock we can build 40 KF-200-50 and send them by air, to arrive by
>> 12 September. For the other 80 we would like to agree 10 October 2025 as
>> the new delivery date. Would that work for you?
>>
>> Kind regards,
>> Haruka Minase
"""

_NOTICE = """\
風森計測株式会社
購買課　相良様

いつもお世話になっております。
ひかり野圧電の戸倉でございます。

6月2日付でご注文いただいた圧電素子KZ-14（注文番号 PO-25-0613、600個）につきまして、
弊社焼成炉のヒーターが断線し、修理に時間を要しているため、納期の変更を
お願いしたくご連絡いたしました。

　　当初の納期　2025年7月18日（金）
　　変更後の納期　2025年8月22日（金）

ご迷惑を少しでも減らせるよう、別の炉で焼成できる200個につきましては、
8月8日（金）に先行して納入いたします。先行分の送料は弊社が負担いたします。
なお、単価（1個1,280円）に変更はございません。

再発防止のため、ヒーターの抵抗値の点検を、年1回から毎月に改めました。
詳しい経緯は、7月2日（水）に戸倉が貴社へ伺ってご説明いたします。

ご不便をおかけしますこと、深くお詫び申し上げます。
何とぞご了承くださいますよう、お願い申し上げます。

--
株式会社ひかり野圧電　営業部　戸倉 美咲
平日9時から17時30分まで
"""

_REPORT = """\
Dear Mio,

The field trial of the filtered windows is over. Results in short:

- 24 KF-200-50 with filtered windows stood outdoors for ten weeks, at
  Severnhall Water (10), Aldergate Dairies (8) and our own test roof (6).
- The filtered windows lost 2% of their light transmission. The eight standard
  windows beside them lost 31%.
- One filtered window cracked at Severnhall: the screws had been tightened with
  a power tool. The right torque is 1.2 N m. I have added that to the leaflet.
- A window is changed in seven minutes, without recalibration.

Could you send 60 windows (SP-2001) to Derby by 15 September? We expect to refit
about 45 meters before the winter. Carriage may be charged to cost centre 5320.

I shall present the results at the distributors' meeting in Utrecht on 6 November.

Best regards,
Callum Overy
Product Support, Kazamori Instruments Europe Ltd.
"""

_ORDER = """\
風森計測株式会社
営業第2課　岩沢様

お世話になっております。白鷺飲料 設備部の市原です。

6月20日付のお見積もり（Q-2025-0418）のとおり、第2充填ラインの計測機器を
発注いたします。注文番号は SR-7-0652 です。次の点だけ変更をお願いします。

1. 流量計 KF-200-50 を6台から8台に増やします。単価はお見積もりのままで
   お願いいたします。
2. 機器は9月19日（金）までに姫路工場へお送りください。
3. 据付けは9月27日（土）と28日（日）に行ってください。土曜日の加算
   （1日あたり6万円）は承知しております。
4. 取扱いの説明会は10月1日（水）10時から、20名で受講します。
5. 検収は10月10日（金）を予定しています。

作業員の方は、入構日の8時までに正門の守衛室へお越しください。30分の安全教育を
受けていただきます。つなぎの作業服とヘルメットをご用意ください。

よろしくお願いいたします。

--
株式会社白鷺飲料　姫路工場　設備部　市原 健
"""


def write_thread(target: Path) -> None:
    """Write the last mail of a thread, with the earlier ones quoted below."""
    mail = EmailMessage(policy=policy.SMTP.clone(linesep="\n"))
    mail["From"] = "Haruka Minase <h.minase@kazamori.example>"
    mail["To"] = "Owen Tarrick <owen.tarrick@brindlemere.example>"
    mail["Cc"] = "Leonie Marsh <leonie.marsh@brindlemere.example>"
    mail["Date"] = "Tue, 08 Jul 2025 17:26:00 +0900"
    mail["Subject"] = "Re: Re: Lot 3: new delivery date"
    mail["Message-ID"] = "<20250708172600.3@kazamori.example>"
    mail["In-Reply-To"] = "<20250707104200.2@brindlemere.example>"
    mail["References"] = (
        "<20250704081500.1@kazamori.example> <20250707104200.2@brindlemere.example>"
    )
    mail.set_content(_THREAD)
    target.write_bytes(mail.as_bytes())


def write_notice(target: Path) -> None:
    """Write a mail as Japanese mail programs long did: seven-bit ISO-2022-JP."""
    charset = "iso-2022-jp"
    mail = MIMEText(_NOTICE, "plain", charset)
    mail["From"] = formataddr((str(Header("戸倉 美咲", charset)), "tokura@hikarino.example"))
    mail["To"] = formataddr((str(Header("相良 健介", charset)), "k.sagara@kazamori.example"))
    mail["Date"] = "Wed, 25 Jun 2025 09:48:00 +0900"
    mail["Subject"] = Header("圧電素子KZ-14 納期変更のお願い", charset)
    mail["Message-ID"] = "<20250625094800.7@hikarino.example>"
    target.write_bytes(mail.as_bytes())


def write_report(target: Path) -> None:
    """Write a plain mail in English."""
    mail = EmailMessage(policy=policy.SMTP.clone(linesep="\n"))
    mail["From"] = "Callum Overy <c.overy@kazamori.example>"
    mail["To"] = "Mio Terashita <m.terashita@kazamori.example>"
    mail["Cc"] = "Haruka Minase <h.minase@kazamori.example>"
    mail["Date"] = "Tue, 19 Aug 2025 11:05:00 +0100"
    mail["Subject"] = "KF-200: results of the field trial with filtered windows"
    mail["Message-ID"] = "<20250819110500.9@kazamori.example>"
    mail.set_content(_REPORT)
    target.write_bytes(mail.as_bytes())


def write_order(target: Path) -> None:
    """Write a mail in Japanese as today's programs do, in UTF-8."""
    mail = MIMEText(_ORDER, "plain", "utf-8")
    mail["From"] = formataddr((str(Header("市原 健", "utf-8")), "ichihara@shirasagi.example"))
    mail["To"] = formataddr((str(Header("岩沢 直人", "utf-8")), "n.iwasawa@kazamori.example"))
    mail["Date"] = "Tue, 22 Jul 2025 14:20:00 +0900"
    mail["Subject"] = Header("第2充填ライン 計測機器のご注文（SR-7-0652）", "utf-8")
    mail["Message-ID"] = "<20250722142000.4@shirasagi.example>"
    target.write_bytes(mail.as_bytes())
