<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Sabun</source>
        <translation>Sabun について</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Sabun {version}

Answers questions about your own documents, on your own computer, with every statement quoted from where it stands. Nothing is sent anywhere.

Apache License 2.0. Uses Qt {qt} under the LGPL.</source>
        <translation>Sabun {version}

お手元の文書についての質問に、お使いのパソコンの中だけで、出典を引用しながら答えます。外部には何も送信しません。

Apache License 2.0。Qt {qt} を LGPL に基づいて使用しています。</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>ANSWER WRITTEN BY THE MODEL</source>
        <translation>モデルによる回答</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>モデルを取得…</translation>
    </message>
    <message>
        <source>No passage in your documents supports this sentence.</source>
        <translation>この文を裏付ける記述は文書の中に見つかりません。</translation>
    </message>
    <message>
        <source>Searching your documents…</source>
        <translation>文書を検索しています…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>該当箇所を読んでいます…</translation>
    </message>
    <message>
        <source>Stopped before an answer was written.</source>
        <translation>回答が書かれる前に停止しました。</translation>
    </message>
</context>
<context>
    <name>AnswerFooter</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the answer with its citations</source>
        <translation>回答を出典とともにコピーします</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>再生成</translation>
    </message>
    <message>
        <source>Answer this question again</source>
        <translation>この質問にもう一度答えます</translation>
    </message>
    <message>
        <source>Show which files were searched</source>
        <translation>検索対象のファイルを表示します</translation>
    </message>
</context>
<context>
    <name>AnswerTableView</name>
    <message>
        <source>Table of the answer</source>
        <translation>回答の表</translation>
    </message>
    <message>
        <source>Source {number}</source>
        <translation>出典 {number}</translation>
    </message>
    <message>
        <source>Open the source</source>
        <translation>出典を開く</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>選択した行をコピー</translation>
    </message>
    <message>
        <source>Copy the table for a spreadsheet</source>
        <translation>表計算ソフト用に表をコピー</translation>
    </message>
    <message>
        <source>Copy the table as CSV</source>
        <translation>表を CSV としてコピー</translation>
    </message>
    <message>
        <source>Copy the table as Markdown</source>
        <translation>表を Markdown としてコピー</translation>
    </message>
    <message>
        <source>Sort upwards by this column</source>
        <translation>この列で昇順に並べ替え</translation>
    </message>
    <message>
        <source>Sort downwards by this column</source>
        <translation>この列で降順に並べ替え</translation>
    </message>
    <message>
        <source>Order of the answer</source>
        <translation>回答の順に戻す</translation>
    </message>
</context>
<context>
    <name>AttentionWords</name>
    <message>
        <source>Baseline attention</source>
        <translation>ベースライン</translation>
    </message>
    <message>
        <source>LoRA (baseline attention)</source>
        <translation>LoRA（ベースライン）</translation>
    </message>
    <message>
        <source>DiffLoRA attention</source>
        <translation>DiffLoRA</translation>
    </message>
    <message>
        <source>Differential v2 attention</source>
        <translation>差分アテンション v2</translation>
    </message>
    <message>
        <source>Selective attention</source>
        <translation>選択的アテンション</translation>
    </message>
    <message>
        <source>Contrast attention (experimental)</source>
        <translation>コントラスト（実験的）</translation>
    </message>
    <message>
        <source>Dense prefill</source>
        <translation>通常の読み込み</translation>
    </message>
    <message>
        <source>Delta prefill</source>
        <translation>デルタ読み込み</translation>
    </message>
    <message>
        <source>Robust sparse prefill</source>
        <translation>スパース読み込み</translation>
    </message>
    <message>
        <source>{kernel} on {device}</source>
        <translation>{kernel}（{device}）</translation>
    </message>
    <message>
        <source>adapter {name}</source>
        <translation>アダプター {name}</translation>
    </message>
    <message>
        <source>The settings choose llama.cpp&apos;s own attention, which has no such mode.</source>
        <translation>設定で選ばれている llama.cpp 標準のアテンションでは使えません。</translation>
    </message>
    <message>
        <source>Trained on far less text than the other adapters.</source>
        <translation>学習に使ったテキストが他よりはるかに少量です。</translation>
    </message>
    <message>
        <source>The model as it comes: answers are worse than with an adapter.</source>
        <translation>元のモデル。アダプターより回答の質は劣ります。</translation>
    </message>
    <message>
        <source>Questions begin with this one: none was measured to answer better.</source>
        <translation>最初に選ばれるモード。これより良い回答をするものは測定で見つかっていません。</translation>
    </message>
    <message>
        <source>Measured: no difference from LoRA was found.</source>
        <translation>測定では LoRA との差は見つかりませんでした。</translation>
    </message>
    <message>
        <source>Measured: it does not help this model.</source>
        <translation>測定では、このモデルには効果がありません。</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
    </message>
    <message numerus="yes">
        <source>{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: it is preferred.</source>
        <translation>
            <numerusform>優劣のついた %n 票のうち {wins} 票が「{mode}」を支持（95% 区間 {low}–{high}%）。こちらが好まれています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: no difference found yet.</source>
        <translation>
            <numerusform>優劣のついた %n 票のうち {wins} 票が「{mode}」を支持（95% 区間 {low}–{high}%）。まだ差は認められません。</numerusform>
        </translation>
    </message>
    <message>
        <source>No decided votes on these two yet: no difference found.</source>
        <translation>この 2 つについて優劣のついた投票はまだありません。差は認められません。</translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) saw no difference.</source>
        <translation>
            <numerusform>差がないという投票は %n 票です。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide this message</source>
        <translation>このメッセージを隠す</translation>
    </message>
</context>
<context>
    <name>ChatPresenter</name>
    <message>
        <source>Copied with citations.</source>
        <translation>出典とともにコピーしました。</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Runs on this computer only. Check the quoted sentences before you rely on it.</source>
        <translation>すべてこのパソコンの中で処理されます。回答を使う前に、引用された文をご確認ください。</translation>
    </message>
</context>
<context>
    <name>CollectionPresenter</name>
    <message>
        <source>New collection</source>
        <translation>新しいコレクション</translation>
    </message>
    <message>
        <source>A collection holds documents that are asked about together.</source>
        <translation>コレクションは、まとめて質問する文書の集まりです。</translation>
    </message>
    <message>
        <source>Rename collection</source>
        <translation>コレクション名の変更</translation>
    </message>
    <message>
        <source>Delete “{collection}”?</source>
        <translation>「{collection}」を削除しますか？</translation>
    </message>
    <message numerus="yes">
        <source>Its index of %n document(s) and its conversations are deleted. Your files stay where they are.</source>
        <translation>
            <numerusform>文書 %n 件の索引と会話が削除されます。元のファイルはそのまま残ります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>ファイルを追加</translation>
    </message>
    <message>
        <source>Remove “{name}” from the collection?</source>
        <translation>「{name}」をコレクションから外しますか？</translation>
    </message>
    <message>
        <source>Its documents are no longer searched. The files themselves stay.</source>
        <translation>含まれる文書は検索されなくなります。ファイル自体は残ります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Every file of this collection could be read.</source>
        <translation>このコレクションのファイルはすべて読み取れました。</translation>
    </message>
</context>
<context>
    <name>CompareCard</name>
    <message>
        <source>COMPARISON</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>{first} and {second}: same passages, same prompt, same seed</source>
        <translation>「{first}」と「{second}」を、同じ引用箇所・同じプロンプト・同じシードで比較</translation>
    </message>
    <message>
        <source>The two answers are the same, word for word.</source>
        <translation>2 つの回答は一字一句同じです。</translation>
    </message>
    <message>
        <source>Marked: what the other answer does not have.</source>
        <translation>色の付いた部分は、もう一方の回答にありません。</translation>
    </message>
    <message>
        <source>Searching your documents…</source>
        <translation>文書を検索しています…</translation>
    </message>
    <message>
        <source>Stopped before an answer was written.</source>
        <translation>回答が書かれる前に停止しました。</translation>
    </message>
</context>
<context>
    <name>CompareFooter</name>
    <message>
        <source>Show which files were searched</source>
        <translation>検索対象のファイルを表示します</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>レイヤー</translation>
    </message>
    <message>
        <source>Show which layers looked at which sources</source>
        <translation>どのレイヤーがどの出典を見たかを表示します</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Save this comparison as a web page or as data (Ctrl+E)</source>
        <translation>この比較を Web ページまたはデータとして保存します (Ctrl+E)</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>もう一度比較</translation>
    </message>
    <message>
        <source>Compare again with another seed</source>
        <translation>別のシードでもう一度比較します</translation>
    </message>
    <message>
        <source>{model} · seed {seed} · prompt {hash} · not kept with the conversation: export it to keep it</source>
        <translation>{model} · シード {seed} · プロンプト {hash} · 会話には保存されません。残すには書き出してください</translation>
    </message>
</context>
<context>
    <name>ComparePresenter</name>
    <message>
        <source>Web page (*.html)</source>
        <translation>Web ページ (*.html)</translation>
    </message>
    <message>
        <source>Data (*.json)</source>
        <translation>データ (*.json)</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>比較を保存</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name} として保存しました。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーで表示</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask about your documents…</source>
        <translation>文書について質問してください…</translation>
    </message>
    <message>
        <source>Add documents first, then ask about them here.</source>
        <translation>まず文書を追加し、ここで質問してください。</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>質問</translation>
    </message>
    <message>
        <source>compared with</source>
        <translation>比較相手</translation>
    </message>
    <message>
        <source>{what} (second answer)</source>
        <translation>{what}（比較相手の回答）</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Compare two attention settings on the same evidence (Ctrl+D)</source>
        <translation>同じ根拠で 2 つのアテンション設定を比較します (Ctrl+D)</translation>
    </message>
    <message>
        <source>Compare (Enter)</source>
        <translation>比較する (Enter)</translation>
    </message>
    <message>
        <source>Choose two different settings</source>
        <translation>異なる 2 つの設定を選んでください</translation>
    </message>
    <message>
        <source>Enter sends · Shift+Enter: new line</source>
        <translation>Enter で送信 · Shift+Enter で改行</translation>
    </message>
    <message>
        <source>Attention mode of the model</source>
        <translation>モデルのアテンション方式</translation>
    </message>
    <message>
        <source>How the model reads the passages</source>
        <translation>該当箇所の読み込み方式</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止 (Esc)</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>質問する (Enter)</translation>
    </message>
