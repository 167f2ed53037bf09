"""What a reviewer is told about signing before anything is to be signed."""

from datetime import date, timedelta

from django.urls import reverse

from accounts.models import Credential, InterestDeclaration
from tests import factories
from tests.review.views.conftest import NOW, QUEUE, words_of


class TestReadiness:
    def test_says_when_a_credential_expires(self, client, reviewer):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 12, 24))
        client.force_login(reviewer)

        text = " ".join(words_of(client.get(QUEUE)).split())

        assert "Your credential in Rheumatology expires on 24 December 2026." in text

    def test_says_that_a_credential_expired(self, client, reviewer):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 11, 21))
        client.force_login(reviewer)

        assert "Your credential in Rheumatology expired on" in words_of(client.get(QUEUE))

    def test_an_expired_credential_that_another_replaced_is_not_mentioned(
        self, client, reviewer, administrator, board
    ):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 11, 21))
        factories.qualify(reviewer, board.specialty, verifier=administrator)
        client.force_login(reviewer)

        text = words_of(client.get(QUEUE))

        assert "expired on" not in text
        assert "You can sign:" in text

    def test_asks_to_declare_interests(self, client, administrator):
        person = factories.make_reviewer("Una Undeclared", verifier=administrator, declares=False)
        client.force_login(person)

        text = words_of(client.get(QUEUE))

        assert "You have not been asked about your interests yet. Declare them first." in text
        assert reverse("accounts:interests") in text

    def test_warns_before_a_declaration_expires(self, client, administrator):
        person = factories.make_reviewer("Una Undeclared", verifier=administrator, declares=False)
        InterestDeclaration.objects.create(
            user=person, state="NONE", declared_at=NOW - timedelta(days=330)
        )
        client.force_login(person)

        text = words_of(client.get(QUEUE))

        assert "Your declaration of interests expires within two months." in text

    def test_says_nothing_to_who_does_not_sign(self, client, chair, superuser):
        for person in (chair, superuser):
            client.force_login(person)
            assert client.get(QUEUE).context["readiness"] is None
