# x -- an example
device    EXAMPLE
property bool readonly
property u64  readonly
