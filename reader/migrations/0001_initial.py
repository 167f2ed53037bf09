# Made by makemigrations; the triggers and rows are in the migrations after it.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('text', models.TextField(help_text='In Markdown.')),
                ('change_note', models.TextField(blank=True)),
                ('in_force_from', models.DateField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh', 'Chinese')], max_length=12)),
                ('text', models.TextField(max_length=2000)),
                ('reply_to', models.EmailField(blank=True, help_text='Only if the reader wants an answer.', max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('OPEN', 'Open'), ('ANSWERED', 'Answered'), ('CLOSED', 'Closed')], default='OPEN', max_length=8)),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='articles.article')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('handle_question', "Can handle readers' questions")],
                'indexes': [models.Index(fields=['state', '-asked_at', '-id'], name='question_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['OPEN', 'ANSWERED', 'CLOSED'])), name='question_state_known')],
            },
        ),
    ]
