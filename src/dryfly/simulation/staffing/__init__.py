"""How many agents it takes: looked for with the kernel, shown when the floor has confirmed it.

The first guess is Erlang A's, queue by queue (`guess`). From there a greedy search (`search`) adds and takes away
agents by what one more or fewer changes; all staffings meet the same customers, who are not those of the confirming
run. The floor then plays what was found, and one agent fewer of each crew beside it (`confirming`); only those
figures are shown. What is found is the fewest in the sense that none can be left out anywhere; with several crews,
another mixture of as many or fewer might do as well.
"""
