"""Load balancers of templates: what is written down of them (``records.py``), and the site that answers for each."""