</context>
<context>
    <name>ConfirmPrompt</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>ConversationPresenter</name>
    <message>
        <source>Rename conversation</source>
        <translation>会話名の変更</translation>
    </message>
    <message>
        <source>Conversation deleted.</source>
        <translation>会話を削除しました。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to add to “{collection}”</source>
        <translation>ドロップすると「{collection}」に追加します</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop a folder or files here</source>
        <translation>フォルダーまたはファイルをここにドロップ</translation>
    </message>
    <message>
        <source>PDF, Word, PowerPoint, Excel, web pages, e-mail and text. Everything stays on this computer; your files are read where they are and never copied.</source>
        <translation>PDF、Word、PowerPoint、Excel、Web ページ、メール、テキストに対応しています。すべてこのパソコンの中で処理され、ファイルは元の場所で読み取られ、複製されません。</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Try the sample collection</source>
        <translation>サンプルコレクションを試す</translation>
    </message>
    <message>
        <source>Reading your documents…</source>
        <translation>文書を読み込んでいます…</translation>
    </message>
    <message>
        <source>Each document can be asked about as soon as it has been read.</source>
        <translation>読み込みが終わった文書から順に質問できます。</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>何をお調べしますか？</translation>
    </message>
    <message>
        <source>Every answer quotes your documents and shows where each statement stands.</source>
        <translation>すべての回答は文書を引用し、どこに書かれているかを示します。</translation>
    </message>
    <message>
        <source>What does “{title}” say?</source>
        <translation>「{title}」には何が書かれていますか？</translation>
    </message>
    <message>
        <source>What are the most important points of “{title}”?</source>
        <translation>「{title}」の要点は何ですか？</translation>
    </message>
    <message>
        <source>What is “{title}” about?</source>
        <translation>「{title}」について教えてください。</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>That did not work</source>
        <translation>処理できませんでした</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>エラーの詳細</translation>
    </message>
</context>
<context>
    <name>ErrorWords</name>
    <message>
        <source>Something went wrong.</source>
        <translation>問題が発生しました。</translation>
    </message>
    <message>
        <source>Another Sabun is already using the data folder {path}. Switch to its window, or close it and start again.</source>
        <translation>データフォルダー {path} は、すでに別の Sabun が使用しています。そのウィンドウに切り替えるか、閉じてからもう一度起動してください。</translation>
    </message>
    <message>
        <source>The data folder {path} cannot be used ({detail}). Check that you may write there, or start Sabun with another folder.</source>
        <translation>データフォルダー {path} を使用できません（{detail}）。書き込み権限を確認するか、別のフォルダーを指定して起動してください。</translation>
    </message>
    <message>
        <source>The data folder {path} was written by a newer Sabun (version {found}; this one reads up to {supported}). Please update Sabun.</source>
        <translation>データフォルダー {path} は、より新しい Sabun で作成されています（バージョン {found}、このプログラムが読めるのは {supported} まで）。Sabun を更新してください。</translation>
    </message>
    <message>
        <source>The catalogue {path} is damaged ({detail}). Restore it from a backup, or move it away and index your documents again.</source>
        <translation>カタログ {path} が破損しています（{detail}）。バックアップから復元するか、別の場所に移してから文書を登録し直してください。</translation>
    </message>
    <message>
        <source>There is no space left on the disk that holds {path}. Free some space and start again; what was finished is kept.</source>
        <translation>{path} のあるディスクに空き容量がありません。空きを確保してからやり直してください。完了した分は保存されています。</translation>
    </message>
    <message>
        <source>The log {path} cannot be written ({detail}). Sabun works on without it; free some space or correct the permissions of the folder.</source>
        <translation>ログ {path} に書き込めません ({detail})。ログなしで続けます。空き容量を増やすか、フォルダーの権限を直してください。</translation>
    </message>
    <message>
        <source>The model &quot;{name}&quot; is not installed. Add its file under Tools &gt; Models.</source>
        <translation>モデル「{name}」がインストールされていません。［ツール］&gt;［モデル］からファイルを追加してください。</translation>
    </message>
    <message>
        <source>The model file {path} is not what it should be ({detail}). Remove it and add it again under Tools &gt; Models.</source>
        <translation>モデルファイル {path} の内容が正しくありません（{detail}）。削除し、［ツール］&gt;［モデル］から追加し直してください。</translation>
    </message>
    <message>
        <source>The model &quot;{name}&quot; needs about {needed_mib} MiB of memory and {free_mib} MiB are free. Close other programs, or choose a smaller model in the settings.</source>
        <translation>モデル「{name}」には約 {needed_mib} MiB のメモリが必要ですが、空きは {free_mib} MiB です。ほかのプログラムを閉じるか、設定でより小さいモデルを選んでください。</translation>
    </message>
    <message>
        <source>{source} cannot be reached ({detail}). Check the connection and the proxy, then go on; what was fetched is kept.</source>
        <translation>{source} に接続できません（{detail}）。ネットワークとプロキシを確かめてから再開してください。取得済みの部分は残っています。</translation>
    </message>
    <message>
        <source>{source} does not give the model {name}: {detail}. Fetch the file by other means and add it here.</source>
        <translation>{source} からモデル {name} を取得できません（{detail}）。ほかの方法でファイルを入手して、ここで追加してください。</translation>
    </message>
    <message>
        <source>What was fetched is not the model {name}: its SHA-256 is {found}, not {expected}. It is kept aside as {path} and not used. Get the model again.</source>
        <translation>取得したファイルはモデル {name} ではありません（SHA-256 は {found}、正しくは {expected}）。{path} に退避し、使いません。もう一度取得してください。</translation>
    </message>
    <message>
        <source>Another Sabun is fetching the model {name} just now. Wait for it, or stop it.</source>
        <translation>別の Sabun がモデル {name} を取得中です。終わるのを待つか、そちらを止めてください。</translation>
    </message>
    <message>
        <source>There is not enough free memory. Close other programs and do the same again; what was finished is kept.</source>
        <translation>空きメモリが足りません。ほかのプログラムを閉じて、もう一度実行してください。完了した分は残っています。</translation>
    </message>
    <message>
        <source>Training ended at step {step}: the loss is no number any more. Lower the learning rate and start again; what was saved in {path} is kept.</source>
        <translation>{step} ステップ目で学習を終了しました。損失が数値ではなくなりました。学習率を下げて、もう一度始めてください。{path} に保存した内容は残っています。</translation>
    </message>
    <message>
        <source>Training cannot go on from {path}: {detail}. Choose another run folder, or move this one away to start from the beginning.</source>
        <translation>{path} から学習を続けられません（{detail}）。別の実行フォルダーを選ぶか、このフォルダーを移動して最初から始めてください。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({detail}). Choose another folder, or free some space.</source>
        <translation>{path} に書き込めません（{detail}）。別のフォルダーを選ぶか、空き容量を確保してください。</translation>
    </message>
    <message>
        <source>{path} cannot be read. {detail}</source>
        <translation>{path} を読み取れません。{detail}</translation>
    </message>
    <message>
        <source>The model {name} comes with the program and cannot be removed.</source>
        <translation>モデル {name} は同梱のものなので削除できません。</translation>
    </message>
    <message>
        <source>A part of the program tried to reach {target} over the network and was stopped: Sabun works offline. Nothing was sent.</source>
        <translation>プログラムの一部が {target} に接続しようとしたため、遮断しました。Sabun はオフラインで動作します。何も送信されていません。</translation>
    </message>
    <message>
        <source>The model &quot;{name}&quot; has no chat template, so it cannot be asked questions. Choose an instruction-tuned model in the settings.</source>
        <translation>モデル「{name}」にはチャットテンプレートがないため、質問できません。設定で、指示に従うよう調整されたモデルを選んでください。</translation>
    </message>
    <message>
        <source>The model &quot;{name}&quot; cannot be used: {detail}. Choose another one in the settings.</source>
        <translation>モデル「{name}」は使用できません（{detail}）。設定で別のモデルを選んでください。</translation>
    </message>
    <message>
        <source>The question is empty. Type a question first.</source>
        <translation>質問が空です。質問を入力してください。</translation>
    </message>
    <message>
        <source>The filter &quot;{filter}&quot; cannot be read. A date is a year, month or day: 2024-04-30.</source>
        <translation>フィルター「{filter}」を読み取れません。日付は年、月、日で指定します：2024-04-30</translation>
    </message>
    <message>
        <source>The plan names a table that is not in the collection any more: {name}. Ask again.</source>
        <translation>計画にある表がコレクションにもうありません：{name}。もう一度質問してください。</translation>
    </message>
    <message>
        <source>The tables of the plan have no column &quot;{name}&quot;. They have: {known}.</source>
        <translation>計画の表に「{name}」という列はありません。列は次のとおりです：{known}</translation>
    </message>
    <message>
        <source>Nothing in the collection fits {filters}. Change the filter, or leave it out.</source>
        <translation>{filters} に当てはまるものはコレクションにありません。フィルターを変えるか、外してください。</translation>
    </message>
    <message>
        <source>The question is too long: {n_tokens} tokens, and the model can take {limit}. Shorten it, or put the long text into a file and add that file.</source>
        <translation>質問が長すぎます（{n_tokens} トークン、上限は {limit}）。短くするか、長い文章をファイルにして追加してください。</translation>
    </message>
    <message>
        <source>There is no collection &quot;{name}&quot; any more.</source>
        <translation>コレクション「{name}」はもうありません。</translation>
    </message>
    <message>
        <source>There is already a collection named &quot;{name}&quot;. Choose another name.</source>
        <translation>「{name}」という名前のコレクションはすでにあります。別の名前を付けてください。</translation>
    </message>
    <message>
        <source>The name is empty. Type a name with at least one visible character.</source>
        <translation>名前が空です。1 文字以上の名前を入力してください。</translation>
    </message>
    <message>
        <source>The collection &quot;{name}&quot; has no documents yet. Drop files or folders on the window.</source>
        <translation>コレクション「{name}」にはまだ文書がありません。ファイルやフォルダーをウィンドウにドロップしてください。</translation>
    </message>
    <message>
        <source>{path} does not exist. Check the spelling, or connect the drive it is on.</source>
        <translation>{path} が見つかりません。名前を確認するか、保存先のドライブを接続してください。</translation>
    </message>
    <message>
        <source>{path} ends neither in .html nor in .json. Choose a file name that does.</source>
        <translation>{path} の末尾が .html でも .json でもありません。どちらかで終わるファイル名を選んでください。</translation>
    </message>
    <message>
        <source>The catalogue has no model &quot;{name}&quot;.</source>
        <translation>カタログに「{name}」というモデルはありません。</translation>
    </message>
    <message>
        <source>{path} is not a usable GGUF model: {detail}.</source>
        <translation>{path} は使用できる GGUF モデルではありません（{detail}）。</translation>
    </message>
    <message>
        <source>There is no setting &quot;{name}&quot; in this Sabun.</source>
        <translation>この Sabun には「{name}」という設定はありません。</translation>
    </message>
    <message>
        <source>The setting {name} cannot be &quot;{value}&quot;. Nothing was changed; choose another value.</source>
        <translation>設定 {name} を「{value}」にすることはできません。何も変更されていません。別の値を選んでください。</translation>
    </message>
    <message>
        <source>{path}, line {line}: {detail}. Correct the line and try again.</source>
        <translation>{path} の {line} 行目: {detail}。修正してからやり直してください。</translation>
    </message>
    <message>
        <source>There is nothing to train on: of {n_questions} questions, {n_unusable} have no short answer in their passages and the others do not fit. Give more data.</source>
        <translation>学習に使えるデータがありません。{n_questions} 件の質問のうち {n_unusable} 件は、文章の中に短い答えがなく、残りは長すぎます。データを追加してください。</translation>
    </message>
    <message>
        <source>An adapter cannot be trained like this: {detail}.</source>
        <translation>この設定ではアダプターを学習できません（{detail}）。</translation>
    </message>
    <message>
        <source>Stopped. What was finished is kept.</source>
        <translation>停止しました。完了した分は保存されています。</translation>
    </message>
    <message>
        <source>This attention cannot run here. {reason} Nothing was answered; choose Baseline to get an answer.</source>
        <translation>このアテンション方式はここでは実行できません。{reason}回答は行われていません。回答を得るには「ベースライン」を選んでください。</translation>
    </message>
    <message>
        <source>There is no adapter for the attention mode &quot;{mode}&quot; that fits the model &quot;{model}&quot;. Nothing was answered; choose another mode, or copy an adapter into the folder adapters of the data folder.</source>
        <translation>モデル「{model}」に合う、アテンション方式「{mode}」用のアダプターがありません。回答は作成されていません。別の方式を選ぶか、データフォルダーの adapters フォルダーにアダプターをコピーしてください。</translation>
    </message>
    <message>
        <source>The adapter &quot;{adapter}&quot; was trained for &quot;{base}&quot; and does not fit the model &quot;{model}&quot;. Choose that model, or another adapter.</source>
        <translation>アダプター「{adapter}」は「{base}」用に学習されたもので、モデル「{model}」には合いません。そのモデルか、別のアダプターを選んでください。</translation>
    </message>
    <message>
        <source>The adapter &quot;{adapter}&quot; cannot be written into an ordinary GGUF model: {detail}. Nothing was written.</source>
        <translation>アダプター「{adapter}」は通常の GGUF モデルに書き込めません（{detail}）。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>A vote needs two answers that were written with two different kinds of attention.</source>
        <translation>投票するには、異なるアテンションで書かれた二つの回答が必要です。</translation>
    </message>
    <message>
        <source>The adapter file {path} cannot be used: {detail}. Remove it, or replace it with a good copy.</source>
        <translation>アダプターファイル {path} は使用できません（{detail}）。削除するか、正しいファイルに置き換えてください。</translation>
    </message>
    <message>
        <source>There is no adapter &quot;{name}&quot; any more.</source>
        <translation>アダプター「{name}」はもうありません。</translation>
    </message>
    <message>
        <source>{path} already exists and is not replaced. Choose another file name.</source>
        <translation>{path} はすでに存在するため、置き換えられません。別のファイル名を選んでください。</translation>
    </message>
