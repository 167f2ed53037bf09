import pytest

from accounts.orcid import check_digit, normalise_orcid


class TestNormaliseOrcid:
    @pytest.mark.parametrize(
        "typed",
        [
            "0000-0002-1825-0097",
            "0000000218250097",
            " https://orcid.org/0000-0002-1825-0097/ ",
            "orcid.org/0000 0002 1825 0097",
        ],
    )
    def test_every_way_of_writing_one_gives_one_form(self, typed):
        assert normalise_orcid(typed) == "0000-0002-1825-0097"

    def test_an_x_is_a_check_digit_in_either_case(self):
        assert normalise_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"

    def test_nothing_stays_nothing(self):
        assert normalise_orcid("  ") == ""

    @pytest.mark.parametrize(
        "typed", ["0000-0002-1825-009", "0000-0002-1825-00977", "Ada", "١" * 16]
    )
    def test_what_has_not_16_digits_is_refused(self, typed):
        with pytest.raises(ValueError, match="16 digits"):
            normalise_orcid(typed)

    @pytest.mark.parametrize("last", [digit for digit in "0123456789X" if digit != "7"])
    def test_every_wrong_check_digit_is_refused(self, last):
        with pytest.raises(ValueError, match="last digit"):
            normalise_orcid(f"0000-0002-1825-009{last}")

    def test_two_neighbouring_digits_swapped_are_refused(self):
        assert check_digit("000000021825009") == "7"
        with pytest.raises(ValueError, match="last digit"):
            normalise_orcid("0000-0002-8125-0097")
