"""Japanese characters that are written in several ways: older forms, and those of names."""

from __future__ import annotations

# Older form, then the usual one.
_OLDER = (
    "亞亜惡悪壓圧圍囲醫医爲為壹壱逸逸隱隠榮栄營営衞衛驛駅圓円鹽塩緣縁應応歐欧毆殴奧奥櫻桜假仮價価畫画"
    "會会壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳樂楽勸勧卷巻寬寛歡歓觀観關関陷陥顏顔氣気歸帰龜亀僞偽戲戯犧犠"
    "舊旧據拠擧挙虛虚峽峡挾挟狹狭鄕郷區区驅駆勳勲薰薫徑径惠恵揭掲溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸"
    "儉倹劍剣圈圏檢検權権獻献縣県險険顯顕驗験嚴厳效効廣広恆恒鑛鉱號号國国碎砕濟済劑剤雜雑參参慘惨棧桟"
    "蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙奬奨將将"
    "涉渉燒焼稱称證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣讓譲釀醸囑嘱觸触寢寝愼慎眞真盡尽圖図粹粋醉酔隨随"
    "髓髄數数樞枢聲声靜静攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿爭争總総聰聡莊荘裝装"
    "騷騒增増臟臓藏蔵屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼"
    "蟲虫鑄鋳廳庁聽聴敕勅鎭鎮遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬪闘德徳獨独讀読屆届繩縄貳弐惱悩腦脳"
    "霸覇廢廃拜拝賣売麥麦發発髮髪拔抜蠻蛮祕秘濱浜甁瓶拂払佛仏竝並變変邊辺舖舗穗穂寶宝襃褒豐豊沒没飜翻"
    "槇槙萬万滿満默黙彌弥藥薬譯訳豫予餘余與与譽誉搖揺樣様謠謡遙遥瑤瑶來来賴頼亂乱覽覧畧略龍竜兩両獵猟"
    "綠緑鄰隣凜凛壘塁淚涙勵励禮礼隸隷靈霊齡齢曆暦歷歴戀恋練練爐炉勞労樓楼郞郎祿禄錄録亙亘灣湾"
)

# In names: 髙橋, 山﨑, 渡邉, 齋藤.
_NAMES = (
    "髙高﨑崎嵜崎碕崎邉辺齋斉齊斉斎斉嶋島嶌島渕淵淵淵冨富桒桑曻昇𠮷吉瀨瀬栁柳濵浜檜桧藪薮蘓蘇莱萊舘館舩船鷗鴎"
    "鴬鶯鐡鉄圡土祇祇黑黒靑青淸清"
)

# Small kana within words that are spelt both ways: ウィルス, ウイルス; ヴァ, バ.
_KANA = "ァアィイゥウェエォオヴブヶケヵカ"


def _pairs(text: str) -> dict[str, str]:
    characters = list(text)
    return dict(zip(characters[::2], characters[1::2], strict=True))


VARIANTS = {seen: usual for seen, usual in _pairs(_OLDER + _NAMES + _KANA).items() if seen != usual}
"""The usual form of a character; never shown, only searched with."""
