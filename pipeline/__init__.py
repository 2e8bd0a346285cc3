"""jiaokan: journal text cleaned into TEI and Parquet, with a complete collation.

The map of the house, in the order the data flows:

    cli.py          the commands, thin                progress.py    what they show
    cleaning.py     one source from its files to its edition
    build.py        the main job: which sources, run, write, check, publish in one step
    jobs.py         its types                         standing.py   what of the last build can be taken over
    dispatch.py     its sources, handed out           tasks.py      one source of it
    engines.py      the same work over one process or many          cluster.py    or over many machines
    assembly.py     what they came to put together    gathering.py  their tables among it
    cache.py        results kept between builds       keys.py       what they are found by
    checkpoints.py  what stages found, kept too       fingerprint.py  which program made it
    places.py       folders here and in object stores               arrow.py      Arrow without pandas
    corpus.py       which sources a folder holds      settings.py  options.py  sidecar.py   how to treat them
    readers/        bytes -> Source (the witness, never changed)
    model.py        the types in the middle           rewrite.py   the only code that changes text
    reading.py      spans as they read, and the map back           differences.py  a library's answer as edits
    advances.py     how wide lines are in print
    evidence.py     the lines and what they show      vocabulary.py  words and how often they stand
    columns/        columns side by side read one after the other  reading_order.py  where a place comes then
    stages/         the row of stages, one file each  languages.py   which language a text is in
    runner.py       one source through the row        verdicts/      corrections by hand, obeyed and proved
    collation.py    what became of every character    storage.py     what a stage found, as bytes
    tiling.py       the witness cut into its rows     insertions.py  which row holds what was put in
    edition.py      a finished document, ready to be written         passages.py  what it is made of
    weaving.py      text and marks to the content of a passage
    sentences.py    where a paragraph's sentences end              abbreviations.py  stops that end none
    writers/        TEI, Parquet, the data set's card, plain text
    validation/     grammar and rules of the TEI, and how findings are told
    checks/         whether the tables agree          tables.py      the tables read back
    manifest.py     every file with its digest        publishing.py  the swap of the output folder
    uploading.py    the same in an object store
    audit/          restore, explain, validate: reads the output back and holds it to account
    quality/        gates a build must keep to        comparison/    what changed between two builds, and why
    skeleton/       a new corpus, with its jobs for continuous integration
    words.py        the word list of a corpus         resources.py   files that travel with the package
    data/           tables of words and weights       errors.py      what a user can mend
    codes.py        numbers for values that come again             characters.py  which a text is made of
    manual.py       tables of settings and rules for docs/         folding.py    long texts folded to letters
"""

import os

# A source is the work of one core: products of matrices spread over several only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
