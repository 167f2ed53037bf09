# Made by makemigrations; the triggers and rows are in the migrations after it.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(help_text='Who tells it, such as review.mail.decided.', max_length=100)),
                ('payload', models.JSONField(default=dict, help_text='Which rows it is about.')),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='When it is tried next; while it is being tried, when the try counts as lost.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True, help_text='Of the newest try that failed.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('delivered_at__isnull', True), ('given_up_at__isnull', True)), fields=['due_at', 'id'], name='outbox_waiting'), models.Index(condition=models.Q(('given_up_at__isnull', False)), fields=['given_up_at'], name='outbox_given_up')],
                'constraints': [models.CheckConstraint(condition=models.Q(('delivered_at__isnull', True), ('given_up_at__isnull', True), _connector='OR'), name='outbox_message_is_delivered_or_given_up')],
            },
        ),
        migrations.CreateModel(
            name='PublicationEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('event', models.CharField(help_text='Why, such as review.publication.moved.', max_length=60)),
                ('subject', models.CharField(help_text='Such as articles.reference:12.', max_length=80)),
                ('article_id', models.BigIntegerField(help_text='Empty: any public page may change.', null=True)),
            ],
            options={
                'verbose_name_plural': 'publication entries',
                'indexes': [models.Index(fields=['article_id', '-id'], name='newest_of_article')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveBigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('action', models.CharField(help_text='Such as review.submission.approved.', max_length=60)),
                ('subject', models.CharField(help_text='Such as articles.version:12.', max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('previous_digest', models.CharField(max_length=64, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_entries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'audit entries',
                'indexes': [models.Index(fields=['subject', 'position'], name='audit_of_subject')],
            },
        ),
    ]
