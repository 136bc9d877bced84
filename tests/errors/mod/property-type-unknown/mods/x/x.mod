# x -- an example
device    EXAMPLE
property u63 readonly
