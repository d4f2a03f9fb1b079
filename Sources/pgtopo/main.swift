print("pgtopo")
