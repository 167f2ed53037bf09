"""No edition adapts another article's or follows another's version, none changes its article, and a
Version comes from its own edition's freezing by whoever froze it.
"""

from django.db import migrations

from kernel.guards import Refuse

WHY = "what it names belongs to another"

EDITION = """
    (SELECT article_id FROM articles_edition WHERE id = NEW.source_id) <> NEW.article_id
    OR (NEW.followed_id IS NOT NULL AND NEW.source_id IS NULL)
    OR (SELECT edition_id FROM articles_version WHERE id = NEW.followed_id) <> NEW.source_id
"""
ANOTHER_ARTICLE = "OLD.article_id <> NEW.article_id"
VERSION = """
    NOT EXISTS (
        SELECT 1 FROM articles_contribution c
        WHERE c.id = NEW.contribution_id AND c.kind = 'FROZE'
        AND c.edition_id = NEW.edition_id AND c.user_id = NEW.frozen_by_id)
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_audiences")]
    operations = [
        Refuse("Edition", "strangers", "INSERT", EDITION, why=WHY),
        Refuse("Edition", "strangers_later", "UPDATE", f"{ANOTHER_ARTICLE} OR {EDITION}", why=WHY),
        Refuse("Version", "strangers", "INSERT", VERSION, why=WHY),
    ]
