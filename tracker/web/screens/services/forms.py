"""What the register of services is narrowed to, and the form that adds or corrects one."""

from collections.abc import Sequence

from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from tracker.domain.digital_services import Audience, HomeMention, Hosting, PersonalData, ServiceKind, ServiceState
from tracker.domain.numbers import whole_number
from tracker.labels import N_, text
from tracker.services.digital_services import NO_DEPARTMENT, AiUse, ServiceFilter, ServiceOrder
from tracker.services.service_changes import ServiceDraft
from tracker.store.models import Department
from tracker.web.platform.choices import coded, member, named

MOST_DIGITS = 9
_USES = {AiUse.YES: N_("utilisent l'IA"), AiUse.NO: N_("n'utilisent pas l'IA"), AiUse.UNKNOWN: N_("non précisé")}
_ORDERS = {
    ServiceOrder.NAME: N_("nom"),
    ServiceOrder.CONFORMITY: N_("état de conformité"),
    ServiceOrder.OPENING: N_("ouverture la plus récente"),
}


class FilterForm(Form):
    """What the register is narrowed to, read from the address."""

    type = SelectField(validate_choice=False)
    etat = SelectField(validate_choice=False)
    public = SelectField(validate_choice=False)
    direction = SelectField(validate_choice=False)
    ia = SelectField(validate_choice=False)
    mots = StringField()
    tri = SelectField(validate_choice=False)

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices."""
        self.type.choices = [("", text("Tous les types")), *coded(ServiceKind)]
        self.etat.choices = [("", text("Tous les états")), *coded(ServiceState)]
        self.public.choices = [("", text("Tous les publics")), *coded(Audience)]
        without = (NO_DEPARTMENT, text("aucun service"))
        self.direction.choices = [("", text("Tous les services")), *named(departments), without]
        self.ia.choices = [("", text("Tous")), *((one.value, text(told)) for one, told in _USES.items())]
        self.tri.choices = [(one.value, text(told)) for one, told in _ORDERS.items()]

    def wanted(self) -> ServiceFilter:
        """Give the filter; a choice that does not exist counts as all."""
        return ServiceFilter(
            kind=member(ServiceKind, self.type.data),
            state=member(ServiceState, self.etat.data),
            audience=member(Audience, self.public.data),
            department=self.direction.data or "",
            ai=member(AiUse, self.ia.data),
            words=self.mots.data or "",
            order=member(ServiceOrder, self.tri.data) or ServiceOrder.NAME,
        )


class ServiceForm(Form):
    """A service; ``seen`` is the version that was on the screen."""

    seen = HiddenField()
    name = StringField()
    kind = SelectField(validate_choice=False)
    audience = SelectField(validate_choice=False)
    state = SelectField(validate_choice=False)
    purpose = TextAreaField()
    address = StringField()
    department = SelectField(validate_choice=False)
    supplier = StringField()
    hosting = SelectField(validate_choice=False)
    host = StringField()
    personal_data = SelectField(validate_choice=False)
    uses_ai = SelectField(validate_choice=False)
    opened_on = StringField()
    redesigned_on = StringField()
    closed_on = StringField()
    home_mention = SelectField(validate_choice=False)
    statement_url = StringField()
    statement_on = StringField()
    contact = StringField()
    technologies = StringField()
    note = TextAreaField()

    def offer(self, departments: Sequence[Department]) -> None:
        """Fill the choices."""
        self.kind.choices = [("", text("à choisir")), *coded(ServiceKind)]
        self.audience.choices = coded(Audience)
        self.state.choices = coded([ServiceState.ONLINE, ServiceState.PROJECT, ServiceState.CLOSED])
        self.department.choices = [("", text("aucun service")), *named(departments)]
        self.hosting.choices = coded([Hosting.UNKNOWN, *list(Hosting)[:-1]])
        self.personal_data.choices = coded([PersonalData.UNKNOWN, *list(PersonalData)[:-1]])
        self.uses_ai.choices = [("", text("non précisé")), ("oui", text("oui")), ("non", text("non"))]
        self.home_mention.choices = coded([HomeMention.UNKNOWN, *list(HomeMention)[:-1]])

    def draft(self) -> ServiceDraft:
        """Give what was typed."""
        told = {field.short_name: field.data or "" for field in self if field.short_name != "seen"}
        seen = whole_number(self.seen.data or "0", MOST_DIGITS)
        return ServiceDraft(**told, seen=-1 if seen is None else seen)
