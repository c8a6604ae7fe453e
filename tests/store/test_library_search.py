"""Finding passages by their words, in a scope, in order; tables, coverage and vectors."""

import array

import pytest

from desktop.core.conversations import GENERAL
from desktop.core.coverage import PassageId
from desktop.core.document_errors import SourceMissing
from desktop.core.documents import DocumentKind, Page, Table, Trouble
from desktop.core.library import Scope, SourceState
from desktop.store.conversations import ConversationStore
from desktop.store.library import LibraryStore
from tests.fakes import FakeClock
from tests.shelves import new, read


def found(library: LibraryStore, query: str, scope: Scope | None = None, limit: int = 20) -> list[str]:
    """The names of the files that are found, best first."""
    ids = [one for one, _ in library.passages.by_words(query, scope or Scope(), limit)]
    return [library.sources.get(one.source).name for one in library.passages.get(ids)]


def filled(library: LibraryStore) -> None:
    """A few other pages: in a library of two, every word is a common one."""
    read(library, "filler.txt", *(f"page {number} of something else" for number in range(8)))


def test_the_passage_with_most_of_the_words_comes_first(library: LibraryStore) -> None:
    read(library, "garden.txt", "The tenant may use the garden.")
    read(library, "notice.txt", "The notice period for the tenant is three months.")
    read(library, "other.txt", "Nothing of the kind.")
    assert found(library, "What is the notice period of the tenant?") == ["notice.txt", "garden.txt"]
    scores = [score for _, score in library.passages.by_words("tenant notice", Scope(), 9)]
    assert scores == sorted(scores, reverse=True)


def test_words_of_the_language_find_nothing_unless_they_are_all_there_is(library: LibraryStore) -> None:
    read(library, "a.txt", "To be, or not to be, that is the question.")
    read(library, "b.txt", "The herons of the lake.")
    assert found(library, "the herons") == ["b.txt"]
    assert found(library, "to be or not to be") == ["a.txt"]


def test_accents_case_and_endings_do_not_count(library: LibraryStore) -> None:
    read(library, "de.txt", "Die Kündigungsfristen der Mieter stehen in der Straße.")
    read(library, "en.txt", "Deposits are returned.")
    assert found(library, "kundigungsfrist") == ["de.txt"]
    assert found(library, "STRASSE") == ["de.txt"]
    assert found(library, "deposit return") == ["en.txt"]


def test_what_is_quoted_must_be_there_word_by_word(library: LibraryStore) -> None:
    read(library, "a.txt", "the lease may be terminated early by the landlord")
    read(library, "b.txt", "the landlord may, early on, see the terminated lease")
    read(library, "c.txt", "terminated early")
    filled(library)
    assert sorted(found(library, 'landlord "terminated early"')) == ["a.txt", "c.txt"]
    assert sorted(found(library, "„terminated early“")) == ["a.txt", "c.txt"]
    assert sorted(found(library, 'lease "terminated early')) == ["a.txt", "b.txt", "c.txt"]  # not closed yet


@pytest.mark.parametrize(
    ("query", "text", "other"),
    [
        ("What does § 12 say?", "According to §12 the rent is due.", "12 of them and § 13"),
        ("Who paid 1,200.50?", "An amount of 1200.50 was paid", "1 of 200 by 50"),
        ("1200.50", "An amount of 1,200.50 was paid", "1200 things and 50 more"),
        ("file DE-4711", "our sign: DE-4711", "4711 is what DE stands for"),
        ("on 2021-03-12", "dated 2021-03-12", "12 in 03 and 2021"),
        ("clause 7.2", "see clause 7.2 below", "7 clauses, 2 pages"),
    ],
)
def test_numbers_and_signs_are_kept_together(library: LibraryStore, query: str, text: str, other: str) -> None:
    filled(library)
    read(library, "wrong.txt", other)
    read(library, "right.txt", text)
    assert found(library, query)[0] == "right.txt"


def test_chinese_japanese_and_korean_words_of_any_length_are_found(library: LibraryStore) -> None:
    read(library, "ja.txt", "納税義務者は消費税を納めなければならない。")
    read(library, "zh.txt", "租赁合同的押金")
    read(library, "ko.txt", "임대차 계약을 해지한다")
    assert found(library, "消費税") == ["ja.txt"]
    assert found(library, "押金") == ["zh.txt"]
    assert found(library, "金") == ["zh.txt"]
    assert found(library, "계약") == ["ko.txt"]
    assert found(library, '"消費税を納め"') == ["ja.txt"]
    assert found(library, '"税消"') == []
    assert found(library, "消費税の納税義務者は誰ですか")[0] == "ja.txt"


