"""Who people are, and what qualifies them."""

from accounts.models.credential import Credential
from accounts.models.interest import Interest, InterestDeclaration
from accounts.models.password_change import PasswordChange
from accounts.models.specialty import Specialty
from accounts.models.user import User

__all__ = ["Credential", "Interest", "InterestDeclaration", "PasswordChange", "Specialty", "User"]
