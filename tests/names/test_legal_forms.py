"""Names without their legal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import without_legal_form
from graph.names.legal_forms import AROUND, FORMS


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Luminex NV", "luminex"),
        ("Luminex N.V.", "luminex"),
        ("NV Bekaert SA", "bekaert"),
        ("Crème de la Crème BV", "creme de la creme"),
        ("Kuka Co., Ltd.", "kuka"),
        ("Punch Powertrain GmbH & Co. KG", "punch powertrain"),
        ("Acme S.p.A.", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("Acme, Inc.", "acme"),
        ("Acme Pty Ltd", "acme"),
        ("株式会社アリアケ", "アリアケ"),
        ("アリアケ(株)", "アリアケ"),
        ("深圳华为技术有限公司", "深圳华为技术"),
        ("上海汽车股份有限公司", "上海汽车"),
        ("(주)현대", "현대"),
        ("현대 주식회사", "현대"),
        ("บริษัท สยาม จำกัด (มหาชน)", "สยาม"),
        ("ООО «Ромашка»", "ромашка"),
        ("ПАО Газпром", "газпром"),
        ("شركة قطر ش.م.م", "قطر"),
        ("CÔNG TY TNHH Hoa Sen", "hoa sen"),
        ("PT Astra Tbk", "astra"),
    ],
)
def test_the_form_goes_wherever_it_stands(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


@pytest.mark.parametrize("name", ["NV", "Co., Ltd.", "株式会社", "SA SA"])
def test_a_name_that_is_nothing_else_keeps_something(name: str) -> None:
    assert without_legal_form(name)


@pytest.mark.parametrize("name", ["Novatec", "Sabca", "Spa Monopole", "Costa Groep"])
def test_letters_of_a_form_inside_a_word_stay(name: str) -> None:
    assert without_legal_form(name) == name.lower()


@given(st.sampled_from(["Luminex", "Hengelhoef", "Zangersheide"]), st.sampled_from(sorted(FORMS)), st.data())
def test_every_form_behind_a_name_goes(name: str, where: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([each.strip() for each in FORMS[where].split(",")]))
    assert without_legal_form(f"{name} {form.upper()}") == name.lower()


@pytest.mark.parametrize("form", AROUND)
def test_every_form_without_spaces_goes(form: str) -> None:
    assert without_legal_form(f"{form}ルミナ") == "ルミナ"
    assert without_legal_form(f"ルミナ{form}") == "ルミナ"
