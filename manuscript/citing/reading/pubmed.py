"""PubMed XML, as efetch gives it: articles and book articles."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, tostring

from manuscript.citing.reading import dates, notices, pages
from manuscript.citing.reading.languages import short_code
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord, ReferencesRefused
from manuscript.citing.reading.xmlfiles import find_text, text_of

ROOTS = {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", "PubmedBookArticleSet", "MedlineCitationSet", "MedlineCitation"}  # fmt: skip
_RECORDS = {"PubmedArticle", "PubmedBookArticle", "MedlineCitation"}


def read(root: Element) -> Iterator[Record | FailedRecord]:
    """Yield a Record per article.

    :raises ReferencesRefused: when the file has none.
    """
    found = [root] if root.tag in _RECORDS else [child for child in root if child.tag in _RECORDS]
    if not found:
        raise ReferencesRefused("This PubMed XML holds no article.")
    for number, element in enumerate(found, 1):
        shown = " ".join(tostring(element, encoding="unicode").split())[:MAX_SHOWN]
        if element.tag == "PubmedBookArticle":
            yield _book(number, shown, element)
        else:
            yield _article(number, shown, element)


def _article(number: int, shown: str, element: Element) -> Record | FailedRecord:
    citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        return FailedRecord(f"record {number}", "The record holds no article.", shown, number)
    pmid = find_text(citation, "PMID")
    record = Record(number, f"record {number}, PMID {pmid}", shown, "article-journal")
    types = [text_of(one) for one in article.findall("PublicationTypeList/PublicationType")]
    if "Preprint" in types:
        record.csl["type"] = "article"
    record.pmid(pmid)
    # The paper's own identifiers only: references have ArticleIdLists too.
    for one in element.findall("PubmedData/ArticleIdList/ArticleId"):
        _identifier(record, one.get("IdType", ""), text_of(one))
    for one in article.findall("ELocationID"):
        if one.get("ValidYN") != "N":
            _identifier(record, one.get("EIdType", ""), text_of(one))
    record.text_field("title", find_text(article, "ArticleTitle"))
    record.text_field("title", find_text(article, "VernacularTitle"))
    record.text_field("original-title", find_text(article, "VernacularTitle"))
    journal = article.find("Journal")
    if journal is not None:
        record.text_field("container-title", find_text(journal, "Title"))
        record.serials(" ".join(text_of(one) for one in journal.findall("ISSN")))
        record.text_field("volume", find_text(journal, "JournalIssue/Volume"))
        record.text_field("issue", find_text(journal, "JournalIssue/Issue"))
        record.date("issued", _date(journal.find("JournalIssue/PubDate")))
    short = find_text(article, "Journal/ISOAbbreviation") or find_text(
        citation, "MedlineJournalInfo/MedlineTA"
    )
    record.text_field("container-title", short)
    if short != record.csl.get("container-title"):
        record.text_field("container-title-short", short)
    record.date("issued", _date(article.find("ArticleDate")))
    record.text_field("page", _pages(article))
    _people(record, article.findall("AuthorList"))
    record.text_field("language", short_code(find_text(article, "Language")))
    record.text_field("abstract", _abstract(article))
    record.text_field(
        "keyword",
        ", ".join(filter(None, (text_of(one) for one in citation.findall("KeywordList/Keyword")))),
    )
    record.settle(_status(citation, types))
    return record


def _book(number: int, shown: str, element: Element) -> Record | FailedRecord:
    document = element.find("BookDocument")
    book = document.find("Book") if document is not None else None
    if document is None or book is None:
        return FailedRecord(f"record {number}", "The record holds no book.", shown, number)
    pmid = find_text(document, "PMID")
    title = find_text(document, "ArticleTitle")
    record = Record(number, f"record {number}, PMID {pmid}", shown, "chapter" if title else "book")
    record.pmid(pmid)
    for path in ("BookDocument/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId"):
        for one in element.findall(path):
            _identifier(record, one.get("IdType", ""), text_of(one))
    record.text_field("title", title or find_text(book, "BookTitle"))
    if title:
        record.text_field("container-title", find_text(book, "BookTitle"))
    lists = document.findall("AuthorList") + book.findall("AuthorList")
    authors = [one for one in lists if one.get("Type", "authors") != "editors"]
    _people(record, authors[:1])
    _people(record, [one for one in lists if one.get("Type") == "editors"], role="editor")
    record.date("issued", _date(book.find("PubDate")) or _date(document.find("ContributionDate")))
    record.text_field("publisher", find_text(book, "Publisher/PublisherName"))
    record.text_field("publisher-place", find_text(book, "Publisher/PublisherLocation"))
    record.text_field("edition", find_text(book, "Edition"))
    record.text_field("volume", find_text(book, "Volume"))
    record.text_field("page", _pages(document))
    record.serials(" ".join(text_of(one) for one in book.findall("Isbn")))
    record.text_field("language", short_code(find_text(document, "Language")))
    record.text_field("abstract", _abstract(document))
    number_ = next(
        (
            text_of(one)
            for one in document.findall("ArticleIdList/ArticleId")
            if one.get("IdType") == "bookaccession"
        ),
        "",
    )
    if number_:
        record.addresses([f"https://www.ncbi.nlm.nih.gov/books/{number_}/"])
    return record


def _identifier(record: Record, kind: str, text: str) -> None:
    setters: dict[str, Any] = {"doi": record.doi, "pubmed": record.pmid, "pmc": record.pmcid}
    if kind in setters:
        setters[kind](text)


def _date(element: Element | None) -> dict[str, Any] | None:
    if element is None:
        return None
    if whole := find_text(element, "MedlineDate"):
        return dates.read_date(whole)
    parts = [find_text(element, part) for part in ("Year", "Month", "Day")]
    if season := find_text(element, "Season"):
        return dates.read_date(f"{parts[0]} {season}")
    joined = " ".join(part for part in parts if part)
    return dates.read_date("-".join(p for p in parts if p) if parts[1].isdigit() else joined)


def _pages(article: Element) -> str:
    if medline := find_text(article, "Pagination/MedlinePgn"):
        return pages.full_pages(medline)
    return pages.full_pages(
        find_text(article, "Pagination/StartPage"), find_text(article, "Pagination/EndPage")
    )


def _people(record: Record, lists: list[Element], role: str = "author") -> None:
    for one in lists:
        for author in one.findall("Author"):
            if author.get("ValidYN") == "N":
                continue
            if group := find_text(author, "CollectiveName"):
                record.person(role, {"literal": group})
                continue
            record.person(
                role,
                {
                    "family": find_text(author, "LastName"),
                    "given": find_text(author, "ForeName") or find_text(author, "Initials"),
                    "suffix": find_text(author, "Suffix"),
                },
            )
        if one.get("CompleteYN") == "N" and role == "author":
            record.go_on()


def _abstract(article: Element) -> str:
    parts = []
    for one in article.findall("Abstract/AbstractText"):
        label = one.get("Label", "")
        words = text_of(one)
        parts.append(f"{label}: {words}" if label and words else words)
    return " ".join(part for part in parts if part)


def _status(citation: Element, types: list[str]) -> notices.PubMedStatus:
    status = notices.PubMedStatus(types)
    for one in citation.findall("CommentsCorrectionsList/CommentsCorrections"):
        relation = one.get("RefType", "").lower()
        if kind := status.IN.get(relation):
            status.link(kind, find_text(one, "RefSource"), find_text(one, "PMID"))
        elif relation in status.OF and not status.notice_of:
            status.notice_of = status.OF[relation]
    return status
