"""What each role may do: one table of permissions and roles for the whole site.

Roles are groups. A migration writes the table into the database, once; an administrator may change
a group afterwards.
"""

from typing import Any

ROLES = ("editor", "reviewer", "chair", "administrator")
ALL = "view add change delete"

# Of which row, and what each role may do with it. A verb that is none of Django's four names a
# permission of the model's own, such as `accounts.verify_credential`.
GRANTS: dict[str, tuple[str, str, str, str]] = {
    # row                        editor             reviewer  chair             administrator
    "accounts.specialty": ("view", "view", "view", ALL),
    "accounts.user": ("", "", "view", ALL),
    "accounts.credential": ("", "", "view", f"{ALL} verify"),
    "accounts.interestdeclaration": ("", "", "", "view"),
    "accounts.interest": ("", "", "", "view"),
    "accounts.passwordchange": ("", "", "", "view"),
    "kernel.auditentry": ("", "", "", "view"),
    "kernel.publicationentry": ("", "", "", "view"),
    "kernel.outboxmessage": ("", "", "", "view change"),
    "django_tasks_database.dbtaskresult": ("", "", "", "view"),
    "articles.article": ("view add change", "", "view reclassify", "view"),
    "articles.topic": ("view", "", "view", ALL),
    "articles.audience": ("view", "", "view", ALL),
    "articles.edition": ("view add change", "", "view", "view"),
    "articles.contribution": ("view", "", "view", "view"),
    "articles.importrecord": ("view", "", "view", "view"),
    "articles.version": ("view add", "", "view", "view"),
    "articles.disclaimer": ("view", "", "view", ALL),
    "articles.glossaryterm": ("view add", "view", "view", ALL),
    "articles.reference": ("view add change", "view", "view", "view add change"),
    "articles.referencenotice": ("view add", "view", "view add", "view add"),
    "articles.referencechange": ("view", "", "view", "view"),
    "articles.citation": ("view", "", "view", "view"),
    "articles.citedreference": ("view", "", "view", "view"),
    "articles.figure": ("view add change", "view", "view", "view"),
    "articles.placedfigure": ("view", "", "view", "view"),
    "articles.figurechange": ("view", "", "view", "view"),
    "review.submission": ("view add", "sign", "view chair", "view"),
    "review.assignment": ("view", "", "view", "view"),
    "review.decision": ("view", "", "view", "view"),
    "review.signature": ("view", "", "view", "view"),
    "review.notice": ("view", "", "view add", "view"),
    "review.publication": ("view", "", "view", "view"),
    "review.reviewrule": ("", "", "view", ALL),
    "review.rulecapacity": ("", "", "view", ALL),
    "reader.question": ("view handle", "", "view handle", "view handle"),
    "reader.policyversion": ("", "", "view", "view add"),
}


def write_grants(apps: Any, _schema_editor: Any = None) -> None:
    """Give each role what the table says, with the models of a migration's `apps`.

    Creates groups, content types and permissions that are not there yet: Django itself creates
    them only after all migrations ran.
    """
    groups = {
        role: apps.get_model("auth", "Group").objects.get_or_create(name=role)[0] for role in ROLES
    }
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for row, granted in GRANTS.items():
        app_label, model = row.split(".")
        content_type, _created = content_types.get_or_create(app_label=app_label, model=model)
        for role, verbs in zip(ROLES, granted, strict=True):
            for verb in verbs.split():
                permission, _created = permissions.get_or_create(
                    content_type=content_type,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {model}"},
                )
                groups[role].permissions.add(permission)
