"""Accounts and roles in the admin, through the actions of `accounts.actions.users`."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from accounts import rules
from accounts.actions.users import add_user, change_user, set_password
from accounts.models import User
from accounts.models.user import Role
from kernel.admin.bases import BAD_REQUEST, ActionAdmin, become
from kernel.errors import NotAllowed
from kernel.forms import add_refusal


def checked_roles(user: User) -> list[str]:
    """Return the roles that a person has, in the order of `Role`. One query."""
    names = set(user.groups.values_list("name", flat=True))
    return [role.value for role in Role if role in names]


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person and their roles."""

    roles = forms.MultipleChoiceField(
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Administrators may enter this admin. Roles count from the next page on.",
    )

    class Meta:
        model = User
        fields = ["email", "name", "orcid", "biography", "is_active"]
        help_texts = {
            "is_active": "Nobody is deleted. An account that is not active signs in nowhere; what "
            "its owner signed stands."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["roles"].initial = checked_roles(self.instance)


class NewUserForm(UserForm):
    """A new person, with a first password."""

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    class Meta(UserForm.Meta):
        fields = ["email", "name", "orcid", "biography"]

    def clean_password(self) -> str:
        """Return the password if the validators accept it."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.instance)
        return password


@admin.register(User)
class UserAdmin(ActionAdmin):
    """Accounts and roles, through the actions of `accounts.actions.users`."""

    form = UserForm
    list_display = ["name", "email", "roles", "is_active", "is_superuser", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    search_fields = ["name", "email", "orcid"]
    ordering = ["name", "pk"]
    date_hierarchy = "joined_at"
    readonly_fields = ["is_staff", "is_superuser", "last_login", "joined_at"]
    change_form_template = "admin/accounts/user/change_form.html"
    person_fields = ["email", "name", "orcid", "biography"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return everyone, with their groups at hand."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        """Return the words for a person's roles, from the groups at hand."""
        names = {group.name for group in user.groups.all()}
        return ", ".join(role.label for role in Role if role in names) or "–"

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Ask for a first password when adding; show what follows from roles when changing."""
        if obj is None:
            return [(None, {"fields": [*self.person_fields, "roles", "password"]})]
        return [
            (None, {"fields": [*self.person_fields, "is_active", "roles"]}),
            ("Follows from the above", {"fields": self.readonly_fields}),
        ]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form of a new person, or of a known one."""
        kwargs["form"] = UserForm if change else NewUserForm
        # `roles` and `password` are fields of the forms alone.
        kwargs["fields"] = [*self.person_fields, "is_active"] if change else self.person_fields
        return super().get_form(request, obj, change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tell whether this person's account may be changed by who asks."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        return rules.why_not_change_user(actor=request.user, user=obj) is None  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Store the account through its action."""
        said = form.cleaned_data
        person = {name: said[name] for name in self.person_fields}
        facts = {**person, "roles": [Role(role) for role in said["roles"]], "at": timezone.now()}
        if change:
            change_user(
                actor=request.user,  # type: ignore[arg-type]
                user_id=obj.pk,
                is_active=said["is_active"],
                **facts,
            )
        else:
            become(obj, add_user(actor=request.user, password=said["password"], **facts))  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        """Add the page that sets a password."""
        page = self.admin_site.admin_view(sensitive_post_parameters()(self.password_view))
        return [
            path("<int:pk>/password/", page, name="accounts_user_password"),
            *super().get_urls(),
        ]

    def password_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set a new password for a person who cannot sign in."""
        user = get_object_or_404(User, pk=pk)
        if reason := rules.why_not_change_user(actor=request.user, user=user):  # type: ignore[arg-type]
            raise NotAllowed(reason)
        form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                set_password(
                    actor=request.user,  # type: ignore[arg-type]
                    user_id=user.pk,
                    password=form.cleaned_data["new_password1"],
                    at=timezone.now(),
                )
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                user.refresh_from_db()
                self.log_change(request, user, "Set a new password.")
                self.message_user(request, f"{user.name} has a new password.", messages.SUCCESS)
                return redirect("admin:accounts_user_change", user.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Set a new password for {user.name}",
            "opts": self.opts,
            "original": user,
            "form": form,
        }
        return TemplateResponse(
            request,
            "admin/accounts/user/password.html",
            context,
            status=BAD_REQUEST if form.errors else 200,
        )
