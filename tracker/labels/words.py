"""The word of every coded value."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.duties import DutyState
from tracker.domain.finalities import Finality
from tracker.domain.vocabulary import (
    Absence,
    Axis,
    BaselineState,
    Better,
    Collection,
    CommitmentKind,
    Comparator,
    DigestFrequency,
    FindingState,
    JournalAction,
    NoticeKind,
    OrganisationKind,
    Origin,
    PublicationScope,
    Quality,
    RelationKind,
    Role,
    SearchKind,
    Stage,
    Status,
    Strength,
    SubjectKind,
    TargetBasis,
    TargetChange,
    TargetPath,
    TaxRegime,
    TextStage,
    Tier,
)
from tracker.labels.language import N_, text

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Axis: {
        Axis.SOBRIETY: N_("Sobriété"),
        Axis.ACCESSIBILITY: N_("Accessibilité et inclusion"),
        Axis.TRUST: N_("Confiance"),
        Axis.ETHICS: N_("Éthique"),
        Axis.GOVERNANCE: N_("Gouvernance"),
    },
    OrganisationKind: {
        OrganisationKind.COMMUNE: N_("Commune"),
        OrganisationKind.METROPOLIS: N_("Métropole"),
        OrganisationKind.INTERCOMMUNALITY: N_("Intercommunalité"),
        OrganisationKind.DEPARTMENT: N_("Département"),
        OrganisationKind.REGION: N_("Région"),
    },
    CommitmentKind: {
        CommitmentKind.QUANTIFIED: N_("Objectif chiffré"),
        CommitmentKind.DIRECTIONAL: N_("Direction sans chiffre"),
        CommitmentKind.MILESTONE: N_("Jalon"),
        CommitmentKind.RENEWAL: N_("Renouvellement"),
        CommitmentKind.APPROVAL: N_("Homologation"),
        CommitmentKind.CONTINUOUS: N_("Pratique continue"),
    },
    Strength: {
        Strength.DECISION: N_("Décision"),
        Strength.COMMITMENT: N_("Engagement"),
        Strength.PROPOSAL: N_("Proposition"),
        Strength.INTENTION: N_("Intention"),
        Strength.OPTION: N_("Faculté"),
        Strength.CONTEXT: N_("Contexte"),
    },
    TextStage: {
        TextStage.DONE: N_("réalisé"),
        TextStage.DECIDED: N_("décidé"),
        TextStage.IN_PLACE: N_("en place"),
        TextStage.UNDER_WAY: N_("engagé"),
        TextStage.TO_DO: N_("à faire"),
    },
    RelationKind: {
        RelationKind.RENEWS: N_("renouvelle"),
        RelationKind.REFERS_TO: N_("se réfère à"),
    },
    Tier: {
        Tier.CORE: N_("Socle"),
        Tier.STANDARD: N_("Recommandé"),
        Tier.OPTIONAL: N_("Facultatif"),
    },
    Better: {
        Better.UP: N_("mieux quand il monte"),
        Better.DOWN: N_("mieux quand il baisse"),
        Better.EXACT: N_("mieux à sa valeur exacte"),
        Better.IN_RANGE: N_("mieux dans sa plage"),
        Better.NEUTRAL: N_("ni mieux ni moins bien : une donnée de cadrage"),
    },
    TargetBasis: {
        TargetBasis.ABSOLUTE: N_("une valeur"),
        TargetBasis.RELATIVE_PERCENT: N_("un pourcentage de la référence"),
        TargetBasis.RELATIVE_DIFFERENCE: N_("un écart à la référence"),
        TargetBasis.FROM_TO: N_("d'une valeur à une autre"),
    },
    Comparator: {
        Comparator.GREATER: N_("plus de (strictement)"),
        Comparator.AT_LEAST: N_("au moins"),
        Comparator.LESS: N_("moins de (strictement)"),
        Comparator.AT_MOST: N_("au plus"),
        Comparator.EXACTLY: N_("exactement"),
        Comparator.BETWEEN: N_("entre deux valeurs"),
    },
    TargetPath: {
        TargetPath.LINEAR: N_("en ligne droite"),
        TargetPath.STEPWISE: N_("par paliers"),
        TargetPath.EXPLICIT: N_("par points annuels"),
    },
    TargetChange: {
        TargetChange.FIRST: N_("première version"),
        TargetChange.RAISED: N_("rendu plus exigeant"),
        TargetChange.LOWERED: N_("rendu moins exigeant"),
        TargetChange.POSTPONED: N_("échéance reportée"),
        TargetChange.ADVANCED: N_("échéance avancée"),
        TargetChange.DATED: N_("échéance ajoutée"),
        TargetChange.UNDATED: N_("échéance retirée"),
        TargetChange.RESTATED: N_("reformulé"),
    },
    Origin: {
        Origin.VOTED: N_("voté"),
        Origin.STEP: N_("palier voté"),
        Origin.DEPARTURE: N_("valeur de départ"),
        Origin.INTERPOLATED: N_("interpolé"),
    },
    Collection: {
        Collection.MEASUREMENT: N_("saisi chaque année"),
        Collection.FINDING: N_("constaté engagement par engagement"),
        Collection.DERIVED: N_("calculé à partir d'autres données"),
    },
    BaselineState: {
        BaselineState.TO_ESTABLISH: N_("à établir"),
        BaselineState.PROPOSED: N_("proposée"),
        BaselineState.VALIDATED: N_("validée"),
    },
    FindingState: {
        FindingState.DONE: N_("réalisé"),
        FindingState.NOT_DONE: N_("non réalisé à cette date"),
        FindingState.DECIDED: N_("décidé"),
        FindingState.PAID: N_("payé"),
        FindingState.OBSERVED: N_("constaté"),
    },
    TaxRegime: {
        TaxRegime.INCLUSIVE: N_("TTC"),
        TaxRegime.EXCLUSIVE: N_("HT"),
        TaxRegime.UNSTATED: N_("régime de taxe non précisé"),
    },
    Absence: {
        Absence.NOT_AVAILABLE: N_("non disponible"),
        Absence.NOT_MEASURED: N_("non mesuré"),
        Absence.NOT_APPLICABLE: N_("sans objet"),
        Absence.UPCOMING: N_("à venir"),
        Absence.NOT_COMPUTABLE: N_("non calculable"),
        Absence.WITHDRAWN: N_("retirée"),
    },
    Stage: {
        Stage.DRAFT: N_("brouillon"),
        Stage.SUBMITTED: N_("soumise"),
        Stage.RETURNED: N_("renvoyée"),
        Stage.VALIDATED: N_("validée"),
        Stage.LOCKED: N_("verrouillée"),
    },
    SubjectKind: {
        SubjectKind.VALUE: N_("valeur"),
        SubjectKind.COMMITMENT: N_("engagement"),
        SubjectKind.CAMPAIGN: N_("campagne"),
    },
    NoticeKind: {
        NoticeKind.REMINDER: N_("Rappel"),
        NoticeKind.RETURNED: N_("Valeur renvoyée"),
        NoticeKind.REOPENED: N_("Indicateur rouvert pour vous"),
        NoticeKind.MENTIONED: N_("On vous mentionne"),
        NoticeKind.ANSWERED: N_("Réponse dans un échange"),
        NoticeKind.ASKED: N_("Question sur un engagement"),
        NoticeKind.REPLIED: N_("Réponse à une question"),
        NoticeKind.DIGEST: N_("Résumé des engagements suivis"),
    },
    PublicationScope: {
        PublicationScope.FLAGSHIPS: N_("les engagements phares"),
        PublicationScope.EVERYTHING: N_("tous les engagements"),
    },
    DigestFrequency: {
        DigestFrequency.WEEKLY: N_("chaque semaine"),
        DigestFrequency.MONTHLY: N_("chaque mois"),
        DigestFrequency.NEVER: N_("jamais"),
    },
    SearchKind: {
        SearchKind.COMMITMENT: N_("Engagement"),
        SearchKind.INDICATOR: N_("Indicateur"),
        SearchKind.DELIBERATION: N_("Délibération"),
    },
    Quality: {
        Quality.MEASURED: N_("mesuré"),
        Quality.CALCULATED: N_("calculé"),
        Quality.ESTIMATED: N_("estimé"),
        Quality.DECLARED: N_("déclaré"),
    },
    Status: {
        Status.ACHIEVED: N_("Tenu"),
        Status.ON_TRACK: N_("En trajectoire"),
        Status.WATCH: N_("À surveiller"),
        Status.OFF_TRACK: N_("Hors trajectoire"),
        Status.UPCOMING: N_("À venir"),
        Status.BASELINE_NEEDED: N_("Référence à établir"),
        Status.NOT_MEASURED: N_("Non mesuré"),
        Status.NOT_APPLICABLE: N_("Sans objet"),
    },
    Role: {
        Role.AGENT: N_("Agent de saisie"),
        Role.REFERENT: N_("Référent numérique responsable"),
        Role.ELU: N_("Élu"),
        Role.ADMIN: N_("Administrateur"),
    },
    JournalAction: {
        JournalAction.LOADED: N_("Chargement initial"),
        JournalAction.VALUE_RECORDED: N_("Valeur saisie"),
        JournalAction.VALUE_CORRECTED: N_("Valeur corrigée"),
        JournalAction.FINDING_RECORDED: N_("Constat enregistré"),
        JournalAction.BASELINE_SET: N_("Valeur de référence fixée"),
        JournalAction.TARGET_SET: N_("Objectif fixé"),
        JournalAction.SETTING_CHANGED: N_("Réglage changé"),
        JournalAction.METHOD_CHANGED: N_("Méthode changée"),
        JournalAction.PRACTICE_CHANGED: N_("Délai de sommeil changé"),
        JournalAction.CAMPAIGN_OPENED: N_("Campagne ouverte"),
        JournalAction.CAMPAIGN_CHANGED: N_("Campagne modifiée"),
        JournalAction.CAMPAIGN_CLOSED: N_("Campagne close"),
        JournalAction.REMINDERS_SENT: N_("Rappels envoyés"),
        JournalAction.ASSIGNMENT_CHANGED: N_("Attribution changée"),
        JournalAction.VALUE_SUBMITTED: N_("Valeur soumise"),
        JournalAction.VALUE_VALIDATED: N_("Valeur validée"),
        JournalAction.VALUE_RETURNED: N_("Valeur renvoyée"),
        JournalAction.VALUE_REOPENED: N_("Indicateur rouvert"),
        JournalAction.VALUE_WITHDRAWN: N_("Saisie annulée"),
        JournalAction.VALUES_IMPORTED: N_("Fichier importé"),
        JournalAction.IMPORT_UNDONE: N_("Import annulé"),
        JournalAction.EVIDENCE_ATTACHED: N_("Pièce jointe"),
        JournalAction.EVIDENCE_WITHDRAWN: N_("Pièce retirée"),
        JournalAction.MESSAGE_WRITTEN: N_("Message écrit"),
        JournalAction.INDICATOR_CHOSEN: N_("Indicateurs choisis"),
        JournalAction.YEAR_PUBLISHED: N_("Année publiée"),
        JournalAction.YEAR_WITHDRAWN: N_("Publication retirée"),
        JournalAction.COMMITMENT_FOLLOWED: N_("Engagement suivi"),
        JournalAction.COMMITMENT_LEFT: N_("Suivi arrêté"),
        JournalAction.DIGEST_CHOSEN: N_("Rythme du résumé choisi"),
        JournalAction.DIGESTS_SENT: N_("Résumés envoyés"),
        JournalAction.QUESTION_ASKED: N_("Question posée"),
        JournalAction.QUESTION_ANSWERED: N_("Réponse donnée"),
        JournalAction.ORGANISATION_ADDED: N_("Organisation créée"),
        JournalAction.ACCOUNT_ADDED: N_("Compte créé"),
        JournalAction.ACCOUNT_DISABLED: N_("Compte désactivé"),
        JournalAction.PASSWORD_CHANGED: N_("Mot de passe changé"),
    },
    Finality: {
        Finality.CLIMATE: N_("Lutte contre le changement climatique"),
        Finality.BIODIVERSITY: N_("Préservation de la biodiversité, des milieux et des ressources"),
        Finality.FULFILMENT: N_("Épanouissement de tous les êtres humains"),
        Finality.COHESION: N_("Cohésion sociale et solidarité entre territoires et générations"),
        Finality.PRODUCTION: N_("Modes de production et de consommation responsables"),
    },
    DutyState: {
        DutyState.MET: N_("seuil atteint"),
        DutyState.NOT_MET: N_("seuil non atteint"),
        DutyState.NOT_MEASURED: N_("non mesuré"),
        DutyState.NO_THRESHOLD: N_("pas de seuil chiffré"),
    },
}

DECREE_ITEMS = {
    1: N_("Commande publique locale et durable"),
    2: N_("Cycle de vie du matériel"),
    3: N_("Écoconception des sites et services"),
    4: N_("Sensibilisation des élus et des agents, sécurité comprise"),
    5: N_("Démarche responsable auprès de tous, inclusion"),
    6: N_("Territoire connecté et durable"),
}


def word(code: StrEnum) -> str:
    """Give the word of ``code`` in the language being spoken.

    Raises:
        KeyError: when the code has no word, which a test forbids.
    """
    return text(WORDS[type(code)][code])


def decree_item(number: int) -> str:
    """Give the title of an item of CGCT D.2311-15-1."""
    return text(DECREE_ITEMS[number])
