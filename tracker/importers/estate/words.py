"""The words of inventories that mean the same everywhere, in French and in English: categories, states, origins."""

from collections.abc import Mapping

from tracker.domain.equipment_words import compared
from tracker.domain.estate import Destination, EquipmentCategory, EquipmentOrigin, EquipmentState
from tracker.domain.inventories import InventoryScope

_CATEGORIES: Mapping[EquipmentCategory, str] = {
    EquipmentCategory.LAPTOP: "portable, pc portable, ordinateur portable, laptop, notebook, ultrabook, ultraportable, "
    "sub notebook, convertible, detachable, chromebook, portable computer, mobile workstation",
    EquipmentCategory.DESKTOP: "fixe, pc fixe, ordinateur fixe, ordinateur de bureau, unité centrale, poste fixe, "
    "desktop, desktop computer, tower, tour, mini tower, mini tour, low profile desktop, all in one, tout en un, "
    "tout-en-un, space-saving, mini pc, workstation, station de travail, client léger, thin client",
    EquipmentCategory.MONITOR: "écran, écrans, moniteur, moniteurs, monitor, monitors, screen, écran lcd, écran led, "
    "lcd, led, display, écran d'ordinateur",
    EquipmentCategory.SMARTPHONE: "smartphone, smartphones, ordiphone, iphone, téléphone intelligent, android phone",
    EquipmentCategory.BASIC_PHONE: "téléphone mobile simple, feature phone, gsm, basic phone",
    EquipmentCategory.TABLET: "tablette, tablettes, tablet, tablets, ipad, tablette tactile",
    EquipmentCategory.PRINTER: "imprimante, imprimantes, printer, printers, imprimante laser, imprimante jet d'encre, "
    "laser printer, inkjet printer, imprimante réseau, imprimante étiquettes, traceur, plotter",
    EquipmentCategory.COPIER: "copieur, copieurs, photocopieur, photocopieuse, multifonction, copieur multifonction, "
    "imprimante multifonction, mfp, copier, multifunction printer, mopieur",
    EquipmentCategory.SERVER: "serveur, serveurs, server, servers, rack mount chassis, blade, serveur physique, lame, "
    "main server chassis, serveur rack",
    EquipmentCategory.NETWORK: "équipement réseau, matériel réseau, network equipment, networkequipment, switch, "
    "commutateur, routeur, router, pare-feu, firewall, passerelle, gateway, hub, modem, réseau, networking",
    EquipmentCategory.ACCESS_POINT: "borne wi-fi, borne wifi, point d'accès, point d'accès wifi, access point, "
    "wifi access point, wi-fi access point, wireless access point, ap wifi",
    EquipmentCategory.IP_PHONE: "téléphone ip, ip phone, voip, voip phone, téléphone fixe ip, poste ip, sip phone",
    EquipmentCategory.PROJECTOR: "vidéoprojecteur, vidéoprojecteurs, projecteur, projector, video projector, vpi, "
    "vidéo-projecteur",
    EquipmentCategory.TELEVISION: "téléviseur, télévision, tv, television, écran tv",
    EquipmentCategory.STORAGE: "stockage, baie de stockage, nas, san, storage, disk array, storage array",
    EquipmentCategory.OTHER: "autre équipement, autre, autres, other, périphérique, peripheral, clavier, keyboard, "
    "souris, mouse, webcam, casque, headset, scanner, station d'accueil, docking station, dock",
}
_KINDS: Mapping[InventoryScope, str] = {
    InventoryScope.COMPUTERS: "ordinateur, ordinateurs, computer, computers",
    InventoryScope.MONITORS: "moniteur, moniteurs, écran, écrans, monitor, monitors",
    InventoryScope.PHONES: "téléphone, téléphones, phone, phones",
    InventoryScope.PRINTERS: "imprimante, imprimantes, printer, printers",
    InventoryScope.NETWORK: "matériel réseau, matériels réseau, équipement réseau, équipements réseau, network device, "
    "network devices, network equipment, networkequipment",
    InventoryScope.PERIPHERALS: "périphérique, périphériques, peripheral, peripherals, device, devices",
}
_STATES: Mapping[tuple[EquipmentState, Destination | None], str] = {
    (EquipmentState.IN_USE, None): "en service, en production, production, en fonction, en utilisation, utilisé, "
    "affecté, déployé, actif, in use, in service, in production, active, deployed, assigned, en prêt, prêté, on loan",
    (EquipmentState.IN_STOCK, None): "en stock, stock, stocké, disponible, en réserve, réserve, in stock, available, "
    "spare, stored, en attente, à affecter",
    (EquipmentState.RETIRED, None): "réformé, réformée, réforme, mis au rebut, au rebut, rebut, hors service, "
    "sorti du parc, sorti, retired, decommissioned, disposed, scrapped, out of service",
    (EquipmentState.RETIRED, Destination.REUSED_INSIDE): "réemployé en interne",
    (EquipmentState.RETIRED, Destination.GIVEN): "donné, donnée, don, cédé, given, given away, donated",
    (EquipmentState.RETIRED, Destination.SOLD): "vendu, vendue, sold",
    (EquipmentState.RETIRED, Destination.RECYCLED): "recyclé, recyclée, déchet, deee, recycled",
    (EquipmentState.LEFT_OUT, None): "hors du parc, left out",
    (EquipmentState.RETIRED, Destination.LOST): "perdu, volé, perdu ou volé, perdu/volé, vol, perte, lost, stolen, "
    "lost or stolen",
}
_ORIGINS: Mapping[EquipmentOrigin, str] = {
    EquipmentOrigin.NEW: "neuf, neuve, new, acheté neuf",
    EquipmentOrigin.RECONDITIONED: "reconditionné, reconditionnée, refurbished, reconditioned, occasion, second hand",
    EquipmentOrigin.GIFT: "don, reçu en don, gift, donated",
    EquipmentOrigin.UNKNOWN: "inconnu, inconnue, origine inconnue, unknown",
}


