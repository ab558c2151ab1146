"""An Application Load Balancer in front of an application.

Its rules are lists of actions (``actions.py``): `authenticate-cognito` (``authentication.py``), `jwt-validation`
(``jwt_validation.py``), and what answers. ``making.py`` makes one of what a test passes to ``cognito.load_balancer``.
"""
