"""Walking the customer's path: a client of the widget's own protocol that notes what a customer sees and waits for.

It knows no other room: it talks to a running server as a page does, over the network.
"""
