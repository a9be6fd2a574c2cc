"""The demo company: a shop that does not exist, with customers who keep writing and agents who keep answering.

`shop` makes its customers and orders from a seed, `company` is its set-up, `history` four weeks of contacts, `life`
what goes on while the server runs. Nothing here is used outside `./dryfly up --demo`.
"""