</context>
<context>
    <name>EvidenceList</name>
    <message>
        <source>FROM YOUR DOCUMENTS</source>
        <translation>文書からの引用</translation>
    </message>
</context>
<context>
    <name>ExtractView</name>
    <message>
        <source>“{quote}”</source>
        <translation>「{quote}」</translation>
    </message>
    <message>
        <source>Show this sentence in the document</source>
        <translation>この文を文書の中で表示します</translation>
    </message>
</context>
<context>
    <name>FailureView</name>
    <message>
        <source>Ask with baseline attention</source>
        <translation>ベースラインで質問する</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>a PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>a Word document</source>
        <translation>Word 文書</translation>
    </message>
    <message>
        <source>a PowerPoint presentation</source>
        <translation>PowerPoint プレゼンテーション</translation>
    </message>
    <message>
        <source>an Excel workbook</source>
        <translation>Excel ブック</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>ウェブページ</translation>
    </message>
    <message>
        <source>an e-mail</source>
        <translation>電子メール</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>an encrypted Office document</source>
        <translation>暗号化された Office 文書</translation>
    </message>
    <message>
        <source>an OpenDocument file</source>
        <translation>OpenDocument ファイル</translation>
    </message>
    <message>
        <source>an EPUB book</source>
        <translation>EPUB 書籍</translation>
    </message>
    <message>
        <source>a zip archive</source>
        <translation>zip アーカイブ</translation>
    </message>
    <message>
        <source>a damaged zip archive</source>
        <translation>壊れた zip アーカイブ</translation>
    </message>
    <message>
        <source>an old Word document (.doc)</source>
        <translation>旧形式の Word 文書 (.doc)</translation>
    </message>
    <message>
        <source>an old PowerPoint presentation (.ppt)</source>
        <translation>旧形式の PowerPoint プレゼンテーション (.ppt)</translation>
    </message>
    <message>
        <source>an old Excel workbook (.xls)</source>
        <translation>旧形式の Excel ブック (.xls)</translation>
    </message>
    <message>
        <source>an Outlook message (.msg)</source>
        <translation>Outlook メッセージ (.msg)</translation>
    </message>
    <message>
        <source>an old Office file</source>
        <translation>旧形式の Office ファイル</translation>
    </message>
    <message>
        <source>a PNG image</source>
        <translation>PNG 画像</translation>
    </message>
    <message>
        <source>a JPEG image</source>
        <translation>JPEG 画像</translation>
    </message>
    <message>
        <source>a GIF image</source>
        <translation>GIF 画像</translation>
    </message>
    <message>
        <source>a TIFF image</source>
        <translation>TIFF 画像</translation>
    </message>
    <message>
        <source>a BMP image</source>
        <translation>BMP 画像</translation>
    </message>
    <message>
        <source>a WebP image</source>
        <translation>WebP 画像</translation>
    </message>
    <message>
        <source>an RTF document</source>
        <translation>RTF 文書</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip アーカイブ</translation>
    </message>
    <message>
        <source>a bzip2 archive</source>
        <translation>bzip2 アーカイブ</translation>
    </message>
    <message>
        <source>an xz archive</source>
        <translation>xz アーカイブ</translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation>7-Zip アーカイブ</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>RAR アーカイブ</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>実行ファイル</translation>
    </message>
    <message>
        <source>a Windows program</source>
        <translation>Windows の実行ファイル</translation>
    </message>
    <message>
        <source>an SQLite database</source>
        <translation>SQLite データベース</translation>
    </message>
    <message>
        <source>a PostScript file</source>
        <translation>PostScript ファイル</translation>
    </message>
    <message>
        <source>a language model</source>
        <translation>言語モデル</translation>
    </message>
    <message>
        <source>binary data</source>
        <translation>バイナリデータ</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>すでにありません。</translation>
    </message>
    <message>
        <source>You may not read it.</source>
        <translation>読み取る権限がありません。</translation>
    </message>
    <message>
        <source>You may not open the folder.</source>
        <translation>フォルダーを開く権限がありません。</translation>
    </message>
    <message>
        <source>The folder cannot be listed: {said}.</source>
        <translation>フォルダーの内容を一覧できません: {said}。</translation>
    </message>
    <message>
        <source>It cannot be opened: {said}.</source>
        <translation>開けません: {said}。</translation>
    </message>
    <message>
        <source>The disk or share reports: {said}.</source>
        <translation>ディスクまたは共有フォルダーのエラー: {said}。</translation>
    </message>
    <message>
        <source>It is not a regular file.</source>
        <translation>通常のファイルではありません。</translation>
    </message>
    <message>
        <source>It has 0 bytes.</source>
        <translation>0 バイトです。</translation>
    </message>
    <message>
        <source>It has {mib} MiB; the limit is {limit_mib} MiB.</source>
        <translation>{mib} MiB あります。上限は {limit_mib} MiB です。</translation>
    </message>
    <message>
        <source>Sabun has no reader for {content}.</source>
        <translation>{content}を読む機能はありません。</translation>
    </message>
    <message>
        <source>It has the old {format} format. Save it as {save_as}.</source>
        <translation>旧形式の {format} ファイルです。{save_as} として保存してください。</translation>
    </message>
    <message>
        <source>Its name ends in {suffix}, but the content is {content}.</source>
        <translation>名前は {suffix} で終わりますが、内容は{content}です。</translation>
    </message>
    <message>
        <source>It does not begin like an e-mail.</source>
        <translation>電子メールの形で始まっていません。</translation>
    </message>
    <message>
        <source>There is nothing in it but blanks.</source>
        <translation>空白しかありません。</translation>
    </message>
    <message>
        <source>There is no text in it.</source>
        <translation>文字がありません。</translation>
    </message>
    <message>
        <source>It has more than {limit} characters of text.</source>
        <translation>文字数が {limit} を超えています。</translation>
    </message>
    <message>
        <source>It has {n_pages} pages, which is too many.</source>
        <translation>{n_pages} ページあり、多すぎます。</translation>
    </message>
    <message>
        <source>No page of it can be found.</source>
        <translation>ページが見つかりません。</translation>
    </message>
    <message>
        <source>No page has text.</source>
        <translation>どのページにも文字がありません。</translation>
    </message>
    <message>
        <source>Its PDF structure is broken beyond repair.</source>
        <translation>PDF の構造が壊れていて、修復できません。</translation>
    </message>
    <message>
        <source>It uses an encryption that is not supported.</source>
        <translation>対応していない方式で暗号化されています。</translation>
    </message>
    <message>
        <source>It is protected with a password.</source>
        <translation>パスワードで保護されています。</translation>
    </message>
    <message>
        <source>The password is wrong.</source>
        <translation>パスワードが違います。</translation>
    </message>
    <message>
        <source>Its zip container is broken or cut off.</source>
        <translation>zip の容器が壊れているか、途中で切れています。</translation>
    </message>
    <message>
        <source>Its zip container has a password.</source>
        <translation>zip の容器にパスワードがかかっています。</translation>
    </message>
    <message>
        <source>It would unpack to {mib} MiB, as a zip bomb does.</source>
        <translation>展開すると {mib} MiB になります (zip 爆弾の疑い)。</translation>
    </message>
    <message>
        <source>It holds too many parts.</source>
        <translation>含まれる部品が多すぎます。</translation>
    </message>
    <message>
        <source>Its part {part} cannot be unpacked.</source>
        <translation>部品 {part} を展開できません。</translation>
    </message>
    <message>
        <source>Its part {part} is missing.</source>
        <translation>部品 {part} がありません。</translation>
    </message>
    <message>
        <source>Its part {part} is not well-formed XML.</source>
        <translation>部品 {part} は正しい XML ではありません。</translation>
    </message>
    <message>
        <source>Its part {part} is too large.</source>
        <translation>部品 {part} が大きすぎます。</translation>
    </message>
    <message>
        <source>Its part {part} declares XML entities, which Office files never do; it may be an attack.</source>
        <translation>部品 {part} が XML 実体を宣言しています。Office のファイルではありえないため、攻撃の可能性があります。</translation>
    </message>
    <message>
        <source>Its structure is broken ({error}: {said}).</source>
        <translation>構造が壊れています ({error}: {said})。</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>入れ子が深すぎます。</translation>
    </message>
    <message>
        <source>Reading it needs more memory than is allowed.</source>
        <translation>読み取りに、許された量を超えるメモリが必要です。</translation>
    </message>
    <message>
        <source>Reading it took too long; it may be damaged or made to do harm.</source>
        <translation>読み取りに時間がかかりすぎました。壊れているか、悪意のあるファイルかもしれません。</translation>
    </message>
    <message>
        <source>The reader crashed on it (signal {signal}); it may be damaged.</source>
        <translation>読み取り中に異常終了しました (シグナル {signal})。壊れているかもしれません。</translation>
    </message>
    <message>
        <source>The reader crashed on it (status {status}); it may be damaged.</source>
        <translation>読み取り中に異常終了しました (状態 {status})。壊れているかもしれません。</translation>
    </message>
    <message>
        <source>Sabun {version} met a fault of its own ({error}). The file may be in order; send a report from Help &gt; Report a problem.</source>
        <translation>Sabun {version} 自身の不具合です ({error})。ファイルに問題はないかもしれません。「ヘルプ &gt; 問題を報告」からレポートをお送りください。</translation>
    </message>
    <message>
        <source>Page {page} is damaged and was not read.</source>
        <translation>{page} ページは壊れていて、読めませんでした。</translation>
    </message>
    <message>
        <source>Page {page} is blank.</source>
        <translation>{page} ページは白紙です。</translation>
    </message>
    <message>
        <source>Page {page} has no text.</source>
        <translation>{page} ページには文字がありません。</translation>
    </message>
    <message>
        <source>Page {page} was read by text recognition.</source>
        <translation>{page} ページは文字認識で読みました。</translation>
    </message>
    <message>
        <source>Page {page} is a scan, and text recognition failed on it ({error}).</source>
        <translation>{page} ページはスキャン画像で、文字認識に失敗しました ({error})。</translation>
    </message>
    <message>
        <source>Page {page} is a scan and was not read: only {limit} pages are recognised.</source>
        <translation>{page} ページはスキャン画像で、読んでいません。文字認識は {limit} ページまでです。</translation>
    </message>
    <message>
        <source>Page {page} has no text, and text recognition is not available ({said}).</source>
        <translation>{page} ページには文字がなく、文字認識も使えません ({said})。</translation>
    </message>
    <message>
        <source>Slide {slide} is hidden in the show, but was read.</source>
        <translation>スライド {slide} は非表示ですが、読みました。</translation>
    </message>
    <message>
        <source>Slide {slide} has no text.</source>
        <translation>スライド {slide} には文字がありません。</translation>
    </message>
    <message>
        <source>Sheet {sheet} is hidden, but was read.</source>
        <translation>シート「{sheet}」は非表示ですが、読みました。</translation>
    </message>
    <message>
        <source>Sheet {sheet} has no text.</source>
        <translation>シート「{sheet}」には文字がありません。</translation>
    </message>
    <message>
        <source>Sheet {sheet} was read up to row {row} only.</source>
        <translation>シート「{sheet}」は {row} 行目までしか読んでいません。</translation>
    </message>
    <message>
        <source>Sheet {sheet}: the file holds no results for {n_cells} formulas; they were calculated here.</source>
        <translation>シート {sheet}: 数式 {n_cells} 件の結果がファイルにないため、ここで計算しました。</translation>
    </message>
    <message>
        <source>Sheet {sheet}: {n_cells} formulas have no stored result and were not calculated. Saved once in Excel, the file has them.</source>
        <translation>シート {sheet}: 数式 {n_cells} 件は結果が保存されておらず、計算していません。Excel で一度保存すると入ります。</translation>
    </message>
    <message>
        <source>Only the first {n_rows} rows were read.</source>
        <translation>最初の {n_rows} 行だけを読みました。</translation>
    </message>
    <message>
        <source>Chart {name}: its values are not in the file.</source>
        <translation>グラフ {name}: 値がファイルに入っていません。</translation>
    </message>
    <message>
        <source>The inserted part {inserted} was not read: it is nested too deeply.</source>
        <translation>挿入された部分 {inserted} は入れ子が深すぎるため、読んでいません。</translation>
    </message>
    <message>
        <source>The inserted part {inserted} was not read. {reason} {cause}</source>
        <translation>挿入された部分 {inserted} は読んでいません。{reason}{cause}</translation>
    </message>
    <message>
        <source>Inserted part {inserted}: {cause}</source>
        <translation>挿入された部分 {inserted}: {cause}</translation>
    </message>
    <message>
        <source>The embedded object {inserted} was not read.</source>
        <translation>埋め込まれたオブジェクト {inserted} は読んでいません。</translation>
    </message>
    <message>
        <source>Attachment {attachment} was not read: it is nested too deeply.</source>
        <translation>添付ファイル {attachment} は入れ子が深すぎるため、読んでいません。</translation>
    </message>
    <message>
        <source>Attachment {attachment} was not read. {reason} {cause}</source>
        <translation>添付ファイル {attachment} は読んでいません。{reason}{cause}</translation>
    </message>
    <message>
        <source>Attachment {attachment}: {cause}</source>
        <translation>添付ファイル {attachment}: {cause}</translation>
    </message>
    <message>
        <source>Attachment {attachment}: only the first {n_files} files in it were read.</source>
        <translation>添付ファイル {attachment}: 中のファイルのうち最初の {n_files} 件だけを読みました。</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>Column of the condition</source>
        <translation>条件の列</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>関係</translation>
    </message>
    <message>
        <source>Value of the condition</source>
        <translation>条件の値</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>この条件を削除</translation>
    </message>
