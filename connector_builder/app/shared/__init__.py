"""What several commands share: targets, the configuration, variables, names of rules, worker processes, what is accepted."""
