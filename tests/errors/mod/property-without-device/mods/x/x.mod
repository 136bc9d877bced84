# x -- an example
property bool readonly
