"""Who is named in our own texts: all invented."""

PEOPLE = (
    "Odile", "FERRANDIER", "Tasseret", "Lucien", "BOURGUIGNAT", "OUVRAIDE", "Karim", "Castelnavet", "Paul-Émile",
    "DESTOUCHAIN", "VAUCLAIRET", "Hélène", "Morgado", "PONTALIER", "QUINTARD", "ALBANET", "BRISSONNEAU",
    "CORDELIANT", "DUFRAISSIN", "ESCARPENTIER", "Bertrand", "FOURNERIE", "GRISOLETTE", "LECOUVREUR", "Armand",
    "Bernetti", "CHALUMEAUX", "ESTRANGEL", "GUILLOUX", "OUKABRI", "RIVOLLIER", "BARTHOUILLET", "Théodule",
    "Couderchon", "Anicet", "MAZEYRIE", "Wilfrid", "LANDOUZIES", "Sarrelabout", "VERDIERAT", "ARTIGUEMALE",
    "BARBOTEAU", "CHAPUIS", "Chapuis", "FERRANDI", "OUEDRAOGO", "Aïcha", "QUILICHINI", "BERGHE", "TROUILLEFOU",
    "Hector", "ZIELINSKA", "Vasseur", "Delmas", "Perrichon", "PORTEFAIX", "Portefaix", "ABDELMALEK", "Kévin", "GOFF",
    "Solenn", "ARGENTRÉ", "DIOP", "TANGUY", "KERBRAT", "Kerbrat", "NGUYEN",
    "Solange", "BELMONTEL", "CRESPINOU", "BRÉHAUDIN", "CALLOUËT", "Derrien", "Estève", "FAUVERGNE", "Corentin",
)  # fmt: skip