def test_headings_and_headers_of_tables_are_found_too(library: LibraryStore) -> None:
    from desktop.core.library import Split

    source = read(library, "a.txt")
    page = Page(1, "It is three months.")
    library.sources.put_pages(source.id, [(page, [Split(0, 19, "Terms › Notice period", "Item | Price")])])
    assert found(library, "notice") == ["a.txt"]
    assert found(library, "price") == ["a.txt"]
    (passage,) = library.passages.in_order(Scope())
    assert (passage.heading, passage.header) == ("Terms › Notice period", "Item | Price")


@pytest.mark.parametrize("query", ["", '"', '""', "*", "a AND", 'NEAR("x', "^", "()", "☃", "-", "\0", "\ud800"])
def test_nothing_that_is_typed_is_an_operator(library: LibraryStore, query: str) -> None:
    read(library, "a.txt", "words")
    assert found(library, query) == []
    assert found(library, "words") == ["a.txt"]


def test_a_search_stays_in_its_matter(library: LibraryStore, store: ConversationStore) -> None:
    matter = store.filing.make("Miller").id
    mine = library.collections.make("Mine", matter).id
    theirs = library.collections.make("Theirs", GENERAL).id
    read(library, "mine.txt", "a heron", collection=mine)
    read(library, "theirs.txt", "a heron", collection=theirs)
    assert found(library, "heron", Scope(matter=matter)) == ["mine.txt"]
    assert sorted(found(library, "heron")) == ["mine.txt", "theirs.txt"]
    assert found(library, "heron", Scope(matter=matter, collections=(theirs,))) == []


def test_a_scope_is_narrowed_by_file_folder_kind_date_and_name(library: LibraryStore) -> None:
    old = read(library, "old.pdf", "a heron", modified=10.0, path="/cases/one/old.pdf")
    mail = read(library, "new.eml", "a heron", modified=20.0, path="/cases/onetwo/new.eml", kind=DocumentKind.EML)
    sent = read(library, "Plan.txt", "a heron", modified=20.0, parent=mail.id, kind=DocumentKind.TEXT)
    assert found(library, "heron", Scope(sources=(old.id,))) == ["old.pdf"]
    assert sorted(found(library, "heron", Scope(sources=(mail.id,)))) == ["Plan.txt", "new.eml"]
    assert found(library, "heron", Scope(folder="/cases/one")) == ["old.pdf"]
    assert sorted(found(library, "heron", Scope(folder="/cases/onetwo/"))) == ["Plan.txt", "new.eml"]
    assert found(library, "heron", Scope(kinds=(DocumentKind.EML,))) == ["new.eml"]
    assert found(library, "heron", Scope(until=15.0)) == ["old.pdf"]
    assert sorted(found(library, "heron", Scope(since=20.0))) == ["Plan.txt", "new.eml"]
    assert found(library, "heron", Scope(name="PLAN")) == ["Plan.txt"]
    assert [one.id for one in library.sources.within(Scope())] == [mail.id, old.id, sent.id]


def test_passages_come_in_the_order_of_the_documents(library: LibraryStore) -> None:
    read(library, "b.txt", "b one. " * 200, "b two")
    read(library, "A.txt", "a one", "a two")
    every = library.passages.in_order(Scope())
    walked, last = [], None
    while batch := library.passages.in_order(Scope(), last, 2):
        walked += batch
        last = batch[-1].id
    assert walked == list(every)
    places = [(library.sources.get(one.source).name, one.page, one.start) for one in every]
    assert places == sorted(places)
    assert places[0][0] == "A.txt"
    assert library.passages.count(Scope()) == (len(every), sum(one.end - one.start for one in every))
    library.sources.remove(every[0].source)
    with pytest.raises(SourceMissing):
        library.passages.in_order(Scope(), every[0].id)


def test_passages_are_cut_from_their_pages_in_the_order_asked_for(library: LibraryStore) -> None:
    read(library, "a.txt", "first words", "second words")
    first, second = library.passages.in_order(Scope())
    assert library.passages.get([second.id, PassageId(99), first.id]) == (second, first)
    assert second.text == "second words"


