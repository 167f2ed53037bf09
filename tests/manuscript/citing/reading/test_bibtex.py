"""BibTeX and BibLaTeX; the fixtures are written here."""

import time

import pytest

from manuscript.citing.reading import ReferencesRefused, read_references
from manuscript.citing.reading.tex import from_tex
from tests.manuscript.citing.reading.sources import codes, only, read, shown

pytestmark = pytest.mark.pure


class TestTex:
    @pytest.mark.parametrize(
        ("tex", "text"),
        [
            (r"G{\"o}del and \'Etude", "Gödel and Étude"),
            (r"\v{S}koda, {\ss}, {\o}, \aa, \c c, \'{\i}", "Škoda, ß, ø, å, ç, í"),
            (r"10\% of \$5 \& more\_less \#1", "10% of $5 & more_less #1"),
            (r"TNF-$\alpha$ and IL-1$\beta$", "TNF-α and IL-1β"),
            (r"CO$_2$ and 10$^{9}$ and H\textsubscript{2}O", "CO₂ and 10⁹ and H₂O"),
            (r"{The {DNA} of \emph{Homo}}", "The DNA of Homo"),
            ("1990--2000 --- ``so''", "1990–2000 — “so”"),
            ("costs $5", "costs $5"),
            (r"a~b\,c", "a b c"),
            (r"\unknowncommand{x} y", r"\unknowncommand x y"),
            ("plain", "plain"),
        ],
    )
    def test_becomes_text(self, tex, text):
        assert from_tex(tex) == text

    def test_a_percent_sign_ends_nothing(self):
        assert (
            only("@article{a, title={50\\% of 10% more}, year=2020}")["title"] == "50% of 10% more"
        )

    def test_what_is_left_is_told(self):
        found = read(r"@article{a, title={On \weird{x} signs}, year={2020}}")

        assert codes(found) == ["raw-tex"]


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("utf-8", "王伟"),
            ("utf-8-sig", "王伟"),
            ("gbk", "王伟"),
            ("utf-16", "王伟"),
            ("cp1252", "Müller"),
        ],
    )
    def test_are_recognised(self, encoding, name):
        title = "系统性红斑狼疮的治疗研究" if name == "王伟" else "Über die Prüfung von Größen"
        text = f"@article{{a,\n author = {{{{{name}}}}},\n title = {{{title}}},\n year = {{2020}}\n}}\n"

        found = read_references(text.encode(encoding))

        (reference,) = found.references
        assert reference.csl["title"] == title
        assert reference.csl["author"] == [{"literal": name}]
        assert ("encoding-guessed" in codes(found)) is (encoding in {"gbk", "cp1252"})

    def test_a_declared_encoding_is_believed(self):
        data = "% Encoding: windows-1252\n@article{a, title = {25°}, year = 2020}".encode("cp1252")

        assert read_references(data).references[0].csl["title"] == "25°"


class TestPeople:
    def test_groups_in_braces_stay_whole_and_particles_are_known(self):
        csl = only(
            "@article{a, author={{World Test Organization} and van der Berg, Jan and "
            "King, Jr., Anna and Carl Delta and others}, title={T}, year={2020}}"
        )

        assert csl["author"] == [
            {"literal": "World Test Organization"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Anna", "suffix": "Jr."},
            {"family": "Delta", "given": "Carl"},
        ]
        assert csl["custom"] == {"authors-et-al": True}

    def test_accents_in_names_are_read(self):
        csl = only(r"@article{a, author={M{\"u}ller, J{\'o}zsef}, title={T}, year={2020}}")

        assert shown(csl) == ["Müller, József"]


class TestEntries:
    def test_failures_and_repeated_keys_lose_nothing(self):
        found = read("""
            @article{one, title={First}, year={2020}}
            @article{one, title={Second}, year={2021}}
            @article{two, title={Third}, title={Fourth}, year={2021}}
            @article{lost, title={No end
            @article{three, title={Fifth}, year={2021}}
        """)

        titles = [one.csl["title"] for one in found.references]
        assert titles == ["First", "Second", "Third", "Fifth"]
        assert sorted(codes(found)) == ["repeated-field", "repeated-id"]
        (failed,) = found.failed
        assert "lost" in failed.place
        assert "No end" in failed.text

    def test_too_many_are_refused_before_they_are_taken_apart(self):
        begun = time.process_time()
        with pytest.raises(ReferencesRefused, match="more than 20,000 records"):
            read_references(b"@a{" * 300_000)

        assert time.process_time() - begun < 1

    def test_two_on_one_line_are_two(self):
        found = read("@article{a, title={A}, year=2020}@article{b, title={B}, year=2020}")

        assert [one.csl["title"] for one in found.references] == ["A", "B"]

    def test_strings_and_cross_references_are_resolved(self):
        found = read("""
            @string{press = "Test Press"}
            @incollection{part, title={Part}, author={Alpha, A.}, crossref={whole}, pages={1--9}}
            @book{whole, title={Whole}, editor={Beta, B.}, publisher=press, year={2019}}
        """)

        part = found.references[0].csl
        assert part["container-title"] == "Whole"
        assert part["publisher"] == "Test Press"
        assert part["page"] == "1-9"
        assert part["issued"] == {"date-parts": [[2019]]}

    def test_biblatex_is_read(self):
        csl = only(r"""
            @article{a, title={Main}, subtitle={Sub}, date={2021-03-04}, journaltitle={Journal of Tests},
              number={2}, eid={e7}, eprint={1234567}, eprinttype={pubmed}, url={https://a.example/x\_y},
              urldate={2026-01-02}}
        """)

        assert csl["title"] == "Main: Sub"
        assert csl["issued"] == {"date-parts": [[2021, 3, 4]]}
        assert (csl["issue"], csl["number"], csl["PMID"]) == ("2", "e7", "1234567")
        assert csl["URL"] == "https://a.example/x_y"
        assert csl["accessed"] == {"date-parts": [[2026, 1, 2]]}

    @pytest.mark.parametrize(
        ("fields", "parts"),
        [
            ("year=2020, month=mar", [2020, 3]),
            ("year=2020, month={3}", [2020, 3]),
            ('year=2020, month="12~" # dec', [2020, 12]),
            ("year={c2020}", [2020]),
        ],
    )
    def test_months_are_read(self, fields, parts):
        csl = only(f"@article{{a, title={{T}}, {fields}}}")

        assert csl["issued"]["date-parts"][0][: len(parts)] == parts

    def test_a_doi_in_the_address_is_the_doi(self):
        csl = only("@misc{a, title={T}, year=2020, url={https://doi.org/10.5555/A_B}}")

        assert csl["DOI"] == "10.5555/a_b"
