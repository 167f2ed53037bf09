import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Role(models.TextChoices):
    """The roles: groups whose permissions a migration creates."""

    EDITOR = "editor", "Editor"
    REVIEWER = "reviewer", "Reviewer"
    CHAIR = "chair", "Chair"
    ADMINISTRATOR = "administrator", "Administrator"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def with_role(self, role: Role) -> "UserQuerySet":
        return self.filter(groups__name=role.value)


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Signs in with an e-mail address, signs reviews with `name`."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(
        max_length=150, help_text="As it is to stand under a review, without degrees."
    )
    orcid = models.CharField(
        "ORCID iD", max_length=19, blank=True, help_text="Like 0000-0002-1825-0097."
    )
    biography = models.TextField(
        blank=True, max_length=2000, help_text="A few sentences for the advisory board's page."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(
        "may enter the admin", default=False, help_text="Given with the administrator's role."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.email = self.email.strip().lower()
        self.name = unicodedata.normalize("NFC", " ".join(self.name.split()))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
