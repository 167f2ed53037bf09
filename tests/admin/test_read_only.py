"""What nobody writes here, superusers included."""

import pytest

from tests.admin.pages import CONFIGURATION, NEVER_DELETED, READ_ONLY, page


class TestReadOnly:
    @pytest.mark.parametrize("who", ["administrator", "superuser"])
    @pytest.mark.parametrize("model", READ_ONLY)
    def test_nobody_adds_changes_or_deletes(self, request, client, everything, who, model):
        client.force_login(request.getfixturevalue(who))
        row = model._default_manager.order_by("pk").first()
        before = list(model._default_manager.order_by("pk").values())

        answers = [
            client.get(page(model, "add")),
            client.post(page(model, "add"), {"state": "APPROVED"}),
            client.post(page(model, "change", row.pk), {"state": "APPROVED", "_save": "1"}),
            client.get(page(model, "delete", row.pk)),
            client.post(page(model, "delete", row.pk), {"post": "yes"}),
        ]

        assert [answer.status_code for answer in answers] == [403] * 5
        assert list(model._default_manager.order_by("pk").values()) == before

    @pytest.mark.parametrize("model", NEVER_DELETED)
    def test_a_superuser_deletes_no_evidence_and_nobody(self, as_superuser, everything, model):
        row = model._default_manager.order_by("pk").first()

        response = as_superuser.post(page(model, "delete", row.pk), {"post": "yes"})

        assert response.status_code == 403
        assert model._default_manager.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("model", [*NEVER_DELETED, *CONFIGURATION])
    def test_there_is_no_deleting_in_bulk(self, as_superuser, everything, model):
        row = model._default_manager.order_by("pk").first()

        as_superuser.post(
            page(model, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )

        assert model._default_manager.filter(pk=row.pk).exists()

    def test_tokens_groups_and_lockouts_have_no_page(self, as_superuser):
        for path in ("auth/group", "knox/authtoken", "axes/accessattempt"):
            assert as_superuser.get(f"/admin/{path}/").status_code == 404