</context>
<context>
    <name>FilterRows</name>
    <message>
        <source>Add a condition</source>
        <translation>条件を追加</translation>
    </message>
</context>
<context>
    <name>IngestCard</name>
    <message>
        <source>Stop indexing; what is finished is kept</source>
        <translation>登録を中止します（完了した分は保存されます）</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Looking for files…</source>
        <translation>ファイルを探しています…</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>ファイルを読み込み中</translation>
    </message>
    <message>
        <source>Learning the meaning</source>
        <translation>意味を解析中</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
</context>
<context>
    <name>InstalledCard</name>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使う</translation>
    </message>
    <message>
        <source>Optimise for this computer</source>
        <translation>このパソコン向けに最適化</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>writes answers</source>
        <translation>回答の生成</translation>
    </message>
    <message>
        <source>finds passages</source>
        <translation>該当箇所の検索</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内蔵</translation>
    </message>
    <message>
        <source>made from {name}</source>
        <translation>{name} から作成</translation>
    </message>
</context>
<context>
    <name>KindBadge</name>
    <message>
        <source>Answered as: {kind}. Choose another kind of answer</source>
        <translation>「{kind}」として回答。別の種類の回答を選ぶ</translation>
    </message>
    <message>
        <source>{purpose}. Click to choose another kind of answer.</source>
        <translation>{purpose}。クリックすると別の種類の回答を選べます。</translation>
    </message>
    <message>
        <source>Answered as: {kind}</source>
        <translation>「{kind}」として回答</translation>
    </message>
    <message>
        <source>Kinds of answers</source>
        <translation>回答の種類</translation>
    </message>
</context>
<context>
    <name>KindWords</name>
    <message>
        <source>Look-up</source>
        <translation>調べる</translation>
    </message>
    <message>
        <source>List</source>
        <translation>一覧</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>要約</translation>
    </message>
    <message>
        <source>Find document</source>
        <translation>文書を探す</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻訳</translation>
    </message>
    <message>
        <source>Answers from the few passages that fit best</source>
        <translation>最もよく合う数か所の文章から答えます</translation>
    </message>
    <message>
        <source>Lists everything of that kind in all documents</source>
        <translation>すべての文書から該当するものを一覧にします</translation>
    </message>
    <message>
        <source>Counts in all documents</source>
        <translation>すべての文書の中で数えます</translation>
    </message>
    <message>
        <source>Looks up or computes a value in tables</source>
        <translation>表の値を調べたり計算したりします</translation>
    </message>
    <message>
        <source>Puts documents or their versions side by side</source>
        <translation>文書や版を並べて比べます</translation>
    </message>
    <message>
        <source>Sums up a document or the collection</source>
        <translation>文書またはコレクションを要約します</translation>
    </message>
    <message>
        <source>Names the documents, with reasons</source>
        <translation>該当する文書を理由とともに挙げます</translation>
    </message>
    <message>
        <source>Puts a passage into another language</source>
        <translation>文章を別の言語に訳します</translation>
    </message>
    <message numerus="yes">
        <source>From %Ln row(s); all rows were looked at</source>
        <translation>
            <numerusform>%Ln行から計算（すべての行を調べました）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %Ln row(s); a part of the rows was looked at</source>
        <translation>
            <numerusform>%Ln行から計算（調べたのは一部の行です）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln件の文書</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Lnか所</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole document ({passages}) looked at</source>
        <translation>文書全体（{passages}）を調べました</translation>
    </message>
    <message>
        <source>A part of the document ({passages}) looked at</source>
        <translation>文書の一部（{passages}）を調べました</translation>
    </message>
    <message>
        <source>{documents} ({passages}) looked at in full</source>
        <translation>{documents}（{passages}）をすべて調べました</translation>
    </message>
    <message>
        <source>All {documents} ({passages}) looked at</source>
        <translation>全{documents}（{passages}）を調べました</translation>
    </message>
    <message>
        <source>A sample: {documents} ({passages}) looked at</source>
        <translation>一部のみ：{documents}（{passages}）を調べました</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出典</translation>
    </message>
    <message>
        <source>Possibly</source>
        <translation>該当する可能性あり</translation>
    </message>
    <message>
        <source>Looking through your documents… {done} of {total}</source>
        <translation>文書を調べています… {done} / {total}</translation>
    </message>
    <message>
        <source>Writing part {done} of {total}…</source>
        <translation>{total}のうち{done}番目を書いています…</translation>
    </message>