def test_vectors_are_kept_by_model_and_go_with_their_passages(library: LibraryStore, clock: FakeClock) -> None:
    old = read(library, "old.txt", "one", "two")
    clock.second()
    newer = read(library, "new.txt", "three")
    waiting = library.passages.without_vector("m", 9)
    assert [one.text for one in waiting] == ["three", "one", "two"]
    before = library.passages.generation()
    library.passages.put_vectors("m", 2, [(waiting[0].id, b"\1\2"), (waiting[1].id, b"\3\4"), (PassageId(99), b"\0\0")])
    assert library.passages.generation() != before
    assert library.passages.embedded("m") == (2, 3)
    assert library.passages.embedded("other") == (0, 3)
    assert [one.text for one in library.passages.without_vector("m", 9)] == ["two"]
    assert len(library.passages.without_vector("other", 9)) == 3
    assert library.sources.get(newer.id).embedded == 1
    kept = library.passages.vectors("m", Scope(sources=(newer.id,)))
    assert (array.array("q", kept.ids).tolist(), kept.rows, kept.dimensions) == ([waiting[0].id], b"\1\2", 2)
    assert library.passages.vectors("other", Scope()).ids == b""
    with pytest.raises(ValueError, match="3"):
        library.passages.put_vectors("m", 3, [(waiting[0].id, b"\1\2\3")])
    library.sources.remove(old.id)
    assert library.passages.embedded("m") == (1, 1)


def test_a_page_that_is_read_again_waits_for_its_vectors(library: LibraryStore) -> None:
    source = read(library, "a.txt", "one", "two")
    library.passages.put_vectors("m", 1, [(one.id, b"\1") for one in library.passages.in_order(Scope())])
    page = Page(2, "two again")
    from tests.shelves import whole

    library.sources.put_pages(source.id, [(page, whole(page))])
    assert library.passages.embedded("m") == (1, 2)
    assert [one.text for one in library.passages.without_vector("m", 9)] == ["two again"]


def test_tables_go_on_over_pages_and_have_names(library: LibraryStore) -> None:
    def sheet(first: int) -> Table:
        return Table(0, 1, "Costs", ("Item", "Sum"), tuple((f"i{n}", n) for n in range(first, first + 3)), first)

    running = Table(0, 1, "", ("A", "B"), (("x", 1.5),))
    pages = (
        Page(1, "x", tables=(sheet(2),)),
        Page(2, "x", tables=(sheet(5), Table(0, 1, "Other", ("A",), ((None,),)))),
        Page(3, "x", tables=(running,)),
        Page(4, "x", tables=(running,)),
        Page(5, "x", tables=(Table(0, 1, "", ("Z",), ((True,),)),)),
    )
    source = read(library, "a.xlsx", *pages, kind=DocumentKind.XLSX)
    tables = [table for _, table in library.passages.tables(Scope())]
    assert [one.name for one in tables] == ["Costs", "Other", "Table 1", "Table 2"]
    assert all(one.rows == () for one in tables)
    assert list(library.passages.rows(source.id, "Costs")) == [(f"i{n}", n) for n in (2, 3, 4, 5, 6, 7)]
    assert list(library.passages.rows(source.id, "Table 1")) == [("x", 1.5), ("x", 1.5)]
    assert list(library.passages.rows(source.id, "none")) == []


def test_coverage_says_what_could_not_be_read_and_why(library: LibraryStore) -> None:
    read(library, "good.pdf", "words")
    partly = read(library, "partly.pdf", "words", "", "", "words", "")
    troubles = ((Trouble.NO_WORDS, (2, 3, 5)),)
    library.sources.finish(partly.id, SourceState.PARTLY, troubles=troubles)
    bad = read(library, "bad.pdf")
    library.sources.finish(bad.id, SourceState.UNREADABLE, failure="DocumentLocked", reason="A password is needed.")
    library.sources.add(bad.collection, new("waiting.pdf"))
    coverage = library.passages.coverage(Scope())
    assert (coverage.searched, coverage.total, coverage.waiting) == (1, 4, 1)
    assert coverage.partly == (("partly.pdf", "page 2–3, 5: a picture in which no writing was found"),)
    assert coverage.unreadable == (("bad.pdf", "A password is needed."),)
    (collection,) = library.collections.all()
    assert (collection.sources, collection.pages, collection.waiting) == (4, 6, 1)
