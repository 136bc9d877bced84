# net-tap -- an example
