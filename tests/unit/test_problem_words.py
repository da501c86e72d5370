"""What a refusal says: the names that it quotes have the same typography as the rest of the page."""

import pytest

from tracker.domain.errors import Problem, ProblemCode
from tracker.labels import speaking
from tracker.labels.problems import problem_sentence


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_name_that_is_quoted_has_no_straight_apostrophe(language):
    problem = Problem("SOB-01:value", ProblemCode.OWN_VALUE, {"name": "Part d'agents formés à l'année"})
    with speaking(language):
        assert problem_sentence(problem).startswith("Part d’agents formés à l’année")


@pytest.mark.parametrize(
    "code", [ProblemCode.FILE_DAMAGED, ProblemCode.FILE_ENCRYPTED, ProblemCode.FILE_MACROS, ProblemCode.FILE_EMPTY]
)
def test_what_a_file_of_values_can_be_refused_for_never_speaks_of_attaching_it(code):
    with speaking("fr"):
        assert "joign" not in problem_sentence(Problem("file", code))