</context>
<context>
    <name>LayersDialog</name>
    <message>
        <source>Attention by layer and source</source>
        <translation>レイヤーと出典ごとのアテンション</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Each row is a layer of the model, each column a source. The colour is the part of the layer&apos;s attention that lay on the source while the answer was written; differential attention subtracts, so it can fall below zero.</source>
        <translation>行はモデルのレイヤー、列は出典です。色は、回答を書いている間にそのレイヤーのアテンションのうちどれだけがその出典に向いていたかを表します。差分アテンションは引き算をするため、0 を下回ることがあります。</translation>
    </message>
    <message>
        <source>Difference (B − A)</source>
        <translation>差 (B − A)</translation>
    </message>
    <message>
        <source>Not measured for this answer.</source>
        <translation>この回答では測定されていません。</translation>
    </message>
    <message>
        <source>Heat map of layers and sources, arrow keys move</source>
        <translation>レイヤーと出典のヒートマップ（矢印キーで移動）</translation>
    </message>
    <message>
        <source>Sources: {list}</source>
        <translation>出典: {list}</translation>
    </message>
    <message>
        <source>Layer {layer}, source {number} ({document})</source>
        <translation>レイヤー {layer}、出典 {number}（{document}）</translation>
    </message>
    <message>
        <source>{place}: {share} of the attention</source>
        <translation>{place}: アテンションの {share}</translation>
    </message>
    <message>
        <source>{place}: {points} percentage points more in B than in A</source>
        <translation>{place}: B のほうが A より {points} ポイント多い</translation>
    </message>
    <message>
        <source>{place}: {points} percentage points less in B than in A</source>
        <translation>{place}: B のほうが A より {points} ポイント少ない</translation>
    </message>
    <message>
        <source>Colours from {low} to {high}</source>
        <translation>色の範囲: {low} から {high}</translation>
    </message>
</context>
<context>
    <name>LeftOutView</name>
    <message>
        <source>1 sentence left out because the documents do not support it</source>
        <translation>文書に裏付けのない文を1つ省きました</translation>
    </message>
    <message>
        <source>{n} sentences left out because the documents do not support them</source>
        <translation>文書に裏付けのない文を{n}つ省きました</translation>
    </message>
    <message>
        <source>A number in it does not stand in what was found.</source>
        <translation>文中の数値が、見つかった箇所にありません。</translation>
    </message>
    <message>
        <source>A date in it does not stand in what was found.</source>
        <translation>文中の日付が、見つかった箇所にありません。</translation>
    </message>
    <message>
        <source>A name in it does not stand in what was found.</source>
        <translation>文中の名前が、見つかった箇所にありません。</translation>
    </message>
    <message>
        <source>Names and numbers go together in another way in the documents.</source>
        <translation>名前と数値の組み合わせが文書と異なります。</translation>
    </message>
    <message>
        <source>The documents say the opposite.</source>
        <translation>文書には反対のことが書かれています。</translation>
    </message>
    <message>
        <source>What stands in the documents is about something else.</source>
        <translation>文書にある記述は別の事柄についてのものです。</translation>
    </message>
    <message>
        <source>Only a text that gives instructions to programs says so.</source>
        <translation>プログラムへの指示を含む文章にしか書かれていません。</translation>
    </message>
    <message>
        <source>Nothing that was found speaks of it.</source>
        <translation>見つかった箇所に、これについての記述がありません。</translation>
    </message>
