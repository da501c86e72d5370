"""What the texts ask of the report, in words: the name of each item, why it is present, weak or missing."""

from collections.abc import Mapping

from tracker.domain.completeness import Family, ItemCheck, ItemGroup, Presence, StatutoryItem
from tracker.domain.finalities import Finality
from tracker.labels.language import N_, plural, text
from tracker.labels.words import decree_item, word

PRESENCES: Mapping[Presence, str] = {
    Presence.PRESENT: N_("présent"),
    Presence.WEAK: N_("à étoffer"),
    Presence.MISSING: N_("absent"),
}
GROUPS: Mapping[ItemGroup, str] = {
    ItemGroup.REPORT: N_("Le rapport de développement durable"),
    ItemGroup.PROGRAMME: N_("Le programme de travail"),
    ItemGroup.STRATEGY: N_("La stratégie"),
    ItemGroup.THEMES: N_("Les six thèmes du décret"),
    ItemGroup.DUTIES: N_("Les autres obligations"),
    ItemGroup.HONESTY: N_("Ce que le lecteur doit savoir"),
}
NAMES: Mapping[Family, str] = {
    Family.YEARLY: N_("Bilan annuel de la stratégie"),
    Family.FINALITY: N_("Finalité : {name}"),
    Family.INTERNAL: N_("Partie A : patrimoine, fonctionnement, activités internes"),
    Family.TERRITORY: N_("Partie B : politiques, orientations et programmes du territoire"),
    Family.ANALYSIS: N_("Analyse : conception, mise en œuvre et évaluation des actions"),
    Family.ACTORS: N_("Acteurs publics et privés associés"),
    Family.IMPACT: N_("Bilan de l'impact environnemental du numérique"),
    Family.USES: N_("Bilan des usages du numérique"),
    Family.ALREADY_DONE: N_("Synthèse des actions déjà menées"),
    Family.OBJECTIVES: N_("Objectifs de réduction"),
    Family.INDICATORS: N_("Indicateurs de suivi associés aux objectifs"),
    Family.MEASURES: N_("Mesures mises en place"),
    Family.MEANS: N_("Moyens d'y parvenir"),
    Family.HORIZONS: N_("Objectifs annuels ou pluriannuels (une faculté)"),
    Family.THEME: N_("Thème {key} : {name}"),
    Family.EMISSIONS: N_("Bilan d'émissions de gaz à effet de serre (BEGES)"),
    Family.ACCESS_SCHEME: N_("Schéma pluriannuel et plan annuel d'accessibilité"),
    Family.ECODESIGN: N_("Écoconception des services (RGESN)"),
    Family.IDENTITY: N_("Qui parle, et ce qui a été voté"),
    Family.METHOD: N_("Méthode, valeurs manquantes et corrections"),
    Family.OPEN_DATA: N_("Données ouvertes"),
}
WHY: Mapping[Family, tuple[str, str, str]] = {
    Family.YEARLY: (
        N_("Engagements jugés pour l'année : {done} sur {whole}."),
        N_("Moins de la moitié des engagements sont jugés : {done} sur {whole}."),
        N_("Aucun engagement n'est jugé pour l'année."),
    ),
    Family.FINALITY: (
        N_("Engagements qui la servent et sont jugés : {done} sur {whole}."),
        N_("Moins de la moitié des engagements qui la servent sont jugés : {done} sur {whole}."),
        N_("Aucun engagement jugé ne la sert, et aucun texte n'en parle."),
    ),
    Family.INTERNAL: (
        N_("Le parc, les dépenses et les services numériques sont dits."),
        N_("De ces trois points, dits : {done} (le parc, les dépenses, les services numériques)."),
        N_("Ni le parc, ni les dépenses, ni les services numériques ne sont dits."),
    ),
    Family.TERRITORY: (
        N_("Engagements envers les habitants et le territoire qui sont jugés : {done} sur {whole}."),
        N_("Moins de la moitié des engagements envers les habitants et le territoire sont jugés : {done} sur {whole}."),
        N_("Aucun engagement jugé ne porte sur les habitants ni sur le territoire."),
    ),
    Family.ANALYSIS: (
        N_("La collectivité a écrit son analyse."),
        N_("Seuls les états et leurs changements sont donnés : la collectivité n'a rien écrit."),
        N_("Il n'y a rien à analyser : aucun engagement, aucun texte."),
    ),
    Family.ACTORS: (
        N_("La collectivité dit comment les acteurs ont été associés."),
        N_("Des services ou un pilotage sont nommés, mais rien ne dit qui a été associé, ni comment."),
        N_("Aucun acteur n'est nommé."),
    ),
    Family.IMPACT: (
        N_("Une empreinte de l'année est figée."),
        N_("Aucune empreinte n'est figée ; références de sobriété mesurées : {done} sur {whole}."),
        N_("Aucune empreinte n'est figée et aucune référence de sobriété n'est mesurée."),
    ),
    Family.USES: (
        N_("La collectivité décrit les usages."),
        N_("Des services sont évalués par leurs usagers, mais aucun texte ne décrit les usages."),
        N_("Rien ne décrit les usages du numérique."),
    ),
    Family.ALREADY_DONE: (
        N_("Actions faites que cite le bilan du plan d'actions : {n}."),
        N_("Faits datés connus : {n} ; aucune action faite d'un plan de l'année."),
        N_("Aucun fait daté ni aucune action faite n'est enregistré."),
    ),
    Family.OBJECTIVES: (
        N_("Objectifs chiffrés, tous calculables : {done}."),
        N_("Objectifs chiffrés et calculables : {done} sur {whole} ; aux autres manque une référence comparable."),
        N_("Aucun objectif n'est chiffré."),
    ),
    Family.INDICATORS: (
        N_("Chaque indicateur qui a un objectif a une valeur pour l'année ({whole})."),
        N_("Indicateurs à objectif qui ont une valeur pour l'année : {done} sur {whole}."),
        N_("Aucun indicateur qui a un objectif n'a de valeur pour l'année."),
    ),
    Family.MEASURES: (
        N_("Le plan d'actions de l'année est adopté."),
        N_("Le plan d'actions de l'année est un brouillon."),
        N_("Aucun plan d'actions de l'année n'est enregistré."),
    ),
    Family.MEANS: (
        N_("Des dépenses et du temps de travail sont dits."),
        N_("Des dépenses ou du temps de travail sont dits, pas les deux."),
        N_("Ni dépense ni temps de travail n'est dit."),
    ),
    Family.HORIZONS: (
        N_("Tous les objectifs chiffrés ont une échéance."),
        N_("Objectifs chiffrés qui ont une échéance : {done} sur {whole}."),
        N_("Aucun objectif chiffré n'a d'échéance."),
    ),
    Family.THEME: (
        N_("Engagements jugés : {done} sur {whole}."),
        N_("Moins de la moitié des engagements sont jugés : {done} sur {whole}."),
        N_("Aucun engagement jugé. La liste du décret est ouverte : dites pourquoi."),
    ),
    Family.DUTY: (
        N_("La valeur de l'année est connue."),
        N_("La valeur de l'année est estimée, ou ne couvre qu'une partie."),
        N_("Aucune valeur pour l'année."),
    ),
    Family.UNCOUNTED: (
        N_("La collectivité le dit."),
        N_("Aucun chiffre ne le montre : relisez si le texte des obligations légales en parle."),
        N_("Aucun chiffre ne le montre, et la collectivité n'a rien écrit de ses obligations légales."),
    ),
    Family.EMISSIONS: (
        N_("Une empreinte du numérique est figée et la collectivité la situe dans son bilan d'émissions."),
        N_("L'empreinte du numérique ou un texte manque : le bilan d'émissions lui-même n'est pas tenu ici."),
        N_("Rien n'est dit : le bilan d'émissions lui-même n'est pas tenu ici."),
    ),
    Family.ACCESS_SCHEME: (
        N_("Le schéma et le plan de l'année sont enregistrés."),
        N_("Le schéma ou le plan de l'année manque."),
        N_("Ni schéma ni plan n'est enregistré."),
    ),
    Family.ECODESIGN: (
        N_("Services en ligne qui ont une auto-évaluation : {done} sur {whole}."),
        N_("Moins de la moitié des services en ligne ont une auto-évaluation : {done} sur {whole}."),
        N_("Aucun service en ligne n'a d'auto-évaluation."),
    ),
    Family.IDENTITY: (
        N_("Les textes votés sont cités."),
        N_("Aucune délibération n'est enregistrée."),
        N_("Le lecteur ne sait pas qui parle."),
    ),
    Family.METHOD: (
        N_("La méthode est dite, et chaque absence a son motif."),
        N_("Indicateurs sans valeur ni motif : {n}."),
        N_("Le lecteur ne sait pas comment les chiffres sont faits."),
    ),
    Family.OPEN_DATA: (
        N_("L'annexe dit où sont les données."),
        N_("Aucune valeur de l'année n'est à ouvrir."),
        N_("Le lecteur ne sait pas où sont les données."),
    ),
}
"""For each family, why an item is present, weak, missing."""


