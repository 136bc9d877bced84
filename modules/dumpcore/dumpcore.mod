# dumpcore -- writes a core file when the guest traps or aborts

option    --dumpcore=DIR "folder for a core file, should the guest trap or abort"
setup     dumpcore_setup
end       dumpcore_end
helper    core_namer                    # if --dumpcore is given
descriptor core_file
descriptor core_folder
descriptor core_namer                   # each has the other's end

header    fcntl.h
syscall   ftruncate(fd core_file)       # to the size of the guest's memory, without taking it
syscall   pwrite64(fd core_file)        # what of the memory isn't zero
syscall   write(fd core_namer)          # the file is whole ...
syscall   read(fd core_namer)           # ... and has its name
syscall   read(fd core_namer) helper core_namer   # waits for the file, or for the monitor's end
syscall   linkat(fd core_folder, _, fd core_folder, _, AT_SYMLINK_FOLLOW=0x400) helper core_namer # gives it the name
syscall   write(fd core_namer) helper core_namer  # what came of it
syscall   exit_group helper core_namer  # then, or with the monitor
