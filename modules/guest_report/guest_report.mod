# guest_report -- SIGQUIT shows where the guest is

setup     guest_report_setup
start     guest_report_start
interrupt guest_report_take
refresh   guest_report_take
