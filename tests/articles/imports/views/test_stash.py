"""Files that are kept from one step of an import to the next."""

import shutil
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models.user import Role
from articles.desk import stash
from tests import factories
from tests.articles.imports.views.conftest import TEXT, URL, sent


class TestKeepFile:
    def test_a_file_is_kept_for_the_one_who_sent_it(self, as_editor, client):
        file = SimpleUploadedFile("test.md", TEXT.encode())

        kept = as_editor.post(f"{URL}file/", {"file": file}).json()
        response = as_editor.post(URL, sent(pasted="", kept=kept["kept"], kept_name=kept["name"]))

        assert kept["name"] == "test.md"
        assert "How are specimens tested?" in response.content.decode()

    def test_nobody_else_can_use_it(self, as_editor, client):
        file = SimpleUploadedFile("test.md", TEXT.encode())
        kept = as_editor.post(f"{URL}file/", {"file": file}).json()["kept"]
        client.force_login(factories.make_user("Otto Other", Role.EDITOR))

        response = client.post(URL, sent(pasted="", kept=kept, kept_name="test.md"))

        assert response.status_code == 400
        assert response.context["form"].errors["file"] == ["Choose the file again."]

    def test_after_a_day_it_is_gone(self, as_editor, editor):
        kept = stash.keep(b"text", user=editor, purpose="text", now=factories.AT)

        stash.keep(b"other", user=editor, purpose="text", now=factories.AT + timedelta(days=2))

        with pytest.raises(stash.StashGone):
            stash.fetch(kept, user=editor, purpose="text")

    @pytest.mark.django_db
    def test_a_reviewer_cannot_leave_files(self, client):
        client.force_login(factories.make_user("Rena Reviewer", Role.REVIEWER))
        file = SimpleUploadedFile("test.md", TEXT.encode())

        assert client.post(f"{URL}file/", {"file": file}).status_code == 403


class TestTheStash:
    def test_what_was_kept_for_one_purpose_is_not_there_for_another(self, editor):
        kept = stash.keep(b"text", user=editor, purpose="text", now=factories.AT)

        with pytest.raises(stash.StashGone):
            stash.fetch(kept, user=editor, purpose="references")
        stash.drop(kept, user=editor, purpose="references")

        assert stash.fetch(kept, user=editor, purpose="text") == b"text"

    @pytest.mark.parametrize("gone", ["folder", "file", "day"])
    def test_two_workers_may_sweep_at_once(self, editor, monkeypatch, gone):
        stash.keep(b"text", user=editor, purpose="text", now=factories.AT)
        storage = stash.default_storage
        listed, deleted = storage.listdir, storage.delete

        def listdir(path):
            if (gone == "folder" and path == stash.FOLDER) or (
                gone == "file" and path != stash.FOLDER
            ):
                found = listed(path)
                shutil.rmtree(storage.path(path))
                return found
            return listed(path)

        def delete(name):
            if gone == "day" and name.count("/") == 1:
                raise FileNotFoundError(name)
            deleted(name)

        monkeypatch.setattr(storage, "listdir", listdir)
        monkeypatch.setattr(storage, "delete", delete)

        kept = stash.keep(b"new", user=editor, purpose="text", now=factories.AT + timedelta(days=2))

        assert stash.fetch(kept, user=editor, purpose="text") == b"new"
