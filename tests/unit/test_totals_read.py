"""Files of totals as tools write them: added up, or refused cell by cell; whatever is sent, nothing breaks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sheets.made import xlsx
from tracker.domain.errors import ProblemCode
from tracker.domain.factors import Span
from tracker.domain.footprint import Amount, AmountScope, AmountTool
from tracker.domain.totals import LeftOut, TotalsTable
from tracker.exports.footprint import amounts_csv
from tracker.importers.totals import child, told
from tracker.importers.totals.reading import parse

HEAD = (
    "date_calcul;date_lot;nom_lot;etapeacv;critere;source;statut_indicateur;trace;version_calcul;conso_elec_moyenne;"
    "impact_unitaire;quantite;type_equipement;unite\n"
)
NUMECOEVAL = HEAD + (
    'x;31/12/2025;Parc;FABRICATION;Climate change;;OK;"{""a"":1}";1.2;;1200.1002555528837;4;Laptop;kg CO2 eq\n'
    "x;31/12/2025;Parc;UTILISATION;Climate change;;OK;;1.2;5400.5;250.5;4;Laptop;kg CO2 eq\n"
    "x;31/12/2025;Parc;UTILISATION;Acidification;;OK;;1.2;5400.5;3;4;Laptop;mol H+ eq\n"
    "x;31/12/2025;Parc;FABRICATION;Resource use (minerals and metals);;OK;;1.2;;2.3E-2;4;Laptop;kg Sb eq\n"
    "x;31/12/2025;Parc;FABRICATION;Climate change;;ERREUR;;1.2;;;4;Laptop;kg CO2 eq\n"
    "x;30/06/2025;Agences;FABRICATION;Climate change;;OK;;1.2;;10;1;Monitor;kg CO2 eq\n"
)
ENGLISH = (
    "inventoryName;batchName;acvStep;criteria;indicatorStatus;averagePowerConsumption;unitImpact;unit\n"
    "I;4;FABRICATION;Climate change;OK;;509.1002555528837;kg CO2 eq\n"
)
EMISSIONS = (
    '"Date";"Type";"Énergie";"Émission";"Moteur";"Version du moteur"\r\n'
    '"2025-03-01 00:00";"Ordinateur";"0.12 KWh";"5.5 gCO<sub>2</sub>eq";"V1";"2"\r\n'
    '"02-03-2025";"Ordinateur";"0.12";"4.5";"V1";"2"\r\n'
    '"2024-03-01";"Ordinateur";"1";"2";"V1";"2"\r\n'
    '"2025-03-02";"Écran";"";"";"V1";"2"\r\n'
)
EMBODIED = '"Associated item ID","Type","Global Warming Potential"\n"a","Ordinateur","185 090 gCO2eq"\n"b","Écran",""\n'
PLAIN = (
    "libelle;objet;etape;kgco2e;kgco2e_haut;kwh;outil;version;source;annee\n"
    'DSI;;fabrication;"1 200,5";2000;;WeNR;2024;Rapport WeNR;2025\n'
    "DSI;;usage;300;;900;WeNR;2024;Rapport WeNR;2025\n"
    "Nuage;informatique en nuage;;12;;;Outil maison;;Étude;\n"
)


def read(content: str, year: int = 2025, name: str = "totaux.csv"):
    return parse(content.encode(), name, year)


def faults(content: str, year: int = 2025) -> list[tuple[str, ProblemCode]]:
    found = read(content, year)
    assert not found.totals
    return [(f"{one.place.column}{one.place.row}", one.problem.code) for one in found.problems]


def test_the_physical_equipment_of_numecoeval_adds_up_by_lot_and_what_is_in_error_is_counted_apart():
    found = read(NUMECOEVAL)
    assert (found.table, found.problems) == (TotalsTable.NUMECOEVAL, ())
    town, branches = found.totals
    assert (town.carbon, town.resources, town.energy) == (Decimal("1450.600"), Decimal("0.023"), Decimal("5400.5"))
    assert (branches.carbon, branches.resources, branches.energy) == (Decimal(10), None, None)
    assert {(one.scope, one.tool) for one in found.totals} == {(AmountScope.WHOLE, AmountTool.NUMECOEVAL)}
    assert found.left == {LeftOut.OTHER_CRITERION: 1, LeftOut.IN_ERROR: 1}
    for said in ("NumEcoEval", "version 1.2", "31/12/2025", "1\u00a0ligne en erreur"):
        assert said in town.source
    assert read(ENGLISH).totals[0].carbon == Decimal("509.100")


def test_a_unit_that_is_not_the_one_of_the_criterion_and_a_shared_out_table_are_refused():
    assert faults(NUMECOEVAL.replace("250.5;4;Laptop;kg CO2 eq", "250.5;4;Laptop;t CO2 eq")) == [
        ("N3", ProblemCode.TOTAL_UNIT_DIFFERS)
    ]
    assert faults(NUMECOEVAL.replace("250.5", "-250.5")) == [("K3", ProblemCode.FACTOR_NEGATIVE)]
    assert faults(NUMECOEVAL.replace("type_equipement", "nom_equipement_virtuel")) == [
        ("A1", ProblemCode.TOTALS_ALLOCATED)
    ]
    assert faults(HEAD) == [("0", ProblemCode.TOTALS_NONE)]


def test_the_emissions_of_the_plugin_of_glpi_add_up_over_the_year_in_kilograms():
    found = read(EMISSIONS)
    [use] = found.totals
    assert found.table is TotalsTable.GLPI_EMISSIONS
    assert (use.carbon, use.energy, use.tool) == (Decimal("0.010"), Decimal("0.240"), AmountTool.GLPI_CARBON)
    assert found.left == {LeftOut.OTHER_YEAR: 1, LeftOut.NOT_EVALUATED: 1}
    assert "V1 2" in use.source
    assert faults(EMISSIONS.replace("02-03-2025", "hier")) == [("A3", ProblemCode.ASSET_DAY_UNREADABLE)]
    assert faults(EMISSIONS, 2023) == [("0", ProblemCode.TOTALS_NONE)]


def test_embodied_impacts_say_that_they_are_not_those_of_a_year():
    found = read(EMBODIED)
    [made] = found.totals
    assert (made.carbon, found.left) == (Decimal("185.090"), {LeftOut.NOT_EVALUATED: 1})
    assert "non celle d’une année" in made.name
    assert faults(EMBODIED.replace("gCO2eq", "livres")) == [("C2", ProblemCode.TOTAL_UNIT_UNKNOWN)]
    dated = EMBODIED.replace("Type", "Date")  # the use of assets, over a time that nothing tells
    assert faults(dated)[0][1] is ProblemCode.TOTALS_NOT_READ


def test_the_plain_table_adds_stages_up_and_a_blank_bound_is_the_value():
    town, cloud = read(PLAIN).totals
    assert (town.carbon, town.low, town.high) == (Decimal("1500.5"), Decimal("1500.5"), Decimal(2300))
    assert (town.scope, town.tool, town.energy) == (AmountScope.WHOLE, AmountTool.WENR, Decimal(900))
    assert "version 2024" in town.source
    assert "usage 300 kg CO₂e" in town.source
    assert (cloud.scope, cloud.tool, cloud.low) == (AmountScope.CLOUD, AmountTool.OTHER, None)
    assert cloud.source == "Étude ; Outil maison"


def test_each_wrong_cell_of_the_plain_table_has_its_own_sentence():
    wrong = PLAIN + (
        "DSI;;usage;5;;;WeNR;;Rapport;2025\n"
        "Nuage;informatique en nuage;usage;-3;;;Outil maison;;;2024\n"
        "X;y;z;1.234;;;;;s;\n"
        "Y;;;10;5;;WeNR;;s;\n"
        ";;;;;;WeNR;;s;\n"
    )
    assert set(faults(wrong)) == {
        ("C5", ProblemCode.TOTAL_TWICE),
        ("I6", ProblemCode.AMOUNT_SOURCE_MISSING),
        ("J6", ProblemCode.TOTAL_OF_OTHER_YEAR),
        ("D6", ProblemCode.FACTOR_NEGATIVE),
        ("B7", ProblemCode.UNKNOWN_WORD),
        ("C7", ProblemCode.UNKNOWN_WORD),
        ("D7", ProblemCode.AMBIGUOUS_NUMBER),
        ("G7", ProblemCode.CELL_MISSING),
        ("E8", ProblemCode.RANGE_LEAVES_VALUE),
        ("A9", ProblemCode.CELL_MISSING),
        ("D9", ProblemCode.VALUE_MISSING),
    }
    whole_and_stage = PLAIN + "Nuage;informatique en nuage;usage;3;;;x;;s;\n"
    assert faults(whole_and_stage) == [("C5", ProblemCode.TOTAL_TWICE)]


def test_headings_come_in_any_order_and_any_manner_of_csv_or_as_a_workbook():
    rows = [line.split(";") for line in PLAIN.replace('"', "").strip().split("\n")]
    turned = [list(reversed(row)) for row in rows]
    expected = read(PLAIN).totals
    for content in (PLAIN.replace(";", "\t").encode("cp1252"), PLAIN.encode("utf-8-sig"), PLAIN.encode("utf-16")):
        assert parse(content, "t.csv", 2025).totals == expected
    assert parse("\n".join(";".join(row) for row in turned).encode(), "t.csv", 2025).totals == expected
    assert child.read(xlsx(rows), "t.xlsx", 2025).totals == expected


def test_amounts_that_are_taken_away_are_read_back_the_same():
    amounts = [
        Amount(
            1,
            2,
            2025,
            AmountScope.CLOUD,
            AmountTool.STATED,
            "Hébergement ; « nuage »",
            Span(Decimal("12.345"), Decimal(10), Decimal(20)),
            Decimal("0.001"),
            Decimal(3000),
            "Facture 2025",
        ),
        Amount(
            2, 1, 2025, AmountScope.WHOLE, AmountTool.OTHER, "Étude", Span(*[Decimal(7)] * 3), None, None, "Rapport"
        ),
    ]
    found = parse(amounts_csv(amounts), "montants.csv", 2025)
    assert found.problems == ()
    for amount, one in zip(amounts, found.totals, strict=True):
        assert (one.scope, one.tool, one.name, one.span) == (amount.scope, amount.tool, amount.name, amount.carbon)
        assert (one.resources, one.energy, one.source) == (amount.resources, amount.energy, amount.source)
    assert parse(amounts_csv(()), "montants.csv", 2025).problems[0].problem.code is ProblemCode.TOTALS_NONE


def test_what_was_read_is_handed_over_whole_and_anything_else_is_refused():
    for content in (PLAIN, NUMECOEVAL, EMISSIONS.replace("02-03-2025", "hier")):
        found = read(content)
        again = told.read_again(told.written(found))
        assert (again.totals, again.rows, again.left, again.ignored) == (
            found.totals,
            found.rows,
            found.left,
            found.ignored,
        )
        assert [one.problem.code for one in again.problems] == [one.problem.code for one in found.problems]
        assert child.read(content.encode(), "t.csv", 2025).totals == found.totals
    plain = told.written(read(PLAIN))
    for spoilt in (b"", b"[]", b"{}", plain.replace(b"1500.500", b"NaN"), plain.replace(b'"cloud"', b'"x"')):
        with pytest.raises(told.NotTold):
            told.read_again(spoilt)


@given(st.text(alphabet="libelle;kgco2outisr\n\t,.-1eE\"'é ", max_size=200) | st.binary(max_size=200))
def test_no_file_breaks_the_reader(content):
    encoded = content if isinstance(content, bytes) else ("libelle;kgco2e;outil;source\n" + content).encode()
    found = parse(encoded, "t.csv", 2025)
    assert bool(found.totals) != bool(found.problems)
