"""What a rule is: a pattern with its source, and examples and counter-examples that tests run."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from extract import lazy as regex
from extract.lens import View


class RuleError(ValueError):
    """A rule that cannot work; the message names the rule."""


@dataclass(frozen=True)
class Rule:
    """A pattern over `View.text`. In an example ⟦ ⟧ mark what it must find, first match;
    in a counter-example it must find nothing. `module` is where it was declared."""

    name: str
    pattern: regex.Pattern[str]
    source: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    module: str = ""

    def failures(self) -> list[str]:
        """What is wrong with the rule by its own examples; empty when it is right."""
        wrong = []
        for example in self.examples:
            before, _, rest = example.partition("⟦")
            marked, _, after = rest.partition("⟧")
            found = self.pattern.search(View(before + marked + after).text)
            want = View(marked).text
            if found is None or found[0] != want:
                wrong.append(f"{self.name}: {example} gave {found and found[0]!r}")
        for example in self.counter:
            found = self.pattern.search(View(example).text)
            if found:
                wrong.append(f"{self.name}: {example} should give nothing, gave {found[0]!r}")
        return wrong


RULES: dict[str, Rule] = {}
"""Every rule by name, filled as the modules of this folder are imported."""


def rule(
    name: str,
    pattern: str,
    *,
    source: str,
    examples: tuple[str, ...],
    counter: tuple[str, ...] = (),
) -> regex.Pattern[str]:
    """Declare a rule and return its compiled pattern; raises RuleError with the rule's name."""
    if name in RULES:
        raise RuleError(f"rule {name} is declared twice")
    if not examples:
        raise RuleError(f"rule {name} has no example")
    try:
        compiled = regex.compiled(pattern)
    except regex.error as error:
        raise RuleError(f"rule {name}: {error}") from error
    module = sys._getframe(1).f_globals["__name__"]
    RULES[name] = Rule(name, compiled, source, examples, counter, module)
    return compiled
