# x -- an example
device   # of the manifest
