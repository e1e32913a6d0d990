from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_supporter"),
    ]

    operations = [
        migrations.CreateModel(
            name="HowFound",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
