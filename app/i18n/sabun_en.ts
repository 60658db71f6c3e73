<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AttentionWords</name>
    <message numerus="yes">
        <source>{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: it is preferred.</source>
        <translation>
            <numerusform>{mode} preferred in {wins} of %n decided vote, 95 % interval {low}–{high} %: it is preferred.</numerusform>
            <numerusform>{mode} preferred in {wins} of %n decided votes, 95 % interval {low}–{high} %: it is preferred.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: no difference found yet.</source>
        <translation>
            <numerusform>{mode} preferred in {wins} of %n decided vote, 95 % interval {low}–{high} %: no difference found yet.</numerusform>
            <numerusform>{mode} preferred in {wins} of %n decided votes, 95 % interval {low}–{high} %: no difference found yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n vote(s) saw no difference.</source>
        <translation>
            <numerusform>%n vote saw no difference.</numerusform>
            <numerusform>%n votes saw no difference.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionPresenter</name>
    <message numerus="yes">
        <source>Its index of %n document(s) and its conversations are deleted. Your files stay where they are.</source>
        <translation>
            <numerusform>Its index of %n document and its conversations are deleted. Your files stay where they are.</numerusform>
            <numerusform>Its index of %n documents and its conversations are deleted. Your files stay where they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KindWords</name>
    <message numerus="yes">
        <source>From %Ln row(s); all rows were looked at</source>
        <translation>
            <numerusform>From %Ln row; all rows were looked at</numerusform>
            <numerusform>From %Ln rows; all rows were looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %Ln row(s); a part of the rows was looked at</source>
        <translation>
            <numerusform>From %Ln row; a part of the rows was looked at</numerusform>
            <numerusform>From %Ln rows; a part of the rows was looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passage</numerusform>
            <numerusform>%Ln passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message numerus="yes">
        <source>{languages} and %n more</source>
        <translation>
            <numerusform>{languages} and %n more</numerusform>
            <numerusform>{languages} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message numerus="yes">
        <source>%n model(s) checked, all intact.</source>
        <translation>
            <numerusform>%n model checked and intact.</numerusform>
            <numerusform>%n models checked, all intact.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message numerus="yes">
        <source>at most %n row(s)</source>
        <translation>
            <numerusform>at most %n row</numerusform>
            <numerusform>at most %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>tables</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchDialog</name>
    <message numerus="yes">
        <source>%n passage(s), best first</source>
        <translation>
            <numerusform>%n passage, best first</numerusform>
            <numerusform>%n passages, best first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n passage(s) have to be read by the new model. Until that is done they are found by their words only. It starts with the next indexing.</source>
        <translation>
            <numerusform>%n passage has to be read by the new model. Until that is done it is found by its words only. It starts with the next indexing.</numerusform>
            <numerusform>All %n passages have to be read by the new model. Until that is done they are found by their words only. It starts with the next indexing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesView</name>
    <message numerus="yes">
        <source>Show %n more source(s)</source>
        <translation>
            <numerusform>Show %n more source</numerusform>
            <numerusform>Show %n more sources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableBox</name>
    <message numerus="yes">
        <source>As a table (%Ln row(s))</source>
        <translation>
            <numerusform>As a table (%Ln row)</numerusform>
            <numerusform>As a table (%Ln rows)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>Searched {searched} of %n file(s)</source>
        <translation>
            <numerusform>Searched {searched} of %n file</numerusform>
            <numerusform>Searched {searched} of %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n unreadable</numerusform>
            <numerusform>%n unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searched all %n file(s)</source>
        <translation>
            <numerusform>Searched %n file</numerusform>
            <numerusform>Searched all %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) by words only</source>
        <translation>
            <numerusform>%n passage by words only</numerusform>
            <numerusform>%n passages by words only</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%n file could not be read</numerusform>
            <numerusform>%n files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
</TS>
