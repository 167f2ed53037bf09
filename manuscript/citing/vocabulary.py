"""The words of CSL-JSON 1.0: its types, and what kind of value each of its fields holds."""

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editor-translator editorial-director executive-producer guest host illustrator
    interviewer narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator translator
    """.split()
)

DATES = frozenset("accessed available-date event-date issued original-date submitted".split())

TEXTS = frozenset(
    """
    id abstract annote archive archive_collection archive_location archive-place authority
    call-number chapter-number citation-key citation-label citation-number collection-number
    collection-title container-title container-title-short dimensions division DOI edition event
    event-place event-title first-reference-note-number genre ISBN ISSN issue jurisdiction keyword
    language license locator medium note number number-of-pages number-of-volumes original-publisher
    original-publisher-place original-title page page-first part-number part-title PMCID PMID
    printing-number publisher publisher-place references reviewed-genre reviewed-title scale section
    source status supplement-number title title-short URL version volume volume-title year-suffix
    """.split()
)

ALIASES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
"""Two names the CSL-JSON schema still allows for fields that have a proper one."""

NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
