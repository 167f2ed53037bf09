"""Who people are, what qualifies them, and the trail of what they did."""

from accounts.models.audit import AuditEntry
from accounts.models.credential import Credential
from accounts.models.interest import Interest, InterestDeclaration
from accounts.models.specialty import Specialty
from accounts.models.user import User

__all__ = ["AuditEntry", "Credential", "Interest", "InterestDeclaration", "Specialty", "User"]
