# Made by makemigrations; the triggers and rows are in the migrations after it.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('description', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=300)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('specialty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='accounts.specialty')),
                ('topics', models.ManyToManyField(blank=True, related_name='articles', to='articles.topic')),
            ],
            options={
                'permissions': [('reclassify_article', 'Can change the specialty of a frozen article')],
            },
        ),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('label', models.CharField(help_text='For editors, such as Clinician.', max_length=60)),
                ('reader_label', models.CharField(help_text='As readers choose it, such as I am a nurse.', max_length=100)),
                ('is_professional', models.BooleanField(default=False, help_text='Written for people who treat patients.')),
                ('reading_grade', models.PositiveSmallIntegerField(blank=True, help_text='Highest US school grade to aim at.', null=True)),
                ('schema_org', models.CharField(blank=True, help_text='Clinician, MedicalResearcher, Patient or MedicalAudience; empty for the public.', max_length=60, verbose_name='schema.org type')),
                ('position', models.PositiveSmallIntegerField(unique=True)),
                ('falls_back_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='falls_back_from', to='articles.audience')),
            ],
        ),
        migrations.CreateModel(
            name='Disclaimer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh', 'Chinese')], max_length=12)),
                ('jurisdiction', models.CharField(blank=True, help_text='Country code such as CN; empty for everywhere.', max_length=12)),
                ('text', models.TextField()),
                ('in_force_from', models.DateField()),
                ('in_force_to', models.DateField(blank=True, null=True)),
                ('audience', models.ForeignKey(blank=True, help_text='Empty for every audience.', null=True, on_delete=django.db.models.deletion.PROTECT, to='articles.audience')),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh', 'Chinese')], max_length=12)),
                ('jurisdiction', models.CharField(blank=True, help_text='Country whose rules apply, such as CN; empty for all.', max_length=12)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='question')),
                ('heading', models.CharField(blank=True, max_length=300, verbose_name='page heading')),
                ('summary', models.TextField(blank=True, max_length=1000)),
                ('body', models.TextField(blank=True)),
                ('ai_provenance', models.JSONField(blank=True, default=dict, help_text='Model, prompt, date and responsible editor.')),
                ('draft_number', models.PositiveIntegerField(default=1, help_text='Counts saves that changed something; the optimistic lock.')),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='articles.article')),
                ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='articles.audience')),
                ('source', models.ForeignKey(blank=True, help_text='The edition of the same article that this one translates or adapts.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adaptations', to='articles.edition')),
                ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('CREATED', 'created'), ('IMPORTED', 'imported'), ('EDITED', 'edited'), ('FROZE', 'froze'), ('SOURCE', 'changed a source of')], max_length=8)),
                ('draft_number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='articles.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='What a figure in a text names, such as lung-scan.', max_length=80, unique=True)),
                ('digest', models.CharField(help_text='SHA-256 of the widest file.', max_length=64, unique=True)),
                ('media_type', models.CharField(choices=[('image/webp', 'WebP'), ('image/svg+xml', 'SVG')], max_length=20)),
                ('width', models.PositiveIntegerField(help_text='In pixels.')),
                ('height', models.PositiveIntegerField(help_text='In pixels.')),
                ('widths', models.JSONField(default=list, help_text='Of the files, in pixels, narrowest first.')),
                ('size', models.PositiveIntegerField(help_text='Of the widest file, in bytes.')),
                ('name', models.CharField(blank=True, help_text="The file's name as it came.", max_length=200)),
                ('credit', models.CharField(blank=True, help_text='Who made it.', max_length=300)),
                ('licence', models.CharField(blank=True, help_text='Why it may be shown, such as CC BY 4.0.', max_length=200)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FigureChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='articles.figure')),
            ],
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=120)),
                ('language', models.CharField(choices=[('en', 'English'), ('zh', 'Chinese')], default='en', max_length=12)),
                ('definition', models.TextField()),
                ('abbreviation', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'term'), name='glossary_term_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, help_text="The file's name.", max_length=255)),
                ('format', models.CharField(max_length=12)),
                ('digest', models.CharField(db_index=True, help_text='SHA-256 of what was brought, byte for byte.', max_length=64)),
                ('licence', models.TextField(blank=True, help_text='What the source says of its reuse.')),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('imported_at', models.DateTimeField()),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='import_record', to='articles.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='What a citation in a text names, such as smith-2024.', max_length=80, unique=True)),
                ('csl', models.JSONField(verbose_name='CSL-JSON')),
                ('title', models.TextField(blank=True, editable=False)),
                ('authors', models.TextField(blank=True, editable=False)),
                ('year', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('doi', models.CharField(blank=True, editable=False, max_length=300, verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, editable=False, max_length=12, verbose_name='PMID')),
                ('is_identified', models.BooleanField(default=False, editable=False, help_text='Enough is known to find the source.')),
                ('title_key', models.CharField(blank=True, db_index=True, editable=False, help_text='The title without case, accents and signs: the same for what may be one source.', max_length=200)),
                ('added_at', models.DateTimeField(editable=False)),
                ('added_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The reference that stands for this one since they were found to be one source.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='articles.reference')),
            ],
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='articles.edition')),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='articles.reference')),
            ],
        ),
        migrations.CreateModel(
            name='ReferenceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='articles.reference')),
            ],
        ),
        migrations.CreateModel(
            name='ReferenceNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('RETRACTION', 'Retraction'), ('CORRECTION', 'Correction'), ('EXPRESSION_OF_CONCERN', 'Expression of concern'), ('REINSTATEMENT', 'Reinstatement')], max_length=24)),
                ('noticed_on', models.DateField(help_text='The date of the notice itself.')),
                ('doi', models.CharField(blank=True, max_length=300, verbose_name='DOI of the notice')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address of the notice')),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='articles.reference')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('draft_number', models.PositiveIntegerField(help_text='The draft that was frozen.')),
                ('title', models.CharField(max_length=300)),
                ('heading', models.CharField(blank=True, max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('text_digest', models.CharField(help_text='Of the content without its number and change class.', max_length=64)),
                ('rendered', models.TextField()),
                ('rendered_references', models.JSONField(default=list)),
                ('renderer', models.PositiveSmallIntegerField()),
                ('citation_style', models.CharField(default='ama', help_text='Of the list of references as rendered.', max_length=12)),
                ('change_class', models.CharField(choices=[('FIRST', 'First version'), ('SUBSTANTIVE', 'Change of meaning'), ('EDITORIAL', 'Wording or spelling only')], max_length=12)),
                ('change_note', models.TextField()),
                ('frozen_at', models.DateTimeField()),
                ('contribution', models.OneToOneField(help_text='The freezing itself.', on_delete=django.db.models.deletion.PROTECT, related_name='version', to='articles.contribution')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='articles.edition')),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlacedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placed_in', to='articles.figure')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placed_figures', to='articles.version')),
            ],
        ),
        migrations.AddField(
            model_name='edition',
            name='followed',
            field=models.ForeignKey(blank=True, help_text='The version of the source that this text was last brought in line with.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='articles.version'),
        ),
        migrations.CreateModel(
            name='CitedReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cited_in', to='articles.reference')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cited_references', to='articles.version')),
            ],
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft_number', models.PositiveIntegerField(help_text='The draft it was begun on.')),
                ('text', models.JSONField(blank=True, default=dict, help_text="The form's fields as typed; empty where all is saved.")),
                ('typed_at', models.DateTimeField(help_text='When the text last changed.', null=True)),
                ('seen_at', models.DateTimeField(help_text='When the editor was last open.')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='articles.edition')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.CheckConstraint(condition=models.Q(('falls_back_to__isnull', True), models.Q(('falls_back_to', models.F('id')), _negated=True), _connector='OR'), name='audience_does_not_fall_back_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='disclaimer',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_to__isnull', True), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='disclaimer_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['edition', 'draft_number', 'user'], name='contribution_to_draft'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['CREATED', 'IMPORTED', 'EDITED', 'FROZE', 'SOURCE'])), name='contribution_kind_known'),
        ),
        migrations.AddIndex(
            model_name='figure',
            index=models.Index(fields=['-added_at', '-id'], name='figure_newest_first'),
        ),
        migrations.AddIndex(
            model_name='figurechange',
            index=models.Index(fields=['figure', 'changed_at'], name='changes_of_figure'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.UniqueConstraint(condition=models.Q(('doi', ''), _negated=True), fields=('doi',), name='one_reference_per_doi'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.UniqueConstraint(condition=models.Q(('pmid', ''), _negated=True), fields=('pmid',), name='one_reference_per_pmid'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='reference_is_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('edition', 'reference'), name='citation_once_per_edition'),
        ),
        migrations.AddIndex(
            model_name='referencechange',
            index=models.Index(fields=['reference', 'changed_at'], name='changes_of_reference'),
        ),
        migrations.AddConstraint(
            model_name='referencenotice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['RETRACTION', 'CORRECTION', 'EXPRESSION_OF_CONCERN', 'REINSTATEMENT'])), name='reference_notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change_class', 'FIRST'), ('number', 1)), models.Q(('change_class__in', ['SUBSTANTIVE', 'EDITORIAL']), ('number__gt', 1)), _connector='OR'), name='only_the_first_version_is_first'),
        ),
        migrations.AddConstraint(
            model_name='placedfigure',
            constraint=models.UniqueConstraint(fields=('version', 'figure'), name='placed_figure_once'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['-updated_at', '-id'], name='edition_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('article', 'language', 'audience'), name='one_edition_per_audience'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('source__isnull', True), models.Q(('source', models.F('id')), _negated=True), _connector='OR'), name='edition_is_not_its_own_source'),
        ),
        migrations.AddConstraint(
            model_name='citedreference',
            constraint=models.UniqueConstraint(fields=('version', 'number'), name='reference_number_once'),
        ),
        migrations.AddConstraint(
            model_name='citedreference',
            constraint=models.UniqueConstraint(fields=('version', 'reference'), name='cited_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='workingcopy',
            constraint=models.UniqueConstraint(fields=('edition', 'user'), name='one_working_copy_each'),
        ),
    ]
