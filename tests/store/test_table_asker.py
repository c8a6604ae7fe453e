"""What a query over tables gives, and what it may not do."""

import sys

import pytest

from desktop.core.document_errors import QueryRefused
from desktop.core.documents import Cell, Table
from desktop.store.table_asker import MEMORY, TableAsker

TABLE = Table(0, 0, "Sales", ("Customer", "Amount", "Day"), ())
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Müller", "1.200,50", "2024-03-01"),
    ("müller", "99,50", "2024-04-01"),
    ("Jones", None, "2024-04-02"),
)


def ask(sql: str, rows: tuple[tuple[Cell, ...], ...] = ROWS, most: int = 10) -> tuple[object, object, int]:
    return TableAsker().ask([("t1", TABLE, rows)], sql, most)


def test_amounts_of_any_country_are_summed_exactly() -> None:
    english = (("a", "1,200.50", ""), ("b", "99.50", ""))

    assert ask('select sum("Amount") from t1')[1] == ((1300.0,),)
    assert ask('select sum("Amount") from t1', english)[1] == ((1300.0,),)


def test_a_column_whose_numbers_could_mean_two_things_stays_as_it_is_written() -> None:
    assert ask('select "Amount" from t1', (("a", "1.200", ""), ("b", "3,5 %", "")))[1] == (("1.200",), ("3,5 %",))


def test_numbers_that_are_names_keep_their_zeros() -> None:
    assert ask('select "Customer" from t1', (("007", 1, ""), ("42", 2, "")))[1] == (("007",), ("42",))


def test_numbers_of_accounts_stay_whole_however_long() -> None:
    long = ("99999999999999999999", "12345678901234567890")

    assert ask('select "Amount" from t1', tuple(("a", one, "") for one in long))[1] == tuple((one,) for one in long)


def test_the_first_rows_come_with_how_many_there_are() -> None:
    columns, rows, total = ask('select "Day" from t1 order by 1', most=2)

    assert (columns, rows, total) == (("Day",), (("2024-03-01",), ("2024-04-01",)), 3)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from t1", "drop table t1", "update t1 set Amount = 0", "insert into t1 values (1, 2, 3)",
        "attach 'other.db' as other", "pragma table_list", "create table t2 (a)", "select load_extension('x')",
        "select * from sqlite_master", "vacuum into 'copy.db'", "select 1; select 2", "not sql at all", "",
        "select randomblob(100)", "select printf('%900000000d', 1)", "select format('%900000000d', 1)",
        "select replace(replace(replace(hex(hex(hex(Day))), '3', hex(hex(hex(Day)))), '3', hex(hex(hex(Day)))), '3', "
        "hex(hex(hex(Day)))) from t1",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n",
    ],
)  # fmt: skip
def test_nothing_but_reading_these_tables_is_allowed(sql: str) -> None:
    with pytest.raises(QueryRefused):
        ask(sql)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted otherwise elsewhere")
def test_a_join_of_everything_with_everything_ends_before_it_fills_the_memory() -> None:
    rows = tuple((f"customer {at}" * 20, at, "") for at in range(2_000))
    before = peak()
    with pytest.raises(QueryRefused):
        ask("select a.Customer || b.Customer || c.Customer as c from t1 a, t1 b, t1 c order by c", rows)

    assert peak() - before < 2 * MEMORY


def test_texts_are_replaced_as_ever() -> None:
    assert ask("select replace(Day, '-', '.'), replace(Amount, '5', ''), replace(Day, '', 'x') from t1")[1][0] == (
        "2024.03.01", "1200.", "2024-03-01",
    )  # fmt: skip


def peak() -> int:
    """The most memory this process has had, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
