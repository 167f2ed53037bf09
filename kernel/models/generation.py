from django.db import models


class Generation(models.Model):
    """One row that counts changes readers can see. Every publishing action moves it in its own
    transaction, so that an answer made under an older number is known to be stale.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="only_one_generation")]

    def __str__(self) -> str:
        return str(self.number)
