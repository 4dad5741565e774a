"""Plans chosen, not only compared: what closes a gap, at what price, and how sure one can be of it.

Each study is a module beside what it is made of. From the ground up:

    openings     what a plan leaves open: how much of a lever, when it begins, whether it is there at all
    outcomes     what is wanted and what is limited, as words: "value_added", "p(T5)", "public_cost <= 80"
    evaluation   many plans simulated with the same draws, kept in one file
    emulator     outcomes as a function of what is open, with the error that it makes out of sample
    search       the best point of an expensive function under limits; knows no engine
    judgement    what was found, on draws it was not chosen by: winner's curse, optimality gap
    profiles     the same amounts at other times
    elementary   effects of one opening at many places of the others; knows no engine
    futures      what plans are held against besides the draws of their parameters

`optimise`, `reach`, `frontier`, `equal`, `robust`, `timing` and `screen` ask the questions. docs/decisions.md explains
the methods and what can go wrong.
"""
