"""ODD, grammar and Schematron say the same: elements, children, attributes, values, constraints, examples."""

from __future__ import annotations

import copy
from functools import lru_cache
from time import process_time

import pytest
from drafts import FULL, PLAIN, bilingual, english, written
from lxml import etree

from pipeline.resources import schema_path
from pipeline.validation import CORPUS, include, parse
from pipeline.validation.contents import contents

NS = {
    "t": "http://www.tei-c.org/ns/1.0",
    "sch": "http://purl.oclc.org/dsdl/schematron",
    "xsl": "http://www.w3.org/1999/XSL/Transform",
    "eg": "http://www.tei-c.org/ns/Examples",
    "rng": "http://relaxng.org/ns/structure/1.0",
}
RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "{http://www.tei-c.org/ns/1.0}"


@lru_cache(maxsize=1)
def odd() -> etree._Element:
    return etree.parse(schema_path("jiaokan.odd")).getroot()


def sch() -> etree._Element:
    return etree.parse(schema_path("jiaokan.sch")).getroot()


def specs() -> dict[str, etree._Element]:
    return {spec.get("ident", ""): spec for spec in odd().iterfind(".//t:elementSpec", NS)}


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_same_elements() -> None:
    idents = [spec.get("ident") for spec in odd().iterfind(".//t:elementSpec", NS)]
    assert sorted(idents) == sorted(contents())
    included = {
        (ref.get("key"), name)
        for ref in odd().iterfind(".//t:moduleRef", NS)
        for name in ref.get("include", "").split()
    }
    assert included == {(spec.get("module"), name) for name, spec in specs().items()}


@pytest.mark.parametrize("name", sorted(contents()))
def test_the_same_of_each_element(name: str) -> None:
    spec, known = specs()[name], contents()[name]
    assert {ref.get("key") for ref in spec.iterfind("t:content//t:elementRef", NS)} == known.children
    assert (spec.find("t:content//t:textNode", NS) is not None) == known.has_text
    attributes = {one.get("ident", ""): one for one in spec.iterfind("t:attList/t:attDef", NS)}
    assert set(attributes) == set(known.attributes)
    for attribute, values in known.attributes.items():
        definition = attributes[attribute]
        assert {value.get("ident") for value in definition.iterfind("t:valList/t:valItem", NS)} == values, attribute
        assert (definition.get("usage") == "req") == (attribute in known.required), attribute


def test_everything_is_described() -> None:
    for path in (".//t:elementSpec", ".//t:attDef", ".//t:valItem", ".//t:constraintSpec"):
        for one in odd().iterfind(path, NS):
            told = one.find("t:desc", NS)
            assert told is not None, one.get("ident")
            assert len(words(told)) > 2, one.get("ident")


def test_the_same_constraints() -> None:
    def rows(root: etree._Element) -> dict[str, tuple[str | None, ...]]:
        found = {}
        for rule in root.iterfind(".//sch:rule", NS):
            for one in rule.iterfind("sch:assert", NS):
                holder = one.getparent().getparent().getparent()
                name = one.get("id") or holder.get("ident")
                assert name not in found
                found[name] = (rule.get("context"), one.get("test"), one.get("role"), words(one))
        return found

    assert rows(odd()) == rows(sch())
    keys = [
        [dict(key.attrib) for key in root.iterfind(".//xsl:key", NS)]
        for root in (odd(), sch())
    ]  # fmt: skip
    assert keys[0] == keys[1]
    mends = {one.get("id"): words(one) for one in sch().iterfind(".//sch:diagnostic", NS)}
    for one in sch().iterfind(".//sch:assert", NS):
        told = odd().find(f".//t:constraintSpec[@ident='{one.get('id')}']/t:desc", NS)
        assert words(told) == f"Where it does not hold: {mends[one.get('diagnostics')]}."


def grammar_of(name: str) -> etree.RelaxNG:
    """The grammar with any of the patterns of one element as its start."""
    root = copy.deepcopy(etree.parse(schema_path("jiaokan.rng")).getroot())
    start = root.find("rng:start", NS)
    patterns = [copy.deepcopy(one) for one in root.iter(RNG + "element") if one.get("name") == name]
    for child in list(start):
        start.remove(child)
    start.extend([choice := etree.SubElement(start, RNG + "choice")])
    choice.extend(patterns)
    return etree.RelaxNG(root)


@pytest.mark.parametrize("name", sorted(contents()))
def test_every_element_has_a_valid_example(name: str) -> None:
    for example in specs()[name].iterfind("t:exemplum/eg:egXML", NS):
        (shown,) = example
        text = etree.tostring(shown, encoding="unicode", with_tail=False).replace(NS["eg"], NS["t"])
        root = etree.fromstring(text)
        assert etree.QName(root).localname == name
        grammar = grammar_of(name)
        assert grammar.validate(root), grammar.error_log
    assert specs()[name].find("t:exemplum/eg:egXML", NS) is not None


def test_examples_show_every_attribute() -> None:
    shown = {
        (etree.QName(one).localname, attribute)
        for one in odd().iterfind(".//eg:egXML//*", NS)
        for attribute in one.attrib
    }
    xml = "{http://www.w3.org/XML/1998/namespace}"
    asked = {(name, key.replace("xml:", xml)) for name, known in contents().items() for key in known.attributes}
    # TEI's xml:base is put there by XInclude; xml:lang and xml:id are shown on many others
    left_out = {("TEI", f"{xml}base")} | {(name, key) for name, key in asked if key.startswith(xml)}
    assert asked - shown <= left_out


def test_what_we_write_is_what_the_odd_lists() -> None:
    known = contents()
    for draft, options in ((english, FULL), (english, PLAIN), (bilingual, PLAIN)):
        files = {name: parse(data) for name, data in written(draft(), options).items()}
        whole = files.pop(CORPUS)
        include(whole, files)
        for element in whole.iter(TEI + "*"):
            one = known[etree.QName(element).localname]
            assert {etree.QName(child).localname for child in element} <= one.children
            assert {key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for key in element.attrib} <= set(
                one.attributes
            )


def test_the_grammar_compiles_fast() -> None:
    took = []
    for _ in range(3):
        began = process_time()
        etree.RelaxNG(etree.parse(schema_path("jiaokan.rng")))
        took.append(process_time() - began)
    assert min(took) < 0.2
