"""The keys of apps are sealed; they lay readable before."""

from django.db import migrations, models

from casework.sealed import seal, unseal


def seal_all(apps, schema_editor):
    SecondFactor = apps.get_model("casework", "SecondFactor")
    for factor in SecondFactor.objects.all():
        SecondFactor.objects.filter(pk=factor.pk).update(secret=seal(factor.secret, f"second-factor:{factor.user_id}"))


def unseal_all(apps, schema_editor):
    SecondFactor = apps.get_model("casework", "SecondFactor")
    for factor in SecondFactor.objects.all():
        SecondFactor.objects.filter(pk=factor.pk).update(secret=unseal(factor.secret, f"second-factor:{factor.user_id}"))


class Migration(migrations.Migration):
    dependencies = [("casework", "0024_sealing_history")]

    operations = [
        migrations.AlterField(
            model_name="secondfactor",
            name="secret",
            field=models.CharField(max_length=200, verbose_name="secret"),
        ),
        migrations.RunPython(seal_all, unseal_all),
    ]
