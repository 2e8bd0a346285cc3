"""Public texts set as journals, books, newspapers and theses, extracted again, with the truth about every text.

python -m bench.typeset --texts ../checkouts --out ../typeset
python -m bench.typeset --texts ../checkouts --out ../drawn --drawn 0 440
python -m bench.typeset --texts ../checkouts --out ../printed --printed 2016 2018 2019 2020 --quarters 2 3
python -m bench.train.layout --shared ../shared --typeset ../typeset ../drawn

`--texts` is a folder that holds checkouts of these repositories, each under its own name without the owner:

COST-ELTeC/ELTeC-deu             novels in the public domain, encoding CC BY 4.0
COST-ELTeC/ELTeC-eng             the same
COST-ELTeC/ELTeC-fra             the same, no rights claimed in the encoding
PLOS/allofplos                   code MIT; the papers in its starter corpus CC BY
github/opensource.guide          CC BY 4.0
pluralitybook/plurality          CC0 1.0
tallusil/luxun-novel-analysis    MIT; essays in the public domain, the notes of their edition without a statement
ruanyf/road, ruanyf/survivor     essays, no licence stated
JiangPingbo/MAtheses             a thesis, no licence stated
deutschestextarchiv/dingler      a journal of 1820 to 1931, encoding CC BY-SA 4.0
ADHO/dh2016                      papers of a conference, CC BY 4.0
DHd-Verband/DHd-Abstracts-2016, -2018, -2019, -2020, -2022   the same in German, rights with their authors
openjournals/jose-papers         papers of a journal with their PDFs, CC BY 4.0
ReScience/articles               the same, CC BY 4.0
JuliaCon/proceedings-papers      papers of a conference with their PDFs, CC BY 4.0
mlresearch/v2, v5, v25, v54, v58 the same, rights with their authors
boudinfl/taln-archives           papers of French conferences, rights with their authors

No text of theirs is part of this package; read the licences before you pass on a set made of them.

texts.tsv                        which texts, and which of the readers reads each
articles.py                      the readers: markdown.py, jats.py, tei_novels.py, essays.py, theses.py
invented/, invented.py           notes, names and heads that the texts lack: nobody and nothing in them exists
layouts/                         LAYOUT.typ sets pages with Typst, LAYOUT.toml says what is set so
drawn.py, styles.py, drawn.toml  issues whose layout is drawn by lot, for layouts/drawn.typ
variety.py, variety.toml         what such issues from 7000 on show and the texts do not have
old.py, old.toml                 what those from 10000 on have of the practice of the nineteenth century
enumerated.py                    counted paragraphs, in those from 11000 on
polytechnic.py                   articles of a real journal, with the titles it printed: in some from 10000 on, in all from 20000 on
conferences.py                   papers of conferences, with their own titles, authors and institutions: all from 30000 on
correspondence.py                electronic addresses and names with the surname first, in these
printed.py, open_journal.py      papers as they were printed, with the PDF that is beside their TEI or JATS
recorded.py                      papers as they were printed, of which only title, authors and institutions are known
issues.py, typesetting.py        issues of articles; their PDFs
colours.py, following.py         what a PDF shows: the colour of every word says what it is
extraction.py                    pdftotext (poppler), pypdfium2, tesseract
pages.py, hyphens.py, truth.py   the truth about pages, hyphens at line ends and all else
checks.py                        what the truth says and the raw text does not show

The packages are those of the `train` extra.  The layouts want these fonts, and stop where one is missing: AR PL KaitiM
Big5 and GB, AR PL Mingti2L Big5, AR PL SungtiL GB, AR PL UKai, AR PL UMing, Carlito, DejaVu, EB Garamond, Gentium,
Latin Modern, Liberation, Linux Libertine, Noto Sans CJK, Noto Serif CJK, WenQuanYi Micro Hei.  The same texts, fonts
and programs give the same set.
"""
