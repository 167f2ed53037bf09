"""Where an article's plan leads, worked out without Django: the states of each edition at the end."""

from dataclasses import dataclass, field


@dataclass
class Walk:
    """One edition on its way through a plan."""

    rule: dict
    drafts: int = 0
    frozen: bool = False
    state: str = "DRAFT"
    approved_before: bool = False
    history: list[str] = field(default_factory=list)
    versions: int = 0
    source: str = ""
    followed: int = 0
    contributors: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)

    def move(self, state: str) -> None:
        self.state = state
        self.history.append(state)

    def take(self, step: dict) -> None:
        getattr(self, f"do_{step['do']}")(step)

    def do_create(self, step):
        assert not self.drafts
        self.drafts = 1
        self.source = step.get("source", "")
        self.contributors.add(step["by"])

    def do_save(self, step):
        assert self.drafts
        self.drafts += 1
        self.frozen = False
        self.contributors.add(step["by"])

    def do_follow(self, step):
        assert self.source
        self.followed = step["version"]
        self.contributors.add(step["by"])

    def do_freeze(self, step):
        assert self.drafts
        assert ("change_class" in step) is self.approved_before
        self.frozen = True
        self.versions += 1
        self.contributors.add(step["by"])

    def do_submit(self, _step):
        assert self.frozen
        assert self.state in {"DRAFT", "APPROVED", "CHANGES_REQUESTED"}
        self.asked, self.signed = {}, {}
        self.move("SUBMITTED")

    def do_assign(self, step):
        assert self.state in {"SUBMITTED", "UNDER_REVIEW"}
        assert step["reviewer"] not in self.contributors
        self.asked[step["reviewer"]] = step["capacity"]
        self.move("UNDER_REVIEW")

    def do_sign(self, step):
        assert self.state == "UNDER_REVIEW"
        assert step["by"] not in self.contributors
        self.signed[step["by"]] = self.asked[step["by"]]
        enough = len(self.signed) >= self.rule["approvals_needed"]
        if enough and set(self.rule["capacities"]) <= set(self.signed.values()):
            if self.approved_before:
                self.history.append("SUPERSEDED")
            self.move("APPROVED")
            self.approved_before = True
            self.contributors = set()

    def do_request_changes(self, step):
        assert self.state == "UNDER_REVIEW"
        assert step["by"] in self.asked
        assert step["comment"]
        self.move("CHANGES_REQUESTED")

    def do_withdraw(self, step):
        assert self.state in {"SUBMITTED", "UNDER_REVIEW"}
        assert step["notice"]
        self.move("WITHDRAWN")

    def do_retract(self, step):
        assert self.state == "APPROVED"
        assert step["notice"]
        self.move("RETRACTED")

    def do_caution(self, step):
        assert self.state == "APPROVED"
        assert step["notice"]


def rule_for(rules: list[dict], specialty: str, audience: str) -> dict:
    """Return the most particular rule, as `review.rounds.models.rule` does."""
    fitting = [
        rule
        for rule in rules
        if rule["specialty"] in {"", specialty} and rule["audience"] in {"", audience}
    ]
    return max(fitting, key=lambda rule: (bool(rule["specialty"]), bool(rule["audience"])))


def walk(article: dict, rules: list[dict]) -> dict[str, Walk]:
    """Return each edition of `article` as its plan leaves it."""
    walks = {
        f"{edition['audience']}.{edition['language']}": Walk(
            rule_for(rules, article["specialty"], edition["audience"])
        )
        for edition in article["editions"]
    }
    for step in article["plan"]:
        if "edition" in step:
            edition = walks[step["edition"]]
            edition.take(step)
            source = walks.get(edition.source)
            if source and step["do"] == "create":
                edition.followed = source.versions
            assert not source or edition.followed <= source.versions
    return walks
