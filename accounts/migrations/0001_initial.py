# Made by makemigrations; the triggers and rows are in the migrations after it.

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Specialty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('schema_org', models.CharField(blank=True, help_text="The member of schema.org's MedicalSpecialty, such as Rheumatologic.", max_length=60, verbose_name='schema.org term')),
            ],
            options={
                'verbose_name_plural': 'specialties',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As it is to stand under a review, without degrees.', max_length=150)),
                ('orcid', models.CharField(blank=True, help_text='Like 0000-0002-1825-0097.', max_length=19, verbose_name='ORCID iD')),
                ('biography', models.TextField(blank=True, help_text="A few sentences for the advisory board's page.", max_length=2000)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, help_text="Given with the administrator's role.", verbose_name='may enter the admin')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='InterestDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('NONE', 'Nothing to declare'), ('DECLARED', 'Interests declared')], max_length=8)),
                ('declared_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interest_declarations', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('company', models.CharField(max_length=150)),
                ('product', models.CharField(blank=True, help_text='Generic name, if one.', max_length=150)),
                ('kind', models.CharField(choices=[('EMPLOYMENT', 'Employment'), ('FEES', 'Consulting or speaking fees'), ('GRANT', 'Research grant'), ('STOCK', 'Shares or options'), ('PATENT', 'Patent or royalties'), ('TRAVEL', 'Travel or hospitality'), ('OTHER', 'Other')], max_length=10)),
                ('from_on', models.DateField(verbose_name='from')),
                ('to_on', models.DateField(blank=True, help_text='Empty while it goes on.', null=True, verbose_name='to')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='accounts.interestdeclaration')),
            ],
        ),
        migrations.CreateModel(
            name='PasswordChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='password_changes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('degree', models.CharField(help_text='As it follows the name, such as MD.', max_length=60)),
                ('profession', models.CharField(help_text='Such as Consultant rheumatologist.', max_length=100)),
                ('licence_number', models.CharField(max_length=60)),
                ('authority', models.CharField(help_text='Who issued the licence.', max_length=150)),
                ('jurisdiction', models.CharField(help_text='Where it is valid, such as GB.', max_length=60)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('specialty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='accounts.specialty')),
            ],
            options={
                'permissions': [('verify_credential', 'Can verify credentials')],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique_any_case'),
        ),
        migrations.AddIndex(
            model_name='interestdeclaration',
            index=models.Index(fields=['user', '-declared_at'], name='declaration_newest'),
        ),
        migrations.AddConstraint(
            model_name='interestdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['NONE', 'DECLARED'])), name='declaration_state_known'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='interest_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='passwordchange',
            index=models.Index(fields=['user', '-id'], name='password_newest'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='credential_verified_by_someone_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by__isnull', True), models.Q(('verified_by', models.F('user')), _negated=True), _connector='OR'), name='credential_not_verified_by_its_holder'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.UniqueConstraint(fields=('authority', 'licence_number', 'user'), name='credential_once'),
        ),
    ]
