from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_editions_and_concepts")]

    operations = [
        migrations.CreateModel(
            name="TextVector",
            fields=[
                ("digest", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("vector", models.BinaryField()),
            ],
        ),
    ]
