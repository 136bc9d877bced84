# x -- an example
option --wire:NAME=TAP "interface"
