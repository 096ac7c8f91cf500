from course.fault import Fault, in_order


def test_a_fault_prints_as_an_editor_can_follow_it():
    assert str(Fault("01-one/02-x.md", 7, "it is empty; write it")) == "01-one/02-x.md:7: it is empty; write it"


def test_faults_come_by_file_and_line_and_each_one_once():
    late, early, other = Fault("a.md", 10, "x"), Fault("a.md", 9, "y"), Fault("b.md", 1, "x")
    assert in_order([other, late, early, late]) == (early, late, other)
