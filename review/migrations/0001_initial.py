# Made by makemigrations; the triggers and rows are in the migrations after it.

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('articles', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.specialty')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('APPROVE', 'Approved'), ('REQUEST_CHANGES', 'Asked for changes'), ('RECUSE', 'Stepped aside')], max_length=16)),
                ('comment', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('assignment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='review.assignment')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReviewRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approvals_needed', models.PositiveSmallIntegerField(default=2, help_text='How many different people must sign.')),
                ('pending_is_public', models.BooleanField(default=False, help_text='Show a text that nobody approved yet, under a caution and hidden from search engines.', verbose_name='pending text is public')),
                ('months_to_next_review', models.PositiveSmallIntegerField(default=12)),
                ('audience', models.ForeignKey(blank=True, help_text='Empty: for every audience that has no rule of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_rules', to='articles.audience')),
                ('specialty', models.ForeignKey(blank=True, help_text='Empty: for every specialty that has no rule of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_rules', to='accounts.specialty')),
            ],
        ),
        migrations.CreateModel(
            name='RuleCapacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveSmallIntegerField(default=1)),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='capacities', to='review.reviewrule')),
                ('specialty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.specialty')),
            ],
            options={
                'verbose_name_plural': 'rule capacities',
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.JSONField(help_text='The rule in force when it was submitted.')),
                ('note', models.TextField(blank=True, help_text='What the editor told the board.')),
                ('submitted_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('SUBMITTED', 'Submitted'), ('UNDER_REVIEW', 'Under review'), ('APPROVED', 'Approved'), ('CHANGES_REQUESTED', 'Changes requested'), ('WITHDRAWN', 'Withdrawn'), ('SUPERSEDED', 'Superseded'), ('RETRACTED', 'Retracted')], default='SUBMITTED', max_length=20)),
                ('state_changed_at', models.DateTimeField()),
                ('review_started_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('latest_full_review_on', models.DateField(help_text="The reader's 'last reviewed': a whole-text review, not a typo fix.", null=True)),
                ('review_due_on', models.DateField(null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='articles.edition')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='review.submission')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='articles.version')),
            ],
            options={
                'permissions': [('chair_submission', 'Can assign reviewers, withdraw and retract'), ('sign_submission', 'Can sign a review')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_at', models.DateTimeField()),
                ('digest', models.CharField(help_text='Of the version that was read.', max_length=64)),
                ('payload', models.TextField()),
                ('payload_digest', models.CharField(max_length=64, unique=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='review.decision')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='articles.version')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='review.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='publication', serialize=False, to='articles.edition')),
                ('first_published_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('language', models.CharField(max_length=12)),
                ('body_text', models.TextField()),
                ('title_folded', models.TextField()),
                ('body_folded', models.TextField()),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='review.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('CORRECTION', 'Correction'), ('CAUTION', 'Caution'), ('CAUTION_LIFTED', 'Caution lifted'), ('RETRACTION', 'Retraction'), ('WITHDRAWAL', 'Withdrawal')], max_length=16)),
                ('text', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='articles.article')),
                ('edition', models.ForeignKey(help_text='Empty: all of them.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='articles.edition')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='review.submission')),
            ],
        ),
        migrations.AddField(
            model_name='assignment',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='review.submission'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['APPROVE', 'REQUEST_CHANGES', 'RECUSE'])), name='decision_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('comment', ''), ('kind', 'REQUEST_CHANGES'), _negated=True), name='changes_are_named_when_requested'),
        ),
        migrations.AddConstraint(
            model_name='reviewrule',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('specialty', 0), django.db.models.functions.comparison.Coalesce('audience', 0), name='one_rule_per_specialty_and_audience', violation_error_message='There is a rule for this specialty and audience already.'),
        ),
        migrations.AddConstraint(
            model_name='reviewrule',
            constraint=models.CheckConstraint(condition=models.Q(('approvals_needed__gte', 1)), name='rule_needs_an_approval', violation_error_message='At least one person must sign.'),
        ),
        migrations.AddConstraint(
            model_name='reviewrule',
            constraint=models.CheckConstraint(condition=models.Q(('months_to_next_review__gte', 1)), name='rule_has_a_next_review'),
        ),
        migrations.AddConstraint(
            model_name='rulecapacity',
            constraint=models.UniqueConstraint(fields=('rule', 'specialty'), name='capacity_once_per_rule'),
        ),
        migrations.AddConstraint(
            model_name='rulecapacity',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='capacity_asks_for_someone'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['state', 'submitted_at', 'id'], name='board_queue'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['SUBMITTED', 'UNDER_REVIEW', 'APPROVED', 'CHANGES_REQUESTED', 'WITHDRAWN', 'SUPERSEDED', 'RETRACTED'])), name='submission_state_known'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['SUBMITTED', 'UNDER_REVIEW'])), fields=('edition',), name='one_open_submission_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'APPROVED')), fields=('edition',), name='one_approved_per_edition'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['WITHDRAWN', 'CHANGES_REQUESTED']), _negated=True), fields=('version',), name='a_version_is_approved_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('state__in', ['APPROVED', 'SUPERSEDED', 'RETRACTED'])), models.Q(('approved_at__isnull', True), ('state__in', ['SUBMITTED', 'UNDER_REVIEW', 'CHANGES_REQUESTED', 'WITHDRAWN'])), _connector='OR'), name='approval_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('submission', 'signer'), name='signed_once_per_submission'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['language', '-changed_at', '-edition'], name='newest_first'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['CORRECTION', 'CAUTION', 'CAUTION_LIFTED', 'RETRACTION', 'WITHDRAWAL'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='notice_says_something'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('submission', 'reviewer'), name='assigned_once_per_submission'),
        ),
    ]
