"""What of a template stands before an application: APIs of API Gateway, load balancers, GraphQL APIs of AppSync.

The handlers of resources write down what they make, in records. Of those a `DeployedSite` makes a front when its host
is first asked, and anew after they have changed.
"""
