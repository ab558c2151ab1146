"""How a world remembers: frozen records in indexed tables, changed only through a journal. Nothing of AWS is in
here.
"""
