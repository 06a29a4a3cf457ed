"""A cooperative group becomes a cooperative, version 1 (LHTX Article 108): then the way of every founding."""

from django.utils.translation import gettext_lazy as _
from viewflow import this

from casework.strengthening.conversion import check_conversion
from workflows.engine.flow import CaseFlow
from workflows.engine.nodes import End, Start, Task
from workflows.flows.linkage_half import LinkageHalf
from workflows.flows.registration_half import RegistrationHalf


class ConversionV1(RegistrationHalf, LinkageHalf, CaseFlow):
    """Converting a cooperative group"""

    process_title = _("Converting a cooperative group")

    start = Start().Next(this.check_conversion)

    check_conversion = Task(check_conversion).On("convert", this.form_founding_group).On("stop", this.stays_a_group)
    stays_a_group = End(_("It stays a group"))
