"""Has the model write one SELECT over the tables of a scope, and SQLite compute it.

The grammar names the tables and columns that there are, so that what the model writes can be run; that it asks what
the person meant is for the person to see: the SELECT is shown beside its result.
"""

from collections.abc import Generator, Iterable, Sequence
from itertools import islice

from desktop.core.document_errors import QueryRefused
from desktop.core.documents import Cell, Table
from desktop.core.generation import EngineEvent, Finished, FinishReason, GenerateRequest, Loaded, SamplingOptions
from desktop.core.grounding import TablePart, TableSource
from desktop.core.library import LibrarySource, Scope
from desktop.core.library_ports import Library, TableAsker
from desktop.core.messages import Message, Role
from desktop.core.ports import ChatEngine
from desktop.core.stream import TextDelta
from desktop.core.value import value
from desktop.services import claims, source_text

MOST_TABLES = 6
SAMPLE_ROWS = 3
SHOWN_ROWS = 200
SQL_TOKENS = 300
TRIES = 2
SYSTEM = "You write SQLite. Answer with one SELECT statement and nothing else."


@value
class Asked:
    """A table that can be asked, under the name that SQL knows it by."""

    name: str
    source: LibrarySource
    table: Table
    sample: tuple[tuple[Cell, ...], ...]


class TableQuestions:
    """Asks tables in SQL."""

    def __init__(self, engine: ChatEngine, asker: TableAsker) -> None:
        self._engine = engine
        self._asker = asker

    def ask(
        self, request: GenerateRequest, library: Library, scope: Scope
    ) -> Generator[EngineEvent, None, TablePart | None]:
        """Return what the tables of a scope say to a question; None when there are none, or no SELECT could be run."""
        question = request.messages[-1].text
        tables = chosen(library, scope, question)
        wrong = ""
        for _ in range(TRIES if tables else 0):
            sql = yield from self._written(request, tables, question, wrong)
            if not sql:
                return None
            try:
                return self._run(library, tables, sql)
            except QueryRefused as refused:
                wrong = f"\n\nThis did not run: {sql}\nBecause: {refused.fields.get('reason', '')}"
        return None

    def _written(
        self, request: GenerateRequest, tables: Sequence[Asked], question: str, wrong: str
    ) -> Generator[EngineEvent, None, str]:
        asked = f"{described(tables)}\n\nQuestion: {question}{wrong}"
        messages = (Message.of(Role.SYSTEM, SYSTEM), Message.of(Role.USER, asked))
        sampling = SamplingOptions(temperature=0.0, max_tokens=SQL_TOKENS, grammar=grammar(tables))
        text: list[str] = []
        for event in self._engine.generate(GenerateRequest(request.model, messages, request.load, sampling)):
            if isinstance(event, TextDelta):
                text.append(event.text)
            elif isinstance(event, Loaded):
                yield event
            elif isinstance(event, Finished) and event.reason is FinishReason.STOPPED:
                return ""
        return "".join(text).strip()

    def _run(self, library: Library, tables: Sequence[Asked], sql: str) -> TablePart:
        used = [one for one in tables if f"{one.name} " in f"{sql} ".replace(";", " ")] or list(tables)
        given = [(one.name, one.table, library.passages.rows(one.source.id, one.table.name)) for one in used]
        columns, rows, total = self._asker.ask(given, sql, SHOWN_ROWS)
        sources = tuple(
            TableSource(one.source.id, one.source.name, one.table.name, len(one.table.rows)) for one in used
        )
        return TablePart(sql, sources, columns, rows, total)


def chosen(library: Library, scope: Scope, question: str) -> tuple[Asked, ...]:
    """Return the tables that fit a question best, with their first rows."""
    words = claims.words(question)

    def fit(found: tuple[LibrarySource, Table]) -> int:
        source, table = found
        return len(words & claims.words(f"{source.name} {table.name} {' '.join(table.columns)}"))

    with_columns = (one for one in library.passages.tables(scope) if _askable(one[1]))
    tables = sorted(with_columns, key=fit, reverse=True)[:MOST_TABLES]
    asked = []
    for number, (source, table) in enumerate(tables, 1):
        sample = tuple(islice(library.passages.rows(source.id, table.name), SAMPLE_ROWS))
        asked.append(Asked(f"t{number}", source, table, sample))
    return tuple(asked)


def described(tables: Iterable[Asked]) -> str:
    """Return what the model is told of the tables: their columns and first rows."""
    blocks = []
    for one in tables:
        columns = ", ".join(quoted(column) for column in one.table.columns)
        title = f"{one.source.name}{f', {one.table.name}' if one.table.name else ''}"
        head = f"Table {one.name} ({title}), columns: {columns}\nFirst rows:"
        blocks.append(f"{head}\n{source_text.table_text(one.table.columns, one.sample, 0)}")
    return "\n\n".join(blocks)


def _askable(table: Table) -> tuple[str, ...]:
    """Return the columns that can be named in a grammar and in SQL: both end at a zero byte."""
    return tuple(one for one in table.columns if "\0" not in one)


def quoted(name: str) -> str:
    """Return a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def grammar(tables: Iterable[Asked]) -> str:
    """Return a GBNF grammar of single SELECTs: over one table, with sums, conditions, groups and an order.

    Source: llama.cpp, grammars/README.md.
    """
    rules = list(_RULES)
    starts = []
    for one in tables:
        columns = " | ".join(_literal(quoted(column)) for column in _askable(one.table))
        rules += [line.replace("@", one.name) for line in _OF_A_TABLE]
        rules += [f"{one.name}-column ::= {columns}", f"{one.name}-from ::= {_literal(f' FROM {one.name}')}"]
        starts.append(f"{one.name}-select")
    return "\n".join([f"root ::= {' | '.join(starts)}", *rules]) + "\n"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


_OF_A_TABLE = (
    '@-select ::= "SELECT " @-shown (", " @-shown)? (", " @-shown)? (", " @-shown)? @-from @-where? @-group? @-order? '
    "limit?",
    '@-shown ::= @-value | "*"',
    "@-value ::= @-column | @-reckoned",
    '@-reckoned ::= aggregate "(" @-operand ")" | "COUNT(*)" | "COUNT(DISTINCT " @-column ")"',
    '@-operand ::= @-column (operator @-column)? | "ABS(" @-column ")"',
    '@-where ::= " WHERE " @-condition ((" AND " | " OR ") @-condition)? (" AND " @-condition)?',
    '@-condition ::= @-column comparison value | @-column " LIKE " string | @-column " BETWEEN " value " AND " value | '
    '@-column " IS NULL" | @-column " IS NOT NULL"',
    '@-group ::= " GROUP BY " @-column (", " @-column)? (" HAVING " @-reckoned comparison value)?',
    '@-order ::= " ORDER BY " @-value (" DESC" | " ASC")?',
)
_RULES = (
    'aggregate ::= "SUM" | "AVG" | "MIN" | "MAX" | "COUNT"',
    'operator ::= " * " | " + " | " - " | " / "',
    'comparison ::= " = " | " <> " | " > " | " < " | " >= " | " <= "',
    "value ::= number | string",
    'number ::= "-"? [0-9]{1,15} ("." [0-9]{1,6})?',
    'string ::= "\'" ([^\'\\n\\\\] | "\'\'"){0,80} "\'"',
    'limit ::= " LIMIT " [1-9] [0-9]{0,3}',
)
