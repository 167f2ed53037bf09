"""What is done to articles and their texts, as the trail calls it."""

from kernel.events import Event, Reach


class TextEvent(Event):
    """Drafts and Versions reach nobody: readers see what the board publishes."""

    ARTICLE_CHANGED = "articles.article.changed", Reach.ARTICLES
    EDITION_CREATED = "articles.edition.created"
    EDITION_FOLLOWED = "articles.edition.followed"
    DRAFT_SAVED = "articles.draft.saved"
    VERSION_FROZEN = "articles.version.frozen"
    TOPIC_ADDED = "articles.topic.added", Reach.SITE
    TOPIC_CHANGED = "articles.topic.changed", Reach.SITE
    TOPIC_DELETED = "articles.topic.deleted", Reach.SITE
    AUDIENCE_ADDED = "articles.audience.added", Reach.SITE
    AUDIENCE_CHANGED = "articles.audience.changed", Reach.SITE
    AUDIENCE_DELETED = "articles.audience.deleted", Reach.SITE
    GLOSSARY_TERM_ADDED = "articles.glossaryterm.added", Reach.SITE
    GLOSSARY_TERM_CHANGED = "articles.glossaryterm.changed", Reach.SITE
    GLOSSARY_TERM_DELETED = "articles.glossaryterm.deleted", Reach.SITE
    DISCLAIMER_ADDED = "articles.disclaimer.added", Reach.SITE
    DISCLAIMER_CHANGED = "articles.disclaimer.changed", Reach.SITE
    DISCLAIMER_DELETED = "articles.disclaimer.deleted", Reach.SITE