</context>
<context>
    <name>ManualDialog</name>
    <message>
        <source>Manual</source>
        <translation>マニュアル</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Find in this page</source>
        <translation>このページ内を検索</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>ページの一覧</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比較(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>ツール(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;New conversation</source>
        <translation>新しい会話(&amp;N)</translation>
    </message>
    <message>
        <source>New &amp;collection…</source>
        <translation>新しいコレクション(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>フォルダーを追加(&amp;A)…</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>ファイルを追加(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Look for changed files</source>
        <translation>変更されたファイルを確認(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy last answer</source>
        <translation>最後の回答をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Search in documents…</source>
        <translation>文書内を検索(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Go to the question box</source>
        <translation>質問欄へ移動(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;top the answer</source>
        <translation>回答を停止(&amp;T)</translation>
    </message>
    <message>
        <source>Show or hide &amp;sidebar</source>
        <translation>サイドバーの表示/非表示(&amp;S)</translation>
    </message>
    <message>
        <source>Show or hide s&amp;ources</source>
        <translation>出典の表示/非表示(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Compare two settings</source>
        <translation>2 つの設定を比較(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;A is better</source>
        <translation>A のほうが良い(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;B is better</source>
        <translation>B のほうが良い(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;No difference</source>
        <translation>差はない(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reveal without voting</source>
        <translation>投票せずに種明かし(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Export comparison…</source>
        <translation>比較を書き出す(&amp;E)…</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>システムに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Unreadable files…</source>
        <translation>読み取れなかったファイル(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>モデル(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>設定(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Manual</source>
        <translation>マニュアル(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>キーボードショートカット(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>問題を報告(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;About Sabun</source>
        <translation>Sabun について(&amp;A)</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>quick on any computer</source>
        <translation>どのパソコンでも速い</translation>
    </message>
    <message>
        <source>short questions of fact</source>
        <translation>短い事実の質問</translation>
    </message>
    <message>
        <source>everyday questions</source>
        <translation>日常的な質問</translation>
    </message>
    <message>
        <source>summaries and comparisons</source>
        <translation>要約と比較</translation>
    </message>
    <message>
        <source>Japanese documents above all</source>
        <translation>とくに日本語の文書</translation>
    </message>
    <message>
        <source>English documents above all</source>
        <translation>とくに英語の文書</translation>
    </message>
    <message>
        <source>Recommended for this computer</source>
        <translation>このパソコンにおすすめ</translation>
    </message>
    <message>
        <source>Suits this computer</source>
        <translation>このパソコンに適します</translation>
    </message>
    <message>
        <source>Slow on this computer</source>
        <translation>このパソコンでは遅め</translation>
    </message>
    <message>
        <source>Needs too much memory here</source>
        <translation>メモリが足りません</translation>
    </message>
    <message>
        <source>Not tried by us</source>
        <translation>動作未確認</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内蔵</translation>
    </message>
    <message>
        <source>reads a question in at most {seconds} s here</source>
        <translation>質問の読み込みは長くて {seconds} 秒</translation>
    </message>
    <message>
        <source>reads a question in about {seconds} s here</source>
        <translation>質問の読み込みは約 {seconds} 秒</translation>
    </message>
    <message numerus="yes">
        <source>{languages} and %n more</source>
        <translation>
            <numerusform>{languages} ほか %n 言語</numerusform>
        </translation>
    </message>
    <message>
        <source>Getting {name} from {source}…</source>
        <translation>{source} から {name} を取得しています…</translation>
    </message>
    <message>
        <source>The connection broke ({reason}). Attempt {attempt} follows in a moment.</source>
        <translation>接続が切れました（{reason}）。まもなく {attempt} 回目を試みます。</translation>
    </message>
    <message>
        <source>{error} The next source is tried.</source>
        <translation>{error} 次の取得元を試します。</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Add a GGUF file…</source>
        <translation>GGUF ファイルを追加…</translation>
    </message>
    <message>
        <source>Verify all</source>
        <translation>すべて検証</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>モデルの追加</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF モデル (*.gguf)</translation>
    </message>
    <message>
        <source>Copying and checking the model…</source>
        <translation>モデルをコピーして確認しています…</translation>
    </message>
    <message>
        <source>Comparing every model with its recorded SHA-256…</source>
        <translation>各モデルを記録済みの SHA-256 と照合しています…</translation>
    </message>
    <message>
        <source>Making faster layouts and measuring them; this takes a few minutes…</source>
        <translation>高速な形式を作成して測定しています。数分かかります…</translation>
    </message>
    <message>
        <source>Other programs keep the processor busy; waiting for a quiet moment…</source>
        <translation>ほかのプログラムがプロセッサーを使っています。空くのを待っています…</translation>
    </message>
    <message>
        <source>Other programs kept the processor busy, so nothing new was measured and everything stays as it was.</source>
        <translation>ほかのプログラムがプロセッサーを使い続けていたため、新しい測定はせず、すべて元のままです。</translation>
    </message>
    <message>
        <source>{name} is used from now on; it reads {ratio} times as fast.</source>
        <translation>今後は {name} を使用します。読み込み速度は {ratio} 倍です。</translation>
    </message>
    <message>
        <source>{layout}: reads {speed} tokens per second</source>
        <translation>{layout}: 読み込み {speed} トークン/秒</translation>
    </message>
    <message>
        <source>Making {layout}…</source>
        <translation>{layout} を作成しています…</translation>
    </message>
    <message>
        <source>{name} was added.</source>
        <translation>{name} を追加しました。</translation>
    </message>
    <message>
        <source>Models run on this computer. The built-in one is small and writes English only; a larger one answers better, in more languages.</source>
        <translation>モデルはこのパソコンの中で動作します。内蔵のモデルは小型で英語しか書けません。より大きなモデルなら、日本語を含む多くの言語でよりよく答えます。</translation>
    </message>
    <message>
        <source>ON THIS COMPUTER</source>
        <translation>このパソコンにあるモデル</translation>
    </message>
    <message>
        <source>MORE MODELS</source>
        <translation>取得できるモデル</translation>
    </message>
    <message>
        <source>Add from a folder…</source>
        <translation>フォルダーから追加…</translation>
    </message>
    <message>
        <source>{name} answers from now on.</source>
        <translation>これからは {name} が答えます。</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>{name} を削除しますか。</translation>
    </message>
    <message>
        <source>Its file is deleted from this computer ({size}).</source>
        <translation>このパソコンからファイルを削除します（{size}）。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>{name} を削除しました。</translation>
    </message>
    <message>
        <source>Add from a folder</source>
        <translation>フォルダーから追加</translation>
    </message>
    <message>
        <source>Measuring this computer…</source>
        <translation>このパソコンの速さを測っています…</translation>
    </message>
    <message>
        <source>{name} is here.</source>
        <translation>{name} を取得しました。</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) checked, all intact.</source>
        <translation>
            <numerusform>%n 個のモデルを検証しました。すべて正常です。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is not what it should be: {detail}</source>
        <translation>{name} の内容が正しくありません: {detail}</translation>
    </message>
</context>
<context>
    <name>ModelsPresenter</name>
    <message>
        <source>Loading models…</source>
        <translation>モデルを読み込み中…</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>モデル…</translation>
    </message>
</context>
<context>
    <name>NearestView</name>
    <message>
        <source>Nearest passages</source>
        <translation>近い箇所</translation>
    </message>
    <message>
        <source>Show an answer all the same</source>
        <translation>それでも回答を表示</translation>
    </message>
    <message>
        <source>Answer from the nearest passages although they seem not to</source>
        <translation>答えではなさそうですが、近い箇所から回答する</translation>
    </message>
    <message>
        <source>Show this passage in the document</source>
        <translation>この箇所を文書で表示</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message>
        <source>Sabun has no attention mode “{mode}”.</source>
        <translation>Sabun には「{mode}」というアテンション方式はありません。</translation>
    </message>
    <message>
        <source>Sabun has no way to read prompts named “{prefill}”.</source>
        <translation>Sabun には「{prefill}」というプロンプトの読み込み方法はありません。</translation>
    </message>
    <message>
        <source>The model {model} does not write the language of your question, so the answer is quoted from your documents. Add another model under Tools &gt; Models.</source>
        <translation>モデル {model} は質問の言語で文章を書けないため、文書からの引用だけを表示しています。［ツール］&gt;［モデル］で別のモデルを追加できます。</translation>
    </message>
    <message>
        <source>The model produced no usable text; the answer is quoted from your documents.</source>
        <translation>モデルから有効な文章が得られなかったため、文書からの引用だけを表示しています。</translation>
    </message>
    <message>
        <source>The model began to repeat itself; its text was cut there.</source>
        <translation>モデルが同じ文を繰り返し始めたため、そこで打ち切りました。</translation>
    </message>
    <message>
        <source>The answer was cut at the length set in the settings.</source>
        <translation>設定された最大長に達したため、回答を打ち切りました。</translation>
    </message>
    <message>
        <source>Sentences with a dotted line are not supported by your documents.</source>
        <translation>点線の文は、文書による裏付けがありません。</translation>
    </message>
    <message>
        <source>Your documents support nothing of what the model wrote, so only the quotations are shown.</source>
        <translation>モデルが書いた内容は文書の裏付けがないため、文書からの引用だけを表示しています。</translation>
    </message>
    <message>
        <source>The model found no answer in these passages; only the quotations are shown.</source>
        <translation>モデルはこれらの箇所から回答を見つけられませんでした。引用のみを表示しています。</translation>
    </message>
    <message>
        <source>Your documents do not seem to answer this. You asked to see an answer from the nearest passages all the same: check it well.</source>
        <translation>文書にはこの質問への答えがなさそうです。ご希望により近い箇所から回答しました。よくお確かめください。</translation>
    </message>
    <message>
        <source>The question is too long for the model, so only the quotations are shown.</source>
        <translation>質問がモデルには長すぎるため、文書からの引用だけを表示しています。</translation>
    </message>
    <message>
        <source>This is the translation of {model} itself. The sources show what was translated; they prove nothing of it.</source>
        <translation>これは{model}自身による翻訳です。出典は何を訳したかを示すもので、訳の正しさを証明するものではありません。</translation>
    </message>
    <message>
        <source>Figures of the source that the translation lacks: {figures}. Compare them.</source>
        <translation>訳文に見当たらない原文の数字：{figures}。原文と照らし合わせてください。</translation>
    </message>
    <message>
        <source>The model {name} that was chosen is not here any more; {model} answered instead.</source>
        <translation>選択されていたモデル {name} はもうないため、代わりに {model} が答えました。</translation>
    </message>
    <message>
        <source>The documents disagree: “{quote}” stands in {document} [{number}].</source>
        <translation>文書の記述が食い違っています。{document} [{number}] には「{quote}」とあります。</translation>
    </message>
    <message>
        <source>{document} is an older version; {newer} took its place.</source>
        <translation>{document} は旧版です。現在の版は {newer} です。</translation>
    </message>
    <message>
        <source>{document} is an older version; {newer}, which took its place, says: “{quote}”.</source>
        <translation>{document} は旧版です。現在の版 {newer} には「{quote}」とあります。</translation>
    </message>
    <message>
        <source>Sentences of the model that your documents do not support were left out.</source>
        <translation>モデルが書いた文のうち、文書の裏付けがないものは省きました。</translation>
    </message>
    <message>
        <source>No adapter for this mode fits the model {model}.</source>
        <translation>モデル {model} に合う、このモードのアダプターがありません。</translation>
    </message>
    <message>
        <source>Models of the architecture {architecture} do not run with Sabun&apos;s kernels.</source>
        <translation>アーキテクチャ {architecture} のモデルは Sabun のカーネルでは動きません。</translation>
    </message>
    <message>
        <source>The model {model} does not run with Sabun&apos;s kernels: {detail}.</source>
        <translation>モデル {model} は Sabun のカーネルでは動きません（{detail}）。</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s own attention was used: {cause}</source>
        <translation>llama.cpp 標準のアテンションを使いました: {cause}</translation>
    </message>
    <message>
        <source>Second keys were not kept but rebuilt, to save memory.</source>
        <translation>メモリ節約のため、2 つ目のキーは保存せずに作り直しました。</translation>
    </message>
    <message>
        <source>The prompt was read densely: it has {n_tokens} tokens, and “{prefill}” helps from {least} on.</source>
        <translation>プロンプトは通常どおり読み込みました（{n_tokens} トークン。「{prefill}」は {least} トークンから有効です）。</translation>
    </message>
    <message>
        <source>The adapter “{adapter}” is for “{variant}”, not for “{mode}”.</source>
        <translation>アダプター「{adapter}」は「{variant}」用で、「{mode}」には使えません。</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s own attention does not compute “{mode}” with “{prefill}”.</source>
        <translation>llama.cpp 標準のアテンションでは「{mode}」と「{prefill}」の組み合わせを計算できません。</translation>
    </message>
    <message>
        <source>{kernel} cannot be used: {detail}.</source>
        <translation>{kernel}は使えません（{detail}）。</translation>
    </message>
    <message>
        <source>The device {device} computes wrongly: it failed its self-test ({detail}).</source>
        <translation>デバイス {device} は自己診断に失敗し、正しく計算できません（{detail}）。</translation>
    </message>
</context>
<context>
    <name>OfferCard</name>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取り消す</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>取得</translation>
    </message>
    <message>
        <source>{here} of {total} are here</source>
        <translation>{total} のうち {here} を取得済み</translation>
    </message>
    <message>
        <source>Comparing it with the catalogue…</source>
        <translation>カタログと照合しています…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>接続しています…</translation>
    </message>
    <message>
        <source>{here} of {total}</source>
        <translation>{here} / {total}</translation>
    </message>
    <message>
        <source>{size} per second</source>
        <translation>毎秒 {size}</translation>
    </message>
</context>
<context>
    <name>PassageCard</name>
    <message>
        <source>Source {number}: {document}, {place}</source>
        <translation>出典 {number}: {document}、{place}</translation>
    </message>
</context>
<context>
    <name>PlanDialog</name>
    <message>
        <source>What is computed</source>
        <translation>計算の内容</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>計算</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>For each</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>並び順</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最大件数</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>大きい順</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>小さい順</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>すべての行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Calculate again</source>
        <translation>もう一度計算</translation>
    </message>
    <message>
        <source>(whole rows)</source>
        <translation>（行全体）</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（なし）</translation>
    </message>
</context>
<context>
    <name>PlanView</name>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Change what is computed, and compute it again</source>
        <translation>計算の内容を変えて、もう一度計算します</translation>
    </message>
    <message>
        <source>Calculated: {plan}</source>
        <translation>計算：{plan}</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>{what} in {tables}</source>
        <translation>{tables} の{what}</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、かつ </translation>
    </message>
    <message>
        <source>where {filters}</source>
        <translation>条件：{filters}</translation>
    </message>
    <message>
        <source>for each “{column}”</source>
        <translation>「{column}」ごと</translation>
    </message>
    <message numerus="yes">
        <source>at most %n row(s)</source>
        <translation>
            <numerusform>最大%n行</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>tables</comment>
        <translation>
            <numerusform>ほか%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>{tables} and {more}</source>
        <translation>{tables}、{more}</translation>
    </message>
    <message>
        <source>sheet or file</source>
        <translation>シートまたはファイル</translation>
    </message>
    <message>
        <source>{column}, by month</source>
        <translation>{column}（月ごと）</translation>
    </message>
    <message>
        <source>{column}, by year</source>
        <translation>{column}（年ごと）</translation>
    </message>
    <message>
        <source>{column} contains {value}</source>
        <translation>{column} に「{value}」を含む</translation>
    </message>
    <message>
        <source>{column} covers {value}</source>
        <translation>{column} の範囲が {value} を含む</translation>
    </message>
    <message>
        <source>Look up a value</source>
        <translation>値を調べる</translation>
    </message>
    <message>
        <source>List rows</source>
        <translation>行の一覧</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合計</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Smallest value</source>
        <translation>最小値</translation>
    </message>
    <message>
        <source>Largest value</source>
        <translation>最大値</translation>
    </message>
    <message>
        <source>Largest or smallest rows</source>
        <translation>上位・下位の行</translation>
    </message>
    <message>
        <source>Sum for each group</source>
        <translation>グループごとの合計</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>含む</translation>
    </message>
    <message>
        <source>covers (a range)</source>
        <translation>範囲に含む</translation>
    </message>
    <message>
        <source>The {limit} largest “{column}”</source>
        <translation>「{column}」の大きい順{limit}件</translation>
    </message>
    <message>
        <source>Largest “{column}” first</source>
        <translation>「{column}」の大きい順</translation>
    </message>
    <message>
        <source>The {limit} smallest “{column}”</source>
        <translation>「{column}」の小さい順{limit}件</translation>
    </message>
    <message>
        <source>Smallest “{column}” first</source>
        <translation>「{column}」の小さい順</translation>
    </message>
    <message>
        <source>“{column}”</source>
        <translation>「{column}」</translation>
    </message>
    <message>
        <source>List of “{column}”</source>
        <translation>「{column}」の一覧</translation>
    </message>
    <message>
        <source>Number of “{column}”</source>
        <translation>「{column}」の件数</translation>
    </message>
    <message>
        <source>Sum of “{column}”</source>
        <translation>「{column}」の合計</translation>
    </message>
    <message>
        <source>Average of “{column}”</source>
        <translation>「{column}」の平均</translation>
    </message>
    <message>
        <source>Smallest “{column}”</source>
        <translation>「{column}」の最小値</translation>
    </message>
    <message>
        <source>Largest “{column}”</source>
        <translation>「{column}」の最大値</translation>
    </message>
    <message>
        <source>Difference in “{column}”</source>
        <translation>「{column}」の差</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Number of rows</source>
        <translation>行数</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Sample collection</source>
        <translation>サンプルコレクション</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>問題を報告</translation>
    </message>
    <message>
        <source>Sabun saves a report that you can send to its developers: the log, versions, your machine, the settings, and how many files were read or skipped.

It holds no text of your documents, no questions and answers, and no names of files, folders or collections. It is saved as a zip archive, so you can look at it before you send it; Sabun itself sends nothing.</source>
        <translation>開発者に送るためのレポートを保存します。ログ、各種バージョン、お使いのパソコンの構成、設定、読み取れたファイルとスキップしたファイルの数が入ります。

文書の本文、質問と回答、ファイル・フォルダー・コレクションの名前は含みません。zip アーカイブとして保存するので、送る前に中身を確かめられます。Sabun が送信することはありません。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーで表示</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>レポートを保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>レポートを保存</translation>
    </message>
    <message>
        <source>Zip archive (*.zip)</source>
        <translation>zip アーカイブ (*.zip)</translation>
    </message>
    <message>
        <source>Collecting… This takes a few seconds.</source>
        <translation>情報を集めています。数秒かかります…</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>{path} に保存しました</translation>
    </message>
</context>
<context>
    <name>SearchDialog</name>
    <message>
        <source>Search in “{collection}”</source>
        <translation>「{collection}」内を検索</translation>
    </message>
    <message>
        <source>Words or a whole question</source>
        <translation>語句または質問文</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>検索語</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>検索しています…</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s), best first</source>
        <translation>
            <numerusform>%n 件（関連の深い順）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Passages per answer</source>
        <translation>回答に使う箇所の数</translation>
    </message>
    <message>
        <source>An answer is written from this many passages of your documents.</source>
        <translation>文書からこの数の箇所を選び、それをもとに回答を書きます。</translation>
    </message>
    <message>
        <source>Takes effect at the next question.</source>
        <translation>次の質問から有効になります。</translation>
    </message>
    <message>
        <source>Evidence the model reads</source>
        <translation>モデルが読む根拠の量</translation>
    </message>
    <message>
        <source>More evidence helps with hard questions and takes longer to read.</source>
        <translation>根拠が多いほど難しい質問に役立ちますが、読むのに時間がかかります。</translation>
    </message>
    <message>
        <source>What this computer reads in seconds</source>
        <translation>このコンピューターが数秒で読める量</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n トークン</numerusform>
        </translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答の最大長</translation>
    </message>
    <message>
        <source>Longer answers take longer to write.</source>
        <translation>長い回答ほど、書くのに時間がかかります。</translation>
    </message>
    <message>
        <source>Leave out sentences that no passage supports</source>
        <translation>文書の裏付けがない文を省く</translation>
    </message>
    <message>
        <source>Sentences without support are otherwise shown and marked.</source>
        <translation>オフの場合、裏付けのない文も印を付けて表示します。</translation>
    </message>
    <message>
        <source>Read ahead while I type</source>
        <translation>入力中に先読みする</translation>
    </message>
    <message>
        <source>The answer begins sooner; the processor works while you type.</source>
        <translation>回答が早く始まります。入力中もプロセッサーを使います。</translation>
    </message>
    <message>
        <source>Variety of wording</source>
        <translation>言い回しの多様さ</translation>
    </message>
    <message>
        <source>At 0 the same question always gets the same words.</source>
        <translation>0 では、同じ質問にいつも同じ言葉で答えます。</translation>
    </message>
    <message>
        <source>Chat model</source>
        <translation>チャットモデル</translation>
    </message>
    <message>
        <source>It writes the answers.</source>
        <translation>回答を書くモデルです。</translation>
    </message>
    <message>
        <source>The next question waits until the model is loaded.</source>
        <translation>次の質問は、モデルの読み込みが終わるまで待ちます。</translation>
    </message>
    <message>
        <source>Model hub</source>
        <translation>モデルの取得元</translation>
    </message>
    <message>
        <source>Where models are fetched from: a mirror&apos;s address instead of https://huggingface.co.</source>
        <translation>モデルをどこから取得するか。https://huggingface.co の代わりに使うミラーのアドレス。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>Way to the outside for fetching models: http://host:port.</source>
        <translation>モデルを取得するときの外部への経路（http://ホスト:ポート）。</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>埋め込みモデル</translation>
    </message>
    <message>
        <source>It finds passages by their meaning.</source>
        <translation>意味をもとに箇所を探すモデルです。</translation>
    </message>
    <message>
        <source>All passages are read again by the new model, at the next indexing.</source>
        <translation>次回の登録時に、すべての箇所を新しいモデルで読み直します。</translation>
    </message>
    <message>
        <source>Change the embedding model?</source>
        <translation>埋め込みモデルを変更しますか？</translation>
    </message>
    <message numerus="yes">
        <source>All %n passage(s) have to be read by the new model. Until that is done they are found by their words only. It starts with the next indexing.</source>
        <translation>
            <numerusform>%n 件の箇所すべてを新しいモデルで読み直す必要があります。完了するまでは、語句だけで検索されます。処理は次回の登録時に始まります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>スレッド数</translation>
    </message>
    <message>
        <source>Fewer leave more of the processor to other programs.</source>
        <translation>少なくすると、ほかのプログラムがプロセッサーを使いやすくなります。</translation>
    </message>
    <message>
        <source>Automatic (fastest on this computer)</source>
        <translation>自動（このパソコンで最も速いもの）</translation>
    </message>
    <message>
        <source>Takes effect when Sabun is started again.</source>
        <translation>Sabun を次に起動したときから有効になります。</translation>
    </message>
    <message>
        <source>Attention computed by</source>
        <translation>アテンションの計算</translation>
    </message>
    <message>
        <source>The other choices are for comparing them.</source>
        <translation>ほかの選択肢は比較のためのものです。</translation>
    </message>
    <message>
        <source>Automatic (fastest that fits the model)</source>
        <translation>自動（モデルに合う最速のもの）</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s own attention</source>
        <translation>llama.cpp 標準のアテンション</translation>
    </message>
    <message>
        <source>Sabun&apos;s CPU kernel</source>
        <translation>Sabun の CPU カーネル</translation>
    </message>
    <message>
        <source>Sabun&apos;s OpenCL kernel</source>
        <translation>Sabun の OpenCL カーネル</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>The language of this window; answers follow the language of the question.</source>
        <translation>この画面の言語です。回答は質問と同じ言語になります。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Automatic (what suits this computer)</source>
        <translation>自動（このパソコンに合うもの）</translation>
    </message>
    <message>
        <source>Takes effect at once.</source>
        <translation>すぐに有効になります。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>Light or dark colours.</source>
        <translation>明るい配色か暗い配色かを選びます。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>The stored value {value} cannot be used, so this is the default.</source>
        <translation>保存されている値 {value} は使えないため、既定値になっています。</translation>
    </message>
    <message>
        <source>Add, check or speed up models…</source>
        <translation>モデルの追加・検証・高速化…</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変更</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Ask the question</source>
        <translation>質問を送信</translation>
    </message>
    <message>
        <source>New line in the question</source>
        <translation>質問の中で改行</translation>
    </message>
    <message>
        <source>Last question again</source>
        <translation>直前の質問を呼び出す</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>回答を停止</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新しい会話</translation>
    </message>
    <message>
        <source>Go to the question box</source>
        <translation>質問欄へ移動</translation>
    </message>
    <message>
        <source>Search in the documents</source>
        <translation>文書内を検索</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>新しいコレクション</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>ファイルを追加</translation>
    </message>
    <message>
        <source>Look for changed files</source>
        <translation>変更されたファイルを確認</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>最後の回答をコピー</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>サイドバーの表示/非表示</translation>
    </message>
    <message>
        <source>Show or hide the sources</source>
        <translation>出典の表示/非表示</translation>
    </message>
    <message>
        <source>Compare two attention settings</source>
        <translation>2 つのアテンション設定を比較</translation>
    </message>
    <message>
        <source>Vote: A is better, B is better, no difference</source>
        <translation>投票: A が良い、B が良い、差はない</translation>
    </message>
    <message>
        <source>Reveal a comparison without voting</source>
        <translation>投票せずに比較を種明かし</translation>
    </message>
    <message>
        <source>Export a comparison</source>
        <translation>比較を書き出す</translation>
    </message>
    <message>
        <source>Rename in a list</source>
        <translation>一覧で名前を変更</translation>
    </message>
    <message>
        <source>Delete in a list</source>
        <translation>一覧で削除</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>This help</source>
        <translation>このヘルプ</translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message>
        <source>Answer {letter}</source>
        <translation>回答 {letter}</translation>
    </message>
    <message>
        <source>No passage in your documents supports this sentence.</source>
        <translation>この文を裏付ける記述は文書の中に見つかりません。</translation>
    </message>
    <message>
        <source>The other answer does not have this.</source>
        <translation>もう一方の回答にはありません。</translation>
    </message>
    <message>
        <source>The answers are written one after the other…</source>
        <translation>回答は順番に書かれます…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>該当箇所を読んでいます…</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>offline</source>
        <translation>オフライン</translation>
    </message>
    <message>
        <source>{path}
Is away; what was read stays searchable.</source>
        <translation>{path}
現在アクセスできません。読み込み済みの内容は検索できます。</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新しい会話</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>文書内を検索</translation>
    </message>
    <message>
        <source>COLLECTIONS</source>
        <translation>コレクション</translation>
    </message>
    <message>
        <source>FOLDERS AND FILES</source>
        <translation>フォルダーとファイル</translation>
    </message>
    <message>
        <source>CONVERSATIONS</source>
        <translation>会話</translation>
    </message>
    <message>
        <source>Your questions will be kept here.</source>
        <translation>質問の履歴がここに残ります。</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <comment>short</comment>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <comment>short</comment>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>Add a folder and everything in it (Ctrl+O)</source>
        <translation>フォルダーを中身ごと追加します (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add single files (Ctrl+Shift+O)</source>
        <translation>ファイルを個別に追加します (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>新しいコレクション</translation>
    </message>
    <message>
        <source>Look for changed files (F5)</source>
        <translation>変更されたファイルを確認 (F5)</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>コレクション</translation>
    </message>
    <message>
        <source>Folders and files</source>
        <translation>フォルダーとファイル</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会話</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前の変更…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーで表示</translation>
    </message>
    <message>
        <source>Remove from collection</source>
        <translation>コレクションから外す</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Files that could not be read</source>
        <translation>読み取れなかったファイル</translation>
    </message>
    <message>
        <source>These files are not searched, or in part only. All others are. Repair a file or enter its password, then press Retry.</source>
        <translation>次のファイルは検索されないか、一部だけが検索されます（ほかのファイルはすべて検索されます）。ファイルを修復するかパスワードを入力して、［再試行］を押してください。</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>パスワードを入力…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーで表示</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Password of the file</source>
        <translation>ファイルのパスワード</translation>
    </message>
</context>
<context>
    <name>SkippedModel</name>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Searched in part. {note}</source>
        <translation>一部だけが検索されます。{note}</translation>
    </message>
    <message>
        <source>Searched in part. {note} (and {count} more)</source>
        <translation>一部だけが検索されます。{note}（ほか {count} 件）</translation>
    </message>
    <message>
        <source>Password entered; press Retry.</source>
        <translation>パスワード入力済み。［再試行］を押してください。</translation>
    </message>
</context>
<context>
    <name>SourceBars</name>
    <message>
        <source>ATTENTION ON THE SOURCES</source>
        <translation>出典へのアテンション</translation>
    </message>
    <message>
        <source>Source {number}, {document}: {share} of the attention on sources</source>
        <translation>出典 {number}、{document}: 出典へのアテンションの {share}</translation>
    </message>
    <message>
        <source>Not measured for this answer.</source>
        <translation>この回答では測定されていません。</translation>
    </message>
    <message>
        <source>All sources together: {share} of all attention</source>
        <translation>出典全体でアテンション全体の {share}</translation>
    </message>
</context>
<context>
    <name>SourcesView</name>
    <message>
        <source>Sources</source>
        <translation>出典</translation>
    </message>
    <message>
        <source>The passages behind an answer appear here.</source>
        <translation>回答の根拠となる箇所がここに表示されます。</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more source(s)</source>
        <translation>
            <numerusform>ほか%n件の出典を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableBox</name>
    <message numerus="yes">
        <source>As a table (%Ln row(s))</source>
        <translation>
            <numerusform>表として見る（%Ln行）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextPrompt</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>UnderstoodView</name>
    <message>
        <source>Understood as: {query}</source>
        <translation>次の質問として検索：{query}</translation>
    </message>
    <message>
        <source>Say it in other words and ask again</source>
        <translation>言い換えてもう一度質問する</translation>
    </message>
    <message>
        <source>The question in other words</source>
        <translation>言い換えた質問</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>もう一度質問</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>You saw no difference.</source>
        <translation>差がないと判断しました。</translation>
    </message>
    <message>
        <source>You preferred {side}.</source>
        <translation>「{side}」を選びました。</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>ファイルを開く</translation>
    </message>
    <message>
        <source>Open the file in its own program</source>
        <translation>対応するプログラムでファイルを開きます</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>ファイルのあるフォルダーを表示します</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>前のページ</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>次のページ</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>文書のテキスト</translation>
    </message>
    <message>
        <source>Page of the document</source>
        <translation>文書のページ</translation>
    </message>
    <message>
        <source>{page} of {pages}</source>
        <translation>{page} / {pages}</translation>
    </message>
</context>
<context>
    <name>VoteBar</name>
    <message>
        <source>Which answer is better?</source>
        <translation>どちらの回答が良いですか？</translation>
    </message>
    <message>
        <source>Then you see which attention wrote which, how fast, and where it looked.</source>
        <translation>投票すると、どちらがどのアテンションの回答か、速さ、どこを見ていたかを表示します。</translation>
    </message>
    <message>
        <source>A is better</source>
        <translation>A のほうが良い</translation>
    </message>
    <message>
        <source>B is better</source>
        <translation>B のほうが良い</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>差はない</translation>
    </message>
    <message>
        <source>{text} ({keys})</source>
        <translation>{text} ({keys})</translation>
    </message>
    <message>
        <source>Reveal without voting</source>
        <translation>投票せずに種明かし</translation>
    </message>
    <message>
        <source>No vote is counted (Ctrl+0)</source>
        <translation>投票は数えられません (Ctrl+0)</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Something unexpected went wrong in Sabun. Copy the details below for your support.</source>
        <translation>Sabun で予期しない問題が発生しました。下の詳細をコピーしてサポート担当者にお知らせください。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>ファイルが空です。</translation>
    </message>
    <message>
        <source>Protected by a password. Enter it to read the file.</source>
        <translation>パスワードで保護されています。入力すると読み取れます。</translation>
    </message>
    <message>
        <source>The file is damaged. Open it in its program and save it.</source>
        <translation>ファイルが破損しています。元のプログラムで開いて保存し直してください。</translation>
    </message>
    <message>
        <source>The content is not what the file name says.</source>
        <translation>内容がファイル名の種類と一致しません。</translation>
    </message>
    <message>
        <source>Sabun cannot read this kind of file.</source>
        <translation>この種類のファイルには対応していません。</translation>
    </message>
    <message>
        <source>The file is too large, or unpacks to too much data.</source>
        <translation>ファイルが大きすぎるか、展開後のデータが大きすぎます。</translation>
    </message>
    <message>
        <source>No text was found in the file.</source>
        <translation>ファイルに文字が見つかりませんでした。</translation>
    </message>
    <message>
        <source>You are not allowed to read this file.</source>
        <translation>このファイルの読み取り権限がありません。</translation>
    </message>
    <message>
        <source>Reading the file took too long and was stopped.</source>
        <translation>読み取りに時間がかかりすぎたため中止しました。</translation>
    </message>
    <message>
        <source>Reading the file needs too much memory.</source>
        <translation>読み取りに必要なメモリが多すぎます。</translation>
    </message>
    <message>
        <source>The reader of this file format crashed on this file.</source>
        <translation>このファイルの読み取り中に異常終了しました。</translation>
    </message>
    <message>
        <source>This is Sabun&apos;s fault, not the file&apos;s. Details were written to the log; try again after an update.</source>
        <translation>Sabun の不具合で読めませんでした。詳細はログに記録しました。更新後にもう一度お試しください。</translation>
    </message>
    <message>
        <source>The file was moved or deleted while it was being read.</source>
        <translation>読み取り中にファイルが移動または削除されました。</translation>
    </message>
    <message>
        <source>Page {span}</source>
        <translation>{span} ページ</translation>
    </message>
    <message>
        <source>Pages {span}</source>
        <translation>{span} ページ</translation>
    </message>
    <message>
        <source>Paragraph {span}</source>
        <translation>第 {span} 段落</translation>
    </message>
    <message>
        <source>Paragraphs {span}</source>
        <translation>第 {span} 段落</translation>
    </message>
    <message>
        <source>Slide {span}</source>
        <translation>スライド {span}</translation>
    </message>
    <message>
        <source>Slides {span}</source>
        <translation>スライド {span}</translation>
    </message>
    <message>
        <source>Line {span}</source>
        <translation>{span} 行目</translation>
    </message>
    <message>
        <source>Lines {span}</source>
        <translation>{span} 行目</translation>
    </message>
    <message>
        <source>Sheet {name}</source>
        <translation>シート {name}</translation>
    </message>
    <message>
        <source>Mail: {name}</source>
        <translation>メール: {name}</translation>
    </message>
    <message>
        <source>Section {name}</source>
        <translation>セクション {name}</translation>
    </message>
    <message numerus="yes">
        <source>Searched {searched} of %n file(s)</source>
        <translation>
            <numerusform>%n 件中 {searched} 件のファイルを検索</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n 件は読み取り不可</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searched all %n file(s)</source>
        <translation>
            <numerusform>%n 件のファイルすべてを検索</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) by words only</source>
        <translation>
            <numerusform>%n 箇所は語句のみで検索</numerusform>
        </translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} トークン/秒</translation>
    </message>
    <message>
        <source>first token after {seconds} s</source>
        <translation>最初の文字まで {seconds} 秒</translation>
    </message>
    <message>
        <source>found in {seconds} s</source>
        <translation>検索 {seconds} 秒</translation>
    </message>
    <message>
        <source>Stopped before everything was looked at: this answer is a part only.</source>
        <translation>すべてを調べる前に停止したため、この回答は一部だけです。</translation>
    </message>
    <message>
        <source>Stopped. What was written so far is kept.</source>
        <translation>停止しました。ここまでの内容は保存されています。</translation>
    </message>
    <message>
        <source>Stopped before an answer was written.</source>
        <translation>回答が書かれる前に停止しました。</translation>
    </message>
    <message>
        <source>This was not found in your documents. What the model wrote is not supported by them, so it is left out.</source>
        <translation>お手元の文書の中には見つかりませんでした。モデルが書いた内容は文書の裏付けがないため、省きました。</translation>
    </message>
    <message>
        <source>This was not found in your documents.</source>
        <translation>お手元の文書の中には見つかりませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>文書 %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n 件のファイルを読み取れませんでした</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>残り約 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>残り約 %n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>残り約 %n 時間</numerusform>
        </translation>
    </message>
</context>
</TS>
