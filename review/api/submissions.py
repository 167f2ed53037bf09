"""Submissions: the queue, asking reviewers, deciding, signing, taking down."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from accounts.models import Specialty, User
from accounts.reauthentication import confirm_password
from kernel.api.base import (
    ApiView,
    QuerySerializer,
    Slug,
    StrictSerializer,
    allow,
    row_or_404,
    sent,
)
from review.api.outputs import (
    AssignmentSerializer,
    CandidateSerializer,
    SignatureGivenSerializer,
    SubmissionRowSerializer,
    SubmissionSerializer,
)
from review.models import Assignment, State, Submission
from review.public.facts import gather
from review.public.rules import why_not_chair
from review.rounds.actions.assigning import assign_reviewer, end_assignment
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from review.rounds.candidates import candidates, reviewers
from review.rounds.models.submission import SubmissionQuerySet
from review.rounds.rules import why_not_withdraw
from review.signatures.actions.signing import sign_submission
from review.verdicts.actions.deciding import recuse, request_changes

LONGEST = 10_000


class SubmissionQuery(QuerySerializer):
    state = serializers.ChoiceField(choices=State.choices, required=False)
    edition = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class CandidateQuery(QuerySerializer):
    capacity = Slug(queryset=Specialty.objects.all(), help_text="Slug of the specialty.")


class AssignSerializer(StrictSerializer):
    reviewer = serializers.PrimaryKeyRelatedField(
        queryset=User.objects.all(), help_text="Id of the person; see `candidates`."
    )
    capacity = Slug(queryset=Specialty.objects.all(), help_text="Slug of the specialty.")
    due_on = serializers.DateField(required=False, allow_null=True)


class SignSerializer(StrictSerializer):
    digest = serializers.CharField(max_length=64, help_text="Of the version that you have read.")
    password = serializers.CharField(
        trim_whitespace=False, max_length=4096, write_only=True, help_text="Yours, again."
    )
    comment = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)


class RequestChangesSerializer(StrictSerializer):
    comment = serializers.CharField(max_length=LONGEST, help_text="What has to change.")


class RecuseSerializer(StrictSerializer):
    comment = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)


class WithdrawSerializer(StrictSerializer):
    notice = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="For readers who could see the text: what became of it.",
    )


class RetractSerializer(StrictSerializer):
    notice = serializers.CharField(
        max_length=LONGEST, help_text="Why the text was taken down, for readers. Kept for good."
    )


def detailed(request: Request, pk: int, *, status: int = 200) -> Response:
    """Return the answer that shows a submission as it stands now."""
    row = gather(Submission.objects.visible_to(actor(request))).for_lists().get(pk=pk)
    return Response(SubmissionSerializer(row).data, status=status)


class SubmissionViewSet(ApiView, viewsets.GenericViewSet[Submission]):
    """The board's work. Submissions are never edited and never deleted."""

    serializer_class = SubmissionSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> SubmissionQuerySet:
        """Return the submissions that the person may know of."""
        return Submission.objects.visible_to(self.request.user)  # type: ignore[arg-type]

    def _row(self, pk: str) -> Submission:
        row: Submission = row_or_404(self.get_queryset(), pk=pk)
        return row

    @extend_schema(
        summary="List submissions",
        parameters=[SubmissionQuery],
        responses=SubmissionRowSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List the submissions that you may see, newest first."""
        rows = gather(self.get_queryset().filter(**SubmissionQuery.read(request))).for_lists()
        page = self.paginate_queryset(rows.order_by("-submitted_at", "-pk"))
        return self.get_paginated_response(SubmissionRowSerializer(page, many=True).data)

    @extend_schema(summary="Read a submission")
    def retrieve(self, request: Request, pk: str) -> Response:
        """Read one submission; its text is that of its version."""
        row = row_or_404(gather(self.get_queryset()).for_lists(), pk=pk)
        return Response(SubmissionSerializer(row).data)

    @extend_schema(
        summary="List who could review it",
        parameters=[CandidateQuery],
        responses=CandidateSerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def candidates(self, request: Request, pk: str) -> Response:
        """List the reviewers with the reason why some cannot be asked. For chairs."""
        submission = row_or_404(self.get_queryset().with_edition(), pk=pk)
        allow(why_not_chair(actor(request)))
        capacity = CandidateQuery.read(request)["capacity"]
        found = candidates(
            people=list(reviewers()),
            submission=submission,
            specialty_id=capacity.pk,
            at=timezone.now(),
        )
        return Response(CandidateSerializer(found, many=True).data)

    @extend_schema(
        summary="Ask a reviewer", request=AssignSerializer, responses={201: AssignmentSerializer}
    )
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Ask somebody to review it in one capacity. For chairs."""
        row = self._row(pk)
        allow(why_not_chair(actor(request)))
        said = sent(AssignSerializer, request)
        assignment = assign_reviewer(
            actor=actor(request),
            submission_id=row.pk,
            reviewer_id=said["reviewer"].pk,
            capacity_id=said["capacity"].pk,
            due_on=said.get("due_on"),
            at=timezone.now(),
        )
        return Response(AssignmentSerializer(assignment).data, status=201)

    @extend_schema(
        summary="Sign it", request=SignSerializer, responses={201: SignatureGivenSerializer}
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Sign exactly the version that you have read; the digest says which that was.

        Your password is asked again, and wrong ones count towards the lockout. Credentials and
        interests are recorded as they stand.
        """
        row = self._row(pk)
        said = sent(SignSerializer, request)
        # The wrapper, not the request within: so that a lockout is answered as a problem here,
        # and not as a page by the middleware.
        asked_by = cast("HttpRequest", request)
        at = timezone.now()
        confirmed = confirm_password(
            user=actor(request), password=said["password"], at=at, request=asked_by
        )
        given = sign_submission(
            actor=actor(request),
            submission_id=row.pk,
            digest=said["digest"],
            comment=said.get("comment", ""),
            confirmed=confirmed,
            at=at,
        )
        shown = {"approved": given.approved, "signature": given.signature}
        return Response(SignatureGivenSerializer(shown).data, status=201)

    @extend_schema(
        summary="Request changes",
        request=RequestChangesSerializer,
        responses=SubmissionSerializer,
    )
    @action(detail=True, methods=["post"], url_path="request-changes")
    def request_changes(self, request: Request, pk: str) -> Response:
        """Send it back to its editor. For the reviewers who were asked."""
        return self._done(request, pk, RequestChangesSerializer, request_changes)

    @extend_schema(summary="Step aside", request=RecuseSerializer, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def recuse(self, request: Request, pk: str) -> Response:
        """Step aside; the chair asks somebody else."""
        return self._done(request, pk, RecuseSerializer, recuse, {"comment": ""})

    @extend_schema(
        summary="Withdraw it", request=WithdrawSerializer, responses=SubmissionSerializer
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back before it is approved: its editor before a decision, a chair always."""
        allow(why_not_withdraw(actor=actor(request), submission=self._row(pk)))
        return self._done(request, pk, WithdrawSerializer, withdraw_submission)

    @extend_schema(summary="Retract it", request=RetractSerializer, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, pk: str) -> Response:
        """Take an approved text down at once, with a notice to readers. For chairs."""
        row = self._row(pk)
        allow(why_not_chair(actor(request)))
        return self._done(request, str(row.pk), RetractSerializer, retract_submission)

    def _done(
        self,
        request: Request,
        pk: str,
        serializer: type[StrictSerializer],
        act: Any,
        said: dict[str, Any] | None = None,
    ) -> Response:
        """Do one thing to a submission and show how it stands then."""
        row = self._row(pk)
        said = (said or {}) | sent(serializer, request)
        act(actor=actor(request), submission_id=row.pk, at=timezone.now(), **said)
        return detailed(request, row.pk)


class AssignmentViewSet(ApiView, viewsets.GenericViewSet[Assignment]):
    """Taking reviewers off again."""

    serializer_class = AssignmentSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Assignment]:
        """Return the assignments of submissions that the person may know of."""
        visible = Submission.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return Assignment.objects.filter(submission__in=visible)

    @extend_schema(summary="Take a reviewer off", request=None, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Take a reviewer off before they decided. For chairs."""
        row = row_or_404(self.get_queryset(), pk=pk)
        assignment = end_assignment(actor=actor(request), assignment_id=row.pk, at=timezone.now())
        return Response(AssignmentSerializer(assignment).data)
