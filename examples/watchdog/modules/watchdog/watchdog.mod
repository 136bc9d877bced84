# watchdog -- ends a guest that hangs

api       watchdog_feed
shared    watchdog_fed                  # how often the guest has fed it
option    --watchdog=MS "end a guest that doesn't feed the watchdog for so long (1000; 0: never)"
setup     watchdog_setup
thread    watchdog