def item_name(item: StatutoryItem, duties: Mapping[str, str]) -> str:
    """Name an item; ``duties`` gives the names of duties by their code."""
    match item.family:
        case Family.FINALITY:
            return text(NAMES[item.family], name=word(Finality(item.key)))
        case Family.THEME:
            return text(NAMES[item.family], key=item.key, name=decree_item(int(item.key)))
        case Family.DUTY | Family.UNCOUNTED:
            return duties[item.key]
        case _:
            return text(NAMES[item.family])


def presence_word(presence: Presence) -> str:
    """Say what was found of an item."""
    return text(PRESENCES[presence])


def group_name(group: ItemGroup) -> str:
    """Name a group of items."""
    return text(GROUPS[group])


def why(found: ItemCheck) -> str:
    """Say why an item is present, weak or missing, in one or two sentences."""
    if found.is_hidden:
        return text("La section du rapport qui le dit est masquée.")
    told = text(WHY[found.item.family][list(Presence).index(found.presence)], **found.values)
    return told if found.item.is_certain else " ".join((told, text("Texte à vérifier.")))


def completeness_reading(counts: Mapping[Presence, int]) -> str:
    """Say how complete a report is, counts first."""
    told = [
        plural("{n} élément présent", "{n} éléments présents", counts[Presence.PRESENT], n=counts[Presence.PRESENT]),
        plural("{n} à étoffer", "{n} à étoffer", counts[Presence.WEAK], n=counts[Presence.WEAK]),
        plural("{n} absent", "{n} absents", counts[Presence.MISSING], n=counts[Presence.MISSING]),
    ]
    return text("Ce que demandent les textes : {told}.", told=", ".join(told))