def _each(told: str) -> list[str]:
    return [compared(one) for one in told.split(", ")]


CATEGORIES: Mapping[str, EquipmentCategory] = {
    word: category for category, told in _CATEGORIES.items() for word in _each(told)
}
"""What each known word of a type says, as it is compared."""

VIRTUAL = frozenset(
    _each(
        "machine virtuelle, machines virtuelles, virtuelle, virtuel, vm, virtual machine, virtual machines, virtual, "
        "vmware, virtualbox, qemu, kvm, hyper-v, xen, lxc, docker, openvz, conteneur, container"
    )
)
"""The words of what is no equipment: a virtual machine runs on a server that is counted already."""

STATES: Mapping[str, tuple[EquipmentState, Destination | None]] = {
    word: state for state, told in _STATES.items() for word in _each(told)
}
"""What each known word of a status says, and where the equipment went when the word says it too."""

ORIGINS: Mapping[str, EquipmentOrigin] = {word: origin for origin, told in _ORIGINS.items() for word in _each(told)}
"""What each known word of an origin says."""

KINDS: Mapping[str, InventoryScope] = {word: kind for kind, told in _KINDS.items() for word in _each(told)}
"""The list of GLPI that each word of its column « type d'élément » means."""

KIND_WORDS: Mapping[InventoryScope, str] = {
    InventoryScope.COMPUTERS: "Ordinateur",
    InventoryScope.MONITORS: "Moniteur",
    InventoryScope.PHONES: "Téléphone",
    InventoryScope.PRINTERS: "Imprimante",
    InventoryScope.NETWORK: "Matériel réseau",
    InventoryScope.PERIPHERALS: "Périphérique",
}
"""The word that stands for the type of what a list holds, where its rows say none."""
