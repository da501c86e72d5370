"""The words of the estate and of its footprint: equipment, inventories, factors, stages, what is proposed."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.factors import Confidence, Measure
from tracker.domain.footprint import Accounting, AmountScope, AmountTool, LifeStage
from tracker.domain.inventories import DateOrder, InventoryScope
from tracker.domain.offers import OfferState
from tracker.labels.language import N_

ESTATE: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    EquipmentCategory: {
        EquipmentCategory.LAPTOP: N_("ordinateur portable"),
        EquipmentCategory.DESKTOP: N_("ordinateur fixe"),
        EquipmentCategory.MONITOR: N_("écran"),
        EquipmentCategory.SMARTPHONE: N_("smartphone"),
        EquipmentCategory.BASIC_PHONE: N_("téléphone mobile simple"),
        EquipmentCategory.TABLET: N_("tablette"),
        EquipmentCategory.PRINTER: N_("imprimante"),
        EquipmentCategory.COPIER: N_("copieur multifonction"),
        EquipmentCategory.SERVER: N_("serveur"),
        EquipmentCategory.NETWORK: N_("équipement réseau"),
        EquipmentCategory.ACCESS_POINT: N_("borne Wi-Fi"),
        EquipmentCategory.IP_PHONE: N_("téléphone IP"),
        EquipmentCategory.PROJECTOR: N_("vidéoprojecteur"),
        EquipmentCategory.TELEVISION: N_("téléviseur"),
        EquipmentCategory.STORAGE: N_("stockage"),
        EquipmentCategory.OTHER: N_("autre équipement"),
    },
    EquipmentOrigin: {
        EquipmentOrigin.NEW: N_("neuf"),
        EquipmentOrigin.RECONDITIONED: N_("reconditionné"),
        EquipmentOrigin.GIFT: N_("reçu en don"),
        EquipmentOrigin.UNKNOWN: N_("origine inconnue"),
    },
    EquipmentState: {
        EquipmentState.IN_STOCK: N_("en stock"),
        EquipmentState.IN_USE: N_("en service"),
        EquipmentState.RETIRED: N_("réformé"),
        EquipmentState.LEFT_OUT: N_("hors du parc"),
    },
    Destination: {
        Destination.REUSED_INSIDE: N_("réemployé en interne"),
        Destination.GIVEN: N_("donné"),
        Destination.SOLD: N_("vendu"),
        Destination.RECYCLED: N_("recyclé"),
        Destination.LOST: N_("perdu ou volé"),
    },
    Measure: {
        Measure.MAKING: N_("fabrication et distribution"),
        Measure.END: N_("fin de vie"),
        Measure.RESOURCES: N_("épuisement des ressources"),
        Measure.POWER: N_("puissance en marche"),
        Measure.HOURS: N_("heures de marche par an"),
        Measure.ENERGY: N_("électricité par an"),
        Measure.LIFE: N_("durée d'amortissement"),
    },
    Confidence: {
        Confidence.HIGH: N_("bonne"),
        Confidence.MEDIUM: N_("moyenne"),
        Confidence.LOW: N_("faible"),
    },
    Accounting: {
        Accounting.STOCK: N_("méthode de stock"),
        Accounting.FLOW: N_("méthode de flux"),
    },
    LifeStage: {
        LifeStage.MAKING: N_("fabrication et distribution"),
        LifeStage.USE: N_("usage"),
        LifeStage.END: N_("fin de vie"),
        LifeStage.UNDIVIDED: N_("montants non ventilés"),
    },
    AmountScope: {
        AmountScope.SERVERS: N_("serveurs et stockage"),
        AmountScope.NETWORK: N_("réseau"),
        AmountScope.CLOUD: N_("informatique en nuage"),
        AmountScope.SERVICES: N_("services numériques"),
        AmountScope.WHOLE: N_("total d'un autre outil"),
    },
    AmountTool: {
        AmountTool.STATED: N_("déclaration d'un fournisseur"),
        AmountTool.WENR: N_("WeNR"),
        AmountTool.NUMECOEVAL: N_("NumEcoEval"),
        AmountTool.GLPI_CARBON: N_("extension carbone de GLPI"),
        AmountTool.OTHER: N_("autre étude"),
    },
    OfferState: {
        OfferState.NEW: N_("à enregistrer"),
        OfferState.CHANGED: N_("à remplacer"),
        OfferState.SAME: N_("déjà enregistrée"),
        OfferState.HELD: N_("différente, et celle qui est enregistrée reste"),
        OfferState.REFUSED: N_("refusée"),
        OfferState.WITHHELD: N_("non proposée"),
    },
    InventoryScope: {
        InventoryScope.EVERYTHING: N_("tout le parc"),
        InventoryScope.COMPUTERS: N_("ordinateurs"),
        InventoryScope.MONITORS: N_("moniteurs"),
        InventoryScope.PHONES: N_("téléphones"),
        InventoryScope.PRINTERS: N_("imprimantes"),
        InventoryScope.NETWORK: N_("matériels réseau"),
        InventoryScope.PERIPHERALS: N_("périphériques"),
    },
    DateOrder: {
        DateOrder.DAY_FIRST: N_("jour puis mois"),
        DateOrder.MONTH_FIRST: N_("mois puis jour"),
    },
}
